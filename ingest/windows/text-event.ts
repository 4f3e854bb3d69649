/**
 * A Windows event as text: `wevtutil /f:text` (`Event[0]:`, then `Name: value`), Event Viewer's `Copy` (the same from `Log
 * Name:` on, with the XML behind it), Splunk's multi-line form (a date, then
 * `LogName=Security` and more `Name=value`), and PowerShell's `Format-List` (`TimeCreated  : ...`, with `*` `Message  : ...`
 * first). The event's message goes on until the next event begins, in a `Format-List` until the next line that is not set
 * in. Names are in the language of the host for wevtutil and Event Viewer alone.
 */
import {
  ascii,
  CLOSE_BRACKET,
  COLON,
  CR,
  EQUALS,
  findByte,
  isDigit,
  LF,
  SLASH,
  SPACE,
  startsWith,
  textOf,
} from "../bytes.ts";
import { CHANNEL, COMPUTER, EVENT_ID, type EventFields, MESSAGE, TIME_CREATED } from "./event-fields.ts";

const NUMBERED = ascii("Event[");
const LOG_NAME = ascii("LogName=");
/** What Event Viewer copies begins with, in English and German. */
const VIEWER_NAMES = ["Log Name:", "Protokollname:"].map(ascii);
/** Names that a `Format-List` may begin with: as they come, with `*`, and as people choose them. */
const LIST_NAMES = [
  "TimeCreated",
  "Message",
  "Id",
  "EventID",
  "Index",
  "LogName",
  "MachineName",
  "ProviderName",
  "RecordId",
  "TimeGenerated",
].map(ascii);
const MAX_PADDING = 40;
/** `07/03/2026 07:10:30 PM`, with a fraction or a zone perhaps. */
const MAX_DATE_BYTES = 48;
const MAX_NAME_BYTES = 32;

const FIELDS = new Map<string, number>([
  ["event id", EVENT_ID],
  ["eventcode", EVENT_ID],
  ["ereignis-id", EVENT_ID],
  ["ereigniskennung", EVENT_ID],
  ["id", EVENT_ID],
  ["eventid", EVENT_ID],
  ["instanceid", EVENT_ID],
  ["log name", CHANNEL],
  ["logname", CHANNEL],
  ["protokollname", CHANNEL],
  ["computer", COMPUTER],
  ["computername", COMPUTER],
  ["machinename", COMPUTER],
  ["date", TIME_CREATED],
  ["datum", TIME_CREATED],
  ["timecreated", TIME_CREATED],
  ["timegenerated", TIME_CREATED],
  ["message", MESSAGE],
  ["description", MESSAGE],
  ["beschreibung", MESSAGE],
]);

export const TEXT_EVENT = 1;
export const NO_TEXT_EVENT = 0;
/** The bytes up to `limit` do not tell yet. */
export const UNDECIDED = -1;

/** Whether such an event begins at `at`, the first byte of a line. */
export function textEventAt(bytes: Uint8Array, at: number, limit: number): number {
  const first = bytes[at] as number;
  if (first === NUMBERED[0]) {
    const numbered = numberAt(bytes, at, limit);
    return numbered === NO_TEXT_EVENT ? listNameAt(bytes, at, limit) : numbered;
  }
  if (isDigit(first)) return dateAt(bytes, at, limit);
  const viewer = viewerAt(bytes, at, limit);
  if (viewer !== NO_TEXT_EVENT) return viewer;
  const splunk = first === LOG_NAME[0] ? markAt(bytes, LOG_NAME, at, limit) : NO_TEXT_EVENT;
  return splunk === NO_TEXT_EVENT ? listNameAt(bytes, at, limit) : splunk;
}

/** Index just past the event that begins at `from`: where the next one begins. -1 where `limit` comes first. */
export function textEventEnd(bytes: Uint8Array, from: number, limit: number): number {
  const listName = listNameOf(bytes, from, limit);
  const isOfViewer = viewerAt(bytes, from, limit) === TEXT_EVENT;
  // A date belongs to the name that follows it.
  let line = from;
  if (isDigit(bytes[from])) line = findByte(bytes, LF, from, limit) + 1;
  for (line = findByte(bytes, LF, line, limit) + 1; line < limit; line = findByte(bytes, LF, line, limit) + 1) {
    if (textEventAt(bytes, line, limit) !== TEXT_EVENT) continue;
    // An event of wevtutil has the same names inside.
    if (!isOfViewer && viewerAt(bytes, line, limit) === TEXT_EVENT) continue;
    // An object of a list has many names; behind an empty line, or with the first name again, it is another object.
    const other = listNameOf(bytes, line, limit);
    if (other === null || other === listName || isEmptyBefore(bytes, line)) return line;
  }
  return -1;
}

/** Reads the event in `[start, end)` into fields that have been cleared for it. */
export function readTextEvent(bytes: Uint8Array, start: number, end: number, into: EventFields): void {
  let line = start;
  if (isDigit(bytes[start])) {
    const dateEnd = findByte(bytes, LF, start, end);
    take(bytes, start, dateEnd, TIME_CREATED, into);
    line = dateEnd + 1;
  }
  while (line < end) {
    const lineEnd = findByte(bytes, LF, line, end);
    const separator = separatorAt(bytes, line, lineEnd);
    if (separator < lineEnd && separator - line <= MAX_NAME_BYTES) {
      const field = FIELDS.get(textOf(bytes, line, separator).trim().toLowerCase());
      if (field === MESSAGE) {
        line = takeMessage(bytes, line, separator, end, into);
        continue;
      }
      if (field !== undefined) take(bytes, separator + 1, lineEnd, field, into);
    }
    line = lineEnd + 1;
  }
}

function take(bytes: Uint8Array, start: number, end: number, field: number, into: EventFields): void {
  let from = start;
  let to = end;
  while (from < to && (bytes[from] as number) <= SPACE) from++;
  while (to > from && (bytes[to - 1] as number) <= SPACE) to--;
  into.text.set(bytes.subarray(from, to), into.room);
  into.take(field, into.room + to - from);
}

/**
 * Takes the message that begins on `line`, without the blanks by which a list lines it up behind its name; returns where it
 * ends. Names of lists, which stand before ` : `, go on behind it.
 */
function takeMessage(bytes: Uint8Array, line: number, separator: number, end: number, into: EventFields): number {
  const isInList = bytes[separator - 1] === SPACE;
  let from = separator + 1;
  while (from < end && bytes[from] === SPACE) from++;
  const indent = from - line;
  const { text } = into;
  let to = into.room;
  while (from < end) {
    const lineEnd = Math.min(end, findByte(bytes, LF, from, end) + 1);
    text.set(bytes.subarray(from, lineEnd), to);
    to += lineEnd - from;
    from = lineEnd;
    if (isInList && from < end && (bytes[from] as number) > SPACE) break;
    while (from < end && from - lineEnd < indent && bytes[from] === SPACE) from++;
  }
  while (to > into.room && (text[to - 1] as number) <= SPACE) to--;
  into.take(MESSAGE, to);
  return from;
}

/** The first `:` or `=` of the line, or its end. */
function separatorAt(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && bytes[i] !== COLON && bytes[i] !== EQUALS) i++;
  return i;
}

function markAt(bytes: Uint8Array, mark: Uint8Array, at: number, limit: number): number {
  if (limit - at >= mark.length) return startsWith(bytes, mark, at, limit) ? TEXT_EVENT : NO_TEXT_EVENT;
  for (let i = at; i < limit; i++) if (bytes[i] !== mark[i - at]) return NO_TEXT_EVENT;
  return UNDECIDED;
}

function viewerAt(bytes: Uint8Array, at: number, limit: number): number {
  let status = NO_TEXT_EVENT;
  for (const name of VIEWER_NAMES) {
    const mark = markAt(bytes, name, at, limit);
    if (mark === TEXT_EVENT) return TEXT_EVENT;
    if (mark === UNDECIDED) status = UNDECIDED;
  }
  return status;
}

/** `Event[12]`, with or without a colon, and nothing else on the line. */
function numberAt(bytes: Uint8Array, at: number, limit: number): number {
  const mark = markAt(bytes, NUMBERED, at, limit);
  if (mark !== TEXT_EVENT) return mark;
  let i = at + NUMBERED.length;
  while (i < limit && isDigit(bytes[i])) i++;
  if (i === limit) return UNDECIDED;
  if (i === at + NUMBERED.length || bytes[i] !== CLOSE_BRACKET) return NO_TEXT_EVENT;
  i++;
  if (i < limit && bytes[i] === COLON) i++;
  while (i < limit && (bytes[i] === SPACE || bytes[i] === CR)) i++;
  if (i === limit) return UNDECIDED;
  return bytes[i] === LF ? TEXT_EVENT : NO_TEXT_EVENT;
}

/** One of the names, blanks, a colon. */
function listNameAt(bytes: Uint8Array, at: number, limit: number): number {
  let status = NO_TEXT_EVENT;
  for (const name of LIST_NAMES) {
    const mark = markAt(bytes, name, at, limit);
    if (mark === UNDECIDED) status = UNDECIDED;
    if (mark !== TEXT_EVENT) continue;
    const blankAt = at + name.length;
    const colonAt = afterBlanks(bytes, blankAt, Math.min(limit, blankAt + MAX_PADDING));
    if (colonAt === limit) status = UNDECIDED;
    else if (colonAt > blankAt && bytes[colonAt] === COLON) return TEXT_EVENT;
  }
  return status;
}

/** The name of a list that begins the line at `at`, or null. */
function listNameOf(bytes: Uint8Array, at: number, limit: number): Uint8Array | null {
  if (listNameAt(bytes, at, limit) !== TEXT_EVENT) return null;
  const isName = (name: Uint8Array) => startsWith(bytes, name, at, limit) && bytes[at + name.length] === SPACE;
  return LIST_NAMES.find(isName) ?? null;
}

function afterBlanks(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && bytes[i] === SPACE) i++;
  return i;
}

/** Whether the line before the one at `at` is empty; a message's own empty lines are set in. */
function isEmptyBefore(bytes: Uint8Array, at: number): boolean {
  const before = bytes[at - 2] === CR ? at - 3 : at - 2;
  return bytes[before] === LF;
}

/** A date with slashes on a line of its own, and `LogName=` on the next. */
function dateAt(bytes: Uint8Array, at: number, limit: number): number {
  const bound = Math.min(limit, at + MAX_DATE_BYTES);
  let i = at;
  while (i < bound && isDigit(bytes[i])) i++;
  if (i < bound && bytes[i] !== SLASH) return NO_TEXT_EVENT;
  const lineEnd = findByte(bytes, LF, i, bound);
  if (lineEnd === bound) return bound === limit ? UNDECIDED : NO_TEXT_EVENT;
  return markAt(bytes, LOG_NAME, lineEnd + 1, limit);
}
