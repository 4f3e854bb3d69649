import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gapsIn } from "../../rules/evidence/gaps.ts";

const HOUR_MS = 3_600_000;

/** As one would with a pencil: for each silent hour, the hours of the same time on the other days of its kind. */
function slowGaps(hours: ReadonlyMap<number, number>): { fromMs: number; toMs: number }[] {
  const known = [...hours.keys()].sort((a, b) => a - b);
  const all = known.length === 0 ? [] : range(known[0] as number, (known.at(-1) as number) + 1);
  const isWeekend = (hour: number) => [0, 6].includes(new Date(hour * HOUR_MS).getUTCDay());
  const middle = (counts: number[]) => counts.sort((a, b) => a - b)[(counts.length - 1) >> 1] ?? 0;
  const usual = (hour: number) => {
    const others = all.filter(
      (other) => other !== hour && other % 24 === hour % 24 && isWeekend(other) === isWeekend(hour),
    );
    const compared = others.length >= (isWeekend(hour) ? 1 : 2) ? others : all;
    return middle(compared.map((other) => hours.get(other) ?? 0));
  };
  return known
    .slice(1)
    .map((after, i) => range((known[i] as number) + 1, after))
    .filter((silent) => silent.reduce((sum, hour) => sum + usual(hour), 0) >= 10)
    .map((silent) => ({ fromMs: (silent[0] as number) * HOUR_MS, toMs: ((silent.at(-1) as number) + 1) * HOUR_MS }))
    .sort((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs) || a.fromMs - b.fromMs)
    .slice(0, 20);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

describe("gaps", () => {
  it("are those that somebody finds who looks at each silent hour", () => {
    const first = 495_000;
    const log = fc.array(fc.tuple(fc.nat(24 * 20), fc.integer({ min: 1, max: 60 })), { maxLength: 400 });
    fc.assert(
      fc.property(log, (entries) => {
        const hours = new Map(entries.map(([hour, count]) => [first + hour, count]));
        expect(gapsIn(hours, "UTC")).toEqual(slowGaps(hours));
      }),
      { numRuns: 200 },
    );
  });

  it("are none where clocks only show an hour once more at the end of summer time", () => {
    const october = Date.UTC(2026, 9, 25, 1) / HOUR_MS;
    const hours = new Map(range(october - 24 * 8, october + 24 * 3).map((hour) => [hour, 30]));
    hours.delete(october);
    expect(gapsIn(hours, "Europe/Berlin")).toEqual([]);
    expect(gapsIn(hours, "UTC")).toEqual([{ fromMs: october * HOUR_MS, toMs: (october + 1) * HOUR_MS }]);
    hours.delete(october + 1);
    expect(gapsIn(hours, "Europe/Berlin")).toHaveLength(1);
  });

  it("of centuries are none: a device whose clock was wrong once", () => {
    const week = range(495_000, 495_168).map((hour): [number, number] => [hour, 20]);
    expect(gapsIn(new Map([[0, 1], ...week, [2_000_000, 1]]), "UTC")).toEqual([]);
  });

  it("are found beside lines of a wrong clock, which would make every hour a silent one", () => {
    const weeks = range(495_000, 495_336).map((hour): [number, number] => [hour, 20]);
    const silent = weeks.filter(([hour]) => hour < 495_100 || hour >= 495_110);
    const gap = [{ fromMs: 495_100 * HOUR_MS, toMs: 495_110 * HOUR_MS }];
    expect(gapsIn(new Map(silent), "UTC")).toEqual(gap);
    expect(gapsIn(new Map([[20, 3], [0, 1], ...silent, [2_000_000, 2]]), "UTC")).toEqual(gap);
  });

  it("of months are found where the log goes on after them", () => {
    const month = range(495_000, 495_720).map((hour): [number, number] => [hour, 20]);
    const later = month.map(([hour, count]): [number, number] => [hour + 1440, count]);
    expect(gapsIn(new Map([...month, ...later]), "UTC")).toHaveLength(1);
  });
});
