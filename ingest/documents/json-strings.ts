/** Lines as the elements of one array, `["Jul  3 19:10:30 fw kernel: ...","..."]`: what scripts and `jq -R . | jq -s` make of a log. */
import { BACKSLASH, CLOSE_BRACKET, COMMA, findByte, LF, OPEN_BRACKET, QUOTE, SPACE } from "../bytes.ts";
import type { RecordEnd } from "../inputs/lines.ts";
import { Scratch } from "../lexing/scratch.ts";
import { Span } from "../record.ts";
import type { Entries } from "./wrapped-line.ts";

/** Nothing but texts stands in the array, as far as its first ones tell. */
const STARTS = /^\s*\[\s*"(?:[^"\\]|\\.)*"\s*(?:,\s*"|\]\s*$)/;
const MAX_START_BYTES = 16_384;
/** A longer text is no line. */
const MAX_TEXT_BYTES = 1_048_576;

const latin1 = new TextDecoder("latin1");

/** One is reused for all lines of an input. */
export class JsonStrings implements Entries {
  count = 0;
  readonly lines: readonly Span[] = [new Span()];
  readonly host = new Span();
  readonly timeMs = Number.NaN;
  readonly recordEnd: RecordEnd = textEnd;
  readonly #scratch = new Scratch();

  /** The array that an input with these first bytes is, or null. */
  static open(head: Uint8Array): JsonStrings | null {
    return STARTS.test(latin1.decode(head.subarray(0, MAX_START_BYTES))) ? new JsonStrings() : null;
  }

  get bytes(): Uint8Array {
    return this.#scratch.bytes;
  }

  /** Whether nothing but what stands between texts is in `[start, end)`. */
  isRemark(bytes: Uint8Array, start: number, end: number): boolean {
    return afterGap(bytes, start, end) === end;
  }

  /** Reads the text in `[start, end)`; false where there is none. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    this.count = 0;
    this.#scratch.clear();
    const from = afterGap(bytes, start, end);
    if (bytes[from] !== QUOTE || from + 1 >= end || bytes[end - 1] !== QUOTE) return false;
    this.#scratch.appendJson(bytes, from + 1, end - 1);
    let to = this.#scratch.length;
    while (to > 0 && (this.bytes[to - 1] as number) <= SPACE) to--;
    (this.lines[0] as Span).set(0, to);
    this.count = 1;
    return true;
  }

  /** The first texts, each with a line end: what tells their format. */
  linesOf(head: Uint8Array): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let start = 0, end = 0; start < head.length; start = end) {
      end = textEnd(head, start, head.length);
      if (end < 0) break;
      if (this.read(head, start, end)) parts.push(this.bytes.slice(0, (this.lines[0] as Span).end), LINE_END);
    }
    return Buffer.concat(parts);
  }
}

const LINE_END = Uint8Array.of(LF);

/** Past blanks and what stands between the elements of arrays. */
function afterGap(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && isGap(bytes[i] as number)) i++;
  return i;
}

function isGap(byte: number): boolean {
  return byte <= SPACE || byte === COMMA || byte === OPEN_BRACKET || byte === CLOSE_BRACKET;
}

/** Index just past the quote that closes the first text in `bytes[from, limit)`, or past what is no text; -1 while it is incomplete. */
function textEnd(bytes: Uint8Array, from: number, limit: number): number {
  const start = afterGap(bytes, from, limit);
  if (start === limit) return -1;
  const bound = Math.min(limit, start + MAX_TEXT_BYTES);
  if (bytes[start] === QUOTE)
    for (let i = start + 1; i < bound; i++) {
      if (bytes[i] === BACKSLASH) i++;
      else if (bytes[i] === QUOTE) return i + 1;
    }
  else {
    const lineEnd = findByte(bytes, LF, start, bound);
    if (lineEnd < bound) return lineEnd + 1;
  }
  return bound < limit ? bound : -1;
}
