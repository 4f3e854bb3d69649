/** A queue between sockets that bring bytes and a reader that is slower at times; bounded by what it holds. */

export interface Batch {
  /** Who sent it. */
  sender: string;
  /** Whole lines, each with its end. */
  bytes: Uint8Array;
}

export class ByteQueue {
  readonly #limitBytes: number;
  readonly #onRoom: () => void;
  #batches: Batch[] = [];
  /** Index of the oldest that was not taken. */
  #first = 0;
  #bytes = 0;
  #wake: (() => void) | null = null;
  #closed = false;

  /** `onRoom`: called when the queue is no longer half full, so that senders that were held back may go on. */
  constructor(limitBytes: number, onRoom: () => void) {
    this.#limitBytes = limitBytes;
    this.#onRoom = onRoom;
  }

  /** Whoever can be held back should be. */
  get isHalfFull(): boolean {
    return this.#bytes * 2 > this.#limitBytes;
  }

  /** False where there is no room: the batch is not taken. `force`: its sender will be held back instead. */
  add(batch: Batch, force = false): boolean {
    if (this.#closed || (!force && this.#bytes + batch.bytes.length > this.#limitBytes)) return false;
    this.#batches.push(batch);
    this.#bytes += batch.bytes.length;
    this.#wake?.();
    return true;
  }

  /** The oldest batches, about so many bytes and at least one; waits where there are none. Null at the end. */
  async take(bytes: number): Promise<Batch[] | null> {
    if (this.#first === this.#batches.length && !this.#closed) {
      await new Promise<void>((resume) => {
        this.#wake = resume;
      });
      this.#wake = null;
    }
    if (this.#first === this.#batches.length) return null;
    const wasHalfFull = this.isHalfFull;
    const start = this.#first;
    for (let taken = 0; taken < bytes && this.#first < this.#batches.length; this.#first++) {
      taken += (this.#batches[this.#first] as Batch).bytes.length;
    }
    const batches = this.#batches.slice(start, this.#first);
    for (const { bytes: gone } of batches) this.#bytes -= gone.length;
    // What was taken is let go now and then, not each time.
    if (this.#first * 2 > this.#batches.length) {
      this.#batches = this.#batches.slice(this.#first);
      this.#first = 0;
    }
    if (wasHalfFull && !this.isHalfFull) this.#onRoom();
    return batches;
  }

  /** What is in it can still be taken. */
  close(): void {
    this.#closed = true;
    this.#wake?.();
  }
}
