/** Counts by hour as columns, in as many as a chart has room for. */

const HOUR_MS = 3_600_000;

/** Counts by hour, as the result has them; ISO 8601, in any order. */
export type Hourly = readonly { hour: string; count: number }[];

/** The begins of the first and of the last hour that charts show, UTC milliseconds; `axis.ts` says which. */
export interface Axis {
  firstMs: number;
  lastMs: number;
}

export interface Columns {
  /** One row a series, one count a column. */
  counts: number[][];
  /** What each series counts before or after the axis. */
  outside: number[];
  hoursPerColumn: number;
  /** Begin of the first and last hour, as the result writes times. */
  from: string;
  to: string;
  /** Begin of the first hour that was counted in each column; empty where there is none. */
  begins: string[];
}

/** All series from the first to the last of their hours on the axis. Null where those are less than two: nothing to draw. */
export function columnsOf(series: readonly Hourly[], width: number, axis: Axis): Columns | null {
  const points = series
    .flatMap((hourly, row) => hourly.map(({ hour, count }) => ({ row, hour, count, at: Date.parse(hour) })))
    .filter(({ at, count }) => Number.isFinite(at) && count > 0)
    .sort((a, b) => a.at - b.at);
  const shown = points.filter(({ at }) => at >= axis.firstMs && at <= axis.lastMs);
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last || first.at === last.at) return null;
  const hours = Math.floor((last.at - first.at) / HOUR_MS) + 1;
  const hoursPerColumn = Math.ceil(hours / Math.max(2, width));
  const length = Math.ceil(hours / hoursPerColumn);
  const counts = series.map(() => new Array<number>(length).fill(0));
  const outside = series.map(() => 0);
  const begins = new Array<string>(length).fill("");
  for (const { row, hour, count, at } of points) {
    if (at < first.at || at > last.at) {
      outside[row] = (outside[row] as number) + count;
      continue;
    }
    const column = Math.floor((at - first.at) / HOUR_MS / hoursPerColumn);
    const ofSeries = counts[row] as number[];
    ofSeries[column] = (ofSeries[column] as number) + count;
    begins[column] ||= hour;
  }
  return { counts, outside, hoursPerColumn, from: first.hour, to: last.hour, begins };
}

/** The highest column of the first series, and when it begins. */
export function peakOf({ counts, begins }: Columns): { count: number; hour: string } {
  const first = counts[0] as number[];
  const count = Math.max(...first);
  return { count, hour: begins[first.indexOf(count)] as string };
}
