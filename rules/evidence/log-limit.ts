/**
 * A limit on how many packets a rule writes of, as `-m limit` and nftables' `limit rate` set it: hour after hour holds as many
 * lines as the limit lets through, and what exceeds them left no trace. UFW's own rules have one of 3 lines a minute.
 */
import type { PlatformName } from "../result.ts";

const MINUTES = 60;
/** Lines that a limit lets through at once after a quiet time; netfilter's default is 5, UFW's 10. */
const MOST_BURST = 20;
/** A full hour has as many lines as its minutes allow, one more or less where it begins. */
const TOLERANCE = 1;
/** By chance hours are seldom equal: so many, and such a share of all, are not. */
const ENOUGH_HOURS = 4;
const ENOUGH_SHARE = 0.25;
/** Fewer kinds of traffic may repeat themselves like clockwork. */
const ENOUGH_FLOWS = 20;

export interface LogLimit {
  /** Denied packets that are written in a minute, at most. */
  perMinute: number;
  /** How many hours were full. */
  fullHours: number;
}

/** The limit that shows, or null. `hourly`: denied packets by hour; `deniedFlows`: how many kinds of traffic were denied. */
export function logLimitOf(platform: PlatformName, hourly: readonly number[], deniedFlows: number): LogLimit | null {
  if (platform !== "iptables" || deniedFlows < ENOUGH_FLOWS) return null;
  const counts = hourly.filter((denied) => denied > 0);
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const perMinute = Math.floor((most + TOLERANCE) / MINUTES);
  const full = perMinute * MINUTES;
  if (perMinute === 0 || most > full + MOST_BURST) return null;
  const fullHours = counts.filter((count) => Math.abs(count - full) <= TOLERANCE).length;
  return fullHours >= ENOUGH_HOURS && fullHours >= counts.length * ENOUGH_SHARE ? { perMinute, fullHours } : null;
}
