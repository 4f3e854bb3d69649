/**
 * The syslog envelope around a payload, common to all formats: the payload decides the vendor, not the envelope.
 *
 * Shapes (all seen in real files): none; `<134>Jul  3 19:10:30 filterlog[7]: ...` without host and with or without pid;
 * `Dec  5 09:53:08 fw filterlog: ...`; RFC 5424 with and without structured data; ISO time, host, tag; OpenWrt's
 * `Mon Mar 23 13:16:49 2026 kern.warn kernel: ...`; RFC 6587 octet counts in front of any of them, a tool's mark, a
 * container runtime's time; and the rare ones.
 */
import { COMMA, findByte, isDigit, LESS, OPEN_BRACKET, SPACE, TAB } from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import { readBsdTime, readIsoTime, type TimeCursor } from "../clocks/timestamps.ts";
import { Span } from "../record.ts";
import type { EnvelopeFields } from "./envelope-fields.ts";
import {
  isStream,
  STREAM_LENGTH,
  skipOctetCount,
  skipPriority,
  startsBsdTime,
  startsIsoTime,
} from "./header-starts.ts";
import { LastEnvelope } from "./last-envelope.ts";
import { readBracketedTime, readKiwiColumns } from "./rare-headers.ts";
import { readDateOutput, readMailDate, readRareTime, readTaiLabel, readZonedTime } from "./rare-times.ts";
import { readHeadlessProgram, readRfc5424 } from "./rfc5424.ts";
import { isFacility, readHostAndTag, readSender } from "./syslog-tag.ts";
import { readTemplateColumns } from "./template-columns.ts";
import { afterToolMark } from "./tool-marks.ts";
import {
  afterLabels,
  readArchiveHead,
  readGrafanaColumns,
  readLogRhythmHead,
  readPapertrailColumns,
  readTabColumns,
} from "./viewer-headers.ts";

/** What the envelope says; one is reused for all lines of an input. */
export class Envelope implements EnvelopeFields {
  payload = 0;
  timeMs = Number.NaN;
  readonly host = new Span();
  readonly program = new Span();
  /** The line's envelope differs from the last one's in its seconds alone. */
  isRepeated = false;
  /** The last envelope that was read byte by byte. */
  readonly last = new LastEnvelope();
}

const AT = 0x40;
/** Kafka's console has the most. */
const MAX_MARKS = 8;
const cursor: TimeCursor = { end: 0 };

/** Reads what envelope there is around the line `[start, end)`. Never fails: without one, the payload is the line. */
export function readEnvelope(bytes: Uint8Array, start: number, end: number, clock: DeviceClock, into: Envelope): void {
  into.isRepeated = into.last.repeats(bytes, start, end, clock, into);
  if (into.isRepeated) return;
  let timeAt = readAfresh(bytes, start, end, clock, into);
  if (Number.isNaN(into.timeMs)) timeAt = readBehindMarks(bytes, start, end, clock, into);
  if (timeAt >= 0) into.last.keep(bytes, start, timeAt, clock, into);
}

/** The same for what stands behind an envelope that `into` holds: the time of that one tells the year, where this one has none. */
export function readNextEnvelope(
  bytes: Uint8Array,
  start: number,
  end: number,
  clock: DeviceClock,
  into: Envelope,
): void {
  const { aroundMs } = clock;
  if (!Number.isNaN(into.timeMs)) clock.aroundMs = into.timeMs;
  readEnvelope(bytes, start, end, clock, into);
  clock.aroundMs = aroundMs;
}

/** The header behind what a tool put in front of the line. Returns where the time begins; -1 where there is none. */
function readBehindMarks(bytes: Uint8Array, start: number, end: number, clock: DeviceClock, into: Envelope): number {
  const { payload } = into;
  let i = start;
  for (let marks = 0; marks < MAX_MARKS; marks++) {
    const next = afterToolMark(bytes, i, end);
    if (next === i) break;
    i = next;
    const timeAt = readAfresh(bytes, i, end, clock, into);
    if (!Number.isNaN(into.timeMs)) return timeAt;
  }
  into.payload = payload;
  into.host.set(0, 0);
  into.program.set(0, 0);
  return -1;
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
      const line = readArchiveHead(bytes, i, end, clock, into);
      if (line >= 0) return readMessage(bytes, line, end, clock, into);
      into.timeMs = readRareTime(bytes, i, end, clock, cursor);
      if (Number.isNaN(into.timeMs)) return readViewer(bytes, i, end, clock, into);
    }
    const separator = bytes[cursor.end];
    if (separator === TAB || separator === COMMA) return readInColumns(bytes, cursor.end, end, clock, into);
    if (isStream(bytes, cursor.end, end)) return readMessage(bytes, cursor.end + STREAM_LENGTH, end, clock, into);
    if (readTemplateColumns(bytes, cursor.end, end, into) >= 0) return -1;
    const next = afterLabels(bytes, cursor.end + 1, end);
    if (next > cursor.end + 1 || startsBsdTime(bytes, next) || startsIsoTime(bytes, next))
      return readMessage(bytes, next, end, clock, into);
    readSender(bytes, cursor.end, end, into);
    if (into.program.isEmpty && !into.host.isEmpty) readHeadlessProgram(bytes, into.payload, end, into);
    return readInner(bytes, end, clock, into) ? -1 : i;
  }
  if (first < 0x41) {
    if (first !== AT) return -1;
    into.timeMs = readTaiLabel(bytes, i, end, cursor);
    return Number.isNaN(into.timeMs) ? -1 : readMessage(bytes, cursor.end + 1, end, clock, into);
  }
  if (first === OPEN_BRACKET) {
    const message = readBracketedTime(bytes, i, end, clock, into);
    return message < 0 ? -1 : readMessage(bytes, message, end, clock, into);
  }
  into.timeMs = readBsdTime(bytes, i, end, clock, cursor);
  if (!Number.isNaN(into.timeMs)) {
    if (bytes[cursor.end] === TAB || bytes[cursor.end + 1] === TAB) {
      if (readTabColumns(bytes, cursor.end, end, into)) return -1;
    }
    if (readTemplateColumns(bytes, cursor.end, end, into) >= 0) return -1;
    readSender(bytes, cursor.end, end, into);
    return readInner(bytes, end, clock, into) ? -1 : i;
  }
  if (bytes[i + 3] === COMMA && bytes[i + 4] === SPACE) {
    into.timeMs = readMailDate(bytes, i + 5, end, clock, cursor);
    if (!Number.isNaN(into.timeMs)) readHostAndTag(bytes, cursor.end, end, into);
    return -1;
  }
  if (bytes[i + 3] !== SPACE) return -1;
  if (isDigit(bytes[i + 4])) {
    into.timeMs = readZonedTime(bytes, i + 4, end, clock, cursor);
    if (!Number.isNaN(into.timeMs)) readHostAndTag(bytes, cursor.end, end, into);
    return -1;
  }
  into.timeMs = readDateOutput(bytes, i + 4, end, clock, cursor);
  if (!Number.isNaN(into.timeMs)) {
    readHostAndTag(bytes, cursor.end, end, into);
    return -1;
  }
  // OpenWrt's logread puts the weekday first and `facility.severity` where others put the host.
  into.timeMs = readBsdTime(bytes, i + 4, end, clock, cursor);
  if (Number.isNaN(into.timeMs)) return -1;
  const facilityAt = cursor.end + 1;
  const facilityEnd = findByte(bytes, SPACE, facilityAt, end);
  readHostAndTag(bytes, isFacility(bytes, facilityAt, facilityEnd) ? facilityEnd : cursor.end, end, into);
  return i + 4;
}

/** Headers around the one being read; a line of nothing but headers is not followed to its end. */
let outer = 0;
const MAX_OUTER = 3;

/**
 * A header inside the one just read, which shows by its priority: a relay or a collector passed on the whole of what it
 * received. What the inner one does not say, the outer one does. False where there is none.
 */
function readInner(bytes: Uint8Array, end: number, clock: DeviceClock, into: Envelope): boolean {
  const { payload, timeMs } = into;
  if (bytes[payload] !== LESS || skipPriority(bytes, payload, end) === payload || outer === MAX_OUTER) return false;
  const { start: hostStart, end: hostEnd } = into.host;
  readWithin(bytes, payload, end, clock, into);
  if (Number.isNaN(into.timeMs)) into.timeMs = timeMs;
  if (into.host.isEmpty) into.host.set(hostStart, hostEnd);
  return true;
}

/** Reads the header that stands within the one whose time is at hand. */
function readWithin(bytes: Uint8Array, start: number, end: number, clock: DeviceClock, into: Envelope): void {
  const { aroundMs } = clock;
  if (!Number.isNaN(into.timeMs)) clock.aroundMs = into.timeMs;
  outer++;
  readAfresh(bytes, start, end, clock, into);
  outer--;
  clock.aroundMs = aroundMs;
}

function readViewer(bytes: Uint8Array, at: number, end: number, clock: DeviceClock, into: Envelope): number {
  let line = readGrafanaColumns(bytes, at, end, into);
  if (line < 0) line = readLogRhythmHead(bytes, at, end, clock, into);
  if (line >= 0) return readMessage(bytes, line, end, clock, into);
  const message = readPapertrailColumns(bytes, at, end, into);
  if (message < 0) {
    into.host.set(0, 0);
    into.program.set(0, 0);
    return -1;
  }
  if (into.program.isEmpty) return readMessage(bytes, message, end, clock, into);
  into.payload = message;
  return -1;
}

/** A collector's columns around the message: the time at hand, level, host. */
function readInColumns(bytes: Uint8Array, at: number, end: number, clock: DeviceClock, into: Envelope): number {
  const message = readKiwiColumns(bytes, at, end, into.host);
  if (message >= 0) return readMessage(bytes, message, end, clock, into);
  readTabColumns(bytes, at, end, into);
  return -1;
}

/**
 * What a collector has put its own time and perhaps host in front of. The message may have a header of its own, whose time
 * is then the packet's. Always returns -1: such a header is not worth remembering.
 */
function readMessage(bytes: Uint8Array, message: number, end: number, clock: DeviceClock, into: Envelope): number {
  const { timeMs } = into;
  const { start: hostStart, end: hostEnd } = into.host;
  if (outer === MAX_OUTER) return -1;
  readWithin(bytes, message, end, clock, into);
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
