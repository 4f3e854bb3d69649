/** The header of RFC 5424, behind its priority and version. */
import {
  BACKSLASH,
  CLOSE_BRACKET,
  COLON,
  DASH,
  EQUALS,
  findByte,
  OPEN_BRACKET,
  parseDecimal,
  QUOTE,
  SPACE,
} from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import { readIsoTime, type TimeCursor } from "../clocks/timestamps.ts";
import type { Span } from "../record.ts";
import type { EnvelopeFields } from "./envelope-fields.ts";
import { startsIsoTime } from "./header-starts.ts";
import { afterBlanks, readTag } from "./syslog-tag.ts";

const cursor: TimeCursor = { end: 0 };

const VERSION = 0x31;
/** Program, process id and message id are not longer together. */
const MAX_HEADLESS_BYTES = 96;

/**
 * After `<PRI>1 `: time, host, program, process id, message id, structured data, each separated by one blank. A relay that expects
 * BSD's header takes the version for the program and keeps the header in its message: then that one counts.
 */
export function readRfc5424(
  bytes: Uint8Array,
  start: number,
  end: number,
  clock: DeviceClock,
  into: EnvelopeFields,
): void {
  readHeader(bytes, start, end, clock, into);
  const { program, payload } = into;
  const isVersion = program.end === program.start + 1 && bytes[program.start] === VERSION;
  if (!isVersion || !startsIsoTime(bytes, payload)) return;
  program.set(0, 0);
  readHeader(bytes, payload, end, clock, into);
}

function readHeader(bytes: Uint8Array, start: number, end: number, clock: DeviceClock, into: EnvelopeFields): void {
  let i = start;
  if (bytes[i] === DASH) i++;
  else {
    into.timeMs = readIsoTime(bytes, i, end, clock, cursor);
    if (Number.isNaN(into.timeMs)) return;
    i = cursor.end;
  }
  i = readToken(bytes, i + 1, end, into.host);
  readProgram(bytes, i + 1, end, into);
}

/**
 * The rest of such a header behind time and host, where priority and version are gone: `filterlog 4711 - - ...`. False where
 * it is none.
 */
export function readHeadlessProgram(bytes: Uint8Array, start: number, end: number, into: EnvelopeFields): boolean {
  const bound = Math.min(end, start + MAX_HEADLESS_BYTES);
  const processAt = findByte(bytes, SPACE, start, bound) + 1;
  const processEnd = findByte(bytes, SPACE, processAt, bound);
  const idEnd = findByte(bytes, SPACE, processEnd + 1, bound);
  if (processAt === start + 1 || processEnd >= bound || idEnd + 1 >= bound) return false;
  const isNone = bytes[processAt] === DASH && processEnd === processAt + 1;
  if (!isNone && parseDecimal(bytes, processAt, processEnd) < 0) return false;
  const data = bytes[idEnd + 1];
  if (!(data === DASH && bytes[idEnd + 2] === SPACE) && data !== OPEN_BRACKET) return false;
  readProgram(bytes, start, end, into);
  return true;
}

/** Program, process id, message id and structured data. */
function readProgram(bytes: Uint8Array, tagAt: number, end: number, into: EnvelopeFields): void {
  let i = readToken(bytes, tagAt, end, into.program);
  // Templates of relays put BSD's tag behind this head: `filterlog[7]: ...`.
  if (bytes[i - 1] === COLON && readTag(bytes, tagAt, end, into)) return;
  i = findByte(bytes, SPACE, i + 1, end);
  i = findByte(bytes, SPACE, i + 1, end);
  i = skipStructuredData(bytes, i + 1, end);
  // rsyslog keeps the blank of the BSD line that it passes on in this form.
  i = afterBlanks(bytes, i, end);
  if (bytes[i] === 0xef && bytes[i + 1] === 0xbb && bytes[i + 2] === 0xbf) i = afterBlanks(bytes, i + 3, end);
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
