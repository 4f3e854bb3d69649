/**
 * The syslog envelope around a payload, common to all formats: the payload decides the vendor, not the envelope.
 *
 * Shapes (all seen in real files): none; `<134>Jul  3 19:10:30 filterlog[7]: ...` without host and with or without pid;
 * `Dec  5 09:53:08 fw filterlog: ...`; RFC 5424 with and without structured data; ISO time, host, tag; OpenWrt's
 * `Mon Mar 23 13:16:49 2026 kern.warn kernel: ...`; RFC 6587 octet counts in front of any of them, a file's name from
 * `grep`, a container runtime's time; and the rare ones.
 */
import {
  ascii,
  BACKSLASH,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DASH,
  DIGIT_0,
  DOT,
  EQUALS,
  findByte,
  GREATER,
  isDigit,
  LESS,
  matchesAt,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  TAB,
} from "./bytes.ts";
import { readKiwiColumns, readRareTime, readZonedTime } from "./rare-headers.ts";
import { Span } from "./record.ts";
import { type DeviceClock, readBsdTime, readIsoTime, type TimeCursor, twoDigits } from "./timestamps.ts";

/** What the envelope says; one is reused for all lines of an input. */
export class Envelope {
  /** First byte of the payload; the line's start where there is no envelope. */
  payload = 0;
  /** UTC milliseconds, or NaN. */
  timeMs = Number.NaN;
  readonly host = new Span();
  readonly program = new Span();
  /** The line's envelope differs from the last one's in its seconds alone. */
  isRepeated = false;
  /** The last envelope that was read byte by byte. */
  readonly last = new LastEnvelope();
}

/** `Jul  3 19:10:30`. */
const BSD_TIME_LENGTH = 15;
/** Longer envelopes are not remembered. */
const MAX_REMEMBERED_BYTES = 160;

/**
 * An envelope with time and program, as it stands from the line's start to the payload. Most lines differ from the one
 * before in the seconds alone: then one comparison replaces the reading (a third of a pfSense line's cost, PERFORMANCE.md).
 */
class LastEnvelope {
  readonly #bytes = new Uint8Array(MAX_REMEMBERED_BYTES);
  #length = 0;
  #secondAt = 0;
  /** Just past the seconds and their fraction. */
  #timeEnd = 0;
  #minuteMs = 0;
  #hostStart = 0;
  #hostEnd = 0;
  #programStart = 0;
  #programEnd = 0;
  #clock: DeviceClock | null = null;
  #clockState = 0;

  /** `timeAt`: where the time begins. */
  keep(bytes: Uint8Array, start: number, timeAt: number, clock: DeviceClock, from: Envelope): void {
    const { payload } = from;
    const length = payload - start;
    this.#length = 0;
    // Only behind a program and its blank does nothing of the envelope depend on the payload.
    if (length > MAX_REMEMBERED_BYTES || from.program.isEmpty || bytes[payload - 1] !== SPACE) return;
    const secondAt = findByte(bytes, COLON, timeAt, payload) + ":10:".length;
    let timeEnd = secondAt + 2;
    if (bytes[timeEnd] === DOT || bytes[timeEnd] === COMMA) {
      do timeEnd++;
      while (isDigit(bytes[timeEnd]));
    }
    if (timeEnd > payload) return;
    const second = twoDigits(bytes, secondAt);
    const fractionMs = fractionAt(bytes, secondAt + 2, timeEnd);
    if (second < 0 || fractionMs < 0) return;
    for (let i = 0; i < length; i++) this.#bytes[i] = bytes[start + i] as number;
    this.#length = length;
    this.#secondAt = secondAt - start;
    this.#timeEnd = timeEnd - start;
    this.#minuteMs = Math.round(from.timeMs - fractionMs) - second * 1000;
    this.#hostStart = from.host.start - start;
    this.#hostEnd = from.host.end - start;
    this.#programStart = from.program.start - start;
    this.#programEnd = from.program.end - start;
    this.#clock = clock;
    this.#clockState = clock.state;
  }

  /** Fills `into` if the line begins with this envelope but for the seconds. */
  repeats(bytes: Uint8Array, start: number, end: number, clock: DeviceClock, into: Envelope): boolean {
    const length = this.#length;
    if (length === 0 || end - start <= length || this.#clock !== clock || this.#clockState !== clock.state)
      return false;
    const known = this.#bytes;
    const secondAt = this.#secondAt;
    const timeEnd = this.#timeEnd;
    for (let i = 0; i < secondAt; i++) if (known[i] !== bytes[start + i]) return false;
    for (let i = timeEnd; i < length; i++) if (known[i] !== bytes[start + i]) return false;
    const second = twoDigits(bytes, start + secondAt);
    const fractionMs = fractionAt(bytes, start + secondAt + 2, start + timeEnd);
    // A byte order mark in front of the payload belongs to the envelope.
    if (second < 0 || second > 60 || fractionMs < 0 || bytes[start + length] === 0xef) return false;
    into.timeMs = this.#minuteMs + second * 1000 + fractionMs;
    into.payload = start + length;
    if (this.#hostEnd > this.#hostStart) into.host.set(start + this.#hostStart, start + this.#hostEnd);
    else into.host.set(0, 0);
    into.program.set(start + this.#programStart, start + this.#programEnd);
    return true;
  }
}

/** Milliseconds of what stands between the seconds and `end`: nothing, or a dot or comma and digits; else -1. */
function fractionAt(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return 0;
  const separator = bytes[start];
  if ((separator !== DOT && separator !== COMMA) || end - start > 7) return -1;
  let micros = 0;
  for (let i = start + 1; i < start + 7; i++) {
    const digit = i < end ? (bytes[i] as number) - DIGIT_0 : 0;
    if (digit < 0 || digit > 9) return -1;
    micros = micros * 10 + digit;
  }
  return micros / 1000;
}

const cursor: TimeCursor = { end: 0 };

/** Reads what envelope there is around the line `[start, end)`. Never fails: without one, the payload is the line. */
export function readEnvelope(bytes: Uint8Array, start: number, end: number, clock: DeviceClock, into: Envelope): void {
  into.isRepeated = into.last.repeats(bytes, start, end, clock, into);
  if (into.isRepeated) return;
  let timeAt = readAfresh(bytes, start, end, clock, into);
  if (Number.isNaN(into.timeMs)) timeAt = readBehindFileName(bytes, start, end, clock, into);
  if (timeAt >= 0) into.last.keep(bytes, start, timeAt, clock, into);
}

/**
 * `grep` puts the file's name, the line's number or both in front of what it finds: `filter.log.0:Jul  3 19:10:30 ...`.
 * Returns where the time begins; -1 where there is none.
 */
function readBehindFileName(bytes: Uint8Array, start: number, end: number, clock: DeviceClock, into: Envelope): number {
  const { payload } = into;
  let i = start;
  for (let names = 0; names < 2; names++) {
    const nameAt = i;
    while (i < end && isFileName(bytes[i] as number)) i++;
    if (i === nameAt || bytes[i] !== COLON) break;
    i++;
    const timeAt = readAfresh(bytes, i, end, clock, into);
    if (!Number.isNaN(into.timeMs)) return timeAt;
  }
  into.payload = payload;
  into.host.set(0, 0);
  into.program.set(0, 0);
  return -1;
}

function isFileName(byte: number): boolean {
  return byte >= DASH && byte <= 0x7a && byte !== COLON && (byte < 0x3b || byte >= 0x41) && byte !== OPEN_BRACKET;
}

/**
 * Reads a BSD header that ends at `end`, the first byte of a tag, behind an envelope that nobody knows: time and host, or the
 * time alone.
 */
export function readHeaderBefore(
  bytes: Uint8Array,
  start: number,
  end: number,
  clock: DeviceClock,
  into: Envelope,
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

/** Returns where the time begins; -1 where there is none. */
function readAfresh(bytes: Uint8Array, start: number, end: number, clock: DeviceClock, into: Envelope): number {
  into.host.set(0, 0);
  into.program.set(0, 0);
  into.timeMs = Number.NaN;
  let i = skipOctetCount(bytes, start, end);
  i = skipPriority(bytes, i, end);
  into.payload = i;
  if (i >= end) return -1;
  const first = bytes[i] as number;
  if (isDigit(first)) {
    if (first === 0x31 && bytes[i + 1] === SPACE) {
      readRfc5424(bytes, i + 2, end, clock, into);
      return readInner(bytes, end, clock, into) || Number.isNaN(into.timeMs) ? -1 : i + 2;
    }
    into.timeMs = readIsoTime(bytes, i, end, clock, cursor);
    if (Number.isNaN(into.timeMs)) {
      into.timeMs = readRareTime(bytes, i, end, clock, cursor);
      if (Number.isNaN(into.timeMs)) return -1;
    }
    const separator = bytes[cursor.end];
    if (separator === TAB || separator === COMMA) return readInColumns(bytes, cursor.end, end, clock, into);
    if (isStream(bytes, cursor.end, end)) return readMessage(bytes, cursor.end + STREAM_LENGTH, end, clock, into);
    readHostAndTag(bytes, cursor.end, end, into);
    return readInner(bytes, end, clock, into) ? -1 : i;
  }
  if (first < 0x41) return -1;
  into.timeMs = readBsdTime(bytes, i, end, clock, cursor);
  if (!Number.isNaN(into.timeMs)) {
    readHostAndTag(bytes, cursor.end, end, into);
    return readInner(bytes, end, clock, into) ? -1 : i;
  }
  if (bytes[i + 3] !== SPACE) return -1;
  if (isDigit(bytes[i + 4])) {
    into.timeMs = readZonedTime(bytes, i + 4, end, clock, cursor);
    if (!Number.isNaN(into.timeMs)) readHostAndTag(bytes, cursor.end, end, into);
    return -1;
  }
  // OpenWrt's logread puts the weekday first and `facility.severity` where others put the host.
  into.timeMs = readBsdTime(bytes, i + 4, end, clock, cursor);
  if (Number.isNaN(into.timeMs)) return -1;
  const facilityAt = cursor.end + 1;
  const facilityEnd = findByte(bytes, SPACE, facilityAt, end);
  const isFacility = SEVERITIES.some((severity) => endsWith(bytes, severity, facilityAt, facilityEnd));
  readHostAndTag(bytes, isFacility ? facilityEnd : cursor.end, end, into);
  return i + 4;
}

/** Headers around the one being read; a line of nothing but headers is not followed to its end. */
let outer = 0;
const MAX_OUTER = 3;

/** `.warn` and its like, behind the facility. */
const SEVERITIES = [".emerg", ".alert", ".crit", ".err", ".warn", ".notice", ".info", ".debug"].map(ascii);

function endsWith(bytes: Uint8Array, word: Uint8Array, start: number, end: number): boolean {
  return end - start > word.length && matchesAt(bytes, word, end - word.length);
}

/**
 * A header inside the one just read, which shows by its priority: a relay or a collector passed on the whole of what it
 * received. What the inner one does not say, the outer one does. False where there is none.
 */
function readInner(bytes: Uint8Array, end: number, clock: DeviceClock, into: Envelope): boolean {
  const { payload, timeMs } = into;
  if (bytes[payload] !== LESS || skipPriority(bytes, payload, end) === payload || outer === MAX_OUTER) return false;
  const { start: hostStart, end: hostEnd } = into.host;
  outer++;
  readAfresh(bytes, payload, end, clock, into);
  outer--;
  if (Number.isNaN(into.timeMs)) into.timeMs = timeMs;
  if (into.host.isEmpty) into.host.set(hostStart, hostEnd);
  return true;
}

/** A collector's columns around the message: the time at hand, level, host. */
function readInColumns(bytes: Uint8Array, at: number, end: number, clock: DeviceClock, into: Envelope): number {
  const message = readKiwiColumns(bytes, at, end, into.host);
  return message < 0 ? -1 : readMessage(bytes, message, end, clock, into);
}

/** ` stdout F `: what a container runtime puts behind its time (CRI), `F` for a whole line, `P` for a part. */
function isStream(bytes: Uint8Array, at: number, end: number): boolean {
  const last = at + STREAM_LENGTH - 1;
  if (last >= end || bytes[last] !== SPACE || bytes[last - 2] !== SPACE) return false;
  return STREAMS.some((stream) => matchesAt(bytes, stream, at));
}

const STREAMS = [" stdout ", " stderr "].map(ascii);
const STREAM_LENGTH = " stdout F ".length;

/**
 * What a collector has put its own time and perhaps host in front of. The message may have a header of its own, whose time
 * is then the packet's. Always returns -1: such a header is not worth remembering.
 */
function readMessage(bytes: Uint8Array, message: number, end: number, clock: DeviceClock, into: Envelope): number {
  const { timeMs } = into;
  const { start: hostStart, end: hostEnd } = into.host;
  if (outer === MAX_OUTER) return -1;
  outer++;
  readAfresh(bytes, message, end, clock, into);
  outer--;
  if (Number.isNaN(into.timeMs)) {
    into.timeMs = timeMs;
    const { payload } = into;
    readHostAndTag(bytes, payload, end, into);
    // Without a program, what looks like a host is the message's first word.
    if (into.program.isEmpty) {
      into.payload = payload;
      into.host.set(0, 0);
    }
  }
  if (into.host.isEmpty) into.host.set(hostStart, hostEnd);
  return -1;
}

function skipOctetCount(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && i < start + 7 && isDigit(bytes[i])) i++;
  return i > start && bytes[i] === SPACE && bytes[i + 1] === LESS ? i + 1 : start;
}

function skipPriority(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== LESS) return start;
  let i = start + 1;
  while (i < end && i < start + 4 && isDigit(bytes[i])) i++;
  if (bytes[i] !== GREATER || i === start + 1) return start;
  i++;
  while (i < end && (bytes[i] === SPACE || bytes[i] === COLON)) i++;
  return i;
}

/** After `<PRI>1 `: time, host, program, process id, message id, structured data, each separated by one blank. */
function readRfc5424(bytes: Uint8Array, start: number, end: number, clock: DeviceClock, into: Envelope): void {
  let i = start;
  if (bytes[i] === DASH) i++;
  else {
    into.timeMs = readIsoTime(bytes, i, end, clock, cursor);
    if (Number.isNaN(into.timeMs)) return;
    i = cursor.end;
  }
  i = readToken(bytes, i + 1, end, into.host);
  const tagAt = i + 1;
  i = readToken(bytes, tagAt, end, into.program);
  // Templates of relays put BSD's tag behind this head: `filterlog[7]: ...`.
  if (bytes[i - 1] === COLON && readTag(bytes, tagAt, end, into)) return;
  i = findByte(bytes, SPACE, i + 1, end);
  i = findByte(bytes, SPACE, i + 1, end);
  i = skipStructuredData(bytes, i + 1, end);
  if (bytes[i] === SPACE) i++;
  if (bytes[i] === 0xef && bytes[i + 1] === 0xbb && bytes[i + 2] === 0xbf) i += 3;
  into.payload = Math.min(i, end);
}

/** A token up to the next blank; `-` is RFC 5424's word for none. Returns the index of the blank. */
function readToken(bytes: Uint8Array, start: number, end: number, into: Span): number {
  const tokenEnd = findByte(bytes, SPACE, start, end);
  if (!(tokenEnd === start + 1 && bytes[start] === DASH)) into.set(start, tokenEnd);
  return tokenEnd;
}

/** Whether an element's name stands there, with a parameter or alone; `[UFW BLOCK]` is a message without structured data. */
function isElement(bytes: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while (i < end && bytes[i] !== CLOSE_BRACKET && bytes[i] !== SPACE && bytes[i] !== EQUALS) i++;
  if (i === start || i >= end || bytes[i] === EQUALS) return false;
  if (bytes[i] === CLOSE_BRACKET) return true;
  const equalsAt = findByte(bytes, EQUALS, i, end);
  return bytes[equalsAt + 1] === QUOTE && findByte(bytes, CLOSE_BRACKET, i, equalsAt) === equalsAt;
}

function skipStructuredData(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  if (bytes[i] === DASH) return i + 1;
  while (i < end && bytes[i] === OPEN_BRACKET && isElement(bytes, i + 1, end)) {
    let quoted = false;
    for (i++; i < end; i++) {
      const byte = bytes[i];
      if (byte === BACKSLASH && quoted) i++;
      else if (byte === QUOTE) quoted = !quoted;
      else if (byte === CLOSE_BRACKET && !quoted) break;
    }
    i++;
  }
  return i;
}

/**
 * After a BSD or ISO time: `[host] tag[pid]: payload`, where host, pid and tag may each be missing. A token that ends
 * in a colon, or in `[pid]:`, is the tag; a token with `=` or a leading bracket is already payload.
 */
function readHostAndTag(bytes: Uint8Array, start: number, end: number, into: Envelope): void {
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
  into.host.set(i, hostEnd);
  i = hostEnd;
  while (i < end && bytes[i] === SPACE) i++;
  into.payload = i;
  readTag(bytes, i, end, into);
}

function readTag(bytes: Uint8Array, start: number, end: number, into: Envelope): boolean {
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
  into: Envelope,
): boolean {
  into.program.set(start, nameEnd);
  into.payload = after < end && bytes[after] === SPACE ? after + 1 : after;
  return true;
}
