/** When a FortiOS record happened. Its fields disagree in unit, zone and meaning, so the best one present decides. */
import { COLON, DASH, DIGIT_0, DOT, isDigit, PLUS, parseDecimal, SPACE } from "../bytes.ts";
import { civilMs, type DeviceClock } from "../clocks/device-clock.ts";
import { readBsdTime, readIsoTime, type TimeCursor } from "../clocks/timestamps.ts";
import type { FieldSpans } from "../lexing/field-spans.ts";
import { DATE, EVENTTIME, ITIME, RECEIPT_TIME, START_TIME, TIME, TIMESTAMP, TZ } from "./fields.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MAX_SECOND_DIGITS = 11;
const SPLIT_OFF = " 10:30".length;
const cursor: TimeCursor = { end: 0 };

/**
 * UTC milliseconds, or NaN: `eventtime`, else `date` and `time` with `tz` or the clock's zone, else what relays add
 * (CEF `rt` and `start`, FortiAnalyzer's `timestamp` and `itime`). `utc`: a clock in UTC; `end`: where the
 * line ends.
 */
export function timeOf(
  bytes: Uint8Array,
  end: number,
  fields: FieldSpans,
  clock: DeviceClock,
  utc: DeviceClock,
): number {
  let ms = readEpoch(bytes, fields.start(EVENTTIME), fields.end(EVENTTIME));
  if (!Number.isNaN(ms)) return ms;
  ms = readLocal(bytes, end, fields, clock);
  if (!Number.isNaN(ms)) return ms;
  ms = readEpoch(bytes, fields.start(RECEIPT_TIME), fields.end(RECEIPT_TIME));
  if (!Number.isNaN(ms)) return ms;
  ms = readStart(bytes, fields, clock, utc);
  if (!Number.isNaN(ms)) return ms;
  // Seconds since the epoch of the device's local time taken as UTC.
  ms = readEpoch(bytes, fields.start(TIMESTAMP), fields.end(TIMESTAMP));
  if (!Number.isNaN(ms)) return fromCivil(bytes, fields, ms, clock);
  ms = readEpoch(bytes, fields.start(ITIME), fields.end(ITIME));
  if (!Number.isNaN(ms)) return ms;
  return readIsoTime(bytes, fields.start(ITIME), fields.end(ITIME), clock, cursor);
}

/**
 * Seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by their digits, as milliseconds. 19
 * digits exceed 2^53, so seconds and fraction are read apart, the latter to the microsecond.
 */
function readEpoch(bytes: Uint8Array, start: number, end: number): number {
  let digitsEnd = start;
  while (digitsEnd < end && isDigit(bytes[digitsEnd])) digitsEnd++;
  const digits = digitsEnd - start;
  if (digits === 0 || digits > 20) return Number.NaN;
  const fractionDigits = digits <= MAX_SECOND_DIGITS ? 0 : digits <= 14 ? 3 : digits <= 17 ? 6 : 9;
  const secondsEnd = digitsEnd - fractionDigits;
  let fractionAt = secondsEnd;
  let fractionEnd = digitsEnd;
  if (digitsEnd < end) {
    if (bytes[digitsEnd] !== DOT) return Number.NaN;
    if (fractionDigits === 0) {
      fractionAt = digitsEnd + 1;
      fractionEnd = end;
    }
  }
  let micros = 0;
  for (let i = 0; i < 6; i++) {
    const byte = fractionAt + i < fractionEnd ? (bytes[fractionAt + i] as number) : DIGIT_0;
    if (!isDigit(byte)) return Number.NaN;
    micros = micros * 10 + byte - DIGIT_0;
  }
  const seconds = parseDecimal(bytes, start, secondsEnd);
  return seconds === 0 ? Number.NaN : seconds * 1000 + micros / 1000;
}

function readLocal(bytes: Uint8Array, end: number, fields: FieldSpans, clock: DeviceClock): number {
  const dateEnd = fields.end(DATE);
  const year = readNumber(bytes, fields.start(DATE), dateEnd, DASH);
  const month = readNumber(bytes, cursor.end + 1, dateEnd, DASH);
  const day = readNumber(bytes, cursor.end + 1, dateEnd, DASH);
  let timeEnd = fields.end(TIME);
  // FortiOS 4 has a blank behind the hours, where the value seems to end if blanks stand between pairs.
  const isSplit = timeEnd > 0 && bytes[timeEnd - 1] === COLON && bytes[timeEnd] === SPACE;
  if (isSplit && timeEnd + SPLIT_OFF <= end) timeEnd += SPLIT_OFF;
  const hour = readNumber(bytes, fields.start(TIME), timeEnd, COLON);
  const minuteAt = cursor.end + 1;
  const minute = readNumber(bytes, bytes[minuteAt] === SPACE ? minuteAt + 1 : minuteAt, timeEnd, COLON);
  const second = readNumber(bytes, cursor.end + 1, timeEnd, COLON);
  return fromCivil(bytes, fields, civilMs(year, month, day, hour, minute, second), clock);
}

/** Decimal from `start` up to `separator` or `end`, or -1; leaves the cursor where it stopped. */
function readNumber(bytes: Uint8Array, start: number, end: number, separator: number): number {
  let i = start;
  while (i < end && bytes[i] !== separator && bytes[i] !== DOT) i++;
  cursor.end = i;
  return parseDecimal(bytes, start, i);
}

/** UTC of a local time that is given as if it were UTC: by the record's own zone, or by the clock's. */
function fromCivil(bytes: Uint8Array, fields: FieldSpans, civil: number, clock: DeviceClock): number {
  if (Number.isNaN(civil)) return civil;
  const offsetMinutes = readZone(bytes, fields.start(TZ), fields.end(TZ));
  if (!Number.isNaN(offsetMinutes)) return civil - offsetMinutes * MINUTE_MS;
  const dayStart = Math.floor(civil / DAY_MS) * DAY_MS;
  const date = new Date(dayStart);
  const minuteOfDay = Math.floor((civil - dayStart) / MINUTE_MS);
  return clock.fromLocal(
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    Math.floor(minuteOfDay / 60),
    minuteOfDay % 60,
    0,
    civil - dayStart - minuteOfDay * MINUTE_MS,
  );
}

/** FortiAnalyzer's CEF has text (`Dec 08 2022 17:00:55`) where others put milliseconds. */
function readStart(bytes: Uint8Array, fields: FieldSpans, clock: DeviceClock, utc: DeviceClock): number {
  const ms = readEpoch(bytes, fields.start(START_TIME), fields.end(START_TIME));
  if (!Number.isNaN(ms)) return ms;
  return fromCivil(
    bytes,
    fields,
    readBsdTime(bytes, fields.start(START_TIME), fields.end(START_TIME), utc, cursor),
    clock,
  );
}

/** Minutes east of Greenwich of `-0500`, `+02:00`, `UTC+2:00`, `GMT-5`, `UTC`, or NaN for any other text. */
function readZone(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && (bytes[i] as number) > 0x40) i++;
  const isNamed = i - start === 3 && (isWord(bytes, start, 0x75, 0x74, 0x63) || isWord(bytes, start, 0x67, 0x6d, 0x74));
  if (i > start && !isNamed) return Number.NaN;
  if (i >= end) return isNamed ? 0 : Number.NaN;
  const sign = bytes[i] === PLUS ? 1 : bytes[i] === DASH ? -1 : 0;
  if (sign === 0) return Number.NaN;
  i++;
  let colon = i;
  while (colon < end && bytes[colon] !== COLON) colon++;
  // `-0500` has its minutes glued to the hour.
  const minutesAt = colon < end ? colon + 1 : end - i > 2 ? end - 2 : end;
  const hours = parseDecimal(bytes, i, colon < end ? colon : minutesAt);
  const minutes = minutesAt < end || colon < end ? parseDecimal(bytes, minutesAt, end) : 0;
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return Number.NaN;
  return sign * (hours * 60 + minutes);
}

function isWord(bytes: Uint8Array, at: number, first: number, second: number, third: number): boolean {
  return (
    ((bytes[at] as number) | 0x20) === first &&
    ((bytes[at + 1] as number) | 0x20) === second &&
    ((bytes[at + 2] as number) | 0x20) === third
  );
}
