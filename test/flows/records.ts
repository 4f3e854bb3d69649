/** Random log records for flow tests: few distinct values, so that flows collide and merge. */
import fc from "fast-check";
import { addressFromText, prefixFromText } from "../../ingest/address.ts";
import type { FlowSelection } from "../../ingest/flows/flow-selection.ts";
import type { LogFormat } from "../../ingest/format.ts";
import { pfsense } from "../../ingest/formats/pfsense.ts";
import { type LogRecord, PHASE_PACKET, TCP_ACK, TCP_FIN, TCP_RST, TCP_SYN, type Verdict } from "../../ingest/record.ts";

export interface PlainRecord {
  timeMs: number;
  verdict: Verdict;
  outOfState: boolean;
  protocol: number;
  source: string;
  destination: string;
  sourcePort: number;
  destinationPort: number;
  tcpFlags: number;
  rule: string;
  bytes: number;
}

export const FORMAT: LogFormat = pfsense;

const ADDRESSES = [
  "192.168.10.5",
  "192.168.10.64",
  "10.0.0.1",
  "198.51.100.7",
  "203.0.113.9",
  "203.0.113.10",
  "2001:db8::5",
  "2001:db8:1::9",
];

export const SELECTION: FlowSelection = {
  hosts: [
    {
      prefix: prefixFromText("192.168.10.5") as never,
      services: { tcp: [[443, 443]], udp: [[5060, 5060]] },
      clients: { tcp: [], udp: [[5064, 5127]] },
      peerOnly: false,
    },
    {
      prefix: prefixFromText("2001:db8::5") as never,
      services: { tcp: [], udp: [[5060, 5060]] },
      clients: { tcp: [], udp: [] },
      peerOnly: false,
    },
  ],
  initiatorPorts: { tcp: [], udp: [[5064, 5127]] },
  watchedPorts: [5060],
  hostNames: [],
  sketch: false,
  sinceMs: null,
  untilMs: null,
};

const START_MS = Date.UTC(2026, 9, 5);

/** `publicHosts`: how many further public peers may appear. */
export function recordArbitrary(publicHosts = 0): fc.Arbitrary<PlainRecord> {
  const peers = Array.from({ length: publicHosts }, (_, i) => `198.18.${i >> 8}.${i & 255}`);
  const address = fc.constantFrom(...ADDRESSES, ...peers);
  const port = fc.constantFrom(443, 5060, 5064, 5070, 5127, 5128, 40000, 40001, -1);
  return fc.record({
    timeMs: fc.oneof(
      fc.integer({ min: 0, max: 7_200_000 }).map((ms) => START_MS + ms),
      fc.constant(Number.NaN),
    ),
    verdict: fc.constantFrom<Verdict>(0, 1, 2),
    outOfState: fc.boolean(),
    protocol: fc.constantFrom(6, 17, 1),
    source: address,
    destination: address,
    sourcePort: port,
    destinationPort: port,
    tcpFlags: fc.constantFrom(-1, TCP_SYN, TCP_SYN | TCP_ACK, TCP_ACK, TCP_FIN | TCP_ACK, TCP_RST),
    rule: fc.constantFrom("1000000103", "1694000001", ""),
    bytes: fc.integer({ min: 40, max: 1500 }),
  });
}

const text = new TextEncoder();

/** Fills a real record as a parser would. */
export function fill(into: LogRecord, plain: PlainRecord): LogRecord {
  into.reset(text.encode(plain.rule));
  into.timeMs = plain.timeMs;
  into.verdict = plain.verdict;
  into.outOfState = plain.outOfState;
  into.protocol = plain.protocol;
  into.source.set(addressFromText(plain.source) as Uint32Array);
  into.destination.set(addressFromText(plain.destination) as Uint32Array);
  into.ipVersion = plain.source.includes(":") ? 6 : 4;
  into.sourcePort = plain.sourcePort;
  into.destinationPort = plain.destinationPort;
  into.tcpFlags = plain.protocol === 6 ? plain.tcpFlags : -1;
  into.ruleId.set(0, plain.rule.length);
  into.bytes = plain.bytes;
  into.phase = PHASE_PACKET;
  return into;
}
