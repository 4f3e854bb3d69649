/**
 * ArcSight's Common Event Format: `CEF:0|vendor|product|version|signature|name|severity|key=value key=value`. Values hold
 * blanks, so a value ends where the last blank before the next unescaped `=` stands; `\`, `|` and `=` are escaped.
 * https://docs.fortinet.com/document/fortigate/6.2.5/fortios-log-message-reference/949981/traffic-log-support-for-cef
 */
import { ascii, BACKSLASH, EQUALS, PIPE, SPACE, startsWith } from "../bytes.ts";
import { Span } from "../record.ts";

const CEF = ascii("CEF:");
const HEADER_FIELDS = 7;

/** Bytes that a backslash escapes in an extension. */
export const CEF_ESCAPES = new Uint8Array([BACKSLASH, EQUALS, PIPE, 0x2f]);

/** The fields before the extension; one is reused for all lines of an input. */
export class CefHeader {
  readonly vendor = new Span();
  readonly product = new Span();
  readonly signature = new Span();
  readonly name = new Span();
  /** First byte of the extension. */
  extension = 0;
}

/** Index just past `CEF:` and the blanks that FortiOS 6.0 and later print after it, or -1 where it is not there. */
export function afterCefMark(bytes: Uint8Array, start: number, end: number): number {
  if (!startsWith(bytes, CEF, start, end)) return -1;
  let i = start + CEF.length;
  while (i < end && bytes[i] === SPACE) i++;
  return i;
}

/** Reads the header from its version on. False where a field is missing. */
export function readCefHeader(bytes: Uint8Array, start: number, end: number, into: CefHeader): boolean {
  let field = 0;
  let fieldStart = start;
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte === BACKSLASH) i++;
    else if (byte === PIPE) {
      if (field === 1) into.vendor.set(fieldStart, i);
      else if (field === 2) into.product.set(fieldStart, i);
      else if (field === 4) into.signature.set(fieldStart, i);
      else if (field === 5) into.name.set(fieldStart, i);
      fieldStart = i + 1;
      if (++field === HEADER_FIELDS) {
        into.extension = fieldStart;
        return true;
      }
    }
  }
  return false;
}

const keyBytes = new Uint8Array(256);
for (const byte of ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-")) keyBytes[byte] = 1;

/** Receives one pair of an extension. `isEscaped`: its value holds backslashes. */
type CefPairSink = (keyStart: number, keyEnd: number, valueEnd: number, isEscaped: boolean) => void;

/** Calls `sink` for each pair of the extension `bytes[start, end)`: its value starts one byte after `keyEnd`. */
export function readCefPairs(bytes: Uint8Array, start: number, end: number, sink: CefPairSink): void {
  let keyStart = -1;
  let keyEnd = 0;
  /** Start of the word that may be a key; -1 where the word at hand is none. */
  let wordStart = start;
  let isEscaped = false;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte === SPACE) wordStart = i + 1;
    else if (byte === EQUALS) {
      if (wordStart >= 0 && isKey(bytes, wordStart, i)) {
        if (keyStart >= 0) sink(keyStart, keyEnd, trimmedEnd(bytes, keyEnd + 1, wordStart), isEscaped);
        isEscaped = false;
        keyStart = wordStart;
        keyEnd = i;
      }
      wordStart = -1;
    } else if (byte === BACKSLASH) {
      i++;
      isEscaped = true;
      wordStart = -1;
    }
  }
  if (keyStart >= 0) sink(keyStart, keyEnd, trimmedEnd(bytes, keyEnd + 1, end), isEscaped);
}

function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let i = end;
  while (i > start && bytes[i - 1] === SPACE) i--;
  return Math.max(i, start);
}

function isKey(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (keyBytes[bytes[i] as number] === 0) return false;
  return end > start;
}
