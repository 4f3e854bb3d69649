/**
 * A Windows event as Snare writes it, and NXLog's `to_syslog_snare()` after it: `MSWinEventLog` and the event's parts between
 * tabs, most often behind a syslog header or the host's name. Relays write a tab as `#011` (rsyslog). Line ends and tabs of
 * the message have become blanks, a single one where only a tab stood between name and value.
 * https://docs.nxlog.co/refman/current/xm/syslog.html#to_syslog_snare
 *
 *   <13>Jul  3 19:10:30 PBX01 MSWinEventLog 1 Security 77 Fri Jul 03 19:10:30 2026 5157 Microsoft-Windows-Security-Auditing
 *   N/A N/A Failure Audit PBX01.example.com Filtering Platform Connection (nothing) The Windows Filtering Platform ... 77
 */
import { ascii, COLON, findBytes, isDigit, LF, SPACE, TAB } from "../bytes.ts";
import { CHANNEL, COMPUTER, EVENT_ID, type EventFields, MESSAGE, TIME_CREATED } from "./event-fields.ts";

const MARK = ascii("MSWinEventLog");
const ESCAPED_TAB = ascii("#011");
/** So far a header may reach. */
const MAX_HEAD_BYTES = 200;

/** Parts behind the mark, in their order: the first is the criticality. */
const LOG_PART = 2;
const TIME_PART = 4;
const ID_PART = 5;
const COMPUTER_PART = 10;
/** The text is in the part named `expanded string`; what follows is a number. */
const FIRST_TEXT_PART = 12;
const LAST_TEXT_PART = 13;

/** Where such an event's mark stands in `[start, end)`, or -1. */
export function snareMarkAt(bytes: Uint8Array, start: number, end: number): number {
  const at = findBytes(bytes, MARK, start, Math.min(end, start + MAX_HEAD_BYTES));
  if (at < 0) return -1;
  const after = at + MARK.length;
  return separatorLength(bytes, after, end) > 0 ? at : -1;
}

/** Reads the event whose mark stands at `at`; false where it ends before its text. */
export function readSnareEvent(bytes: Uint8Array, at: number, end: number, into: EventFields): boolean {
  let part = 1;
  let start = at + MARK.length;
  start += separatorLength(bytes, start, end);
  for (; part <= LAST_TEXT_PART && start < end; part++) {
    let to = start;
    while (to < end && separatorLength(bytes, to, end) === 0) to++;
    if (part === LOG_PART) take(bytes, start, to, CHANNEL, into);
    else if (part === TIME_PART) take(bytes, start, to, TIME_CREATED, into);
    else if (part === ID_PART) take(bytes, start, to, EVENT_ID, into);
    else if (part === COMPUTER_PART) take(bytes, start, to, COMPUTER, into);
    else if (part >= FIRST_TEXT_PART && to > start) {
      if (partEnd(bytes, start, to) < to) takeText(bytes, start, to, into);
      else take(bytes, start, to, MESSAGE, into);
    }
    start = to + separatorLength(bytes, to, end);
  }
  return into.has(MESSAGE);
}

function separatorLength(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return 0;
  if (bytes[at] === TAB) return 1;
  return at + ESCAPED_TAB.length <= end && findBytes(bytes, ESCAPED_TAB, at, at + ESCAPED_TAB.length) === at
    ? ESCAPED_TAB.length
    : 0;
}

function take(bytes: Uint8Array, start: number, end: number, field: number, into: EventFields): void {
  into.text.set(bytes.subarray(start, end), into.room);
  into.take(field, into.room + end - start);
}

/**
 * Takes the message with line ends again where they were: between two blanks or more stand names, values, or a name with its
 * value; a name that another follows is a heading.
 */
function takeText(bytes: Uint8Array, start: number, end: number, into: EventFields): void {
  const { text } = into;
  let to = into.room;
  const put = (from: number, until: number) => {
    text.set(bytes.subarray(from, until), to);
    to += until - from;
  };
  for (let from = start; from < end; ) {
    const until = partEnd(bytes, from, end);
    let next = afterBlanks(bytes, until, end);
    const colon = nameEnd(bytes, from, until);
    if (colon < 0) put(from, until);
    else {
      const valueEnd = colon === until - 1 ? partEnd(bytes, next, end) : until;
      const isHeading = valueEnd > until && nameEnd(bytes, next, valueEnd) >= 0;
      if (!isHeading) text[to++] = TAB;
      put(from, until);
      if (!isHeading && valueEnd > until) {
        text[to++] = TAB;
        put(next, valueEnd);
        next = afterBlanks(bytes, valueEnd, end);
      }
    }
    text[to++] = LF;
    from = next;
  }
  into.take(MESSAGE, to);
}

/** Where two blanks stand, or the end. */
function partEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i < end; i++) if (bytes[i] === SPACE && (i + 1 === end || bytes[i + 1] === SPACE)) return i;
  return end;
}

function afterBlanks(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && bytes[i] === SPACE) i++;
  return i;
}

/** The colon behind a name at the beginning of `[start, end)`, or -1: one inside an address is none. */
function nameEnd(bytes: Uint8Array, start: number, end: number): number {
  if (isDigit(bytes[start])) return -1;
  for (let i = start + 1; i < end; i++) {
    if (bytes[i] === COLON) return bytes[i - 1] !== COLON && (i + 1 === end || bytes[i + 1] === SPACE) ? i : -1;
  }
  return -1;
}
