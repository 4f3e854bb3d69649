/** The last bytes of an input before the line at hand, for the rare line that speaks of one before it. */

/** So far back a line may be that another speaks of: however the input is cut, the same lines are in reach. */
export const REACH_BYTES = 65_536;

/** Chunks are gone after their records were read: what later ones may need of them is copied into a ring. */
export class LinesBefore {
  readonly #ring = new Uint8Array(REACH_BYTES);
  /** Offset in the input just past what the ring holds. */
  #offset: number;
  /** Bytes that were ever kept. */
  #kept = 0;
  #chunk: Uint8Array | null = null;

  /** `before`: the bytes in reach that stand before `offset`. */
  constructor(offset: number, before: Uint8Array) {
    this.#offset = offset - before.length;
    this.keep(before);
  }

  /** These bytes follow; they are read in place until they are kept. */
  open(chunk: Uint8Array): void {
    this.#chunk = chunk;
  }

  /** The chunk goes away. */
  keep(chunk: Uint8Array): void {
    const last = chunk.subarray(Math.max(0, chunk.length - REACH_BYTES));
    this.#offset += chunk.length;
    this.#kept += last.length;
    this.#chunk = null;
    const at = (this.#offset - last.length) % REACH_BYTES;
    const first = last.subarray(0, REACH_BYTES - at);
    this.#ring.set(first, at);
    this.#ring.set(last.subarray(first.length), 0);
  }

  /** Up to `length` bytes before the byte at `offset`, none further back than REACH_BYTES. */
  before(offset: number, length: number): Buffer {
    const oldest = this.#offset - Math.min(this.#kept, REACH_BYTES);
    const from = Math.max(oldest, offset - Math.min(length, REACH_BYTES));
    const bytes = Buffer.alloc(Math.max(0, offset - from));
    const kept = Math.min(offset, this.#offset);
    for (let at = from; at < kept; ) {
      const index = at % REACH_BYTES;
      const part = this.#ring.subarray(index, Math.min(REACH_BYTES, index + kept - at));
      bytes.set(part, at - from);
      at += part.length;
    }
    const { length: filled } = bytes;
    if (this.#chunk && offset > this.#offset) {
      const start = Math.max(from, this.#offset);
      bytes.set(this.#chunk.subarray(start - this.#offset, offset - this.#offset), filled - (offset - start));
    }
    return bytes;
  }
}
