/**
 * A search's answer in one JSON object, as Elasticsearch (`_search`), Splunk, Graylog, FortiAnalyzer and Azure give it, and `dmesg -J`:
 * the documents are the elements of an array some way inside, `{"took":3,"hits":{"total":{"value":2},"hits":[{...},{...}]}}`.
 */
import { findByte, OPEN_BRACE } from "../bytes.ts";
import type { RecordEnd } from "../inputs/lines.ts";
import { jsonObjectEnd } from "../lexing/json-scan.ts";

/** An answer says less of itself than this before its first document. */
const MAX_LEAD_BYTES = 16_384;
/** OpenTelemetry's `event_data` holds an array that is none of documents. */
const LEAD =
  /^\s*\{[\s\S]*?(?<!"event_data"\s*:\s*\{\s*)"(?:hits|dmesg|results|logs|data|value|records|events|entries|rows|messages(?="\s*:\s*\[\s*\{\s*"(?:highlight_ranges|message)"))"\s*:\s*\[(?=\s*\{)/;

const latin1 = new TextDecoder("latin1");

export class JsonAnswer {
  /** What stands before the first document. */
  readonly #lead: Uint8Array;

  private constructor(lead: Uint8Array) {
    this.#lead = lead;
  }

  /** The answer that an input begins with, or null. */
  static open(head: Uint8Array): JsonAnswer | null {
    const first = head.findIndex((byte) => byte > 0x20);
    if (first < 0 || head[first] !== OPEN_BRACE) return null;
    const { length } = LEAD.exec(latin1.decode(head.subarray(0, MAX_LEAD_BYTES)))?.[0] ?? "";
    if (length === 0) return null;
    // Where the first object ends and another follows, it is a document that happens to hold an array.
    const end = jsonObjectEnd(head, first, head.length);
    const isOnly = end < 0 || (end > length && findByte(head, OPEN_BRACE, end, head.length) === head.length);
    return isOnly ? new JsonAnswer(head.slice(0, length)) : null;
  }

  get leadLength(): number {
    return this.#lead.length;
  }

  /** Whether `[start, end)` is what stands before the documents. */
  isLead(bytes: Uint8Array, start: number, end: number): boolean {
    return end - start === this.#lead.length && this.#begins(bytes, start);
  }

  /** The lead is a record of its own at the input's beginning, and everything else is for `next` to end. */
  recordEnd(next: RecordEnd): RecordEnd {
    let isStart = true;
    return (bytes, from, limit) => {
      if (!isStart) return next(bytes, from, limit);
      if (limit - from < this.#lead.length) return -1;
      isStart = false;
      return this.#begins(bytes, from) ? from + this.#lead.length : next(bytes, from, limit);
    };
  }

  #begins(bytes: Uint8Array, from: number): boolean {
    return this.#lead.every((byte, i) => bytes[from + i] === byte);
  }
}
