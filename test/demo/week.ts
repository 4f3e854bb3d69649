/** The week of the demo, Monday 12 to Sunday 18 October 2026 in Berlin, and how a company's day runs through it. */
import type { Random } from "./random.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Central European Summer Time holds all week. */
const OFFSET_MS = 2 * HOUR_MS;
const OFFSET_TEXT = "+02:00";
const MONDAY_MS = Date.UTC(2026, 9, 12) - OFFSET_MS;

export const DAYS = 7;
export const FRIDAY = 4;

/** Share of a day's work by local hour. */
const OFFICE_HOURS = [0, 0, 0, 0, 0, 1, 6, 22, 40, 46, 48, 44, 26, 38, 46, 44, 34, 18, 8, 3, 1, 0, 0, 0];
/** Share of a week's work by day, Monday first. */
const OFFICE_DAYS = [22, 21, 20, 20, 15, 1, 1];

/** Moment on a day of the week (Monday is 0) at local `HH:MM`. */
export function moment(day: number, clock: string): number {
  const [hours, minutes] = clock.split(":").map(Number) as [number, number];
  return MONDAY_MS + day * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS;
}

/** Some moment of the week when people work. */
export function officeMoment(random: Random): number {
  return officeMomentOf(random, random.weighted(OFFICE_DAYS));
}

/** Some moment of that day when people work. */
export function officeMomentOf(random: Random, day: number): number {
  const hour = random.weighted(OFFICE_HOURS);
  return MONDAY_MS + day * DAY_MS + hour * HOUR_MS + random.between(0, HOUR_MS - 1);
}

/** Some moment between two others: machines and scanners do not sleep. */
export function anyMoment(random: Random, fromMs = MONDAY_MS, toMs = MONDAY_MS + DAYS * DAY_MS - 1): number {
  return random.between(fromMs, toMs);
}

/** `count` moments of one length apart, each shaken by some seconds, that begin on Monday after midnight. */
export function everyMinutes(random: Random, minutes: number, shakeSeconds = 20): number[] {
  const step = minutes * MINUTE_MS;
  const first = MONDAY_MS + random.between(0, Math.min(step, HOUR_MS));
  const moments: number[] = [];
  for (let ms = first; ms < MONDAY_MS + DAYS * DAY_MS - shakeSeconds * 1000; ms += step) {
    moments.push(ms + random.between(0, shakeSeconds * 1000));
  }
  return moments;
}

export function isBetween(ms: number, fromMs: number, toMs: number): boolean {
  return ms >= fromMs && ms < toMs;
}

function localText(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString();
}

/** `2026-10-12` of the local calendar. */
export function dateText(ms: number): string {
  return localText(ms).slice(0, 10);
}

/** `08:15:02`, local. */
export function clockText(ms: number): string {
  return localText(ms).slice(11, 19);
}

/** `2026-10-12T08:15:02.417093+02:00`, as rsyslog and pfSense write it; the last three digits are made up. */
export function isoText(ms: number, random: Random): string {
  return `${localText(ms).slice(0, 23)}${random.digits(3)}${OFFSET_TEXT}`;
}

/** Nanoseconds since the epoch, 19 digits, as FortiOS counts. */
export function nanosecondText(ms: number, random: Random): string {
  return `${ms}${random.digits(6)}`;
}

/** Seconds since midnight of the first day: a machine's uptime, when it was started then. */
export function secondsIntoWeek(ms: number): number {
  return (ms - MONDAY_MS) / 1000;
}
