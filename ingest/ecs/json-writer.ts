/**
 * JSON objects as bytes, member by member, without a string for each: an object that gets no member leaves no trace, and
 * neither does a member without a value.
 */
import {
  BACKSLASH,
  CLOSE_BRACE,
  COMMA,
  DIGIT_0,
  LF,
  OPEN_BRACE,
  QUOTE,
  SPACE,
  textOf,
  UPPER_A,
  UPPER_Z,
} from "../bytes.ts";
import type { Span } from "../record.ts";

/** Set in small letters alone. */
const CASE_BIT = 0x20;
/** That prints. */
const LAST_ASCII = 0x7e;
const FIRST_BYTES = 1 << 12;
/** Of a safe integer. */
const MOST_DIGITS = 16;
const encoder = new TextEncoder();
const NOTHING = new Uint8Array(0);
const TRUE = encoder.encode("true");
const FALSE = encoder.encode("false");

export class JsonWriter {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #length = 0;
  /** Each open object's first byte, outermost first. */
  readonly #starts: number[] = [];
  /** `"name":` by name. */
  readonly #names = new Map<string, Uint8Array>();
  /** `"word"` by word. */
  readonly #words = new Map<string, Uint8Array>();
  readonly #digits = new Uint8Array(MOST_DIGITS);

  get length(): number {
    return this.#length;
  }

  /** What was written since the last time, in memory that nothing else will write to. */
  take(): Uint8Array {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  /** Begins an object, as a member where it is inside of another. */
  open(name: string): void {
    const start = this.#length;
    this.#begin(name, 1);
    this.#starts.push(start);
    this.#bytes[this.#length++] = OPEN_BRACE;
  }

  /** Ends the object that was begun last. */
  close(): void {
    const start = this.#starts.pop() as number;
    if (this.#bytes[this.#length - 1] === OPEN_BRACE && this.#starts.length > 0) this.#length = start;
    else {
      this.#reserve(1);
      this.#bytes[this.#length++] = CLOSE_BRACE;
    }
  }

  /** A whole object. */
  document(value: object): void {
    this.json("", encoder.encode(JSON.stringify(value)));
  }

  lineEnd(): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = LF;
  }

  /** A member whose value is JSON already; an empty one is none. */
  json(name: string, value: Uint8Array): void {
    if (value.length === 0) return;
    this.#begin(name, value.length);
    this.#append(value);
  }

  /** A text of which every character stands for itself in JSON, such as an address or a time; an empty one is none. */
  plain(name: string, text: string): void {
    if (text === "") return;
    this.#begin(name, text.length + 2);
    this.#bytes[this.#length++] = QUOTE;
    for (let at = 0; at < text.length; at++) this.#bytes[this.#length++] = text.charCodeAt(at);
    this.#bytes[this.#length++] = QUOTE;
  }

  /** A line's own bytes; what is no UTF-8 in them becomes U+FFFD, and an empty text is none. */
  text(name: string, bytes: Uint8Array, { start, end }: Span, isLowered = false): void {
    if (end <= start) return;
    const before = this.#length;
    this.#begin(name, end - start + 2);
    this.#bytes[this.#length++] = QUOTE;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte < SPACE || byte > LAST_ASCII || byte === QUOTE || byte === BACKSLASH) {
        this.#length = before;
        const text = textOf(bytes, start, end);
        if (text !== "") this.json(name, encoder.encode(JSON.stringify(isLowered ? text.toLowerCase() : text)));
        return;
      }
      this.#bytes[this.#length++] = isLowered && byte >= UPPER_A && byte <= UPPER_Z ? byte | CASE_BIT : byte;
    }
    this.#bytes[this.#length++] = QUOTE;
  }

  /** A text that is one of few: it is remembered. */
  word(name: string, word: string): void {
    let bytes = this.#words.get(word);
    if (bytes === undefined) {
      bytes = word === "" ? NOTHING : encoder.encode(JSON.stringify(word));
      this.#words.set(word, bytes);
    }
    this.json(name, bytes);
  }

  flag(name: string, value: boolean): void {
    this.json(name, value ? TRUE : FALSE);
  }

  /** A negative one, and what is no number at all, is none. */
  number(name: string, value: number): void {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) return;
    if (!Number.isSafeInteger(value)) {
      this.json(name, encoder.encode(String(value)));
      return;
    }
    this.#begin(name, MOST_DIGITS);
    let count = 0;
    let rest = value;
    do {
      const tenth = Math.floor(rest / 10);
      this.#digits[count++] = DIGIT_0 + rest - tenth * 10;
      rest = tenth;
    } while (rest > 0);
    while (count > 0) this.#bytes[this.#length++] = this.#digits[--count] as number;
  }

  /** Comma and name, with room for as many more bytes and a brace or two. */
  #begin(name: string, room: number): void {
    let bytes = this.#names.get(name);
    if (bytes === undefined) {
      bytes = name === "" ? NOTHING : encoder.encode(`${JSON.stringify(name)}:`);
      this.#names.set(name, bytes);
    }
    this.#reserve(bytes.length + room + 1);
    if (this.#starts.length > 0 && this.#bytes[this.#length - 1] !== OPEN_BRACE) this.#bytes[this.#length++] = COMMA;
    this.#append(bytes);
  }

  /** Loops are faster than calls for the few bytes that most values have. */
  #append(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at++) this.#bytes[this.#length + at] = bytes[at] as number;
    this.#length += bytes.length;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
