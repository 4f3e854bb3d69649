/** Flows as rows: filters and orders against slow and obvious ones. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFilter } from "../../cmd/tui/tables/filter.ts";
import { FlowRows, VERDICT_CODES } from "../../cmd/tui/tables/flow-rows.ts";
import { flowTable } from "../../cmd/tui/tables/flow-table.ts";
import { radixOrder, ranksOf } from "../../cmd/tui/tables/radix-order.ts";
import type { Notes } from "../../cmd/tui/tables/table.ts";
import { sampleFlows } from "./sample-flows.ts";
import { sampleResult } from "./sample-result.ts";

const flows = sampleFlows(500);
const result = sampleResult(3);
const table = flowTable(flows, result);
const rows = new FlowRows(flows, result);
const all = Array.from({ length: table.size }, (_, row) => row);
const NOTES: Notes = { marks: new Set([rows.key(7), rows.key(8)]), waived: new Map(), fresh: new Set() };

function matching(filter: string): number[] {
  return [...table.kept(Uint32Array.from(all), parseFilter(filter, table.fields), NOTES)];
}

describe("a filter over flows", () => {
  it.each<[string, (row: number) => boolean]>([
    ["verdict:deny", (row) => VERDICT_CODES[rows.verdict(row)] === "deny"],
    ["!verdict:deny", (row) => VERDICT_CODES[rows.verdict(row)] !== "deny"],
    ["judged:refused", (row) => rows.meaning(row) === "refused"],
    ["from:203.0.113.4", (row) => rows.initiator(row).includes("203.0.113.4")],
    ["to:2001:db8", (row) => rows.responder(row).includes("2001:db8")],
    ["ip:10.20", (row) => `${rows.initiator(row)} ${rows.responder(row)}`.includes("10.20")],
    ["port:5060", (row) => rows.port(row) === 5060],
    ["port:506", () => false],
    ["transport:tcp", (row) => rows.service(row).startsWith("tcp")],
    ["zone:internet", (row) => rows.zone(row) === "internet"],
    ["host:192.168", (row) => rows.host(row) === "192.168.10.5"],
    ["firewall:fgt", (row) => rows.firewall(row) === "fgt-60f"],
    ["requirement:sip", (row) => rows.requirement(row) === "sip-in"],
    ["marked:yes", (row) => row === 7 || row === 8],
    ["fgt-60f", (row) => rows.firewall(row) === "fgt-60f"],
    ["SCANNER !port:443", (row) => rows.meaning(row) === "scanner" && rows.port(row) !== 443],
    ["4000", (row) => rows.port(row) === 40_000],
  ])("%s", (filter, expected) => {
    expect(matching(filter)).toEqual(all.filter(expected));
  });
});

describe("an order of flows", () => {
  const keyed: Record<string, (row: number) => number | string> = {
    count: (row) => -rows.flow(row).count,
    verdict: (row) => rows.verdict(row),
    judged: (row) => flows.judgements.meanings[row] as number,
    zone: (row) => flows.judgements.zones[row] as number,
    firewall: (row) => rows.firewall(row),
    requirement: (row) => rows.requirement(row),
    service: (row) => rows.port(row),
    from: (row) => rows.store.addressAt(rows.initiatorId(row)).reduce((sum, word) => sum * 2 ** 32 + word, 0),
    last: (row) => -rows.flow(row).lastMs,
  };

  it.each(Object.entries(keyed))("by %s ascends", (id, value) => {
    const column = table.columns.findIndex((one) => one.id === id);
    const order = [...table.sorted(column, false)];
    expect(order.toSorted((a, b) => a - b)).toEqual(all);
    for (const [at, row] of order.slice(1).entries()) {
      const before = order[at] as number;
      expect(value(before) <= value(row)).toBe(true);
    }
    expect([...table.sorted(column, true)]).toEqual(order.toReversed());
  });

  it("is the order of a stable sort", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 0xffff_ffff }), { maxLength: 60 }), (keys) => {
        const from = Uint32Array.from(keys.keys()).reverse();
        const expected = [...from].sort((a, b) => (keys[a] as number) - (keys[b] as number));
        expect([...radixOrder(Uint32Array.from(keys), from)]).toEqual(expected);
      }),
    );
  });

  it("ranks equal texts equally", () => {
    expect([...ranksOf(["b", "a", "b", "c", "a"])]).toEqual([1, 0, 1, 2, 0]);
  });
});
