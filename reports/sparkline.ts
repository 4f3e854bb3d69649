/** Counts by hour as one row of bars, and what that row shows in words. */
import { type Axis, type Columns, columnsOf, type Hourly, peakOf } from "./activity.ts";
import { phrases } from "./phrases.ts";
import { timeText } from "./times.ts";
import { number } from "./words.ts";

const BARS = "▁▂▃▄▅▆▇█";

export interface Sparkline {
  bars: string;
  /** What one bar stands for, the highest one, and what lies outside. */
  text: string;
}

/** The bars, at most `width` of them; null for less than two hours on the axis. Empty hours are dots. */
export function sparklineOf(hourly: Hourly, width: number, axis: Axis): Sparkline | null {
  const columns = columnsOf([hourly], width, axis);
  if (columns === null) return null;
  const { count: most } = peakOf(columns);
  const [counts] = columns.counts as [number[]];
  return { bars: counts.map((count) => barOf(count, most)).join(""), text: sparkText(columns) };
}

/** `by hour; 1,204 in the busiest, from 2026-10-02 03:00:00 +02:00`, of columns of one series. */
export function sparkText(columns: Columns): string {
  const { count, hour } = peakOf(columns);
  const [outside] = columns.outside as [number];
  const peak = phrases.chart.peak(count, columns.hoursPerColumn, timeText(hour));
  return outside > 0 ? `${peak}; ${phrases.chart.outside(number(outside))}` : peak;
}

function barOf(count: number, most: number): string {
  return count <= 0 ? "·" : (BARS[Math.min(7, Math.ceil((count / most) * 8) - 1)] as string);
}
