/** Byte constants by name and the scanning primitives that every line parser shares. */

export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const HASH = 0x23;
export const PERCENT = 0x25;
export const APOSTROPHE = 0x27;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const DASH = 0x2d;
export const DOT = 0x2e;
export const SLASH = 0x2f;
export const DIGIT_0 = 0x30;
export const DIGIT_9 = 0x39;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const GREATER = 0x3e;
export const UPPER_A = 0x41;
export const UPPER_T = 0x54;
export const UPPER_Z = 0x5a;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const LOWER_A = 0x61;
export const OPEN_BRACE = 0x7b;
export const PIPE = 0x7c;
export const CLOSE_BRACE = 0x7d;

const encoder = new TextEncoder();

/** ASCII text as bytes, for constants that lines are compared with. */
export function ascii(text: string): Uint8Array {
  return encoder.encode(text);
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= DIGIT_0 && byte <= DIGIT_9;
}

/** First index of `byte` in `[start, end)`, or `end`. */
export function findByte(bytes: Uint8Array, byte: number, start: number, end: number): number {
  for (let i = start; i < end; i++) if (bytes[i] === byte) return i;
  return end;
}

/** First index of `needle` in `[start, end)`, or -1. */
export function findBytes(bytes: Uint8Array, needle: Uint8Array, start: number, end: number): number {
  const first = needle[0];
  const last = end - needle.length;
  for (let i = start; i <= last; i++) {
    if (bytes[i] === first && matchesAt(bytes, needle, i)) return i;
  }
  return -1;
}

/** Whether `needle` stands at `at`, which must leave room for it. */
export function matchesAt(bytes: Uint8Array, needle: Uint8Array, at: number): boolean {
  for (let i = 0; i < needle.length; i++) if (bytes[at + i] !== needle[i]) return false;
  return true;
}

/** Whether `[start, end)` begins with `needle`. */
export function startsWith(bytes: Uint8Array, needle: Uint8Array, start: number, end: number): boolean {
  return end - start >= needle.length && matchesAt(bytes, needle, start);
}

/** Whether `[start, end)` is exactly `text`. */
export function equals(bytes: Uint8Array, text: Uint8Array, start: number, end: number): boolean {
  return end - start === text.length && matchesAt(bytes, text, start);
}

/** Whether one of `words` fills `[start, end)`. */
export function isOneOf(bytes: Uint8Array, words: readonly Uint8Array[], start: number, end: number): boolean {
  for (const word of words) if (equals(bytes, word, start, end)) return true;
  return false;
}

/** Unsigned decimal that fills `[start, end)`, or -1; -1 too beyond 2^53. */
export function parseDecimal(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return -1;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = (bytes[i] as number) - DIGIT_0;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value > Number.MAX_SAFE_INTEGER ? -1 : value;
}

/** Value of one hexadecimal digit, or -1. */
export function hexDigit(byte: number | undefined): number {
  const digit = (byte as number) - DIGIT_0;
  if (digit >= 0 && digit <= 9) return digit;
  const letter = ((byte as number) | 0x20) - LOWER_A;
  return letter >= 0 && letter < 6 ? letter + 10 : -1;
}

/** Hexadecimal number in `[start, end)` with or without `0x`, or -1. */
export function parseHex(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  if (end - start > 2 && bytes[i] === DIGIT_0 && ((bytes[i + 1] as number) | 0x20) === 0x78) i += 2;
  if (i >= end) return -1;
  let value = 0;
  for (; i < end; i++) {
    const digit = hexDigit(bytes[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** Port number that fills `[start, end)`, or -1 where there is none or it exceeds 65535. */
export function parsePort(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > 5) return -1;
  const port = parseDecimal(bytes, start, end);
  return port > 65535 ? -1 : port;
}

/** A copy of `[start, end)`, for what outlives its line; a Buffer's own `slice` is a view of what is read over. */
export function copyOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return Uint8Array.prototype.slice.call(bytes, start, end);
}

const decoder = new TextDecoder("utf-8", { fatal: false });

/** Text of `[start, end)`; bytes that are no UTF-8 become U+FFFD. Not for the hot path. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}
