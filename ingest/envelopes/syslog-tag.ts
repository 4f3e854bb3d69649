/** Host and program of a BSD syslog header (RFC 3164), as devices really write them. */
import {
  ascii,
  CLOSE_BRACKET,
  COLON,
  DOT,
  EQUALS,
  equals,
  findByte,
  GREATER,
  isOneOf,
  LESS,
  OPEN_BRACKET,
  parseDecimal,
  SPACE,
} from "../bytes.ts";
import type { EnvelopeFields } from "./envelope-fields.ts";

/** What Linux calls a host that has not been named. */
const NO_NAME = ascii("(none)");

/**
 * After a BSD or ISO time: `[host] tag[pid]: payload`, where host, pid and tag may each be missing. A token that ends
 * in a colon, or in `[pid]:`, is the tag; a token with `=` or a leading bracket is already payload.
 */
export function readHostAndTag(bytes: Uint8Array, start: number, end: number, into: EnvelopeFields): void {
  let i = start;
  while (i < end && (bytes[i] === SPACE || bytes[i] === COLON)) i++;
  into.payload = i;
  const tagged = readTag(bytes, i, end, into);
  if (tagged) return;
  const hostEnd = findByte(bytes, SPACE, i, end);
  if (
    hostEnd === end ||
    bytes[i] === OPEN_BRACKET ||
    bytes[i] === LESS ||
    findByte(bytes, EQUALS, i, hostEnd) < hostEnd
  )
    return;
  if (!equals(bytes, NO_NAME, i, hostEnd)) into.host.set(i, hostEnd);
  i = hostEnd;
  while (i < end && bytes[i] === SPACE) i++;
  into.payload = i;
  readTag(bytes, i, end, into);
}

/**
 * The same where facility and severity may stand before host or tag: BusyBox's `fw user.warn kernel: ...`, FreeBSD's
 * `<local0.info> fw filterlog[7]: ...` (`syslogd -vv`).
 */
export function readSender(bytes: Uint8Array, start: number, end: number, into: EnvelopeFields): void {
  readHostAndTag(bytes, start, end, into);
  const { host, program, payload } = into;
  if (!program.isEmpty) {
    if (isFacility(bytes, host.start, host.end)) host.set(0, 0);
    return;
  }
  const isBracketed = bytes[payload] === LESS;
  const from = isBracketed ? payload + 1 : payload;
  const to = findByte(bytes, isBracketed ? GREATER : SPACE, from, Math.min(end, from + MAX_FACILITY_BYTES));
  if (!isFacility(bytes, from, to)) return;
  const after = isBracketed ? to + 1 : to;
  if (host.isEmpty) readHostAndTag(bytes, after, end, into);
  else {
    into.payload = after + 1;
    readTag(bytes, after + 1, end, into);
  }
}

const FACILITIES =
  "kern user mail daemon auth syslog lpr news uucp cron authpriv ftp local0 local1 local2 local3 local4 local5 local6 local7"
    .split(" ")
    .map(ascii);
const SEVERITIES = "emerg panic alert crit err error warn warning notice info debug".split(" ").map(ascii);
const MAX_PRIORITY_DIGITS = 3;
/** `authpriv.warning` and a byte more. */
const MAX_FACILITY_BYTES = 17;

/** Whether `[start, end)` is `facility.severity`. */
export function isFacility(bytes: Uint8Array, start: number, end: number): boolean {
  const dot = findByte(bytes, DOT, start, Math.min(end, start + MAX_FACILITY_BYTES));
  if (dot >= end || bytes[dot] !== DOT) return false;
  return isOneOf(bytes, SEVERITIES, dot + 1, end) && isOneOf(bytes, FACILITIES, start, dot);
}

/** Whether `[start, end)` is a facility, a severity, both with a dot between them, or a number that stands for one of them. */
export function isPriority(bytes: Uint8Array, start: number, end: number): boolean {
  if (isOneOf(bytes, SEVERITIES, start, end) || isOneOf(bytes, FACILITIES, start, end)) return true;
  return isFacility(bytes, start, end) || (end - start <= MAX_PRIORITY_DIGITS && parseDecimal(bytes, start, end) >= 0);
}

/** `tag[pid]: ` or `tag: ` at `start`: the program, and the payload behind it. False where there is none. */
export function readTag(bytes: Uint8Array, start: number, end: number, into: EnvelopeFields): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte === SPACE || byte === EQUALS) return false;
    if (byte === OPEN_BRACKET) {
      if (i === start) return false;
      const close = findByte(bytes, CLOSE_BRACKET, i, Math.min(end, i + 12));
      if (bytes[close] !== CLOSE_BRACKET || bytes[close + 1] !== COLON) return false;
      return acceptTag(bytes, start, i, close + 2, end, into);
    }
    if (byte === COLON) {
      const next = bytes[i + 1];
      // A colon inside a token is an IPv6 host, not the end of a tag.
      if (i === start || (i + 1 < end && next !== SPACE && next !== OPEN_BRACKET)) return false;
      return acceptTag(bytes, start, i, i + 1, end, into);
    }
  }
  return false;
}

function acceptTag(
  bytes: Uint8Array,
  start: number,
  nameEnd: number,
  after: number,
  end: number,
  into: EnvelopeFields,
): boolean {
  into.program.set(start, nameEnd);
  into.payload = afterBlanks(bytes, after, end);
  return true;
}

/** Templates of relays put one blank more in front of a message that begins with one. */
export function afterBlanks(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && bytes[i] === SPACE) i++;
  return i;
}
