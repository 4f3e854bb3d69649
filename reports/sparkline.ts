/** Counts by hour as one row of bars. */
import type { FindingResult } from "../rules/result.ts";

const BARS = "▁▂▃▄▅▆▇█";
const HOUR = 3_600_000;

export interface Sparkline {
  bars: string;
  /** How many hours one bar stands for. */
  hoursPerBar: number;
  /** The highest bar's count and the time at which it begins. */
  peak: { count: number; hour: string };
}

/** The bars, at most `width` of them; null for less than two hours. Empty hours are dots. */
export function sparklineOf(hourly: FindingResult["hourly"], width: number): Sparkline | null {
  const points = hourly
    .map(({ hour, count }) => ({ hour, count, at: Date.parse(hour) }))
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => a.at - b.at);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first.at === last.at) return null;
  const hours = Math.floor((last.at - first.at) / HOUR) + 1;
  const hoursPerBar = Math.ceil(hours / Math.max(2, width));
  const counts = new Array<number>(Math.ceil(hours / hoursPerBar)).fill(0);
  const begins: string[] = [];
  for (const { at, count, hour } of points) {
    const bar = Math.floor((at - first.at) / HOUR / hoursPerBar);
    counts[bar] = (counts[bar] as number) + count;
    begins[bar] ??= hour;
  }
  const most = Math.max(...counts);
  const peakAt = counts.indexOf(most);
  return {
    bars: counts.map((count) => barOf(count, most)).join(""),
    hoursPerBar,
    peak: { count: most, hour: begins[peakAt] as string },
  };
}

function barOf(count: number, most: number): string {
  return count <= 0 ? "·" : (BARS[Math.min(7, Math.ceil((count / most) * 8) - 1)] as string);
}
