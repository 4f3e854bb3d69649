/**
 * Syslog messages out of a TCP stream (RFC 6587): counted (`57 <134>...`) or ended by a line feed or a NUL. Each message shows
 * which of the two it is, so a stream that has lost its step finds it again at the next line, or at the next count that a
 * priority follows: senders that count letters instead of bytes lose it at each umlaut.
 */
import { DIGIT_0, GREATER, isDigit, LESS, LF, SPACE } from "../bytes.ts";

/** A longer message is none; it is counted and passed over. */
export const MAX_MESSAGE_BYTES = 65_536;
const MAX_COUNT_DIGITS = 7;
/** `1234567 <191>`, less a byte: so much of a count may stand before the next chunk. */
const MAX_COUNT_BYTES = MAX_COUNT_DIGITS + " <191".length;
const NOTHING = new Uint8Array(0);

/** What begins at the start of a message: a count and its length in digits, a line, or too few bytes to tell. */
type Start = { kind: "counted"; count: number; digits: number } | { kind: "line" } | { kind: "unknown" };

export class SyslogFraming {
  /** Messages so far. */
  messages = 0;
  /** Messages longer than MAX_MESSAGE_BYTES so far. */
  tooLong = 0;
  readonly #maxBytes: number;
  #carry: Uint8Array = NOTHING;
  /** Bytes of a counted message that are still to be passed over. */
  #skipBytes = 0;
  #skipLine = false;
  /** The sender counts: then a count needs no priority behind it. */
  #counts = false;
  /** The bytes at hand hold a NUL. */
  #hasNul = false;

  constructor(maxBytes = MAX_MESSAGE_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** The messages that the chunk completes, each ended by a line feed. */
  push(chunk: Uint8Array): Uint8Array {
    const bytes = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk]);
    const out: Uint8Array[] = [];
    this.#hasNul = bytes.includes(0);
    let at = 0;
    while (at < bytes.length) {
      const next = this.#step(bytes, at, out);
      if (next === at) break;
      at = next;
    }
    this.#carry = bytes.slice(at);
    return out.length === 0 ? NOTHING : Buffer.concat(out);
  }

  /** The last message may lack its line feed. */
  end(): Uint8Array {
    const rest = this.#carry;
    this.#carry = NOTHING;
    if (rest.length === 0 || this.#skipLine || this.#skipBytes > 0) return NOTHING;
    this.messages++;
    return Buffer.concat([rest, LINE_END]);
  }

  /** Takes one message, or a part to be passed over; returns where the next begins, `at` where bytes are missing. */
  #step(bytes: Uint8Array, at: number, out: Uint8Array[]): number {
    if (this.#skipBytes > 0) {
      const passed = Math.min(this.#skipBytes, bytes.length - at);
      this.#skipBytes -= passed;
      return at + passed;
    }
    if (!this.#skipLine) {
      // Some senders end a counted message by a line feed that they do not count.
      if (isEnd(bytes[at])) return at + 1;
      const start = startAt(bytes, at, this.#counts);
      if (start.kind === "unknown") return at;
      if (start.kind === "counted") return this.#takeCounted(bytes, at, start.count, start.digits, out);
    }
    return this.#takeLine(bytes, at, out);
  }

  #takeCounted(bytes: Uint8Array, at: number, count: number, digits: number, out: Uint8Array[]): number {
    this.#counts = true;
    const from = at + digits + 1;
    if (count > this.#maxBytes) {
      this.tooLong++;
      this.#skipBytes = count;
      return from;
    }
    if (from + count > bytes.length) return at;
    this.#emit(bytes.subarray(from, from + count), out);
    return from + count;
  }

  #takeLine(bytes: Uint8Array, at: number, out: Uint8Array[]): number {
    const found = this.#lineEnd(bytes, at);
    const end = found < 0 ? bytes.length : found;
    if (!this.#skipLine && end - at > this.#maxBytes) {
      this.tooLong++;
      this.#skipLine = true;
    }
    if (found < 0) return this.#skipLine ? Math.max(at, this.#counts ? end - MAX_COUNT_BYTES : end) : at;
    if (!this.#skipLine) this.#emit(bytes.subarray(at, end), out);
    this.#skipLine = false;
    return isEnd(bytes[end]) ? end + 1 : end;
  }

  /** Where the line from `at` on ends: at its own end, or where a counted message begins behind a wrong count; -1 as yet. */
  #lineEnd(bytes: Uint8Array, at: number): number {
    const lf = bytes.indexOf(LF, at);
    let end = lf < 0 ? bytes.length : lf;
    if (this.#hasNul) {
      const nul = bytes.subarray(at, end).indexOf(0);
      if (nul >= 0) end = at + nul;
    }
    const counted = this.#counts ? countedAfter(bytes, at, end) : -1;
    if (counted >= 0) return counted;
    return end < bytes.length ? end : -1;
  }

  #emit(message: Uint8Array, out: Uint8Array[]): void {
    this.messages++;
    out.push(message);
    if (message.at(-1) !== LF) out.push(LINE_END);
  }
}

const LINE_END = Uint8Array.of(LF);

function startAt(bytes: Uint8Array, at: number, counts: boolean): Start {
  let count = 0;
  let i = at;
  while (i < bytes.length && i - at < MAX_COUNT_DIGITS && isDigit(bytes[i])) {
    count = count * 10 + (bytes[i] as number) - DIGIT_0;
    i++;
  }
  if (i === at || bytes[at] === DIGIT_0) return { kind: "line" };
  if (i === bytes.length) return { kind: "unknown" };
  if (bytes[i] !== SPACE) return { kind: "line" };
  if (counts || bytes[i + 1] === LESS) return { kind: "counted", count, digits: i - at };
  return i + 1 === bytes.length ? { kind: "unknown" } : { kind: "line" };
}

function isEnd(byte: number | undefined): boolean {
  return byte === LF || byte === 0;
}

/** Where behind `start` a count begins that a priority follows, `225 <4>`; -1 where none does before `end`. */
function countedAfter(bytes: Uint8Array, start: number, end: number): number {
  for (let less = bytes.indexOf(LESS, start); less >= 0 && less < end; less = bytes.indexOf(LESS, less + 1)) {
    let close = less + 1;
    while (close < less + 4 && isDigit(bytes[close])) close++;
    if (close === less + 1 || close >= end || bytes[close] !== GREATER || bytes[less - 1] !== SPACE) continue;
    let at = less - 1;
    while (at > start && less - at <= MAX_COUNT_DIGITS && isDigit(bytes[at - 1])) at--;
    while (at < less - 1 && bytes[at] === DIGIT_0) at++;
    if (at < less - 1 && at > start) return at;
  }
  return -1;
}
