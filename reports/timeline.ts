/** The charts over time, on one axis: what the firewalls denied and allowed, and what of it became findings. */
import type { AuditResult, FindingKind } from "../rules/result.ts";
import { type Axis, columnsOf, type Hourly } from "./activity.ts";
import type { Ground } from "./html/palette.ts";
import type { Outline } from "./outline.ts";
import { phrases } from "./phrases.ts";
import { groundOfKind } from "./state-ground.ts";
import { timeText } from "./times.ts";
import { kindTitles, number } from "./words.ts";

/** Columns of a chart. */
const COLUMNS = 96;

export interface Timeline {
  /** What a column is. */
  note: string;
  /** Where the axis begins and ends. */
  from: string;
  to: string;
  charts: TimeChart[];
}

export interface TimeChart {
  title: string;
  /** The highest column, and what lies outside of the axis, in words. */
  peak: string;
  /** The whole chart, in words. */
  text: string;
  ground: Ground;
  counts: number[];
  /** What of the counts findings stand for: drawn apart, at the foot of each column. */
  part: { ground: Ground; counts: number[]; words: string; rest: string } | null;
}

interface Series {
  counts: number[];
  /** Before or after the axis. */
  outside: number;
}

/** Null where nothing is known by hours, or all of it in one. */
export function timelineOf({ evidence, findings }: AuditResult, { classes }: Outline, axis: Axis): Timeline | null {
  const hours = evidence.firewalls.flatMap(({ hourly }) => hourly);
  const ofKind = (kind: FindingKind): Hourly =>
    findings.filter((finding) => finding.kind === kind).flatMap(({ hourly }) => hourly);
  const columns = columnsOf(
    [
      hours.map(({ hour, denied }) => ({ hour, count: denied })),
      ofKind("blocked-but-required"),
      hours.map(({ hour, allowed }) => ({ hour, count: allowed })),
      ofKind("open-but-unneeded"),
      ...classes.map(({ findings: ofClass }) => ofClass.flatMap(({ hourly }) => hourly)),
    ],
    COLUMNS,
    axis,
  );
  if (columns === null) return null;
  const series = columns.counts.map((counts, row) => ({ counts, outside: columns.outside[row] as number }));
  const [denied, needed, allowed, unneeded, ...ofClasses] = series as [Series, Series, Series, Series, ...Series[]];
  const { chart } = phrases;
  const bucket = columns.hoursPerColumn === 1 ? chart.hour : chart.hours(columns.hoursPerColumn);
  const [from, to] = [timeText(columns.from), timeText(columns.to)];
  const drawn = (title: string, ground: Ground, { counts, outside }: Series, part: TimeChart["part"] = null) => {
    const most = number(Math.max(...counts));
    const busiest = chart.busiest(most, bucket);
    const peak = outside > 0 ? `${busiest}; ${chart.outside(number(outside))}` : busiest;
    const text = [chart.activityText(from, to, most), ...(part === null ? [] : [part.words, part.rest])].join(" ");
    return { title, peak, text, ground, counts, part, outside };
  };
  const charts = [
    drawn(chart.denied, "not-seen", denied, partOf(denied.counts, needed.counts, "blocked-but-required", chart.needed)),
    drawn(chart.allowed, "low", allowed, partOf(allowed.counts, unneeded.counts, "open-but-unneeded", chart.unneeded)),
    ...classes.map(({ kind }, index) => drawn(kindTitles[kind], groundOfKind[kind], ofClasses[index] as Series)),
  ].filter(({ counts, outside }) => outside > 0 || counts.some((count) => count > 0));
  return { note: chart.activityNote(bucket), from, to, charts };
}

/** A packet to the firewall's own address can be needed by several hosts; it is still one of all. */
function partOf(
  all: readonly number[],
  found: readonly number[],
  kind: FindingKind,
  words: (count: string) => string,
): TimeChart["part"] {
  const counts = all.map((count, column) => Math.min(count, found[column] as number));
  const sum = total(counts);
  if (sum === 0) return null;
  const rest = phrases.chart.others(number(total(all) - sum));
  return { ground: groundOfKind[kind], counts, words: words(number(sum)), rest };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
