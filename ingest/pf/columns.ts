/** The columns of a filterlog payload: byte positions only, one scratch for all lines. */
import { COMMA } from "../bytes.ts";

/** Nine of the rule, eleven of the IPv4 header, four up to the TCP flags, and the rest of the line. */
const MAX_COLUMNS = 25;

export class Columns {
  /** How many were found; past the maximum, the last one holds the rest of the line. */
  count = 0;
  #end = 0;
  readonly #starts = new Int32Array(MAX_COLUMNS);

  /** Cuts `[start, end)` at its commas. */
  split(bytes: Uint8Array, start: number, end: number): void {
    const starts = this.#starts;
    starts[0] = start;
    let count = 1;
    for (let i = start; i < end; i++) {
      if (bytes[i] !== COMMA) continue;
      starts[count++] = i + 1;
      if (count === MAX_COLUMNS) break;
    }
    this.count = count;
    this.#end = end;
  }

  /** First byte of a column that exists. */
  start(index: number): number {
    return this.#starts[index] as number;
  }

  /** Byte after the last of a column that exists. */
  end(index: number): number {
    return index + 1 < this.count ? (this.#starts[index + 1] as number) - 1 : this.#end;
  }

  isEmpty(index: number): boolean {
    return this.start(index) >= this.end(index);
  }
}
