/**
 * Where one exported Windows event ends and the next begins: an `Event` element, a JSON object, a row of a spreadsheet, or
 * else a line. Looks at every byte once, and gives up on a record that does not close within MAX_EVENT_BYTES.
 */
import { CLOSE_BRACKET, COMMA, CR, findByte, LESS, LF, OPEN_BRACE, OPEN_BRACKET, SPACE, TAB } from "./bytes.ts";
import { csvRowEnd } from "./csv-event.ts";
import { jsonObjectEnd } from "./json-scan.ts";
import { isXmlStructure, startsEvent, xmlEventEnd, xmlTagEnd } from "./xml-event.ts";

/** A longer event is none. */
export const MAX_EVENT_BYTES = 1_048_576;
/** A longer row of a spreadsheet is none: a quote was left open. */
const MAX_ROW_BYTES = 65_536;

/** Index just past the first record in `bytes[from, limit)`, its line end included, or -1 while it is incomplete. */
export function eventEnd(bytes: Uint8Array, from: number, limit: number): number {
  const start = skipLead(bytes, from, limit);
  if (start >= limit) return limit - from >= MAX_EVENT_BYTES ? limit : -1;
  const isRow = bytes[start] !== LESS && bytes[start] !== OPEN_BRACE;
  const bound = Math.min(limit, from + (isRow ? MAX_ROW_BYTES : MAX_EVENT_BYTES));
  const end = isRow ? csvRowEnd(bytes, start, bound) : structureEnd(bytes, start, bound);
  if (end >= 0) return isRow ? end : afterLineEnd(bytes, end, limit);
  if (bound === limit && limit - from < MAX_EVENT_BYTES) return -1;
  // Given up: up to a line end if there is one, so that what follows is read afresh.
  const lineEnd = bytes.lastIndexOf(LF, bound - 1);
  return lineEnd >= start ? lineEnd + 1 : bound;
}

/** Blanks, NULs, a byte order mark, and what stands between the elements of a JSON array. */
function skipLead(bytes: Uint8Array, from: number, limit: number): number {
  let i = from;
  while (i < limit) {
    const byte = bytes[i] as number;
    const isLead =
      byte <= SPACE || byte === COMMA || byte === OPEN_BRACKET || byte === CLOSE_BRACKET || byte >= 0xef;
    if (!isLead || (byte >= 0xef && byte !== 0xef && byte !== 0xbb && byte !== 0xbf)) break;
    i++;
  }
  return i;
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
