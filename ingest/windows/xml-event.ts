/**
 * A Windows event as XML (wevtutil, Event Viewer, `ToXml()`): quotes of either kind, with or without line ends. Reads
 * elements whose name is a field's, `Data` by its `Name`, and the attribute `SystemTime`.
 * https://learn.microsoft.com/en-us/windows/win32/wes/eventschema-event-complextype
 */
import {
  APOSTROPHE,
  ascii,
  EQUALS,
  equals,
  findByte,
  findBytes,
  GREATER,
  LESS,
  QUOTE,
  SLASH,
  SPACE,
  startsWith,
} from "../bytes.ts";
import { unescapeXml } from "../lexing/xml-text.ts";
import { type EventFields, eventField, SYSTEM_TIME } from "./event-fields.ts";

const EVENT_OPEN = ascii("<Event");
const EVENT_CLOSE = ascii("</Event>");
const DATA = ascii("Data");
const NAME = ascii("Name");
const SYSTEM_TIME_NAME = ascii("SystemTime");
/** Whether an `Event` element begins at `at`, and not `Events`, `EventData`, `EventID`. */
export function startsEvent(bytes: Uint8Array, at: number, end: number): boolean {
  if (!startsWith(bytes, EVENT_OPEN, at, end)) return false;
  const next = bytes[at + EVENT_OPEN.length];
  return at + EVENT_OPEN.length < end && (next === GREATER || (next as number) <= SPACE);
}

/**
 * Index just past the event that begins at `from`, or -1 where `limit` comes first. Where another event begins before it
 * closes, it was cut: then the index of that one.
 */
export function xmlEventEnd(bytes: Uint8Array, from: number, limit: number): number {
  for (let i = findByte(bytes, LESS, from + 1, limit); i < limit; i = findByte(bytes, LESS, i + 1, limit)) {
    if (bytes[i + 1] === SLASH) {
      if (startsWith(bytes, EVENT_CLOSE, i, limit)) return i + EVENT_CLOSE.length;
    } else if (startsEvent(bytes, i, limit)) return i;
  }
  return -1;
}

/** Reads the event in `[start, end)`; false where it does not close. `into` must have been cleared for it. */
export function readXmlEvent(bytes: Uint8Array, start: number, end: number, into: EventFields): boolean {
  let i = start;
  for (;;) {
    i = findByte(bytes, LESS, i, end);
    if (i >= end) return false;
    if (bytes[i + 1] === SLASH) {
      if (startsWith(bytes, EVENT_CLOSE, i, end)) return true;
      i++;
      continue;
    }
    const nameEnd = tokenEnd(bytes, i + 1, end);
    const tagEnd = findTagEnd(bytes, nameEnd, end);
    if (tagEnd >= end) return false;
    const field = readTag(bytes, i + 1, nameEnd, tagEnd, into);
    i = tagEnd + 1;
    if (field < 0 || bytes[tagEnd - 1] === SLASH) continue;
    const textEnd = findByte(bytes, LESS, i, end);
    into.take(field, unescapeXml(bytes, i, textEnd, into.text, into.room));
    i = textEnd;
  }
}

/** The field whose text follows the tag, or -1. */
function readTag(bytes: Uint8Array, start: number, nameEnd: number, tagEnd: number, into: EventFields): number {
  const isData = equals(bytes, DATA, start, nameEnd);
  let field = isData ? -1 : eventField(bytes, start, nameEnd);
  for (let i = nameEnd; i < tagEnd; ) {
    while (i < tagEnd && (bytes[i] as number) <= SPACE) i++;
    const attributeEnd = tokenEnd(bytes, i, tagEnd);
    // Log Analytics writes `Name ="SourceAddress"`.
    const equalsAt = afterBlanks(bytes, attributeEnd, tagEnd);
    if (bytes[equalsAt] !== EQUALS) {
      i = attributeEnd + 1;
      continue;
    }
    const quoteAt = afterBlanks(bytes, equalsAt + 1, tagEnd);
    const quote = bytes[quoteAt] as number;
    const valueStart = quoteAt + 1;
    const valueEnd = findByte(bytes, quote, valueStart, tagEnd);
    if (isData && equals(bytes, NAME, i, attributeEnd)) field = eventField(bytes, valueStart, valueEnd);
    else if (equals(bytes, SYSTEM_TIME_NAME, i, attributeEnd))
      into.take(SYSTEM_TIME, unescapeXml(bytes, valueStart, valueEnd, into.text, into.room));
    i = valueEnd + 1;
  }
  return field;
}

function afterBlanks(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && (bytes[i] as number) <= SPACE) i++;
  return i;
}

function tokenEnd(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end) {
    const byte = bytes[i] as number;
    if (byte <= SPACE || byte === GREATER || byte === EQUALS || byte === SLASH) break;
    i++;
  }
  return i;
}

/** Index of the `>` that ends a tag, quotes respected, or `end`. */
function findTagEnd(bytes: Uint8Array, start: number, end: number): number {
  let quote = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === QUOTE || byte === APOSTROPHE) quote = byte;
    else if (byte === GREATER) return i;
  }
  return end;
}

/** Index just past the `>` of the tag or declaration that begins at `from`, or -1 where `limit` comes first. */
export function xmlTagEnd(bytes: Uint8Array, from: number, limit: number): number {
  const end = findTagEnd(bytes, from, limit);
  return end < limit ? end + 1 : -1;
}

/** Whether `[start, end)` begins with the XML declaration or the list's own tags. */
export function isXmlStructure(bytes: Uint8Array, start: number, end: number): boolean {
  for (const word of STRUCTURE_STARTS) if (startsWith(bytes, word, start, end)) return true;
  return false;
}

const STRUCTURE_STARTS = ["<?xml", "<Events>", "<Events ", "</Events>"].map(ascii);

/** Index of the first event in `[start, end)`, or -1. */
export function findEvent(bytes: Uint8Array, start: number, end: number): number {
  for (let i = findBytes(bytes, EVENT_OPEN, start, end); i >= 0; i = findBytes(bytes, EVENT_OPEN, i + 1, end)) {
    if (startsEvent(bytes, i, end)) return i;
  }
  return -1;
}
