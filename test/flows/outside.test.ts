/** What is kept of packets that were denied at a firewall's own address. */
import { describe, expect, it } from "vitest";
import { prefixFromText } from "../../ingest/address.ts";
import { type FlowSelection, FlowSelector } from "../../ingest/flows/flow-selection.ts";
import { FlowTable } from "../../ingest/flows/flows.ts";
import { LogRecord, TCP_ACK, TCP_SYN } from "../../ingest/record.ts";
import { FORMAT, fill, type PlainRecord, SELECTION } from "./records.ts";

const OUTSIDE: FlowSelection = {
  ...SELECTION,
  hosts: [
    ...SELECTION.hosts,
    {
      prefix: prefixFromText("198.51.100.7") as never,
      services: { tcp: [[443, 443]], udp: [[5060, 5060]] },
      clients: { tcp: [], udp: [] },
      peerOnly: false,
      isOutside: true,
    },
  ],
};

const DENIED: PlainRecord = {
  timeMs: Date.UTC(2026, 9, 5),
  verdict: 2,
  outOfState: true,
  protocol: 6,
  source: "203.0.113.9",
  destination: "198.51.100.7",
  sourcePort: 443,
  destinationPort: 50_000,
  tcpFlags: TCP_ACK,
  rule: "",
  bytes: 52,
};

/** Ports and counts of the flows that twenty peers make, each with a port of its own to `destinationPort` or its neighbours. */
function flowsOf(base: Partial<PlainRecord>, isSession: boolean): { port: number; count: number }[] {
  const table = new FlowTable(new FlowSelector(OUTSIDE));
  const record = new LogRecord();
  for (let i = 0; i < 20; i++) {
    const plain = { ...DENIED, ...base, source: `203.0.113.${i + 1}` };
    fill(record, { ...plain, destinationPort: plain.destinationPort + (plain.destinationPort > 1024 ? i : 0) });
    record.sourceIsInitiator = isSession;
    table.add(record, FORMAT, 0, i + 1, i * 100);
  }
  return [...table.flows()].map(({ responderPort, count }) => ({ port: responderPort, count }));
}

describe("packets that a firewall denies at its own address", () => {
  it.each([
    { what: "late packets of forgotten connections", base: {}, isSession: false },
    { what: "sessions that FortiOS finds no state for", base: { tcpFlags: -1 }, isSession: true },
  ])("are one flow: $what", ({ base, isSession }) => {
    expect(flowsOf(base, isSession)).toEqual([{ port: -1, count: 20 }]);
  });

  it("are kept apart on a port that some host serves", () => {
    expect(flowsOf({ tcpFlags: -1, destinationPort: 443, sourcePort: 40_000 }, true)).toHaveLength(20);
  });

  it("are kept apart by peer where they open a connection", () => {
    const knocks = flowsOf({ tcpFlags: TCP_SYN, outOfState: false, sourcePort: 40_000 }, false);
    expect(knocks).toHaveLength(20);
    expect(new Set(knocks.map(({ port }) => port))).toEqual(new Set([0]));
  });
});
