/**
 * Where one exported Windows event ends and the next begins: an `Event` element, a JSON object, an event as text, a row of a
 * spreadsheet, or else a line. Looks at every byte once, and gives up on a record that does not close within MAX_EVENT_BYTES.
 */
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  CR,
  DASH,
  findByte,
  LESS,
  LF,
  OPEN_BRACE,
  OPEN_BRACKET,
  SPACE,
  TAB,
} from "../bytes.ts";
import { csvRowEnd } from "../lexing/csv-row.ts";
import { jsonObjectEnd } from "../lexing/json-scan.ts";
import { textEventEnd } from "./text-event.ts";
import { TEXT_EVENT, textEventAt, UNDECIDED } from "./text-event-start.ts";
import { isXmlStructure, startsEvent, xmlEventEnd, xmlTagEnd } from "./xml-event.ts";

/** A longer event is none. */
const MAX_EVENT_BYTES = 1_048_576;
/** A longer row of a spreadsheet is none: a quote was left open. */
const MAX_ROW_BYTES = 65_536;

/** Index just past the first record in `bytes[from, limit)`, its line end included, or -1 while it is incomplete. */
export function eventEnd(bytes: Uint8Array, from: number, limit: number): number {
  const start = skipLead(bytes, from, limit);
  if (start >= limit) return -1;
  const first = bytes[start];
  if (first === LF) return start + 1;
  const text = textEventAt(bytes, start, limit);
  if (text === UNDECIDED) return -1;
  const isText = text === TEXT_EVENT;
  if (!isText && first !== LESS && first !== OPEN_BRACE) return rowEnd(bytes, start, limit);
  const bound = Math.min(limit, start + MAX_EVENT_BYTES);
  const end = isText ? textEventEnd(bytes, start, bound) : structureEnd(bytes, start, bound);
  if (end >= 0) return isText ? end : afterLineEnd(bytes, end, limit);
  return bound === limit ? -1 : givenUp(bytes, start, bound, limit);
}

/** The same for a row of a spreadsheet, whatever it begins with. */
export function rowEnd(bytes: Uint8Array, start: number, limit: number): number {
  const bound = Math.min(limit, start + MAX_ROW_BYTES);
  const end = csvRowEnd(bytes, start, bound);
  if (end >= 0) return end;
  return bound === limit ? -1 : givenUp(bytes, start, bound, limit);
}

/** At the last line end before `bound`, so that what follows is read afresh, or else at the next. */
function givenUp(bytes: Uint8Array, start: number, bound: number, limit: number): number {
  const lineEnd = bytes.lastIndexOf(LF, bound - 1);
  if (lineEnd >= start) return lineEnd + 1;
  const next = findByte(bytes, LF, bound, limit);
  return next < limit ? next + 1 : -1;
}

/**
 * Past blanks, NULs, a byte order mark, what stands between the elements of a JSON array, and the dash that a browser shows
 * before an XML element, up to a line end: a line of nothing else is a record of its own.
 */
export function skipLead(bytes: Uint8Array, from: number, limit: number): number {
  let i = from;
  while (i < limit && bytes[i] !== LF) {
    const byte = bytes[i] as number;
    if (byte <= SPACE || byte === COMMA || byte === OPEN_BRACKET || byte === CLOSE_BRACKET || byte === CLOSE_BRACE) i++;
    else if (byte === 0xef && bytes[i + 1] === 0xbb && bytes[i + 2] === 0xbf) i += 3;
    else if (byte === DASH && bytes[i + 1] === SPACE && bytes[i + 2] === LESS) i += 2;
    else break;
  }
  return Math.min(i, limit);
}

function structureEnd(bytes: Uint8Array, start: number, bound: number): number {
  if (bytes[start] === OPEN_BRACE) return jsonObjectEnd(bytes, start, bound);
  if (startsEvent(bytes, start, bound)) return xmlEventEnd(bytes, start, bound);
  if (isXmlStructure(bytes, start, bound)) return xmlTagEnd(bytes, start, bound);
  const lineEnd = findByte(bytes, LF, start, bound);
  return lineEnd < bound ? lineEnd : -1;
}

/** Past the blanks and the one line end that follow; -1 where they may go on after `limit`. */
function afterLineEnd(bytes: Uint8Array, end: number, limit: number): number {
  let i = end;
  while (i < limit && (bytes[i] === SPACE || bytes[i] === TAB || bytes[i] === CR || bytes[i] === COMMA)) i++;
  if (i === limit) return -1;
  return bytes[i] === LF ? i + 1 : end;
}
