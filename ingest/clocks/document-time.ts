/** Times as collectors and exporters write them into documents: in UTC where they name no zone. */
import { DOT, isDigit, parseDecimal } from "../bytes.ts";
import { DeviceClock } from "./device-clock.ts";
import { readIsoTime, type TimeCursor } from "./timestamps.ts";

/** Seconds since 1970 have so many digits; milliseconds, microseconds and nanoseconds three more each. */
const SECONDS_DIGITS = 10;
const NANOSECONDS_DIGITS = 19;

const UTC = new DeviceClock("UTC", 0);
const cursor: TimeCursor = { end: 0 };

/** ISO 8601, or since 1970 seconds (with a fraction), milliseconds, microseconds or nanoseconds. */
export function epochOrIsoTime(bytes: Uint8Array, start: number, end: number): number {
  const iso = readIsoTime(bytes, start, end, UTC, cursor);
  if (!Number.isNaN(iso)) return iso;
  let digitsEnd = start;
  while (digitsEnd < end && isDigit(bytes[digitsEnd])) digitsEnd++;
  const digits = digitsEnd - start;
  const fractionDigits = digits - SECONDS_DIGITS;
  if (fractionDigits < 0 || digits > NANOSECONDS_DIGITS || fractionDigits % 3 !== 0) return Number.NaN;
  const seconds = parseDecimal(bytes, start, start + SECONDS_DIGITS);
  const hasPoint = digits === SECONDS_DIGITS && bytes[digitsEnd] === DOT;
  const fractionAt = start + SECONDS_DIGITS + (hasPoint ? 1 : 0);
  // To the microsecond.
  const fractionEnd = Math.min(hasPoint ? end : digitsEnd, fractionAt + 6);
  const fraction = parseDecimal(bytes, fractionAt, fractionEnd);
  return seconds * 1000 + (Math.max(fraction, 0) * 1000) / 10 ** (fractionEnd - fractionAt);
}
