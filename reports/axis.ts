/**
 * The hours that charts over time show: those in which nearly all of the evidence lies. A clock that was wrong once, in
 * 1970 or years ahead, would otherwise draw everything in one column.
 */
import type { AuditResult, FirewallResult } from "../rules/result.ts";
import type { Axis, Hourly } from "./activity.ts";
import { phrases } from "./phrases.ts";
import { dateText } from "./times.ts";

/** Shows every hour. */
export const WHOLE: Axis = { firstMs: Number.NEGATIVE_INFINITY, lastMs: Number.POSITIVE_INFINITY };

/** Logs of a site fall silent for days; a silence that is longer sets stretches apart. */
const LONG_SILENCE_MS = 7 * 24 * 3_600_000;
/** One count in so many may stand outside. */
const ONE_IN = 20;
/** Hours are left out only where the axis is shorter than a half without them. */
const WORTH = 2;

/** The terminal UI asks anew with every key. */
const known = new WeakMap<AuditResult, Axis>();

/** The axis of all charts of a result. */
export function axisOf(result: AuditResult): Axis {
  const axis = known.get(result) ?? axisOfHours(hoursOf(result));
  known.set(result, axis);
  return axis;
}

/** Audits from before firewalls' hours were counted know those of findings alone. */
function hoursOf({ evidence, findings }: AuditResult): Hourly {
  const decided = summed(evidence.firewalls.map(({ hourly }) => decisionsOf(hourly)));
  return decided.length > 0 ? decided : summed(findings.map(({ hourly }) => hourly));
}

/** Many findings share few hours. */
function summed(all: readonly Hourly[]): Hourly {
  const counts = new Map<string, number>();
  for (const hourly of all) for (const { hour, count } of hourly) counts.set(hour, (counts.get(hour) ?? 0) + count);
  return Array.from(counts, ([hour, count]) => ({ hour, count }));
}

/** The shortest run of stretches that holds nearly all counts, where it is much shorter than all of them. */
function axisOfHours(hourly: Hourly): Axis {
  const all = stretchesOf(hourly);
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return WHOLE;
  const total = all.reduce((sum, { count }) => sum + count, 0);
  const enough = total - Math.floor(total / ONE_IN);
  let best: Axis = { firstMs: first.firstMs, lastMs: last.lastMs };
  let [begin, count] = [0, 0];
  for (const stretch of all) {
    count += stretch.count;
    for (let out = all[begin] as Stretch; count - out.count >= enough; out = all[++begin] as Stretch)
      count -= out.count;
    const { firstMs } = all[begin] as Stretch;
    if (count >= enough && stretch.lastMs - firstMs < lengthOf(best)) best = { firstMs, lastMs: stretch.lastMs };
  }
  return lengthOf(best) * WORTH < last.lastMs - first.firstMs ? best : WHOLE;
}

function lengthOf({ firstMs, lastMs }: Axis): number {
  return lastMs - firstMs;
}

interface Stretch extends Axis {
  count: number;
}

/** Hours with no long silence between them, as one. */
function stretchesOf(hourly: Hourly): Stretch[] {
  const hours = hourly
    .map(({ hour, count }) => ({ at: Date.parse(hour), count }))
    .filter(({ at, count }) => Number.isFinite(at) && count > 0)
    .sort((a, b) => a.at - b.at);
  const stretches: Stretch[] = [];
  for (const { at, count } of hours) {
    const last = stretches.at(-1);
    if (last && at - last.lastMs <= LONG_SILENCE_MS) {
      last.lastMs = at;
      last.count += count;
    } else stretches.push({ firstMs: at, lastMs: at, count });
  }
  return stretches;
}

/** What a firewall counted before and after the axis, in a sentence each: nothing is left out silently. */
export function outsideAxis({ name, unit, hourly }: FirewallResult, { firstMs, lastMs }: Axis): string[] {
  const decisions = decisionsOf(hourly);
  const sides = [
    decisions.filter(({ hour }) => Date.parse(hour) < firstMs),
    decisions.filter(({ hour }) => Date.parse(hour) > lastMs),
  ];
  return sides
    .filter((side) => side.length > 0)
    .map((side) => {
      const count = side.reduce((sum, one) => sum + one.count, 0);
      const [from, to] = [side[0], side.at(-1)].map((one) => dateText((one?.hour ?? "").slice(0, 10))) as [
        string,
        string,
      ];
      return phrases.chart.strays(
        name,
        phrases.counted(count, unit, null),
        from === to ? from : phrases.span(from, to),
      );
    });
}

function decisionsOf(hourly: FirewallResult["hourly"]): { hour: string; count: number }[] {
  return hourly.map(({ hour, allowed, denied }) => ({ hour, count: allowed + denied }));
}
