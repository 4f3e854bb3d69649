/**
 * A Windows event as text: `wevtutil /f:text` (`Event[0]:`, then `Name: value`), Event Viewer's `Copy` (the same from `Log
 * Name:` on, with the XML behind it), Splunk's multi-line form (a date, then `LogName=Security` and more `Name=value`),
 * PowerShell's `Format-List` (`TimeCreated  : ...`, with `*` `Message  : ...` first), or the message alone (Event Viewer's
 * first page, `Select-Object -ExpandProperty Message`). The event's message goes on until the next event begins, in a
 * `Format-List` until the next line that is not set in. Names are in the language of the host for wevtutil and Event Viewer
 * alone.
 */
import { COLON, CR, EQUALS, findByte, isDigit, LF, SPACE, textOf } from "../bytes.ts";
import { CHANNEL, COMPUTER, EVENT_ID, type EventFields, MESSAGE, TIME_CREATED } from "./event-fields.ts";
import { readBareMessage } from "./flat-event.ts";
import { listNameOf, sentenceAt, TEXT_EVENT, textEventAt, viewerAt } from "./text-event-start.ts";

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

/** Index just past the event that begins at `from`: where the next one begins. -1 where `limit` comes first. */
export function textEventEnd(bytes: Uint8Array, from: number, limit: number): number {
  const listName = listNameOf(bytes, from, limit);
  const isOfViewer = viewerAt(bytes, from, limit) === TEXT_EVENT;
  const isBare = sentenceAt(bytes, from, limit) === TEXT_EVENT;
  // A date belongs to the name that follows it.
  let line = from;
  if (isDigit(bytes[from])) line = findByte(bytes, LF, from, limit) + 1;
  for (line = findByte(bytes, LF, line, limit) + 1; line < limit; line = findByte(bytes, LF, line, limit) + 1) {
    if (textEventAt(bytes, line, limit) !== TEXT_EVENT) continue;
    // An event of wevtutil has the same names inside.
    if (!isOfViewer && viewerAt(bytes, line, limit) === TEXT_EVENT) continue;
    // So has every event its message.
    if (!isBare && sentenceAt(bytes, line, limit) === TEXT_EVENT) continue;
    // An object of a list has many names; behind an empty line, or with the first name again, it is another object.
    const other = listNameOf(bytes, line, limit);
    if (other === null || other === listName || isEmptyBefore(bytes, line)) return line;
  }
  return -1;
}

/** Reads the event in `[start, end)` into fields that have been cleared for it. */
export function readTextEvent(bytes: Uint8Array, start: number, end: number, into: EventFields): void {
  if (sentenceAt(bytes, start, end) === TEXT_EVENT) {
    readBareMessage(bytes, start, end, into);
    return;
  }
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

/** Whether the line before the one at `at` is empty; a message's own empty lines are set in. */
function isEmptyBefore(bytes: Uint8Array, at: number): boolean {
  const before = bytes[at - 2] === CR ? at - 3 : at - 2;
  return bytes[before] === LF;
}
