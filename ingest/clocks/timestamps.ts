/** Times in lines: ISO 8601 and BSD syslog, read byte by byte and turned into UTC by the device's clock. */
import { COLON, COMMA, DASH, DIGIT_0, DOT, isDigit, PLUS, SPACE, UPPER_T, UPPER_Z } from "../bytes.ts";
import { civilMs, type DeviceClock } from "./device-clock.ts";
import { MonthName, readMonthName } from "./month-names.ts";

const MINUTE_MS = 60_000;

/** Where `readIsoTime` or `readBsdTime` stopped reading. */
export interface TimeCursor {
  /** First byte after the time. */
  end: number;
}

/** Two digits at `at` as a number, or -1. */
export function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - DIGIT_0;
  const ones = (bytes[at + 1] as number) - DIGIT_0;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** Fraction of a second that starts after a dot or comma at `at`, in milliseconds; moves the cursor past it. */
export function readFractionMs(bytes: Uint8Array, at: number, end: number, cursor: TimeCursor): number {
  let i = at;
  if (i >= end || (bytes[i] !== DOT && bytes[i] !== COMMA) || !isDigit(bytes[i + 1])) {
    cursor.end = at;
    return 0;
  }
  let micros = 0;
  let digits = 0;
  for (i++; i < end && isDigit(bytes[i]); i++) {
    if (digits < 6) micros = micros * 10 + (bytes[i] as number) - DIGIT_0;
    digits++;
  }
  for (; digits < 6; digits++) micros *= 10;
  cursor.end = i;
  return micros / 1000;
}

/**
 * ISO 8601 / RFC 3339 time at `start`: `2026-07-16T10:00:00.5+02:00`, offset with or without colon, `Z`, or none (then
 * the clock's zone holds); a blank instead of `T` is accepted. Returns UTC milliseconds, or NaN where there is none.
 */
export function readIsoTime(
  bytes: Uint8Array,
  start: number,
  end: number,
  clock: DeviceClock,
  cursor: TimeCursor,
): number {
  cursor.end = start;
  if (end - start < 19 || bytes[start + 4] !== DASH || bytes[start + 7] !== DASH) return Number.NaN;
  if (bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) return Number.NaN;
  const separator = bytes[start + 10] as number;
  if (separator !== UPPER_T && separator !== SPACE && separator !== 0x74) return Number.NaN;
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  const hour = twoDigits(bytes, start + 11);
  const minute = twoDigits(bytes, start + 14);
  const second = twoDigits(bytes, start + 17);
  const fractionMs = readFractionMs(bytes, start + 19, end, cursor);
  const offsetMinutes = readOffset(bytes, cursor.end, end, cursor);
  if (Number.isNaN(offsetMinutes)) return clock.fromLocal(year, month, day, hour, minute, second, fractionMs);
  return civilMs(year, month, day, hour, minute, second) - offsetMinutes * MINUTE_MS + fractionMs;
}

/** The same in UTC where it names no offset, in front of which a blank may stand: `2026-07-03 19:10:30.118004 +0200`. */
export function readSpacedIsoTime(
  bytes: Uint8Array,
  start: number,
  end: number,
  utc: DeviceClock,
  cursor: TimeCursor,
): number {
  const ms = readIsoTime(bytes, start, end, utc, cursor);
  if (bytes[cursor.end] !== SPACE) return ms;
  const timeEnd = cursor.end;
  const offsetMinutes = readOffset(bytes, timeEnd + 1, end, cursor);
  if (!Number.isNaN(offsetMinutes)) return ms - offsetMinutes * MINUTE_MS;
  cursor.end = timeEnd;
  return ms;
}

/** UTC offset at `at` (`Z`, `+02:00`, `-0500`, `+02`) in minutes, or NaN where there is none; moves the cursor past it. */
export function readOffset(bytes: Uint8Array, at: number, end: number, cursor: TimeCursor): number {
  cursor.end = at;
  const sign = bytes[at];
  if (at >= end) return Number.NaN;
  if (sign === UPPER_Z || sign === 0x7a) {
    cursor.end = at + 1;
    return 0;
  }
  if ((sign !== PLUS && sign !== DASH) || at + 3 > end) return Number.NaN;
  const hours = twoDigits(bytes, at + 1);
  if (hours < 0) return Number.NaN;
  let next = at + 3;
  let minutes = 0;
  const digitsAt = bytes[next] === COLON ? next + 1 : next;
  if (digitsAt + 2 <= end && twoDigits(bytes, digitsAt) >= 0) {
    minutes = twoDigits(bytes, digitsAt);
    next = digitsAt + 2;
  }
  cursor.end = next;
  return (sign === DASH ? -1 : 1) * (hours * 60 + minutes);
}

const monthName = new MonthName();
const MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

/** Month number of the three letters at `at`, or 0. */
export function monthAt(bytes: Uint8Array, at: number): number {
  for (let month = 0; month < 12; month++) {
    if (
      ((bytes[at] as number) | 0x20) === MONTHS.charCodeAt(month * 3) &&
      ((bytes[at + 1] as number) | 0x20) === MONTHS.charCodeAt(month * 3 + 1) &&
      ((bytes[at + 2] as number) | 0x20) === MONTHS.charCodeAt(month * 3 + 2)
    )
      return month + 1;
  }
  return 0;
}

/**
 * BSD syslog time at `start`: `Jul  3 19:10:30`, the month in another language perhaps, the day padded with two blanks or
 * one, optional fraction, optional year before the time (`Jul 3 2026 19:10:30`) or after it (`Jul  3 19:10:30 2026`,
 * OpenWrt). Returns UTC milliseconds, or NaN where there is none.
 */
export function readBsdTime(
  bytes: Uint8Array,
  start: number,
  end: number,
  clock: DeviceClock,
  cursor: TimeCursor,
): number {
  cursor.end = start;
  if (end - start < 14) return Number.NaN;
  let month = monthAt(bytes, start);
  let i = start + 3;
  if (month === 0 || bytes[i] !== SPACE) {
    if (!readMonthName(bytes, start, end, monthName)) return Number.NaN;
    month = monthName.month;
    i = monthName.end;
  }
  i++;
  if (bytes[i] === SPACE) i++;
  let day = 0;
  for (; i < end && isDigit(bytes[i]); i++) day = day * 10 + (bytes[i] as number) - DIGIT_0;
  if (bytes[i] !== SPACE) return Number.NaN;
  i++;
  let year = fourDigits(bytes, i, end);
  if (year > 0 && bytes[i + 4] === SPACE) i += 5;
  else year = -1;
  if (i + 8 > end || bytes[i + 2] !== COLON || bytes[i + 5] !== COLON) return Number.NaN;
  const hour = twoDigits(bytes, i);
  const minute = twoDigits(bytes, i + 3);
  const second = twoDigits(bytes, i + 6);
  const fractionMs = readFractionMs(bytes, i + 8, end, cursor);
  i = cursor.end;
  if (year < 0 && bytes[i] === SPACE) {
    const after = fourDigits(bytes, i + 1, end);
    if (after >= 1970 && after <= 2199 && (i + 5 >= end || bytes[i + 5] === SPACE || endsInColon(bytes, i + 5, end))) {
      year = after;
      cursor.end = i + 5;
    }
  }
  const ms =
    year < 0
      ? clock.fromYearless(month, day, hour, minute, second, fractionMs)
      : clock.fromLocal(year, month, day, hour, minute, second, fractionMs);
  if (Number.isNaN(ms)) cursor.end = start;
  return ms;
}

/** A colon that is not one of an IPv6 address (`2001:db8::1` as the host after the time). */
function endsInColon(bytes: Uint8Array, at: number, end: number): boolean {
  return bytes[at] === COLON && (at + 1 >= end || bytes[at + 1] === SPACE);
}

function fourDigits(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 > end || isDigit(bytes[at + 4])) return -1;
  const high = twoDigits(bytes, at);
  const low = twoDigits(bytes, at + 2);
  return high < 0 || low < 0 ? -1 : high * 100 + low;
}
