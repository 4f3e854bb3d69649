/** The parts of a flow table against maps: addresses with hashes that collide, hours in any order. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AddressTable } from "../../ingest/flows/address-table.ts";
import { HourCounts, hoursIn } from "../../ingest/flows/hour-counts.ts";

describe("hours of flows", () => {
  const entry = fc.tuple(
    fc.nat({ max: 5 }),
    fc.integer({ min: 490_000, max: 490_030 }),
    fc.integer({ min: 1, max: 9 }),
  );

  it("add up as in a map, in any order", () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 200 }), (entries) => {
        const hours = new HourCounts();
        const sums = new Map<number, Map<number, number>>();
        for (const [flow, hour, count] of entries) {
          hours.add(flow * 700, hour, count);
          const ofFlow = sums.get(flow) ?? new Map<number, number>();
          sums.set(flow, ofFlow.set(hour, (ofFlow.get(hour) ?? 0) + count));
        }
        const index = hours.index(5 * 700 + 1);
        for (let flow = 0; flow <= 5; flow++) {
          const expected = [...(sums.get(flow) ?? [])].sort(([a], [b]) => a - b);
          expect(hours.of(flow * 700)).toEqual(expected);
          expect(hoursIn(index, flow * 700)).toEqual(expected);
        }
        const total = entries.reduce((sum, [, , count]) => sum + count, 0);
        let visited = 0;
        hours.visit((_flow, _hour, count) => {
          visited += count;
        });
        expect(visited).toBe(total);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps many flows and hours through its growth", () => {
    const hours = new HourCounts();
    for (let hour = 0; hour < 30; hour++) for (let flow = 0; flow < 3000; flow++) hours.add(flow, hour, flow + 1);
    for (const flow of [0, 1023, 1024, 2999])
      expect(hours.of(flow)).toEqual(Array.from({ length: 30 }, (_, hour) => [hour, flow + 1]));
  });
});

describe("address table", () => {
  const word = fc.constantFrom(0, 1, 0xffff, 0x20010db8, 0x7fffffff, 0x80000000, 0xffffffff);
  const ipv4 = fc.oneof(
    fc.integer({ min: 0, max: 40 }).map((low) => low * 0x10000),
    word,
  );
  const address = fc.oneof(
    ipv4.map((low) => [0, 0, 0xffff, low]),
    fc.tuple(word, word, word, word),
  );

  it("numbers addresses as a map does", () => {
    fc.assert(
      fc.property(fc.array(address, { maxLength: 120 }), (addresses) => {
        const table = new AddressTable();
        const numbers = new Map([["0,0,0,0", 0]]);
        for (const words of addresses) {
          const text = words.join();
          const known = numbers.get(text) ?? numbers.size;
          numbers.set(text, known);
          expect(table.intern(Uint32Array.from(words))).toBe(known);
        }
        for (const [text, number] of numbers) expect([...table.at(number)].join()).toBe(text);
        const copy = new AddressTable(structuredClone(table.toPortable()));
        for (const [text, number] of numbers)
          expect(copy.intern(Uint32Array.from(text.split(",").map(Number)))).toBe(number);
      }),
      { numRuns: 300 },
    );
  });

  it("finds every address again after it has grown", () => {
    const table = new AddressTable();
    const both = (i: number) => [Uint32Array.of(0, 0, 0xffff, i), Uint32Array.of(0x20010db8, i, 0, 1)];
    const numbers = Array.from({ length: 5000 }, (_, i) => both(i).map((words) => table.intern(words)));
    expect(new Set(numbers.flat()).size).toBe(10_000);
    for (const [i, pair] of numbers.entries()) expect(both(i).map((words) => table.intern(words))).toEqual(pair);
  });
});
