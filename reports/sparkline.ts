/** Counts by hour as one row of bars. */
import { columnsOf, type Hourly, peakOf } from "./activity.ts";

const BARS = "▁▂▃▄▅▆▇█";

export interface Sparkline {
  bars: string;
  /** How many hours one bar stands for. */
  hoursPerBar: number;
  /** The highest bar's count and the time at which it begins. */
  peak: { count: number; hour: string };
}

/** The bars, at most `width` of them; null for less than two hours. Empty hours are dots. */
export function sparklineOf(hourly: Hourly, width: number): Sparkline | null {
  const columns = columnsOf([hourly], width);
  if (columns === null) return null;
  const peak = peakOf(columns);
  const [counts] = columns.counts as [number[]];
  return {
    bars: counts.map((count) => barOf(count, peak.count)).join(""),
    hoursPerBar: columns.hoursPerColumn,
    peak,
  };
}

function barOf(count: number, most: number): string {
  return count <= 0 ? "·" : (BARS[Math.min(7, Math.ceil((count / most) * 8) - 1)] as string);
}
