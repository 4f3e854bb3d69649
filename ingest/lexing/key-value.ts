/**
 * `key=value` pairs in one pass: values bare or in double quotes, pairs apart by blanks or by commas.
 *
 * What stands inside quotes never becomes a field, whatever it looks like. `\"` and `\\` are escapes; a quote that no
 * separator follows belongs to the value (firmware that does not escape); a quote that nothing closes ends with the line.
 * FortiAnalyzer 7.2.6 and later puts a backslash in front of each quote and each backslash of the whole line.
 */
import { BACKSLASH, COMMA, EQUALS, QUOTE, SPACE } from "../bytes.ts";
import type { FieldSpans } from "./field-spans.ts";
import { UNKNOWN_WORD, type WordIndex } from "./word-index.ts";

/** Bytes that a backslash escapes inside quotes. */
export const QUOTED_ESCAPES = new Uint8Array([QUOTE, BACKSLASH, EQUALS]);

/** Notes in `into` where the values of the keys that `keys` knows stand in `bytes[start, end)`. */
export function readPairs(bytes: Uint8Array, start: number, end: number, keys: WordIndex, into: FieldSpans): void {
  const commas = isCommaSeparated(bytes, start, end);
  // Each pair in quotes of its own, as a CSV export has it: `"devname=""fw""","vd=""root"""`.
  const cells = commas && bytes[start] === QUOTE;
  let i = start;
  while (i < end) {
    let keyStart = i;
    for (; i < end; i++) {
      const byte = bytes[i] as number;
      if (byte === EQUALS) break;
      // No key holds a byte up to the comma: blanks, quotes around a whole pair, remains of an odd value.
      if (byte <= COMMA) keyStart = i + 1;
    }
    if (i >= end) return;
    const field = keys.find(bytes, keyStart, i);
    i++;
    let valueStart = i;
    let valueEnd: number;
    let escaped = 0;
    if (i < end && bytes[i] === QUOTE) {
      valueStart = ++i;
      for (; i < end; i++) {
        const byte = bytes[i];
        if (byte === BACKSLASH) {
          i++;
          escaped = 1;
        } else if (byte === QUOTE && endsValue(bytes, i + 1, end, commas)) break;
      }
      valueEnd = Math.min(i, end);
      i++;
    } else if (bytes[i] === BACKSLASH && bytes[i + 1] === QUOTE && i + 1 < end) {
      valueStart = i + 2;
      valueEnd = escapedQuoteAt(bytes, valueStart, end, commas);
      i = Math.min(end, valueEnd + 2);
      escaped = 2;
    } else {
      if (commas) while (i < end && bytes[i] !== COMMA) i++;
      else while (i < end && (bytes[i] as number) > SPACE) i++;
      valueEnd = i;
    }
    if (field === UNKNOWN_WORD) continue;
    while (valueStart < valueEnd && bytes[valueStart] === QUOTE) {
      valueStart++;
      while (valueEnd > valueStart && bytes[valueEnd - 1] === QUOTE) valueEnd--;
    }
    if (cells && valueEnd > valueStart && bytes[valueEnd - 1] === QUOTE) valueEnd--;
    if (escaped > 0) into.putEscaped(bytes, field, valueStart, valueEnd, escaped);
    else into.put(bytes, field, valueStart, valueEnd);
  }
}

/** Where `\"` ends the value that begins at `start` behind another. */
function escapedQuoteAt(bytes: Uint8Array, start: number, end: number, commas: boolean): number {
  for (let i = start; i < end; i++) {
    if (bytes[i] !== BACKSLASH || i + 1 >= end) continue;
    if (bytes[i + 1] === QUOTE && endsValue(bytes, i + 2, end, commas)) return i;
    // `\\\"` is a quote that was escaped before.
    i += i + 2 < end && bytes[i + 1] === BACKSLASH && bytes[i + 2] === BACKSLASH ? 3 : 1;
  }
  return end;
}

function endsValue(bytes: Uint8Array, at: number, end: number, commas: boolean): boolean {
  return at >= end || (bytes[at] as number) <= SPACE || (commas && bytes[at] === COMMA);
}

/** Whether a comma stands between the first value and the second key. */
function isCommaSeparated(bytes: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while (i < end && bytes[i] !== EQUALS) i++;
  i++;
  if (i < end && bytes[i] === QUOTE) {
    i++;
    while (i < end && bytes[i] !== QUOTE) i++;
  }
  for (; i < end && bytes[i] !== EQUALS; i++) if (bytes[i] === COMMA) return true;
  return false;
}
