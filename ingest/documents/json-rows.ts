/**
 * Lines in the rows of a search's answer, where a row is an array: Loki's `query_range`, and what is pushed to it
 * (https://grafana.com/docs/loki/latest/reference/loki-http-api/); CloudWatch Logs Insights' `get-query-results`
 * (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html).
 *
 *   {"data":{"result":[{"stream":{"host":"fw"},"values":[["1783098630118004000","..."],["1783098631118004000","..."]]}]}}
 *   {"results":[[{"field":"@timestamp","value":"2026-07-03 17:10:30.118"},{"field":"@message","value":"..."}]]}
 */
import {
  ascii,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  copyOf,
  equals,
  isOneOf,
  LF,
  OPEN_BRACE,
  OPEN_BRACKET,
  SPACE,
} from "../bytes.ts";
import { epochOrIsoTime } from "../clocks/document-time.ts";
import type { RecordEnd } from "../inputs/lines.ts";
import { JSON_BROKEN, JSON_END, JSON_OPEN_ARRAY, JSON_STRING, JsonScanner } from "../lexing/json-scan.ts";
import { Scratch } from "../lexing/scratch.ts";
import { Span } from "../record.ts";
import { type Entries, HOST_KEYS, LINE_KEYS } from "./wrapped-line.ts";

/** What stands before the first row, whose time has nanoseconds, or whose elements are fields. */
const LEAD = /^\s*\{[\s\S]*?"(?:values"\s*:\s*\[\s*\[\s*"\d{19}"|results"\s*:\s*\[\s*\[\s*\{\s*"field")/;
/** An answer, and each stream in it, says less than this before its first row. */
const MAX_LEAD_BYTES = 16_384;
/** A longer row is none. */
const MAX_ROW_BYTES = 1_048_576;
const VALUES = ascii("values");
const RESULTS = ascii("results");
const FIELD = ascii("field");
const VALUE = ascii("value");
const TIMESTAMP = ascii("@timestamp");

const latin1 = new TextDecoder("latin1");
const scanner = new JsonScanner();

/** One is reused for all rows of an input. */
export class JsonRows implements Entries {
  count = 0;
  readonly lines: readonly Span[] = [new Span()];
  readonly host = new Span();
  timeMs = Number.NaN;
  readonly recordEnd: RecordEnd = jsonRowEnd;
  readonly #scratch = new Scratch();
  /** The host that the labels of the stream name, in quotes, of which these are the rows. */
  #label: Uint8Array = new Uint8Array(0);

  /** The answer that an input begins with, or null. */
  static open(head: Uint8Array): JsonRows | null {
    return LEAD.test(latin1.decode(head.subarray(0, MAX_LEAD_BYTES))) ? new JsonRows() : null;
  }

  get bytes(): Uint8Array {
    return this.#scratch.bytes;
  }

  /** Whether `[start, end)` is what stands before, between and behind rows. */
  isRemark(bytes: Uint8Array, start: number, end: number): boolean {
    const at = afterGap(bytes, start, end);
    if (at < end && bytes[at] === OPEN_BRACKET) return false;
    if (at < end && bytes[at] === OPEN_BRACE) this.#readLabels(bytes, at, end);
    return true;
  }

  /** Reads the row in `[start, end)`; false where there is no line in it. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    this.count = 0;
    this.host.set(0, 0);
    this.timeMs = Number.NaN;
    this.#scratch.clear();
    scanner.open(bytes, afterGap(bytes, start, end), end);
    let fieldStart = 0;
    let fieldEnd = 0;
    for (let event = scanner.next(); event !== JSON_END; event = scanner.next()) {
      if (event === JSON_BROKEN) return false;
      if (event !== JSON_STRING) continue;
      const { depth, keyStart, keyEnd, valueStart, valueEnd } = scanner;
      if (depth === 1) {
        // Loki's: the time, then the line.
        if (Number.isNaN(this.timeMs)) this.timeMs = epochOrIsoTime(bytes, valueStart, valueEnd);
        else if (this.count === 0) this.#take(bytes, valueStart, valueEnd);
      } else if (equals(bytes, FIELD, keyStart, keyEnd)) {
        fieldStart = valueStart;
        fieldEnd = valueEnd;
      } else if (!equals(bytes, VALUE, keyStart, keyEnd)) continue;
      else if (equals(bytes, TIMESTAMP, fieldStart, fieldEnd))
        this.timeMs = epochOrIsoTime(bytes, valueStart, valueEnd);
      else if (this.count === 0 && isOneOf(bytes, LINE_KEYS, fieldStart, fieldEnd))
        this.#take(bytes, valueStart, valueEnd);
    }
    if (this.count > 0 && this.#label.length > 0)
      this.host.set(this.#scratch.appendJson(this.#label, 0, this.#label.length), this.#scratch.length);
    return this.count > 0;
  }

  /** The lines of the first rows, each with a line end: what tells their format. */
  linesOf(head: Uint8Array): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let start = 0, end = 0; start < head.length; start = end) {
      end = jsonRowEnd(head, start, head.length);
      if (end < 0) break;
      if (this.isRemark(head, start, end) || !this.read(head, start, end)) continue;
      const { start: from, end: to } = this.lines[0] as Span;
      parts.push(this.bytes.slice(from, to), LINE_END);
    }
    this.#label = new Uint8Array(0);
    return Buffer.concat(parts);
  }

  #take(bytes: Uint8Array, start: number, end: number): void {
    const at = this.#scratch.appendJson(bytes, start, end);
    let to = this.#scratch.length;
    while (to > at && (this.bytes[to - 1] as number) <= SPACE) to--;
    (this.lines[0] as Span).set(at, to);
    this.count = 1;
  }

  #readLabels(bytes: Uint8Array, start: number, end: number): void {
    this.#label = new Uint8Array(0);
    scanner.open(bytes, start, end);
    for (let event = scanner.next(); event !== JSON_END && event !== JSON_BROKEN; event = scanner.next()) {
      const { keyStart, keyEnd, valueStart, valueEnd } = scanner;
      if (event === JSON_STRING && isOneOf(bytes, HOST_KEYS, keyStart, keyEnd))
        this.#label = copyOf(bytes, valueStart, valueEnd);
    }
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
  return byte <= SPACE || byte === COMMA || byte === CLOSE_BRACKET || byte === CLOSE_BRACE;
}

/**
 * Index just past the first row in `bytes[from, limit)`, or past what stands before a stream's rows, or past the rest; -1
 * while it is incomplete.
 */
export function jsonRowEnd(bytes: Uint8Array, from: number, limit: number): number {
  const start = afterGap(bytes, from, limit);
  if (start === limit) return -1;
  const isRow = bytes[start] === OPEN_BRACKET;
  const bound = Math.min(limit, start + (isRow ? MAX_ROW_BYTES : MAX_LEAD_BYTES));
  scanner.open(bytes, start, bound);
  for (let event = scanner.next(); event !== JSON_END; event = scanner.next()) {
    if (event === JSON_BROKEN) return bound < limit ? bound : -1;
    if (isRow || event !== JSON_OPEN_ARRAY) continue;
    const { keyStart, keyEnd, position } = scanner;
    if (equals(bytes, VALUES, keyStart, keyEnd) || equals(bytes, RESULTS, keyStart, keyEnd)) return position;
  }
  return scanner.position;
}
