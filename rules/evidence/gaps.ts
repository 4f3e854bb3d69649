/** Hours in which a firewall's log is silent although it otherwise writes at that time of day. */
import { DateTime } from "luxon";
import { HOUR_MS } from "../messages/times.ts";

const HOURS_A_DAY = 24;
const MAX_GAPS = 20;
/** So many other workdays, or days of weekends, must be in the log before a time of day is compared with them. */
const ENOUGH_DAYS = { workdays: 2, weekend: 1 };
/** A silence counts where at least so many lines were to be expected: chance leaves out ten once in 20,000 times. */
const ENOUGH_EXPECTED = 10;
/** Lines beyond a silence of so many hours, and less than such a share of all, are of a clock that was wrong once. */
const STRAY_HOURS = 28 * HOURS_A_DAY;
const STRAY_SHARE = 0.01;

export interface Gap {
  fromMs: number;
  toMs: number;
}

/**
 * The longest gaps between the first and the last line, longest first. `all`: lines by UTC hour since the epoch; `zone`: that
 * of the device's clock.
 */
export function gapsIn(all: ReadonlyMap<number, number>, zone: string): Gap[] {
  const hours = withoutStrays(all);
  const known = [...hours.keys()].sort((a, b) => a - b);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const usual = usualLines(hours, first, last);
  const gaps: Gap[] = [];
  for (let at = 1; at < known.length; at++) {
    const [before, after] = [known[at - 1] as number, known[at] as number];
    let expected = 0;
    for (let hour = before + 1; hour < after; hour++) expected += usual(hour);
    const isRepeated = after - before === 2 && repeatsHour(before + 1, zone);
    if (expected >= ENOUGH_EXPECTED && !isRepeated)
      gaps.push({ fromMs: (before + 1) * HOUR_MS, toMs: after * HOUR_MS });
  }
  return gaps.sort((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs) || a.fromMs - b.fromMs).slice(0, MAX_GAPS);
}

/**
 * Whether clocks in the zone show the hour before once more, at the end of summer time: without an offset its lines cannot
 * be told from those of the hour before, where they are counted.
 */
function repeatsHour(hour: number, zone: string): boolean {
  const [before, now] = [hour - 1, hour].map((at) => DateTime.fromMillis(at * HOUR_MS, { zone }).offset);
  return now === (before as number) - 60;
}

/** The hours of the log itself, ascending where strays were left out: among centuries of silence none is usual any more. */
export function withoutStrays(hours: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const ascending = [...hours].sort(([a], [b]) => a - b);
  const few = ascending.reduce((sum, [, count]) => sum + count, 0) * STRAY_SHARE;
  const begin = strayCount(ascending, few);
  const end = ascending.length - strayCount(ascending.toReversed(), few);
  return begin === 0 && end === ascending.length ? hours : new Map(ascending.slice(begin, end));
}

/** How many of the first hours stand beyond a long silence, with fewer lines than these. */
function strayCount(hours: readonly (readonly [hour: number, count: number])[], few: number): number {
  let strays = 0;
  let lines = 0;
  for (let at = 1; at < hours.length; at++) {
    const [[before, count], [after]] = [hours[at - 1], hours[at]] as [[number, number], [number, number]];
    lines += count;
    if (lines > few) break;
    if (Math.abs(after - before) > STRAY_HOURS) strays = at;
  }
  return strays;
}

/** Hours that are alike: the same time of day, on workdays or on weekends. */
interface Kind {
  hours: number;
  /** Lines of those that have any. */
  counts: number[];
}

/**
 * How many lines a silent hour usually has: as at its time on other days of its kind, or in a short log as all its hours.
 * One number a kind, since a device whose clock was wrong once can make a log of centuries.
 */
function usualLines(hours: ReadonlyMap<number, number>, first: number, last: number): (hour: number) => number {
  const kinds = Array.from({ length: 2 * HOURS_A_DAY }, (): Kind => ({ hours: 0, counts: [] }));
  for (let hour = first; hour <= last; hour++) (kinds[kindOf(hour)] as Kind).hours++;
  for (const [hour, count] of hours) (kinds[kindOf(hour)] as Kind).counts.push(count);
  const overall = median({ hours: last - first + 1, counts: [...hours.values()] });
  const usual = kinds.map(({ hours: alike, counts }, kind) => {
    const enough = kind >= HOURS_A_DAY ? ENOUGH_DAYS.weekend : ENOUGH_DAYS.workdays;
    // The silent hour itself is none of the others.
    return alike - 1 >= enough ? median({ hours: alike - 1, counts }) : overall;
  });
  return (hour) => usual[kindOf(hour)] as number;
}

function kindOf(hour: number): number {
  return (hour % HOURS_A_DAY) + (isWeekend(hour) ? HOURS_A_DAY : 0);
}

/** By UTC, which is near enough: nobody telephones at the hours that differ. The epoch began on a Thursday. */
function isWeekend(hour: number): boolean {
  const weekday = (Math.floor(hour / HOURS_A_DAY) + 4) % 7;
  return weekday === 0 || weekday === 6;
}

/** The lower of the two where there are two; hours without a count have no lines. */
function median({ hours, counts }: Kind): number {
  const silent = hours - counts.length;
  const middle = (hours - 1) >> 1;
  return middle < silent ? 0 : (counts.toSorted((a, b) => a - b)[middle - silent] ?? 0);
}
