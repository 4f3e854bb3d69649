/** Hours in which a firewall's log is silent although it otherwise writes at that time of day. */

const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;
const MAX_GAPS = 20;
/** So many other days must be in the log before a time of day counts as usually busy. */
const ENOUGH_DAYS = 2;
/** Without days to compare with: lines in the middling hour, and the share of hours that have any. */
const BUSY_LINES = 30;
const BUSY_SHARE = 0.75;

export interface Gap {
  fromMs: number;
  toMs: number;
}

/** The longest gaps between the first and the last line, longest first. `hours`: lines by UTC hour since the epoch. */
export function gapsIn(hours: ReadonlyMap<number, number>): Gap[] {
  const known = [...hours.keys()].sort((a, b) => a - b);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const isUsuallyBusy = busyHours(hours, known, first, last);
  const gaps: Gap[] = [];
  for (let at = 1; at < known.length; at++) {
    const [before, after] = [known[at - 1] as number, known[at] as number];
    const silent = Array.from({ length: after - before - 1 }, (_, i) => before + 1 + i);
    // One missed hour of a time that is busy makes the whole silence one: a night in the midst of it is no excuse.
    if (silent.some(isUsuallyBusy)) gaps.push({ fromMs: (before + 1) * HOUR_MS, toMs: after * HOUR_MS });
  }
  return gaps.sort((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs) || a.fromMs - b.fromMs).slice(0, MAX_GAPS);
}

function busyHours(
  hours: ReadonlyMap<number, number>,
  known: readonly number[],
  first: number,
  last: number,
): (hour: number) => boolean {
  const counts = known.map((hour) => hours.get(hour) as number).sort((a, b) => a - b);
  const isBusyLog =
    (counts[counts.length >> 1] as number) >= BUSY_LINES && known.length >= BUSY_SHARE * (last - first + 1);
  return (hour) => {
    const others: boolean[] = [];
    for (let same = first + ((hour - first) % HOURS_A_DAY); same <= last; same += HOURS_A_DAY)
      if (same !== hour) others.push(hours.has(same));
    return others.length >= ENOUGH_DAYS ? others.filter(Boolean).length * 2 > others.length : isBusyLog;
  };
}
