/** Judged flows as a run sends them: made through the real table and the real judgement. */
import type { JudgedFlows } from "../../cmd/triage/messages.ts";
import { addressFromText } from "../../ingest/address.ts";
import { FlowSelector } from "../../ingest/flows/flow-selection.ts";
import { FlowTable } from "../../ingest/flows/flows.ts";
import { formats } from "../../ingest/formats.ts";
import { TCP, UDP } from "../../ingest/protocols.ts";
import { LogRecord, VERDICT_ALLOW, VERDICT_DENY } from "../../ingest/record.ts";
import { FLOW_MEANINGS } from "../../rules/traffic/flow-judgements.ts";
import { SELECT_ALL } from "../flows/select-all.ts";

const MEANINGS = FLOW_MEANINGS.length;
const PORTS = [5060, 5061, 443, 80, 40_000];

/** `count` flows between so many peers and a few hosts; the same for the same count. */
export function sampleFlows(count: number): JudgedFlows {
  const table = new FlowTable(new FlowSelector(SELECT_ALL), Number.POSITIVE_INFINITY);
  const record = new LogRecord();
  const format = formats[0] as (typeof formats)[number];
  const hosts = ["192.168.10.5", "10.20.0.10", "2001:db8::5"].map((text) => addressFromText(text) as Uint32Array);
  const peer = addressFromText("203.0.113.0") as Uint32Array;
  for (let i = 0; i < count; i++) {
    record.ipVersion = 4;
    record.protocol = i % 3 === 0 ? TCP : UDP;
    record.verdict = i % 4 === 0 ? VERDICT_ALLOW : VERDICT_DENY;
    record.source.set(peer);
    record.source[3] = ((peer[3] as number) + Math.floor(i / PORTS.length)) >>> 0;
    record.destination.set(hosts[i % hosts.length] as Uint32Array);
    record.sourcePort = 6000;
    record.destinationPort = PORTS[i % PORTS.length] as number;
    record.count = 1 + ((i * 7919) % 1000);
    record.timeMs = Date.UTC(2026, 9, 12, i % 48, i % 60);
    table.add(record, format, 0, i + 1, i * 100);
  }
  const { size } = table;
  const counts = Array.from(table.flows(), (flow) => flow.count);
  const column = (of: (row: number) => number) => Int32Array.from({ length: size }, (_, row) => of(row));
  return {
    snapshot: table.snapshot(),
    judgements: {
      meanings: Uint8Array.from({ length: size }, (_, row) => row % MEANINGS),
      zones: Uint8Array.from({ length: size }, (_, row) => row % 6),
      firewalls: column((row) => row % 2),
      hosts: column((row) => (row % 5 === 4 ? -1 : 2)),
      requirements: column((row) => (row % 3 === 0 ? 3 : -1)),
      names: ["fw01", "fgt-60f", "192.168.10.5", "sip-in"],
    },
    gravest: Uint32Array.from(counts.keys()).sort(
      (a, b) => (a % MEANINGS) - (b % MEANINGS) || (counts[b] as number) - (counts[a] as number) || a - b,
    ),
    numberedTo: [Number.POSITIVE_INFINITY],
  };
}
