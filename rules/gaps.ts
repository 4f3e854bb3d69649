/** Hours in which a firewall's log is silent although it otherwise writes at that time of day. */

const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;
const MAX_GAPS = 20;
/** So many other workdays, or days of weekends, must be in the log before a time of day is compared with them. */
const ENOUGH_DAYS = { workdays: 2, weekend: 1 };
/** A silence counts where at least so many lines were to be expected: chance leaves out ten once in 20,000 times. */
const ENOUGH_EXPECTED = 10;

export interface Gap {
  fromMs: number;
  toMs: number;
}

/** The longest gaps between the first and the last line, longest first. `hours`: lines by UTC hour since the epoch. */
export function gapsIn(hours: ReadonlyMap<number, number>): Gap[] {
  const known = [...hours.keys()].sort((a, b) => a - b);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const usual = usualLines(hours, first, last);
  const gaps: Gap[] = [];
  for (let at = 1; at < known.length; at++) {
    const [before, after] = [known[at - 1] as number, known[at] as number];
    let expected = 0;
    for (let hour = before + 1; hour < after; hour++) expected += usual(hour);
    if (expected >= ENOUGH_EXPECTED) gaps.push({ fromMs: (before + 1) * HOUR_MS, toMs: after * HOUR_MS });
  }
  return gaps.sort((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs) || a.fromMs - b.fromMs).slice(0, MAX_GAPS);
}

/** How many lines an hour usually has: as at its time on other days of its kind, or in a short log as all its hours. */
function usualLines(hours: ReadonlyMap<number, number>, first: number, last: number): (hour: number) => number {
  const all = Array.from({ length: last - first + 1 }, (_, i) => hours.get(first + i) ?? 0);
  const overall = median(all);
  return (hour) => {
    const others: number[] = [];
    for (let same = first + ((hour - first) % HOURS_A_DAY); same <= last; same += HOURS_A_DAY)
      if (same !== hour && isWeekend(same) === isWeekend(hour)) others.push(hours.get(same) ?? 0);
    const enough = isWeekend(hour) ? ENOUGH_DAYS.weekend : ENOUGH_DAYS.workdays;
    return others.length >= enough ? median(others) : overall;
  };
}

/** By UTC, which is near enough: nobody telephones at the hours that differ. The epoch began on a Thursday. */
function isWeekend(hour: number): boolean {
  const weekday = (Math.floor(hour / HOURS_A_DAY) + 4) % 7;
  return weekday === 0 || weekday === 6;
}

/** The lower of the two where there are two. */
function median(counts: number[]): number {
  return counts.sort((a, b) => a - b)[(counts.length - 1) >> 1] ?? 0;
}
