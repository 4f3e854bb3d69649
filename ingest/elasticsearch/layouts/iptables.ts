/**
 * Elastic's iptables integration and Filebeat's module: netfilter log lines taken apart.
 * https://www.elastic.co/docs/reference/integrations/iptables
 *
 * Of the log prefix only a first word before a colon or a Ubiquiti label is kept, so where `event.action` is missing the
 * words of the whole line are searched for one that decides. TCP flags stand together in one field.
 */
import { iptables as format } from "../../formats/iptables.ts";
import type { BucketValues, Layout } from "../layout.ts";
import { everywhere, ifConcerned, lineReader, word } from "../line-reader.ts";
import { allOf, anyOf, noneOf } from "../query.ts";

const DENY_WORDS = ["block", "blocked", "deny", "denied", "drop", "dropped", "reject", "rejected"];
const ALLOW_WORDS = ["accept", "accepted", "allow", "allowed", "pass", "permit"];
const SAYS_DENY = "message: deny";
const SAYS_ALLOW = "message: allow";
const FLAGS = ["syn", "ack", "fin", "rst"];

export const iptables: Layout = {
  id: "elastic-iptables",
  title: "Elastic's iptables integration",
  documents: (fields) =>
    anyOf(
      fields.is("event.module", "iptables"),
      fields.is("data_stream.dataset", "iptables.log"),
      fields.is("event.dataset", "iptables.log"),
      fields.exists("iptables.length"),
    ),
  names: {
    time: "@timestamp",
    source: "source.ip",
    destination: "destination.ip",
    nat: null,
    sourcePort: "source.port",
    destinationPort: "destination.port",
    natPort: null,
    sourceNatPort: null,
  },
  clauses: (fields) => {
    const flag = (name: string) => fields.is("iptables.tcp.flags", name, name.toUpperCase());
    const opening = allOf(flag("syn"), noneOf(flag("fin"), flag("rst")));
    return {
      tcp: fields.is("network.transport", "tcp"),
      udp: fields.is("network.transport", "udp"),
      opened: anyOf(),
      syn: allOf(opening, noneOf(flag("ack"))),
      synAck: allOf(opening, flag("ack")),
      denied: noneOf(fields.is("event.action", ...ALLOW_WORDS)),
      notable: fields.speaksOf("message", ["nf_ct_sip", "helper sip"]),
    };
  },
  keys: [
    everywhere("event.action"),
    everywhere("observer.name"),
    everywhere("host.hostname"),
    everywhere("iptables.input_device"),
    everywhere("iptables.output_device"),
    everywhere("network.transport"),
    everywhere("network.iana_number"),
    everywhere("iptables.ubiquiti.rule_set"),
    everywhere("iptables.ubiquiti.rule_number"),
    ifConcerned("iptables.tos"),
    ifConcerned("iptables.precedence_bits"),
  ],
  splits: [
    ...FLAGS.map((flag) => ({
      name: flag,
      query: (fields: Parameters<Layout["clauses"]>[0]) => fields.is("iptables.tcp.flags", flag, flag.toUpperCase()),
    })),
    {
      name: SAYS_DENY,
      query: (fields) => allOf(noneOf(fields.exists("event.action")), fields.speaksOf("message", DENY_WORDS)),
    },
    {
      name: SAYS_ALLOW,
      query: (fields) => allOf(noneOf(fields.exists("event.action")), fields.speaksOf("message", ALLOW_WORDS)),
    },
  ],
  sums: { bytes: "iptables.length", packets: null, replyPackets: null, lostEvents: null },
  open: () => lineReader(format, lineOf),
};

function lineOf(values: BucketValues): string {
  const text = (field: string) => word(values.text(field));
  const host = text("observer.name") || text("host.hostname");
  const isIpv6 = values.text("source.ip").includes(":");
  const pairs = [`IN=${text("iptables.input_device")}`, `OUT=${text("iptables.output_device")}`];
  const pair = (key: string, value: string | number) => {
    if (value !== "" && value !== -1) pairs.push(`${key}=${value}`);
  };
  pair("SRC", text("source.ip"));
  pair("DST", text("destination.ip"));
  pairs.push("LEN=0");
  if (!isIpv6) {
    pair("TOS", hex(values.number("iptables.tos"), text("iptables.tos")));
    pair("PREC", hex(values.number("iptables.precedence_bits"), text("iptables.precedence_bits")));
  }
  pair("PROTO", protocol(values));
  pair("SPT", values.number("source.port"));
  pair("DPT", values.number("destination.port"));
  const flags = FLAGS.filter((flag) => values.text(flag) === "1").map((flag) => flag.toUpperCase());
  if (protocol(values) === "TCP" && flags.length > 0) pairs.push(...flags, "URGP=0");
  return `2026-01-01T00:00:00Z ${host || "-"} kernel: ${prefix(values)}${pairs.join(" ")} `;
}

/** A prefix that says what the document says: Ubiquiti's label, the action, or the word that the line holds. */
function prefix(values: BucketValues): string {
  const action = word(values.text("event.action"));
  const set = word(values.text("iptables.ubiquiti.rule_set"));
  const letter = { accept: "A", drop: "D", reject: "R" }[action.toLowerCase()];
  if (set !== "" && letter !== undefined)
    return `[${set}-${word(values.text("iptables.ubiquiti.rule_number")) || "default"}-${letter}]`;
  if (action !== "") return `${action}: `;
  const isDenied = values.text(SAYS_DENY) === "1";
  if (isDenied === (values.text(SAYS_ALLOW) === "1")) return "";
  return isDenied ? "deny: " : "accept: ";
}

function protocol(values: BucketValues): string {
  const name = values.text("network.transport").toUpperCase();
  if (name === "TCP" || name === "UDP" || name === "ICMP" || name === "SCTP") return name;
  if (name === "IPV6-ICMP") return "ICMPv6";
  return values.text("network.iana_number") || { IGMP: "2", GRE: "47", ESP: "50" }[name] || "";
}

/** The document holds a number, or the text that the kernel printed. */
function hex(number: number, text: string): string {
  if (text === "" || text.startsWith("0x")) return text;
  return number < 0 ? "" : `0x${number.toString(16)}`;
}
