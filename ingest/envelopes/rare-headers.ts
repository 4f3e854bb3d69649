/**
 * Headers around a line that few programs write, kept off the way of the common ones (envelope.ts): Kiwi Syslog's columns,
 * `journalctl -o short-full` and `-o short-unix`, date(1), dates as people write them. Each function leaves `cursor.end` behind the time it has read.
 */
import { type AddressWords, parseAddress } from "../address.ts";
import {
  ascii,
  CLOSE_BRACKET,
  COMMA,
  DASH,
  DOT,
  findByte,
  isDigit,
  OPEN_BRACKET,
  PLUS,
  parseDecimal,
  SLASH,
  SPACE,
  startsWith,
  TAB,
} from "../bytes.ts";
import { civilMs, DeviceClock } from "../clocks/device-clock.ts";
import { monthAt, readIsoTime, readOffset, type TimeCursor, twoDigits } from "../clocks/timestamps.ts";
import type { Span } from "../record.ts";
import type { EnvelopeFields } from "./envelope-fields.ts";

const UTC = new DeviceClock("UTC", 0);
const UTC_NAMES = ["UTC ", "GMT "].map(ascii);
const EPOCH_DIGITS = 10;
const MINUTE_MS = 60_000;

/**
 * A time in digits that is no ISO 8601: seconds since 1970, perhaps with a fraction (`1783098630.118004 fw kernel: ...`), the
 * year in front of a BSD time, a date with dots or slashes, or Kiwi's with a tab before the time, the month first in its
 * American form. NaN where there is none.
 */
export function readRareTime(
  bytes: Uint8Array,
  start: number,
  end: number,
  clock: DeviceClock,
  cursor: TimeCursor,
): number {
  let i = start;
  while (i < end && i - start <= EPOCH_DIGITS && isDigit(bytes[i])) i++;
  if (i - start === EPOCH_DIGITS && bytes[i] === SPACE) {
    cursor.end = i;
    return parseDecimal(bytes, start, i) * 1000;
  }
  if (i - start === EPOCH_DIGITS && bytes[i] === DOT) {
    let digits = i + 1;
    while (digits < end && isDigit(bytes[digits])) digits++;
    if (digits === i + 1 || bytes[digits] !== SPACE) return Number.NaN;
    cursor.end = digits;
    const micros = parseDecimal(bytes, i + 1, Math.min(digits, i + 7)) * 10 ** Math.max(0, 6 - (digits - i - 1));
    return parseDecimal(bytes, start, i) * 1000 + micros / 1000;
  }
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
  if (month > 12 || dash === DOT) [month, day] = [day, month];
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

/**
 * A time in brackets, behind which the sender's address may stand in brackets, too: `[2026-07-03 19:10:30] [192.0.2.1] `.
 * Puts both into `into` and returns the first byte behind; -1 where there is none.
 */
export function readBracketedTime(
  bytes: Uint8Array,
  start: number,
  end: number,
  clock: DeviceClock,
  into: EnvelopeFields,
): number {
  const timeMs = readIsoTime(bytes, start + 1, end, clock, bracketCursor);
  const close = bracketCursor.end;
  if (Number.isNaN(timeMs) || bytes[close] !== CLOSE_BRACKET || bytes[close + 1] !== SPACE) return -1;
  into.timeMs = timeMs;
  const after = close + 2;
  if (bytes[after] !== OPEN_BRACKET) return after;
  const hostEnd = findByte(bytes, CLOSE_BRACKET, after, Math.min(end, after + MAX_ADDRESS_BYTES));
  if (bytes[hostEnd + 1] !== SPACE || parseAddress(bytes, after + 1, hostEnd, address) === 0) return after;
  into.host.set(after + 1, hostEnd);
  return hostEnd + 2;
}

const bracketCursor: TimeCursor = { end: 0 };
const address: AddressWords = new Uint32Array(4);
const MAX_ADDRESS_BYTES = 48;

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

/**
 * Behind a time that ends at `at`, Kiwi's columns: `\tLocal0.Info\t192.0.2.1\t`, or with commas. Puts the second into
 * `host` and returns the first byte of the message; -1 where there are no such columns.
 */
export function readKiwiColumns(bytes: Uint8Array, at: number, end: number, host: Span): number {
  const separator = bytes[at] as number;
  const levelEnd = findByte(bytes, separator, at + 1, Math.min(end, at + 24));
  const dot = findByte(bytes, DOT, at + 1, levelEnd);
  if (bytes[levelEnd] !== separator || dot === levelEnd || dot === at + 1 || dot + 1 === levelEnd) return -1;
  for (let i = at + 1; i < levelEnd; i++) if (i !== dot && (bytes[i] as number) < 0x30) return -1;
  const hostEnd = findByte(bytes, separator, levelEnd + 1, Math.min(end, levelEnd + 256));
  if (bytes[hostEnd] !== separator || hostEnd === levelEnd + 1) return -1;
  host.set(levelEnd + 1, hostEnd);
  return hostEnd + 1;
}
