/** What collectors write in front of the document that holds a line. */
import {
  ascii,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  findByte,
  findBytes,
  matchesAt,
  OPEN_BRACE,
  OPEN_BRACKET,
  SPACE,
  TAB,
} from "../bytes.ts";
import { DeviceClock } from "../clocks/device-clock.ts";
import { epochOrIsoTime } from "../clocks/document-time.ts";
import { readSpacedIsoTime, type TimeCursor } from "../clocks/timestamps.ts";

const OBJECT = ascii('{"');
/** So far a collector's own words may reach in front of the document. */
const MAX_LEAD_BYTES = 160;
const UTC = new DeviceClock("UTC", 0);
const cursor: TimeCursor = { end: 0 };

/**
 * Where the document begins, or -1 where there is none: at the line's first byte, or behind what a collector writes before
 * it (Fluentd: time and tag; Fluent Bit: `[0] tag: [1783098630.118004, {...}]`).
 */
export function documentAt(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] as number) <= SPACE) at++;
  if (at >= end) return -1;
  if (bytes[at] === OPEN_BRACE) return at;
  let last = end - 1;
  while (last > at && ((bytes[last] as number) <= SPACE || bytes[last] === CLOSE_BRACKET)) last--;
  if (bytes[last] !== CLOSE_BRACE) return -1;
  // Loki's labels, `{job="x"}`, are no document.
  at = findBytes(bytes, OBJECT, at, Math.min(end, at + MAX_LEAD_BYTES));
  return at > start && (bytes[at - 1] === SPACE || bytes[at - 1] === TAB) ? at : -1;
}

const CEE_MARK = ascii("@cee: ");

/** Whether the document is the message of a syslog line, as lognorm and rsyslog mark it: `Jul  3 19:10:30 fw kernel: @cee: {`. */
export function isCeeLead(bytes: Uint8Array, start: number, documentStart: number): boolean {
  const markAt = documentStart - CEE_MARK.length;
  return markAt > start && matchesAt(bytes, CEE_MARK, markAt);
}

/** The time that a collector writes before its document. */
export function leadTime(bytes: Uint8Array, start: number, end: number): number {
  const iso = readSpacedIsoTime(bytes, start, end, UTC, cursor);
  if (!Number.isNaN(iso)) return iso;
  const at = findByte(bytes, OPEN_BRACKET, start + 1, end);
  return epochOrIsoTime(bytes, bytes[at + 1] === OPEN_BRACKET ? at + 2 : at + 1, end);
}
