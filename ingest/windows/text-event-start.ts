/** Where a Windows event as text begins (text-event.ts): told by its first line. */
import { ascii, CLOSE_BRACKET, COLON, CR, DOT, findByte, isDigit, LF, SLASH, SPACE, startsWith } from "../bytes.ts";

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
/** What a message begins with, in English alone. */
const SENTENCES = ["The Windows Filtering Platform ", "A more restrictive Windows Filtering Platform "].map(ascii);
const MAX_SENTENCE_BYTES = 160;
const MAX_PADDING = 40;
/** `07/03/2026 07:10:30 PM`, with a fraction or a zone perhaps. */
const MAX_DATE_BYTES = 48;

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
  if (splunk !== NO_TEXT_EVENT) return splunk;
  const list = listNameAt(bytes, at, limit);
  return list === NO_TEXT_EVENT ? sentenceAt(bytes, at, limit) : list;
}

function markAt(bytes: Uint8Array, mark: Uint8Array, at: number, limit: number): number {
  if (limit - at >= mark.length) return startsWith(bytes, mark, at, limit) ? TEXT_EVENT : NO_TEXT_EVENT;
  for (let i = at; i < limit; i++) if (bytes[i] !== mark[i - at]) return NO_TEXT_EVENT;
  return UNDECIDED;
}

export function viewerAt(bytes: Uint8Array, at: number, limit: number): number {
  let status = NO_TEXT_EVENT;
  for (const name of VIEWER_NAMES) {
    const mark = markAt(bytes, name, at, limit);
    if (mark === TEXT_EVENT) return TEXT_EVENT;
    if (mark === UNDECIDED) status = UNDECIDED;
  }
  return status;
}

/** A message's first sentence, with nothing behind it on its line; an event in one line has the rest there (flat-event.ts). */
export function sentenceAt(bytes: Uint8Array, at: number, limit: number): number {
  let status = NO_TEXT_EVENT;
  for (const words of SENTENCES) {
    const mark = markAt(bytes, words, at, limit);
    if (mark !== TEXT_EVENT) {
      if (mark === UNDECIDED) status = UNDECIDED;
      continue;
    }
    const bound = Math.min(limit, at + MAX_SENTENCE_BYTES);
    const lineEnd = findByte(bytes, LF, at, bound);
    if (lineEnd === bound) return bound === limit ? UNDECIDED : NO_TEXT_EVENT;
    let end = lineEnd;
    while ((bytes[end - 1] as number) <= SPACE) end--;
    return bytes[end - 1] === DOT ? TEXT_EVENT : NO_TEXT_EVENT;
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
export function listNameOf(bytes: Uint8Array, at: number, limit: number): Uint8Array | null {
  if (listNameAt(bytes, at, limit) !== TEXT_EVENT) return null;
  const isName = (name: Uint8Array) => startsWith(bytes, name, at, limit) && bytes[at + name.length] === SPACE;
  return LIST_NAMES.find(isName) ?? null;
}

function afterBlanks(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && bytes[i] === SPACE) i++;
  return i;
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
