/**
 * Elastic's iptables integration and Filebeat's module: netfilter log lines taken apart.
 * https://www.elastic.co/docs/reference/integrations/iptables
 *
 * Of the log prefix only a first word before a colon or a Ubiquiti label is kept, so where `event.action` is missing the
 * words of the whole line are searched for one that decides.
 */
import type { PrefixVerdict } from "../../format.ts";
import { iptables as format } from "../../formats/iptables.ts";
import { VERDICT_DENY } from "../../record.ts";
import { everywhere, ifConcerned, lineReader, word } from "../counting/line-reader.ts";
import type { BucketValues, Layout } from "../layout.ts";
import type { Fields } from "../server/fields.ts";
import { allOf, anyOf, EVERYTHING, NOTHING, noneOf, type Query } from "../server/query.ts";

const DENY_WORDS = ["block", "blocked", "deny", "denied", "drop", "dropped", "reject", "rejected"];
const ALLOW_WORDS = ["accept", "accepted", "allow", "allowed", "pass", "permit"];
/** What the line says, where no field holds it; and TCP's flags, which stand together in one field. */
const SAYS = "what the line says";
const FLAGS = "TCP flags";
/** In front of a prefix that the user knows. */
const MAPPED = "by the site file: ";
/** The SIP helper's prefix, and the reasons that checks tell apart. */
const HELPER = "nf_ct_sip: dropping packet";
/** The same as kernels of 2026 spell it, too. */
const HELPER_SPELLINGS = [HELPER, "helper sip dropping packet"];
const HELPER_REASONS = ["cannot add expectation", "all ports in use"];

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
    return {
      tcp: fields.is("network.transport", "tcp"),
      udp: fields.is("network.transport", "udp"),
      opened: anyOf(),
      syn: isSyn(fields),
      synAck: isSynAck(fields),
      packets: EVERYTHING,
      sessionEnds: NOTHING,
      refused: NOTHING,
      late: NOTHING,
      denied: noneOf(fields.is("event.action", ...ALLOW_WORDS)),
      notable: fields.speaksOf("message", HELPER_SPELLINGS),
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
    ifConcerned("iptables.fragment_offset"),
  ],
  splits: [
    {
      name: FLAGS,
      options: [
        { value: "SYN", query: (fields) => allOf(isSyn(fields), noneOf(hasFlag(fields, "psh", "urg"))) },
        { value: "ACK SYN", query: isSynAck },
        { value: "ACK FIN", query: (fields) => hasFlag(fields, "fin", "rst") },
        { value: "ACK", query: (fields) => fields.exists("iptables.tcp.flags") },
      ],
    },
    {
      name: SAYS,
      options: [
        ...HELPER_REASONS.map((reason) => ({
          value: `${HELPER}: ${reason}`,
          query: (fields: Fields) =>
            allOf(fields.speaksOf("message", HELPER_SPELLINGS), fields.speaksOf("message", [reason])),
        })),
        { value: HELPER, query: (fields) => fields.speaksOf("message", HELPER_SPELLINGS) },
        // A line that says both says nothing.
        {
          value: "deny",
          query: (fields) =>
            allOf(fields.saysWord("message", DENY_WORDS), noneOf(fields.saysWord("message", ALLOW_WORDS))),
        },
        {
          value: "accept",
          query: (fields) =>
            allOf(fields.saysWord("message", ALLOW_WORDS), noneOf(fields.saysWord("message", DENY_WORDS))),
        },
      ],
    },
  ],
  sums: { bytes: "iptables.length", packets: null, replyPackets: null, lostEvents: null },
  open: () => lineReader(format, lineOf),
};

/** The layout where the user says what prefixes mean: the longest that stands in the line decides, before all else. */
export function withPrefixVerdicts(map: readonly PrefixVerdict[]): Layout {
  const longestFirst = [...map].sort((a, b) => b.prefix.length - a.prefix.length);
  const mapped = longestFirst.map(({ prefix: text }) => ({
    value: MAPPED + text.trim(),
    query: (fields: Fields) => fields.speaksOf("message", [text.trim()]),
  }));
  const denials = map.filter(({ verdict }) => verdict === VERDICT_DENY).map(({ prefix: text }) => text.trim());
  return {
    ...iptables,
    clauses: (fields) => {
      const clauses = iptables.clauses(fields);
      return { ...clauses, denied: anyOf(clauses.denied, fields.speaksOf("message", denials)) };
    },
    splits: iptables.splits.map(({ name, options }) => ({
      name,
      options: name === SAYS ? [...mapped, ...options] : options,
    })),
    open: () => lineReader(format, lineOf, map),
  };
}

function hasFlag(fields: Fields, ...names: readonly string[]): Query {
  return fields.is("iptables.tcp.flags", ...names, ...names.map((name) => name.toUpperCase()));
}

function isSyn(fields: Fields): Query {
  return allOf(hasFlag(fields, "syn"), noneOf(hasFlag(fields, "ack", "fin", "rst")));
}

function isSynAck(fields: Fields): Query {
  return allOf(hasFlag(fields, "syn"), hasFlag(fields, "ack"), noneOf(hasFlag(fields, "fin", "rst")));
}

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
  const tos = values.number("iptables.tos");
  // The pipeline reads both as hexadecimal digits, IPv6's decimal ones too.
  if (isIpv6) pair("TC", tos < 0 ? "" : tos.toString(16));
  else {
    pair("TOS", tos < 0 ? text("iptables.tos") : `0x${tos.toString(16)}`);
    const precedence = values.number("iptables.precedence_bits");
    pair("PREC", precedence < 0 ? text("iptables.precedence_bits") : `0x${precedence.toString(16)}`);
  }
  const offset = values.number("iptables.fragment_offset");
  if (offset > 0) pairs.push(`FRAG:${offset}`);
  pair("PROTO", protocol(values));
  pair("SPT", values.number("source.port"));
  pair("DPT", values.number("destination.port"));
  const flags = values.text(FLAGS);
  if (protocol(values) === "TCP" && flags !== "") pairs.push(flags, "URGP=0");
  // A line that ends with a port is taken for one that was cut.
  else pairs.push("LEN=0");
  return `2026-01-01T00:00:00Z ${host || "-"} kernel: ${prefix(values)}${pairs.join(" ")} `;
}

/** A prefix that says what the document says: Ubiquiti's label, the action, or what stands in the line. */
function prefix(values: BucketValues): string {
  const says = values.text(SAYS);
  if (says.startsWith(HELPER)) return `${says} `;
  if (says.startsWith(MAPPED)) return `${says.slice(MAPPED.length)} `;
  const action = values.text("event.action").toLowerCase();
  const set = word(values.text("iptables.ubiquiti.rule_set"));
  const letter = { accept: "A", drop: "D", reject: "R" }[action];
  if (set !== "" && letter !== undefined)
    return `[${set}-${word(values.text("iptables.ubiquiti.rule_number")) || "default"}-${letter}]`;
  // The word before a colon may be any, such as `kernel`.
  if ([...DENY_WORDS, ...ALLOW_WORDS].includes(action)) return `${action}: `;
  return says === "" ? "" : `${says}: `;
}

function protocol(values: BucketValues): string {
  const name = values.text("network.transport").toUpperCase();
  if (name === "TCP" || name === "UDP" || name === "ICMP" || name === "SCTP") return name;
  if (name === "IPV6-ICMP") return "ICMPv6";
  return values.text("network.iana_number") || { IGMP: "2", GRE: "47", ESP: "50" }[name] || "";
}
