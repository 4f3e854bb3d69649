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
  #bytes = 0;
  #wake: (() => void) | null = null;
  #closed = false;

  /** `onRoom`: called when the queue was drained, so that senders that were held back may go on. */
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

  /** All that waits; waits where nothing does. Null at the end. */
  async take(): Promise<Batch[] | null> {
    if (this.#batches.length === 0 && !this.#closed) {
      await new Promise<void>((resume) => {
        this.#wake = resume;
      });
      this.#wake = null;
    }
    if (this.#batches.length === 0) return null;
    const taken = this.#batches;
    this.#batches = [];
    this.#bytes = 0;
    this.#onRoom();
    return taken;
  }

  /** What is in it can still be taken. */
  close(): void {
    this.#closed = true;
    this.#wake?.();
  }
}
