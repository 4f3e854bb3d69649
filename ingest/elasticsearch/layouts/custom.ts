/** Documents of somebody's own making, by the fields that the site file names. */
import type { Platform } from "../../format.ts";
import { formats } from "../../formats.ts";
import { protocolNumber, TCP, UDP } from "../../protocols.ts";
import {
  type LogRecord,
  TCP_CWR,
  TCP_ECE,
  TCP_FLAG_LETTERS,
  TCP_SYN,
  VERDICT_ALLOW,
  VERDICT_DENY,
  VERDICT_NONE,
  type Verdict,
} from "../../record.ts";
import { everywhere, ifConcerned } from "../counting/line-reader.ts";
import { RecordText, readAddresses } from "../counting/record-text.ts";
import type { BucketValues, KeyField, Layout } from "../layout.ts";
import { allOf, EVERYTHING, NOTHING } from "../server/query.ts";

export interface CustomMapping {
  platform: Platform;
  /** Names of fields by what they hold, as site.schema.json lists them. */
  fields: Readonly<Record<string, string>>;
  allow?: readonly string[];
  deny?: readonly string[];
}

const ALLOW = ["pass", "passed", "accept", "accepted", "allow", "allowed", "permit", "permitted"];
const DENY = ["block", "blocked", "deny", "denied", "drop", "dropped", "reject", "rejected"];

/** A field that no document has. */
const NOWHERE = "ringfence.no_such_field";

export function customLayout({ platform, fields: own, allow = ALLOW, deny = DENY }: CustomMapping): Layout {
  const field = (role: string) => own[role] ?? NOWHERE;
  const format = formats.find((one) => one.platform === (platform === "opnsense" ? "pfsense" : platform));
  if (!format) throw new Error(`no format of platform ${platform}`);
  const protocol = field("protocol");
  const transport = (number: number, name: string) => [String(number), name, name.toUpperCase()];
  const keys = (make: (name: string) => KeyField, ...roles: string[]) => roles.map((role) => make(field(role)));
  return {
    id: "site",
    title: "documents that the site file describes",
    documents: (fields) => allOf(fields.exists(field("source_ip")), fields.exists(field("action"))),
    names: {
      time: own.time ?? "@timestamp",
      source: field("source_ip"),
      destination: field("destination_ip"),
      nat: own.destination_nat_ip ?? null,
      sourcePort: field("source_port"),
      destinationPort: field("destination_port"),
      natPort: own.destination_nat_port ?? null,
      sourceNatPort: null,
    },
    clauses: (fields) => {
      const isNumber = fields.kind(protocol) === "number";
      const of = (number: number, name: string) =>
        isNumber ? fields.is(protocol, number) : fields.is(protocol, ...transport(number, name));
      return {
        tcp: of(TCP, "tcp"),
        udp: of(UDP, "udp"),
        opened: NOTHING,
        syn: fields.is(field("tcp_flags"), "S"),
        synAck: fields.is(field("tcp_flags"), "SA", "AS"),
        packets: EVERYTHING,
        sessionEnds: NOTHING,
        refused: NOTHING,
        late: NOTHING,
        denied: fields.is(field("action"), ...cases(deny)),
        notable: NOTHING,
      };
    },
    keys: [
      ...keys(everywhere, "action", "protocol", "tcp_flags", "observer", "ingress", "egress", "rule_id"),
      ...keys(ifConcerned, "rule_name", "reason"),
    ],
    splits: [],
    sums: { bytes: own.bytes ?? null, packets: own.packets ?? null, replyPackets: null, lostEvents: null },
    open() {
      const text = new RecordText();
      return (values, into) => {
        text.begin(into);
        const at = (role: string) => values.text(field(role));
        text.put(into, into.action, at("action"));
        text.put(into, into.observer, at("observer"));
        text.put(into, into.ingress, at("ingress"));
        text.put(into, into.egress, at("egress"));
        text.put(into, into.ruleId, at("rule_id"));
        text.put(into, into.ruleName, at("rule_name"));
        text.put(into, into.reason, at("reason"));
        into.verdict = verdictOf(at("action"), allow, deny);
        fill(values, field, into);
        return readAddresses(into, at("source_ip"), at("destination_ip"), at("destination_nat_ip")) ? format : null;
      };
    },
  };
}

function fill(values: BucketValues, field: (role: string) => string, into: LogRecord): void {
  const protocol = values.text(field("protocol"));
  into.protocol = /^\d+$/.test(protocol) ? Number(protocol) : protocolNumber(protocol);
  into.sourcePort = values.number(field("source_port"));
  into.destinationPort = values.number(field("destination_port"));
  into.destinationNatPort = values.number(field("destination_nat_port"));
  const letters = values.text(field("tcp_flags")).toUpperCase();
  if (into.protocol !== TCP || letters === "") return;
  into.tcpFlags = [...letters].reduce((flags, letter) => flags | flagOf(letter), 0);
  into.outOfState = into.verdict === VERDICT_DENY && (into.tcpFlags & ~(TCP_ECE | TCP_CWR)) !== TCP_SYN;
}

function flagOf(letter: string): number {
  const bit = TCP_FLAG_LETTERS.indexOf(letter);
  return bit < 0 ? 0 : 1 << bit;
}

function verdictOf(word: string, allow: readonly string[], deny: readonly string[]): Verdict {
  const lower = word.toLowerCase();
  if (deny.some((one) => one.toLowerCase() === lower)) return VERDICT_DENY;
  return allow.some((one) => one.toLowerCase() === lower) ? VERDICT_ALLOW : VERDICT_NONE;
}

function cases(words: readonly string[]): string[] {
  return [...new Set(words.flatMap((word) => [word, word.toLowerCase(), word.toUpperCase()]))];
}
