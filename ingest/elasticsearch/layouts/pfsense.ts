/**
 * Elastic's pfSense integration, `logs-pfsense.log-*`: pfSense and OPNsense packets that its pipeline took apart.
 * https://www.elastic.co/docs/reference/integrations/pfsense
 *
 * Lost on the way: the rule's anchor. `network.direction` is the interface's only while the integration's list of
 * internal networks is empty; it fills the logging interface in as the incoming one whichever way the packet went.
 */
import { pfsense as format } from "../../formats/pfsense.ts";
import { TCP, UDP } from "../../protocols.ts";
import { everywhere, ifConcerned, lineReader, word } from "../counting/line-reader.ts";
import type { BucketValues, Layout } from "../layout.ts";
import type { Fields } from "../server/fields.ts";
import { allOf, anyOf, EVERYTHING, NOTHING, noneOf } from "../server/query.ts";

/** ECN may have been negotiated with the connection. */
const SYN = ["S", "SE", "SC", "SW", "SEC", "SEW", "SCE", "SWE"];
const SYN_ACK = ["SA", "SAE", "SAC", "SAW", "SAEC", "SAEW"];

const LATE = ["A", "FA", "PA", "FPA", "R", "RA"];
/** A rule decided, and not pf's own lack of something. */
const matched = (fields: Fields) => anyOf(fields.is("event.reason", "match"), noneOf(fields.exists("event.reason")));

const transport = (number: number, name: string) => (fields: Parameters<Layout["clauses"]>[0]) =>
  anyOf(fields.is("network.iana_number", String(number)), fields.is("network.transport", name));

export const pfsense: Layout = {
  id: "elastic-pfsense",
  title: "Elastic's pfSense integration",
  documents: (fields) => fields.is("event.provider", "filterlog"),
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
  clauses: (fields) => ({
    tcp: transport(TCP, "tcp")(fields),
    udp: transport(UDP, "udp")(fields),
    // pf logs the packet that creates the state; TCP's own flags say it better.
    opened: allOf(fields.is("event.action", "pass"), transport(UDP, "udp")(fields)),
    syn: fields.is("pfsense.tcp.flags", ...SYN),
    synAck: fields.is("pfsense.tcp.flags", ...SYN_ACK),
    packets: EVERYTHING,
    sessionEnds: NOTHING,
    refused: allOf(fields.is("event.action", "block"), matched(fields)),
    late: allOf(fields.is("event.action", "block"), matched(fields), fields.is("pfsense.tcp.flags", ...LATE)),
    denied: fields.is("event.action", "block", "synproxy-drop", "reject"),
    notable: NOTHING,
  }),
  keys: [
    everywhere("event.action"),
    everywhere("event.reason"),
    everywhere("observer.name"),
    everywhere("observer.ingress.interface.name"),
    everywhere("network.direction"),
    everywhere("network.iana_number"),
    everywhere("network.transport"),
    everywhere("rule.id"),
    everywhere("pfsense.tcp.flags"),
    ifConcerned("pfsense.ip.tos"),
    ifConcerned("pfsense.ip.offset"),
  ],
  splits: [],
  sums: { bytes: "network.bytes", packets: null, replyPackets: null, lostEvents: null },
  open: () => lineReader(format, lineOf),
};

function lineOf(values: BucketValues): string {
  const text = (field: string) => word(values.text(field));
  const direction = values.text("network.direction").startsWith("out") ? "out" : "in";
  const rule = ["", "", "", text("rule.id"), text("observer.ingress.interface.name"), text("event.reason") || "match"];
  const host = text("observer.name");
  const head =
    host === "" ? "<134>Jan  1 00:00:00 filterlog: " : `<134>1 2026-01-01T00:00:00Z ${host} filterlog - - - `;
  const source = values.text("source.ip");
  const isIpv6 = source.includes(":");
  const packet = isIpv6 ? ipv6(values, text) : ipv4(values, text);
  return head + [...rule, text("event.action"), direction, isIpv6 ? 6 : 4, ...packet, ...tail(values)].join(",");
}

type TextOf = (field: string) => string;

function ipv4(values: BucketValues, text: TextOf): (string | number)[] {
  const offset = Math.max(0, values.number("pfsense.ip.offset"));
  const packet = [tos(values), "", 64, 0, offset, "none", protocol(values), text("network.transport"), 0];
  return [...packet, text("source.ip"), text("destination.ip")];
}

function ipv6(values: BucketValues, text: TextOf): (string | number)[] {
  const packet = [tos(values), 0, 64, text("network.transport"), protocol(values), 0];
  return [...packet, text("source.ip"), text("destination.ip")];
}

function tail(values: BucketValues): (string | number)[] {
  const ports = [values.number("source.port"), values.number("destination.port")];
  if (ports.some((port) => port < 0)) return ["datalength=0"];
  return protocol(values) === TCP ? [...ports, 0, values.text("pfsense.tcp.flags"), "", "", "", "", ""] : [...ports, 0];
}

function protocol(values: BucketValues): number {
  const number = values.number("network.iana_number");
  if (number >= 0) return number;
  return { tcp: TCP, udp: UDP }[values.text("network.transport")] ?? 0;
}

function tos(values: BucketValues): string {
  const text = values.text("pfsense.ip.tos");
  return text === "" || text.startsWith("0x") ? text : `0x${values.number("pfsense.ip.tos").toString(16)}`;
}
