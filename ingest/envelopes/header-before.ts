/** Headers that are told by their end. */
import { SPACE } from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import { readBsdTime, type TimeCursor } from "../clocks/timestamps.ts";
import type { EnvelopeFields } from "./envelope-fields.ts";

/** `Jul  3 19:10:30`. */
const BSD_TIME_LENGTH = 15;
const cursor: TimeCursor = { end: 0 };

/**
 * Reads a BSD header that ends at `end`, the first byte of a tag, behind an envelope that nobody knows: time and host, or the
 * time alone.
 */
export function readHeaderBefore(
  bytes: Uint8Array,
  start: number,
  end: number,
  clock: DeviceClock,
  into: EnvelopeFields,
): void {
  let hostAt = end - 1;
  while (hostAt > start && bytes[hostAt - 1] !== SPACE) hostAt--;
  for (const timeEnd of [hostAt, end]) {
    const timeAt = timeEnd - BSD_TIME_LENGTH - 1;
    if (timeAt < start) continue;
    const timeMs = readBsdTime(bytes, timeAt, timeEnd, clock, cursor);
    if (Number.isNaN(timeMs) || cursor.end !== timeEnd - 1) continue;
    into.timeMs = timeMs;
    if (timeEnd === hostAt) into.host.set(hostAt, end - 1);
    return;
  }
}
