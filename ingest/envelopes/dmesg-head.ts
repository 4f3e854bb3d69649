/** What `dmesg` puts in front of the kernel's message where it shows dates, or facility and severity. */
import { ascii, CLOSE_BRACKET, COLON, findByte, OPEN_BRACKET, parseDecimal, SPACE, startsWith } from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import { monthAt, readBsdTime, type TimeCursor, twoDigits } from "../clocks/timestamps.ts";
import { type Envelope, readEnvelope } from "./envelope.ts";

/** `[Thu Jul 16 10:00:00 2026]` of `dmesg -T`. */
const DATE_BYTES = 26;
/** `[Jul16 10:00]` of `dmesg -H`. */
const MINUTE_BYTES = 13;
const FACILITY = ascii("kern  :");
const MAX_LEVEL_BYTES = 16;

const cursor: TimeCursor = { end: 0 };

/** `dmesg -x` names facility and severity, `kern  :warn  : `, in front of any of its times. */
export function readDmesgHead(bytes: Uint8Array, end: number, clock: DeviceClock, into: Envelope): void {
  const at = into.payload;
  if (Number.isNaN(into.timeMs) && startsWith(bytes, FACILITY, at, end)) {
    const severityEnd = findByte(bytes, COLON, at + FACILITY.length, Math.min(end, at + MAX_LEVEL_BYTES));
    if (bytes[severityEnd] === COLON && bytes[severityEnd + 1] === SPACE)
      readEnvelope(bytes, severityEnd + 2, end, clock, into);
  }
  if (bytes[into.payload] !== OPEN_BRACKET) return;
  if (!readDate(bytes, end, clock, into)) readMinute(bytes, end, clock, into);
}

/** `dmesg -T` puts a date where the kernel's stamp stands. */
function readDate(bytes: Uint8Array, end: number, clock: DeviceClock, into: Envelope): boolean {
  const closeAt = into.payload + DATE_BYTES - 1;
  if (closeAt >= end || bytes[closeAt] !== CLOSE_BRACKET) return false;
  return takeTime(readBsdTime(bytes, into.payload + 5, closeAt, clock, cursor), bytes, closeAt, into);
}

/** `dmesg -H` puts the minute before the first line of each; what follows tells the seconds since the line before. */
function readMinute(bytes: Uint8Array, end: number, clock: DeviceClock, into: Envelope): void {
  const at = into.payload;
  const closeAt = at + MINUTE_BYTES - 1;
  if (closeAt >= end || bytes[closeAt] !== CLOSE_BRACKET || bytes[at + 6] !== SPACE || bytes[at + 9] !== COLON) return;
  const month = monthAt(bytes, at + 1);
  const day = bytes[at + 4] === SPACE ? parseDecimal(bytes, at + 5, at + 6) : twoDigits(bytes, at + 4);
  const [hour, minute] = [twoDigits(bytes, at + 7), twoDigits(bytes, at + 10)] as const;
  if (month > 0) takeTime(clock.fromYearless(month, day, hour, minute, 0, 0), bytes, closeAt, into);
}

/** False where there is no time. */
function takeTime(timeMs: number, bytes: Uint8Array, closeAt: number, into: Envelope): boolean {
  if (Number.isNaN(timeMs)) return false;
  into.timeMs = timeMs;
  into.payload = bytes[closeAt + 1] === SPACE ? closeAt + 2 : closeAt + 1;
  return true;
}
