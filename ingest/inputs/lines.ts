/** Chunks of bytes to records' bytes: lines, or what a format calls a record. */
import { CR, copyOf, LF } from "../bytes.ts";

/** A longer line is no log line; it is counted as malformed and skipped to its end. */
export const MAX_RECORD_BYTES = 1_048_576;
/** What is looked at for the end of a record that is no line: more than any format reads before it gives a record up. */
const RECORD_REACH_BYTES = MAX_RECORD_BYTES + 65_536;

export interface RecordSink {
  /**
   * One record: `bytes[start, end)` without its line end, valid only during the call. `line` is 1-based, `offset` counts
   * bytes of the (decompressed) input.
   */
  record(bytes: Uint8Array, start: number, end: number, line: number, offset: number): void;
  /** A record that never ended within MAX_RECORD_BYTES; `bytes[start, end)` is its beginning. */
  tooLong(bytes: Uint8Array, start: number, end: number, line: number, offset: number): void;
}

/** Index just past the first whole record in `bytes[from, limit)`, or -1 while it is incomplete. */
export type RecordEnd = (bytes: Uint8Array, from: number, limit: number) => number;

/**
 * Cuts a stream into records. Each chunk is parsed where it lies; only the part of a record that straddles two chunks
 * is copied.
 */
export class RecordSplitter {
  readonly #sink: RecordSink;
  readonly #recordEnd: RecordEnd | null;
  #carry: Uint8Array = new Uint8Array(0);
  #line = 1;
  #offset: number;
  /** Until the next line end. */
  #skipping = false;
  /** Bytes to pass over first. */
  #passBytes = 0;

  /** `recordEnd`: for formats whose records are not lines. `offset`: of the first byte in the input. */
  constructor(sink: RecordSink, recordEnd: RecordEnd | null = null, offset = 0) {
    this.#sink = sink;
    this.#recordEnd = recordEnd;
    this.#offset = offset;
  }

  /** Line ends seen so far. */
  get lineEnds(): number {
    return this.#line - 1;
  }

  push(chunk: Uint8Array): void {
    if (this.#recordEnd) {
      const bytes = this.#afterCarry(chunk);
      this.#keepRest(bytes, this.#cutRecords(bytes, this.#recordEnd));
      return;
    }
    const lf = this.#carry.length > 0 ? chunk.indexOf(LF) : 0;
    if (lf < 0) this.#keepRest(this.#afterCarry(chunk), 0);
    else if (this.#carry.length > 0) {
      this.#cutLines(this.#afterCarry(chunk.subarray(0, lf + 1)), 0, this.#carry.length);
      this.#keepRest(chunk, this.#cutLines(chunk, lf + 1, lf + 1));
    } else this.#keepRest(chunk, this.#cutLines(chunk, 0, 0));
  }

  /** The bytes behind what the chunks before have left. */
  #afterCarry(chunk: Uint8Array): Uint8Array {
    if (this.#carry.length === 0) return chunk;
    // A Buffer, because its indexOf finds a line end in less than half the time of Uint8Array's (PERFORMANCE.md).
    const bytes = Buffer.allocUnsafe(this.#carry.length + chunk.length);
    bytes.set(this.#carry);
    bytes.set(chunk, this.#carry.length);
    return bytes;
  }

  /** `bytes` from `start` on are an unfinished record. */
  #keepRest(bytes: Uint8Array, start: number): void {
    const rest = bytes.length - start;
    if (!this.#recordEnd && rest > MAX_RECORD_BYTES && !this.#skipping) {
      this.#sink.tooLong(bytes, start, bytes.length, this.#line, this.#offset);
      this.#skipping = true;
    }
    if (this.#skipping) {
      this.#offset += rest;
      this.#carry = new Uint8Array(0);
    } else this.#carry = copyOf(bytes, start, bytes.length);
  }

  /** The last record may lack a line end. */
  end(): void {
    if (this.#carry.length > 0 && !this.#skipping) this.#emit(this.#carry, 0, this.#carry.length);
    this.#carry = new Uint8Array(0);
  }

  /** Emits whole lines from `from` on; returns where the unfinished one begins. No line end stands before `searched`. */
  #cutLines(bytes: Uint8Array, from: number, searched: number): number {
    let start = from;
    for (let lf = bytes.indexOf(LF, searched); lf >= 0; lf = bytes.indexOf(LF, start)) {
      if (this.#skipping) this.#skipping = false;
      else if (lf - start > MAX_RECORD_BYTES) this.#sink.tooLong(bytes, start, lf, this.#line, this.#offset);
      else this.#emit(bytes, start, lf);
      this.#offset += lf + 1 - start;
      this.#line++;
      start = lf + 1;
    }
    return start;
  }

  /** Decides on the same bytes however the chunks were cut. */
  #cutRecords(bytes: Uint8Array, recordEnd: RecordEnd): number {
    let start = 0;
    while (start < bytes.length) {
      if (this.#skipping) {
        const passed = Math.min(this.#passBytes, bytes.length - start);
        this.#passBytes -= passed;
        const lf = passed > 0 ? start + passed - 1 : bytes.indexOf(LF, start);
        if (lf < 0) return start;
        this.#skipping = passed > 0;
        this.#advance(bytes, start, lf + 1);
        start = lf + 1;
        continue;
      }
      const reach = Math.min(bytes.length, start + RECORD_REACH_BYTES);
      const end = recordEnd(bytes, start, reach);
      if (end > start) {
        this.#emit(bytes, start, bytes[end - 1] === LF ? end - 1 : end);
        this.#advance(bytes, start, end);
        start = end;
      } else if (reach === start + RECORD_REACH_BYTES) {
        this.#sink.tooLong(bytes, start, reach, this.#line, this.#offset);
        this.#skipping = true;
        this.#passBytes = RECORD_REACH_BYTES;
      } else return start;
    }
    return start;
  }

  #advance(bytes: Uint8Array, start: number, end: number): void {
    for (let lf = bytes.indexOf(LF, start); lf >= 0 && lf < end; lf = bytes.indexOf(LF, lf + 1)) this.#line++;
    this.#offset += end - start;
  }

  #emit(bytes: Uint8Array, start: number, end: number): void {
    const last = end > start && bytes[end - 1] === CR ? end - 1 : end;
    this.#sink.record(bytes, start, last, this.#line, this.#offset);
  }
}
