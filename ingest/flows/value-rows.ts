/**
 * The values of flows, a row each, in segments. Growing copies nothing and takes no more memory than there are rows: fresh
 * memory costs as much as counting what goes into it (test/bench/PERFORMANCE.md).
 */
import { VALUE_FLOATS } from "./flow-values.ts";

const SEGMENT_BITS = 12;
const SEGMENT_ROWS = 1 << SEGMENT_BITS;

export class ValueRows {
  readonly #segments: Float64Array<ArrayBuffer>[];

  constructor(segments: readonly Float64Array<ArrayBuffer>[] = []) {
    this.#segments = [...segments];
  }

  get segments(): readonly Float64Array<ArrayBuffer>[] {
    return this.#segments;
  }

  /** The segment that holds the row, which begins at `ValueRows.offset(row)` in it. */
  segment(row: number): Float64Array<ArrayBuffer> {
    return this.#segments[row >>> SEGMENT_BITS] as Float64Array<ArrayBuffer>;
  }

  static offset(row: number): number {
    return (row & (SEGMENT_ROWS - 1)) * VALUE_FLOATS;
  }

  at(row: number, field: number): number {
    return this.segment(row)[ValueRows.offset(row) + field] as number;
  }

  /** Makes room for so many rows, or gives back what they do not need. */
  resize(rows: number): void {
    const needed = Math.ceil(rows / SEGMENT_ROWS);
    while (this.#segments.length < needed) this.#segments.push(new Float64Array(SEGMENT_ROWS * VALUE_FLOATS));
    this.#segments.length = needed;
  }

  copyRow(from: number, to: number): void {
    const start = ValueRows.offset(from);
    this.segment(to).set(this.segment(from).subarray(start, start + VALUE_FLOATS), ValueRows.offset(to));
  }

  /** The same rows in memory of their own. */
  slice(): ValueRows {
    return new ValueRows(this.#segments.map((segment) => segment.slice()));
  }
}
