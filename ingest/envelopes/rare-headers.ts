/**
 * Headers around a line that few programs write, kept off the way of the common ones (envelope.ts): Kiwi Syslog's columns,
 * a time in brackets.
 */
import { type AddressWords, parseAddress } from "../address.ts";
import { CLOSE_BRACKET, DOT, findByte, OPEN_BRACKET, SPACE } from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import { readIsoTime, type TimeCursor } from "../clocks/timestamps.ts";
import type { Span } from "../record.ts";
import type { EnvelopeFields } from "./envelope-fields.ts";

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
