/** Counts over time, in as many columns as a chart has room for. */
import type { FindingKind, FindingResult } from "../rules/result.ts";
import { findingKinds } from "./outline.ts";

const HOUR = 3_600_000;

export interface Activity {
  columns: { counts: Record<FindingKind, number>; total: number }[];
  hoursPerColumn: number;
  /** Begin of the first and last column, as the result writes times. */
  from: string;
  to: string;
  peak: { count: number; hour: string };
}

/** Null where the findings fall into less than two hours: nothing to draw. */
export function activityOf(findings: readonly FindingResult[], width: number): Activity | null {
  const points = findings
    .flatMap(({ kind, hourly }) => hourly.map(({ hour, count }) => ({ kind, hour, count, at: Date.parse(hour) })))
    .filter(({ at, count }) => Number.isFinite(at) && count > 0)
    .sort((a, b) => a.at - b.at);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first.at === last.at) return null;
  const hours = Math.floor((last.at - first.at) / HOUR) + 1;
  const hoursPerColumn = Math.ceil(hours / Math.max(2, width));
  const columns = Array.from({ length: Math.ceil(hours / hoursPerColumn) }, () => ({
    counts: Object.fromEntries(findingKinds.map((kind) => [kind, 0])) as Record<FindingKind, number>,
    total: 0,
    hour: "",
  }));
  for (const { kind, hour, count, at } of points) {
    const column = columns[Math.floor((at - first.at) / HOUR / hoursPerColumn)] as (typeof columns)[number];
    column.counts[kind] += count;
    column.total += count;
    column.hour ||= hour;
  }
  const most = Math.max(...columns.map(({ total }) => total));
  const peak = columns.find(({ total }) => total === most) as (typeof columns)[number];
  return { columns, hoursPerColumn, from: first.hour, to: last.hour, peak: { count: most, hour: peak.hour } };
}
