/**
 * Times that few programs write in front of a line, kept off the way of the common ones (envelope.ts): `journalctl -o
 * short-full` and `-o short-unix`, date(1), mails, labels in TAI64N, dates as people write them. Each function leaves
 * `cursor.end` behind the time that it has read.
 */
import {
  ascii,
  COLON,
  COMMA,
  DASH,
  DOT,
  findByte,
  isDigit,
  PLUS,
  parseDecimal,
  parseHex,
  SLASH,
  SPACE,
  startsWith,
  TAB,
  UPPER_T,
} from "../bytes.ts";
import { civilMs, DeviceClock } from "../clocks/device-clock.ts";
import { monthAt, readFractionMs, readIsoTime, readOffset, type TimeCursor, twoDigits } from "../clocks/timestamps.ts";

const UTC = new DeviceClock("UTC", 0);
const UTC_NAMES = ["UTC ", "GMT "].map(ascii);
const UTC_NAME_BYTES = " UTC".length;
/** The label's first bytes, until 2106. */
const TAI_EPOCH = ascii("@40000000");
const TAI_OFFSET_SECONDS = 10;
const EPOCH_DIGITS = 10;
const EPOCH_MS_DIGITS = 13;
/** `20260703`, and what stands behind its `T`: `191030`. */
const COMPACT_DATE_DIGITS = 8;
const COMPACT_TIME_DIGITS = 6;
const MINUTE_MS = 60_000;

/**
 * A time in digits that is no ISO 8601 with its dashes: seconds since 1970, perhaps with a fraction (`1783098630.118004 fw
 * kernel: ...`), or milliseconds (`1783098630118 fw ...`), ISO 8601 without separators (`20260703T191030Z fw ...`), the year in
 * front of a BSD time, a date with dots or slashes, or Kiwi's with a tab before the time, the month first in its American form.
 * NaN where there is none.
 */
export function readRareTime(
  bytes: Uint8Array,
  start: number,
  end: number,
  clock: DeviceClock,
  cursor: TimeCursor,
): number {
  let i = start;
  while (i < end && i - start <= EPOCH_MS_DIGITS && isDigit(bytes[i])) i++;
  if (i - start >= EPOCH_DIGITS) return readEpoch(bytes, start, i, end, cursor);
  if (i - start === COMPACT_DATE_DIGITS && bytes[i] === UPPER_T)
    return readCompactTime(bytes, start, end, clock, cursor);
  const yearFirst = i - start === 4;
  if (yearFirst && bytes[i] === SPACE) {
    cursor.end = start + YEAR_FIRST_BYTES;
    return readYearFirst(bytes, start, end, clock);
  }
  const dateEnd = start + 10;
  const separator = bytes[dateEnd];
  const dash = bytes[i];
  if (
    dateEnd + 10 > end ||
    (dash !== DASH && dash !== SLASH && (dash !== DOT || yearFirst)) ||
    (separator !== TAB && separator !== COMMA && separator !== SPACE)
  )
    return Number.NaN;
  if (bytes[yearFirst ? start + 7 : start + 5] !== dash) return Number.NaN;
  const yearAt = yearFirst ? start : start + 6;
  const year = twoDigits(bytes, yearAt) * 100 + twoDigits(bytes, yearAt + 2);
  let month = twoDigits(bytes, yearFirst ? start + 5 : start);
  let day = twoDigits(bytes, yearFirst ? start + 8 : start + 3);
  // With dots the day comes first, and Kiwi can be told to put it there.
  if (month > 12 || dash === DOT || (!yearFirst && day <= 12 && clock.dateOrder === "day first"))
    [month, day] = [day, month];
  const at = dateEnd + 1;
  const [hour, minute, second] = [twoDigits(bytes, at), twoDigits(bytes, at + 3), twoDigits(bytes, at + 6)] as const;
  const after = bytes[at + 8];
  if (
    Number.isNaN(civilMs(year, month, day, hour, minute, second)) ||
    (after !== TAB && after !== COMMA && (dash === DASH || after !== SPACE))
  )
    return Number.NaN;
  cursor.end = at + 8;
  return clock.fromLocal(year, month, day, hour, minute, second);
}

/** Seconds in digits up to `digitsEnd`, perhaps with a fraction behind them, or milliseconds. */
function readEpoch(bytes: Uint8Array, start: number, digitsEnd: number, end: number, cursor: TimeCursor): number {
  const count = parseDecimal(bytes, start, digitsEnd);
  cursor.end = digitsEnd;
  if (bytes[digitsEnd] === SPACE && digitsEnd - start === EPOCH_MS_DIGITS) return count;
  if (digitsEnd - start !== EPOCH_DIGITS) return Number.NaN;
  if (bytes[digitsEnd] === SPACE) return count * 1000;
  let fractionEnd = digitsEnd + 1;
  while (fractionEnd < end && isDigit(bytes[fractionEnd])) fractionEnd++;
  const digits = fractionEnd - digitsEnd - 1;
  if (bytes[digitsEnd] !== DOT || digits === 0 || bytes[fractionEnd] !== SPACE) return Number.NaN;
  cursor.end = fractionEnd;
  const micros =
    parseDecimal(bytes, digitsEnd + 1, Math.min(fractionEnd, digitsEnd + 7)) * 10 ** Math.max(0, 6 - digits);
  return count * 1000 + micros / 1000;
}

/** `2026 Jul  3 19:10:30`. */
export const YEAR_FIRST_BYTES = 20;

/** `2026 Jul  3 19:10:30 ` at `start`, or the day with a zero; NaN where there is none. */
export function readYearFirst(bytes: Uint8Array, start: number, end: number, clock: DeviceClock): number {
  const after = start + YEAR_FIRST_BYTES;
  const month = after < end && bytes[start + 4] === SPACE && bytes[after] === SPACE ? monthAt(bytes, start + 5) : 0;
  if (month === 0) return Number.NaN;
  const day = bytes[start + 9] === SPACE ? parseDecimal(bytes, start + 10, start + 11) : twoDigits(bytes, start + 9);
  const [hour, minute, second] = [12, 15, 18].map((at) => twoDigits(bytes, start + at)) as [number, number, number];
  return clock.fromLocal(parseDecimal(bytes, start, start + 4), month, day, hour, minute, second);
}

/** `2026-07-16 10:00:00 CEST` behind a weekday, as `journalctl -o short-full` has it; NaN where there is none. */
export function readZonedTime(
  bytes: Uint8Array,
  start: number,
  end: number,
  clock: DeviceClock,
  cursor: TimeCursor,
): number {
  const civil = readIsoTime(bytes, start, end, UTC, cursor);
  const zoneAt = cursor.end + 1;
  if (Number.isNaN(civil) || bytes[cursor.end] !== SPACE) return Number.NaN;
  const offsetMinutes = readOffset(bytes, zoneAt, end, cursor);
  if (!Number.isNaN(offsetMinutes)) return civil - offsetMinutes * MINUTE_MS;
  const zoneEnd = findByte(bytes, SPACE, zoneAt, Math.min(end, zoneAt + 6));
  const isUtc = UTC_NAMES.some((name) => startsWith(bytes, name, zoneAt, end));
  // Other abbreviations are ambiguous; they are the device's own zone.
  const ms = isUtc ? civil : readIsoTime(bytes, start, end, clock, cursor);
  cursor.end = zoneEnd;
  return ms;
}

/** `Jul  3 19:10:30 CEST 2026` behind a weekday, as scripts have it from date(1); NaN where there is none. */
export function readDateOutput(
  bytes: Uint8Array,
  start: number,
  end: number,
  clock: DeviceClock,
  cursor: TimeCursor,
): number {
  const zoneAt = start + "Jul  3 19:10:30 ".length;
  const zoneEnd = findByte(bytes, SPACE, zoneAt, Math.min(end, zoneAt + 6));
  const yearEnd = zoneEnd + 5;
  if (bytes[zoneEnd] !== SPACE || zoneEnd < zoneAt + 3 || !isZone(bytes[zoneAt] as number) || yearEnd > end)
    return Number.NaN;
  const year = parseDecimal(bytes, zoneEnd + 1, yearEnd);
  const month = monthAt(bytes, start);
  const day = bytes[start + 4] === SPACE ? parseDecimal(bytes, start + 5, start + 6) : twoDigits(bytes, start + 4);
  const [hour, minute, second] = [7, 10, 13].map((at) => twoDigits(bytes, start + at)) as [number, number, number];
  const civil = civilMs(year, month, day, hour, minute, second);
  if (year < 1970 || month === 0 || Number.isNaN(civil)) return Number.NaN;
  const offsetMinutes = readOffset(bytes, zoneAt, zoneEnd, cursor);
  cursor.end = yearEnd;
  if (!Number.isNaN(offsetMinutes)) return civil - offsetMinutes * MINUTE_MS;
  const isUtc = UTC_NAMES.some((name) => startsWith(bytes, name, zoneAt, end));
  return isUtc ? civil : clock.fromLocal(year, month, day, hour, minute, second);
}

/** Zones are capitals, or an offset where they have no abbreviation. */
function isZone(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || byte === PLUS || byte === DASH;
}

/** `20260703T191030Z`, with a fraction or another offset perhaps. */
function readCompactTime(
  bytes: Uint8Array,
  start: number,
  end: number,
  clock: DeviceClock,
  cursor: TimeCursor,
): number {
  const at = start + COMPACT_DATE_DIGITS + 1;
  const secondsEnd = at + COMPACT_TIME_DIGITS;
  if (secondsEnd >= end || isDigit(bytes[secondsEnd])) return Number.NaN;
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  const [month, day, hour, minute, second] = [start + 4, start + 6, at, at + 2, at + 4].map((pair) =>
    twoDigits(bytes, pair),
  ) as [number, number, number, number, number];
  const fractionMs = readFractionMs(bytes, secondsEnd, end, cursor);
  const offsetMinutes = readOffset(bytes, cursor.end, end, cursor);
  if (bytes[cursor.end] !== SPACE) return Number.NaN;
  if (Number.isNaN(offsetMinutes)) return clock.fromLocal(year, month, day, hour, minute, second, fractionMs);
  return civilMs(year, month, day, hour, minute, second) - offsetMinutes * MINUTE_MS + fractionMs;
}

/**
 * `03 Jul 2026 19:10:30 +0200`, the date of a mail (RFC 5322), behind its weekday; without a zone it is the device's own. NaN where
 * there is none.
 */
export function readMailDate(
  bytes: Uint8Array,
  start: number,
  end: number,
  clock: DeviceClock,
  cursor: TimeCursor,
): number {
  const dayEnd = isDigit(bytes[start + 1]) ? start + 2 : start + 1;
  const at = dayEnd + " Jul 2026 ".length;
  const timeEnd = at + "19:10:30".length;
  if (timeEnd >= end || bytes[at - 1] !== SPACE || bytes[at + 2] !== COLON || bytes[at + 5] !== COLON)
    return Number.NaN;
  const day = parseDecimal(bytes, start, dayEnd);
  const month = monthAt(bytes, dayEnd + 1);
  const year = parseDecimal(bytes, dayEnd + 5, at - 1);
  const [hour, minute, second] = [twoDigits(bytes, at), twoDigits(bytes, at + 3), twoDigits(bytes, at + 6)] as const;
  const civil = civilMs(year, month, day, hour, minute, second);
  if (month === 0 || year < 1970 || Number.isNaN(civil) || bytes[timeEnd] !== SPACE) return Number.NaN;
  const offsetMinutes = readOffset(bytes, timeEnd + 1, end, cursor);
  if (!Number.isNaN(offsetMinutes)) return civil - offsetMinutes * MINUTE_MS;
  const isUtc = UTC_NAMES.some((name) => startsWith(bytes, name, timeEnd + 1, end));
  cursor.end = isUtc ? timeEnd + UTC_NAME_BYTES : timeEnd;
  return isUtc ? civil : clock.fromLocal(year, month, day, hour, minute, second);
}

/**
 * `@400000006a47edd007088700`, which multilog, svlogd and s6-log put before a line: TAI64N, seconds from 2^62 on and nanoseconds,
 * in hexadecimal. They count as if ten seconds lay between TAI and UTC. NaN where there is none.
 * https://cr.yp.to/libtai/tai64.html
 */
export function readTaiLabel(bytes: Uint8Array, start: number, end: number, cursor: TimeCursor): number {
  const secondsAt = start + TAI_EPOCH.length;
  const nanosecondsAt = secondsAt + 8;
  cursor.end = nanosecondsAt + 8;
  if (!startsWith(bytes, TAI_EPOCH, start, end) || cursor.end >= end || bytes[cursor.end] !== SPACE) return Number.NaN;
  const seconds = parseHex(bytes, secondsAt, nanosecondsAt);
  const nanoseconds = parseHex(bytes, nanosecondsAt, cursor.end);
  if (seconds < 0 || nanoseconds < 0) return Number.NaN;
  return (seconds - TAI_OFFSET_SECONDS) * 1000 + Math.floor(nanoseconds / 1000) / 1000;
}
