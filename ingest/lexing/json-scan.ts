/**
 * A pull scanner over one JSON value's bytes, for every format that carries JSON lines (Windows events, ulogd, journald):
 * it walks keys and values in place, nested ones too, without building anything. `unescapeJson` copies a string's text
 * where it holds escapes. It checks what it needs to stay in step, not all of RFC 8259, and takes the Ruby that Logstash and
 * Fluent Bit print for people as well: `{"tags" => [[0] "a"]}`.
 */
import {
  ascii,
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  EQUALS,
  equals,
  GREATER,
  hexDigit,
  isDigit,
  LF,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
} from "../bytes.ts";

/** The value ended where it should. */
export const JSON_END = 0;
/** Not JSON from here on. */
export const JSON_BROKEN = 1;
/** A string; `valueStart` and `valueEnd` are inside its quotes. */
export const JSON_STRING = 2;
/** A number, true or false as it stands. */
export const JSON_LITERAL = 3;
export const JSON_OPEN_OBJECT = 4;
export const JSON_CLOSE_OBJECT = 5;
export const JSON_OPEN_ARRAY = 6;
export const JSON_CLOSE_ARRAY = 7;
/** What collectors write for what a line does not have. */
export const JSON_NULL = 8;
export type JsonEvent = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const NULL = ascii("null");

const MAX_DEPTH = 64;

export class JsonScanner {
  /** Key of the value or opening last seen, inside its quotes; empty in an array and at the top. */
  keyStart = 0;
  keyEnd = 0;
  valueStart = 0;
  valueEnd = 0;
  /** Whether the string value last seen holds escapes. */
  hasEscapes = false;
  /** Containers that are open. */
  depth = 0;
  /** First byte not yet read; after JSON_END the one after the value. */
  position = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #end = 0;
  #wantsComma = false;
  /** Whether the container at each depth is an object. */
  readonly #isObject = new Uint8Array(MAX_DEPTH + 1);

  /** Starts over at the value that begins in `[start, end)`. */
  open(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes;
    this.#end = end;
    this.position = start;
    this.depth = 0;
    this.keyStart = 0;
    this.keyEnd = 0;
    this.#wantsComma = false;
  }

  /** The next value, opening or closing; JSON_END once the outermost value is complete. */
  next(): JsonEvent {
    if (this.depth === 0 && this.#wantsComma) return JSON_END;
    const bytes = this.#bytes;
    let byte = this.#peek();
    if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) return this.#close(byte);
    if (this.#wantsComma) {
      if (byte !== COMMA) return JSON_BROKEN;
      this.position++;
      byte = this.#peek();
    }
    this.keyStart = 0;
    this.keyEnd = 0;
    if (this.depth > 0 && this.#isObject[this.depth] === 1) {
      if (byte !== QUOTE || !this.#readString()) return JSON_BROKEN;
      this.keyStart = this.valueStart;
      this.keyEnd = this.valueEnd;
      const sign = this.#peek();
      if (sign === COLON) this.position++;
      else if (sign === EQUALS && bytes[this.position + 1] === GREATER) this.position += 2;
      else return JSON_BROKEN;
      byte = this.#peek();
    } else if (byte === OPEN_BRACKET && this.depth > 0) byte = this.#afterIndex();
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) return this.#openContainer(byte);
    this.#wantsComma = true;
    if (byte === QUOTE) return this.#readString() ? JSON_STRING : JSON_BROKEN;
    this.valueStart = this.position;
    while (this.position < this.#end && isLiteral(bytes[this.position] as number)) this.position++;
    this.valueEnd = this.position;
    if (equals(bytes, NULL, this.valueStart, this.valueEnd)) return JSON_NULL;
    return this.valueEnd > this.valueStart ? JSON_LITERAL : JSON_BROKEN;
  }

  /** First byte that is no blank, or -1 at the end. */
  #peek(): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let i = this.position;
    while (i < end && (bytes[i] as number) <= SPACE) i++;
    this.position = i;
    return i < end ? (bytes[i] as number) : -1;
  }

  /** The first byte of the element at hand, behind the index that Ruby prints in front of it. */
  #afterIndex(): number {
    const { position } = this;
    const bytes = this.#bytes;
    let i = position + 1;
    while (isDigit(bytes[i])) i++;
    if (i === position + 1 || bytes[i] !== CLOSE_BRACKET || bytes[i + 1] !== SPACE) return OPEN_BRACKET;
    this.position = i + 1;
    const byte = this.#peek();
    if (byte >= 0 && byte !== COMMA && byte !== CLOSE_BRACKET && byte !== CLOSE_BRACE) return byte;
    this.position = position;
    return OPEN_BRACKET;
  }

  #openContainer(byte: number): JsonEvent {
    if (this.depth === MAX_DEPTH) return JSON_BROKEN;
    this.position++;
    this.depth++;
    this.#isObject[this.depth] = byte === OPEN_BRACE ? 1 : 0;
    this.#wantsComma = false;
    return byte === OPEN_BRACE ? JSON_OPEN_OBJECT : JSON_OPEN_ARRAY;
  }

  #close(byte: number): JsonEvent {
    const isObject = byte === CLOSE_BRACE;
    if (this.depth === 0 || (this.#isObject[this.depth] === 1) !== isObject) return JSON_BROKEN;
    this.position++;
    this.depth--;
    this.#wantsComma = true;
    return isObject ? JSON_CLOSE_OBJECT : JSON_CLOSE_ARRAY;
  }

  #readString(): boolean {
    const bytes = this.#bytes;
    const end = this.#end;
    this.hasEscapes = false;
    this.valueStart = this.position + 1;
    for (let i = this.valueStart; i < end; i++) {
      const byte = bytes[i] as number;
      if (byte === BACKSLASH) {
        this.hasEscapes = true;
        i++;
      } else if (byte === QUOTE) {
        this.valueEnd = i;
        this.position = i + 1;
        return true;
      }
    }
    return false;
  }
}

function isLiteral(byte: number): boolean {
  return byte > SPACE && byte !== COMMA && byte !== CLOSE_BRACE && byte !== CLOSE_BRACKET && byte !== QUOTE;
}

const ESCAPED = new Uint8Array(128);
for (const [letter, byte] of [
  ['"', 0x22],
  ["\\", 0x5c],
  ["/", 0x2f],
  ["b", 0x08],
  ["f", 0x0c],
  ["n", 0x0a],
  ["r", 0x0d],
  ["t", 0x09],
] as const)
  ESCAPED[letter.charCodeAt(0)] = byte;

/**
 * Writes the text of the JSON string `[start, end)` (inside its quotes) to `into` at `at`, which must have room for as many
 * bytes; returns the index after it. An unknown escape stays as it stands, half a surrogate pair becomes U+FFFD.
 */
export function unescapeJson(bytes: Uint8Array, start: number, end: number, into: Uint8Array, at: number): number {
  let to = at;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    const next = bytes[i + 1] as number;
    if (byte !== BACKSLASH || i + 1 >= end) {
      into[to++] = byte;
    } else if (next === 0x75 && i + 5 < end && hex4(bytes, i + 2) >= 0) {
      let code = hex4(bytes, i + 2);
      i += 5;
      if (code >= 0xd800 && code < 0xe000) {
        const low =
          code < 0xdc00 && i + 6 < end && bytes[i + 1] === BACKSLASH && bytes[i + 2] === 0x75 ? hex4(bytes, i + 3) : -1;
        if (low >= 0xdc00 && low < 0xe000) {
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          i += 6;
        } else code = 0xfffd;
      }
      to = writeUtf8(code, into, to);
    } else if (next < 128 && ESCAPED[next] !== 0) {
      into[to++] = ESCAPED[next] as number;
      i++;
    } else into[to++] = byte;
  }
  return to;
}

function hex4(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const digit = hexDigit(bytes[at + i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** Writes a code point as UTF-8 at `at`, which must have room for it; returns the index after it. */
export function writeUtf8(code: number, into: Uint8Array, at: number): number {
  let to = at;
  if (code < 0x80) into[to++] = code;
  else if (code < 0x800) into[to++] = 0xc0 | (code >> 6);
  else if (code < 0x10000) {
    into[to++] = 0xe0 | (code >> 12);
    into[to++] = 0x80 | ((code >> 6) & 0x3f);
  } else {
    into[to++] = 0xf0 | (code >> 18);
    into[to++] = 0x80 | ((code >> 12) & 0x3f);
    into[to++] = 0x80 | ((code >> 6) & 0x3f);
  }
  if (code >= 0x80) into[to++] = 0x80 | (code & 0x3f);
  return to;
}

/**
 * Index just past the object that begins at `from`, or -1 where `limit` comes first. A raw line end inside a string, or a
 * line that starts another object where none can stand, shows that the object was cut: then the index where it was.
 */
export function jsonObjectEnd(bytes: Uint8Array, from: number, limit: number): number {
  let depth = 0;
  let isString = false;
  let last = 0;
  for (let i = from; i < limit; i++) {
    const byte = bytes[i] as number;
    if (byte === LF && isString) return i + 1;
    if (isString) {
      if (byte === BACKSLASH) {
        // A cut line may end in half an escape.
        if (bytes[i + 1] !== LF) i++;
      } else if (byte === QUOTE) isString = false;
      continue;
    }
    if (byte <= SPACE) continue;
    if (byte === QUOTE) isString = true;
    else if (byte === OPEN_BRACE) {
      const startsLine = depth > 0 && bytes[i - 1] === LF;
      if (startsLine && last !== COLON && last !== COMMA && last !== OPEN_BRACKET) return i;
      depth++;
    } else if (byte === CLOSE_BRACE && --depth === 0) return i + 1;
    last = byte;
  }
  return -1;
}
