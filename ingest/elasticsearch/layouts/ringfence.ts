/** The documents that `ringfence parse` prints and `ringfence ship` stores: ECS, and what ECS lacks under `ringfence`. */
import { formatById } from "../../formats.ts";
import { protocolNumber, TCP, UDP } from "../../protocols.ts";
import {
  type Inspection,
  type LogRecord,
  PHASE_PACKET,
  type Phase,
  TCP_FLAG_LETTERS,
  type Verdict,
} from "../../record.ts";
import { everywhere, ifConcerned } from "../counting/line-reader.ts";
import { RecordText, readAddresses } from "../counting/record-text.ts";
import type { BucketValues, Layout } from "../layout.ts";
import { allOf, anyOf, NOTHING, noneOf } from "../server/query.ts";

// The words of ecs.ts, by number.
const VERDICTS = ["none", "allow", "deny"];
const PHASES = ["packet", "start", "interim", "end"];
/** Only sessions have phases, and their logs name the initiator. */
const SESSION_PHASES = PHASES.slice(1);
const INSPECTIONS = ["none", "sip-alg", "ips", "app-control", "tls", "web-filter", "antivirus", "dos", "dns"].concat([
  "conntrack",
  "other",
]);

/** All ways to write TCP flags that have these letters, and none but `PUEC` besides. */
function flagWords(letters: string): string[] {
  const optional = ["P", "U", "E", "C"];
  return Array.from({ length: 1 << optional.length }, (_, bits) => {
    const present = new Set([...letters, ...optional.filter((_, bit) => bits & (1 << bit))]);
    return [...TCP_FLAG_LETTERS].filter((letter) => present.has(letter)).join("");
  });
}

export const ringfence: Layout = {
  id: "ringfence",
  title: "documents of ringfence ship and ringfence parse",
  documents: (fields) => fields.is("ringfence.verdict", ...VERDICTS),
  names: {
    time: "@timestamp",
    source: "source.ip",
    destination: "destination.ip",
    nat: "destination.nat.ip",
    sourcePort: "source.port",
    destinationPort: "destination.port",
    natPort: "destination.nat.port",
    sourceNatPort: null,
  },
  naming: {
    question: "dns.question.name",
    answers: "dns.resolved_ip",
    sessions: ["destination.domain"],
    dns: (fields) => fields.is("ringfence.inspection", "dns"),
    inspected: (fields) => fields.exists("ringfence.inspection"),
    stopped: (fields) => fields.is("ringfence.inspection_verdict", "deny"),
  },
  clauses: (fields) => ({
    tcp: fields.is("network.iana_number", String(TCP)),
    udp: fields.is("network.iana_number", String(UDP)),
    opened: anyOf(fields.is("ringfence.initiator", "source"), fields.is("ringfence.phase", ...SESSION_PHASES)),
    syn: fields.is("ringfence.tcp_flags", ...flagWords("S")),
    synAck: fields.is("ringfence.tcp_flags", ...flagWords("SA")),
    packets: noneOf(fields.is("ringfence.phase", ...SESSION_PHASES)),
    sessionEnds: fields.is("ringfence.phase", "end"),
    refused: allOf(
      fields.is("ringfence.verdict", "deny"),
      noneOf(fields.is("ringfence.out_of_state", true), fields.exists("ringfence.inspection")),
    ),
    late: allOf(fields.is("ringfence.verdict", "deny"), fields.is("ringfence.out_of_state", true)),
    denied: fields.is("ringfence.verdict", "deny"),
    notable: fields.has("ringfence.inspection") ? fields.exists("ringfence.inspection") : NOTHING,
  }),
  keys: [
    everywhere("event.module"),
    everywhere("observer.name"),
    everywhere("observer.ingress.interface.name"),
    everywhere("observer.egress.interface.name"),
    everywhere("rule.id"),
    everywhere("network.iana_number"),
    everywhere("ringfence.verdict"),
    everywhere("ringfence.verdict_assumed"),
    everywhere("ringfence.out_of_state"),
    everywhere("ringfence.phase"),
    everywhere("ringfence.count"),
    everywhere("ringfence.initiator"),
    everywhere("ringfence.time_unknown"),
    ifConcerned("rule.name"),
    ifConcerned("rule.uuid"),
    ifConcerned("event.reason"),
    ifConcerned("network.application"),
    ifConcerned("ringfence.application"),
    ifConcerned("ringfence.tcp_flags"),
    ifConcerned("ringfence.dscp"),
    ifConcerned("ringfence.fragment.offset"),
    ifConcerned("ringfence.inspection"),
    ifConcerned("ringfence.inspection_verdict"),
    ifConcerned("ringfence.source_port_rewritten"),
  ],
  splits: [],
  sums: {
    bytes: "source.bytes",
    packets: "source.packets",
    replyPackets: "destination.packets",
    lostEvents: "ringfence.lost_events",
    shaperDropped: ["ringfence.shaper_dropped_bytes"],
  },
  open() {
    const text = new RecordText();
    return (values, into) => {
      const format = formatById(values.text("event.module"));
      if (!format) return null;
      text.begin(into);
      const put = (span: keyof typeof SPANS) => text.put(into, into[span], values.text(SPANS[span]));
      for (const span of Object.keys(SPANS) as (keyof typeof SPANS)[]) put(span);
      text.put(into, into.application, values.text("ringfence.application") || values.text("network.application"));
      fill(values, into);
      const { source, destination, nat } = ringfence.names;
      return readAddresses(into, values.text(source), values.text(destination), values.text(nat as string))
        ? format
        : null;
    };
  },
};

const SPANS = {
  observer: "observer.name",
  ingress: "observer.ingress.interface.name",
  egress: "observer.egress.interface.name",
  ruleId: "rule.id",
  ruleName: "rule.name",
  ruleUuid: "rule.uuid",
  reason: "event.reason",
} as const;

function fill(values: BucketValues, into: LogRecord): void {
  const number = (field: string) => values.number(field);
  const word = (words: readonly string[], field: string) => Math.max(0, words.indexOf(values.text(field)));
  into.verdict = word(VERDICTS, "ringfence.verdict") as Verdict;
  into.verdictAssumed = values.text("ringfence.verdict_assumed") === "true";
  into.outOfState = values.text("ringfence.out_of_state") === "true";
  const protocol = values.text("network.iana_number");
  into.protocol = protocol === "" ? protocolNumber(values.text("network.transport")) : Number(protocol);
  into.sourcePort = number("source.port");
  into.destinationPort = number("destination.port");
  into.destinationNatPort = number("destination.nat.port");
  into.tcpFlags = flagsOf(values.text("ringfence.tcp_flags"));
  into.dscp = number("ringfence.dscp");
  into.fragmentOffset = number("ringfence.fragment.offset");
  into.phase = word(PHASES, "ringfence.phase") as Phase;
  into.count = Math.max(1, number("ringfence.count"));
  into.inspection = word(INSPECTIONS, "ringfence.inspection") as Inspection;
  into.inspectionVerdict = word(VERDICTS, "ringfence.inspection_verdict") as Verdict;
  into.sourceIsInitiator = values.text("ringfence.initiator") === "source" || into.phase !== PHASE_PACKET;
}

function flagsOf(letters: string): number {
  if (letters === "") return -1;
  return [...letters].reduce((flags, letter) => flags | (1 << TCP_FLAG_LETTERS.indexOf(letter)), 0);
}
