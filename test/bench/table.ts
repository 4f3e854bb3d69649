/** Measurements as aligned text. */
import type { Measure } from "./measure.ts";

/** Several runs of the same command. */
export interface Runs {
  seconds: number[];
  cpuSeconds: number[];
  peakBytes: number[];
}

export function newRuns(): Runs {
  return { seconds: [], cpuSeconds: [], peakBytes: [] };
}

/** `seconds`: by another clock than the measurement's own. */
export function addRun(runs: Runs, run: Measure, seconds = run.seconds): void {
  runs.seconds.push(seconds);
  if (run.cpuSeconds !== null) runs.cpuSeconds.push(run.cpuSeconds);
  if (run.peakBytes !== null) runs.peakBytes.push(run.peakBytes);
}

export function least(values: readonly number[]): number {
  return Math.min(...values);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}

const HEADINGS = ["", "best", "median", "CPU", "MB/s", "Mlines/s", "peak MB"];

/** One row a command, rates by its best run. */
export function runsTable(
  rows: readonly (readonly [name: string, runs: Runs])[],
  bytes: number,
  lines: number,
): string {
  return columns([
    HEADINGS,
    ...rows.map(([name, { seconds, cpuSeconds, peakBytes }]) => {
      const best = least(seconds);
      return [
        name,
        `${best.toFixed(2)} s`,
        `${median(seconds).toFixed(2)} s`,
        cpuSeconds.length === 0 ? "-" : `${least(cpuSeconds).toFixed(2)} s`,
        (bytes / 1e6 / best).toFixed(0),
        (lines / 1e6 / best).toFixed(2),
        peakBytes.length === 0 ? "-" : (Math.max(...peakBytes) / 1e6).toFixed(0),
      ];
    }),
  ]);
}

/** A ratio or measure against its target. */
export function verdict(what: string, value: number, target: number, unit: string, digits = 2): string {
  const isMet = value <= target;
  return `  ${what}: ${value.toFixed(digits)}${unit} (target ${target}${unit}: ${isMet ? "met" : "missed"})`;
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  return rows
    .map(
      (row) =>
        `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number))).join("  ")}`,
    )
    .join("\n");
}
