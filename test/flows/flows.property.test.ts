import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress } from "../../ingest/address.ts";
import { type Flow, FOLD_EXACT, FOLD_PRIVATE } from "../../ingest/flows/flow.ts";
import { FlowSelector } from "../../ingest/flows/flow-selection.ts";
import { FlowTable } from "../../ingest/flows/flows.ts";
import { LogRecord } from "../../ingest/record.ts";
import { FORMAT, fill, type PlainRecord, recordArbitrary, SELECTION } from "./records.ts";
import { describeFlow, referenceFlows } from "./reference.ts";

function tableOf(records: readonly PlainRecord[], maxFlows?: number): FlowTable {
  const table = new FlowTable(new FlowSelector(SELECTION), maxFlows);
  const record = new LogRecord();
  records.forEach((plain, line) => {
    table.add(fill(record, plain), FORMAT, 0, line + 1, line * 100);
  });
  return table;
}

const described = (table: FlowTable) => [...table.flows()].map(describeFlow).sort();

function referenceView(flow: Flow): { key: string; count: number; bytes: number } {
  const side = (words: Uint32Array, fold: number) =>
    fold === FOLD_EXACT ? formatAddress(words) : fold === FOLD_PRIVATE ? "(private)" : "(public)";
  const responder = side(flow.responder, flow.responderFold);
  const initiator = side(flow.initiator, flow.initiatorFold);
  const concerned = ["192.168.10.5", "2001:db8::5"].some((host) => host === initiator || host === responder);
  const [low] = flow.initiatorPorts ?? [null];
  const ports =
    low === null ? "none" : flow.protocol !== 17 ? "all" : low < 5064 ? "low" : low === 5064 ? "client" : "high";
  const key = [
    flow.protocol,
    flow.verdict,
    flow.outOfState,
    flow.closing,
    flow.reply,
    flow.initiatorCertain,
    initiator,
    responder,
    concerned || flow.responderPort > 0 ? flow.responderPort : "any",
    concerned ? ports : "any",
    flow.context.ruleId,
  ].join(" ");
  return { key, count: flow.count, bytes: flow.bytes };
}

describe("flow table", () => {
  it("equals the slow, obvious one", () => {
    fc.assert(
      fc.property(fc.array(recordArbitrary(), { maxLength: 60 }), (records) => {
        const fast = [...tableOf(records).flows()].map(referenceView).sort((a, b) => (a.key < b.key ? -1 : 1));
        expect(fast).toEqual(referenceFlows(records));
      }),
      { numRuns: 300 },
    );
  });

  it("is the same in any order", () => {
    const shuffled = fc
      .array(recordArbitrary(), { maxLength: 60 })
      .chain((records) => fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })));
    fc.assert(
      fc.property(shuffled, ([records, other]) => {
        expect(described(tableOf(other))).toEqual(described(tableOf(records)));
      }),
      { numRuns: 200 },
    );
  });

  it("folds a flood into prefixes, the same in any order, and loses no packet", () => {
    const flood = fc
      .array(recordArbitrary(400), { minLength: 150, maxLength: 300 })
      .chain((records) => fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })));
    fc.assert(
      fc.property(flood, fc.constantFrom(10, 20, 40, 80), ([records, other], maxFlows) => {
        const table = tableOf(records, maxFlows);
        expect([...table.flows()].reduce((sum, flow) => sum + flow.count, 0)).toBe(records.length);
        expect([...table.flows()].reduce((sum, flow) => sum + flow.bytes, 0)).toBe(
          records.reduce((sum, { bytes }) => sum + bytes, 0),
        );
        const reordered = tableOf(other, maxFlows);
        expect(reordered.foldLevel).toBe(table.foldLevel);
        expect(described(reordered)).toEqual(described(table));
      }),
      { numRuns: 100 },
    );
  });

  it("is the same in one table or merged from several, folded or not", () => {
    const split = fc.tuple(
      fc.array(recordArbitrary(100), { minLength: 1, maxLength: 200 }),
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 200, maxLength: 200 }),
      fc.constantFrom(15, 60, 10_000),
    );
    fc.assert(
      fc.property(split, ([records, homes, maxFlows]) => {
        const whole = tableOf(records, maxFlows);
        const merged = new FlowTable(new FlowSelector(SELECTION), maxFlows);
        for (const home of [0, 1, 2]) {
          const part = tableOf(
            records.filter((_, i) => homes[i] === home),
            maxFlows,
          );
          merged.absorb(structuredClone(part.toPortable()), () => 0);
        }
        expect(merged.foldLevel).toBe(whole.foldLevel);
        expect(described(merged)).toEqual(described(whole));
      }),
      { numRuns: 150 },
    );
  });

  it("keeps the earliest three lines as examples", () => {
    const base: PlainRecord = {
      timeMs: 0,
      verdict: 2,
      outOfState: false,
      protocol: 17,
      source: "203.0.113.9",
      destination: "192.168.10.5",
      sourcePort: 40000,
      destinationPort: 5060,
      tcpFlags: -1,
      rule: "",
      bytes: 100,
    };
    const times = [500, 100, 400, 200, 300];
    const [flow] = [...tableOf(times.map((timeMs) => ({ ...base, timeMs }))).flows()];
    expect(flow?.examples().map(({ line }) => line)).toEqual([2, 4, 5]);
  });
});
