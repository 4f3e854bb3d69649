/**
 * Batches of documents, one after another: each an object with an array of them some way inside, as CloudWatch hands its logs
 * on (`{"messageType":"DATA_MESSAGE",...,"logEvents":[{...},{...}]}`) and OpenTelemetry's file exporter writes them
 * (`{"resourceLogs":[{"resource":{...},"scopeLogs":[{"scope":{},"logRecords":[{...}]}]}]}`).
 */
import { ascii, findByte, findBytes, OPEN_BRACE, OPEN_BRACKET } from "../bytes.ts";
import type { RecordEnd } from "../inputs/lines.ts";
import { jsonObjectEnd } from "../lexing/json-scan.ts";
import { skipLead } from "../windows/event-boundary.ts";

const ARRAYS = ['"logEvents"', '"logRecords"'].map(ascii);
/** A batch says less of itself than this before its first document. */
const MAX_LEAD_BYTES = 16_384;
/** A longer document is none. */
const MAX_DOCUMENT_BYTES = 1_048_576;

export class JsonBatch {
  readonly leadLength: number;

  private constructor(leadLength: number) {
    this.leadLength = leadLength;
  }

  /** The batches that an input begins with, or null. */
  static open(head: Uint8Array): JsonBatch | null {
    const first = head.findIndex((byte) => byte > 0x20);
    const end = first >= 0 && head[first] === OPEN_BRACE ? leadEnd(head, first, head.length) : -1;
    return end < 0 ? null : new JsonBatch(end);
  }

  /** Whether `[start, end)` is what stands before the documents of a batch. */
  isLead(bytes: Uint8Array, start: number, end: number): boolean {
    return bytes[end - 1] === OPEN_BRACKET && bytes[skipLead(bytes, start, end)] === OPEN_BRACE;
  }

  /** A batch's lead is a record of its own, and everything else is for `next` to end. */
  recordEnd(next: RecordEnd): RecordEnd {
    return (bytes, from, limit) => {
      const start = skipLead(bytes, from, limit);
      if (start >= limit || bytes[start] !== OPEN_BRACE) return next(bytes, from, limit);
      const end = jsonObjectEnd(bytes, start, Math.min(limit, start + MAX_DOCUMENT_BYTES));
      const lead = leadEnd(bytes, start, end < 0 ? limit : end);
      return lead < 0 ? next(bytes, from, limit) : lead;
    };
  }
}

/** Just past the bracket that opens the array of documents, or -1. */
function leadEnd(bytes: Uint8Array, start: number, end: number): number {
  const bound = Math.min(end, start + MAX_LEAD_BYTES);
  const at = ARRAYS.map((name) => findBytes(bytes, name, start, bound)).find((place) => place >= 0) ?? -1;
  const bracket = at < 0 ? bound : findByte(bytes, OPEN_BRACKET, at, bound);
  return bracket < bound ? bracket + 1 : -1;
}
