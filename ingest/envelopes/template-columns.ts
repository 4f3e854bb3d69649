/**
 * Columns between bars or semicolons, as people's own templates for rsyslog and syslog-ng have them:
 * `2026-07-03T19:10:30+02:00|fw|kern|warning|kernel:|DROP IN=...`, `2026-07-03 19:10:30;fw;kernel: DROP IN=...`. They are certain
 * where a program's tag stands behind the host.
 */
import {
  ascii,
  CLOSE_BRACKET,
  COLON,
  DASH,
  DOT,
  equals,
  findByte,
  isDigit,
  OPEN_BRACKET,
  PIPE,
  SEMICOLON,
  SPACE,
} from "../bytes.ts";
import type { EnvelopeFields } from "./envelope-fields.ts";
import { isPriority, readTag } from "./syslog-tag.ts";

/** A tag without its colon is told from any other word by this alone. */
const KERNEL = ascii("kernel");
/** Longer columns are the message. */
const MAX_COLUMN_BYTES = 96;
const MAX_COLUMNS = 6;

/**
 * Behind a time that ends at `at`: puts host and program into `into` and returns the first byte of the message; -1 where there are
 * no such columns. Those of facility and severity are passed over.
 */
export function readTemplateColumns(bytes: Uint8Array, at: number, end: number, into: EnvelopeFields): number {
  const separatorAt = afterBlanks(bytes, at, end);
  const separator = bytes[separatorAt];
  if (separator !== PIPE && separator !== SEMICOLON) return -1;
  let hostAt = -1;
  let hostEnd = -1;
  let start = afterBlanks(bytes, separatorAt + 1, end);
  for (let column = 0; column < MAX_COLUMNS; column++) {
    const next = findByte(bytes, separator, start, Math.min(end, start + MAX_COLUMN_BYTES));
    let columnEnd = next;
    while (columnEnd > start && bytes[columnEnd - 1] === SPACE) columnEnd--;
    const after = afterBlanks(bytes, next + 1, end);
    const isColumn = bytes[next] === separator;
    if (hostAt >= 0 && isColumn && isTag(bytes, start, columnEnd)) {
      into.program.set(start, nameEndOf(bytes, start, columnEnd));
      into.payload = after;
      break;
    }
    // The tag may begin the message's column, in front of a blank.
    if (hostAt >= 0 && findByte(bytes, SPACE, start, next) < next && readTag(bytes, start, end, into)) break;
    if (!isColumn) return -1;
    if (!isPriority(bytes, start, columnEnd)) {
      if (hostAt >= 0 || !isHost(bytes, start, columnEnd)) return -1;
      hostAt = start;
      hostEnd = columnEnd;
    }
    start = after;
  }
  if (into.program.isEmpty) return -1;
  into.host.set(hostAt, hostEnd);
  return into.payload;
}

function isTag(bytes: Uint8Array, start: number, end: number): boolean {
  if (equals(bytes, KERNEL, start, end)) return true;
  return bytes[end - 1] === COLON && nameEndOf(bytes, start, end) > start && findByte(bytes, SPACE, start, end) === end;
}

/** `sshd[7]:` without what stands behind the name. */
function nameEndOf(bytes: Uint8Array, start: number, end: number): number {
  const tagEnd = bytes[end - 1] === COLON ? end - 1 : end;
  return bytes[tagEnd - 1] === CLOSE_BRACKET ? findByte(bytes, OPEN_BRACKET, start, tagEnd) : tagEnd;
}

/** Whether nothing but what names and addresses are made of stands there. */
function isHost(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    const letter = byte | 0x20;
    const isOfName =
      (letter >= 0x61 && letter <= 0x7a) || isDigit(byte) || byte === DASH || byte === DOT || byte === 0x5f;
    if (!isOfName && byte !== COLON) return false;
  }
  return end > start && bytes[end - 1] !== COLON;
}

function afterBlanks(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && bytes[i] === SPACE) i++;
  return i;
}
