/**
 * Sends documents in batches and makes sure of each: what the server has no room for now is sent again, what it has
 * already is done, what it refuses is counted with its reason. Whoever produces documents waits while two batches are
 * under way.
 */
import { type Engine, RequestFailure } from "../server/engine.ts";

export interface BulkCounts {
  created: number;
  /** The server had them already. */
  present: number;
  refused: number;
}

export interface BulkOptions {
  index: string;
  batchBytes?: number;
  batchDocuments?: number;
  /** So long the server may be away before sending is given up. */
  patienceMs: number;
  /** Longest wait between two attempts. */
  longestWaitMs?: number;
  /** The server is away, or there again. */
  onWaiting?: (failure: RequestFailure | null) => void;
}

interface Document {
  id: string;
  /** Both lines, each with its line end. */
  lines: string;
}

interface BulkAnswer {
  errors: boolean;
  items?: { create: { status: number; error?: { type?: string; reason?: string } } }[];
}

const BATCH_BYTES = 4 << 20;
const BATCH_DOCUMENTS = 5000;
const IN_FLIGHT = 2;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 15_000;
const MAX_REASONS = 3;

export class BulkSender {
  readonly counts: BulkCounts = { created: 0, present: 0, refused: 0 };
  /** Why documents were refused, the first few. */
  readonly reasons = new Set<string>();
  readonly #engine: Engine;
  readonly #options: BulkOptions;
  #waiting: Document[] = [];
  #waitingBytes = 0;
  readonly #inFlight = new Set<Promise<void>>();
  #failure: unknown = null;

  constructor(engine: Engine, options: BulkOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  /** Takes a document; `drain` must be awaited now and then. */
  add(id: string, document: object): void {
    const lines = `{"create":{"_id":"${id}"}}\n${JSON.stringify(document)}\n`;
    this.#waiting.push({ id, lines });
    this.#waitingBytes += lines.length;
  }

  /** Sends full batches, and waits until there is room for more. Throws where the server stayed away. */
  async drain(): Promise<void> {
    const { batchBytes = BATCH_BYTES, batchDocuments = BATCH_DOCUMENTS } = this.#options;
    while (this.#waitingBytes >= batchBytes || this.#waiting.length >= batchDocuments) {
      await this.#roomFor(IN_FLIGHT - 1);
      this.#launch(this.#take(batchBytes, batchDocuments));
    }
    this.#throwFailure();
  }

  /** Sends everything, and waits until the server has it. */
  async end(): Promise<void> {
    await this.drain();
    if (this.#waiting.length > 0) this.#launch(this.#take(Number.POSITIVE_INFINITY, this.#waiting.length));
    await this.#roomFor(0);
    this.#throwFailure();
  }

  async #roomFor(others: number): Promise<void> {
    while (this.#inFlight.size > others) await Promise.race(this.#inFlight);
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  #take(bytes: number, documents: number): Document[] {
    let taken = 0;
    let count = 0;
    while (count < this.#waiting.length && count < documents && taken < bytes)
      taken += (this.#waiting[count++] as Document).lines.length;
    this.#waitingBytes -= taken;
    return this.#waiting.splice(0, count);
  }

  #launch(batch: Document[]): void {
    const sending = this.#send(batch).catch((cause: unknown) => {
      this.#failure ??= cause;
    });
    this.#inFlight.add(sending);
    sending.finally(() => this.#inFlight.delete(sending));
  }

  async #send(batch: readonly Document[]): Promise<void> {
    const { patienceMs, longestWaitMs = LONGEST_WAIT_MS, onWaiting } = this.#options;
    let left = batch;
    let wait = FIRST_WAIT_MS;
    let sinceMs = performance.now();
    while (left.length > 0) {
      const before = left.length;
      try {
        left = await this.#attempt(left);
        if (wait > FIRST_WAIT_MS) onWaiting?.(null);
        if (left.length === 0) return;
      } catch (cause) {
        if (!(cause instanceof RequestFailure)) throw cause;
        if (cause.status === 413 && left.length > 1) return this.#halves(left);
        if (!cause.mayPass || performance.now() - sinceMs > patienceMs) throw cause;
        onWaiting?.(cause);
      }
      // What was taken counts as progress: patience is for a server that takes nothing.
      if (left.length < before) sinceMs = performance.now();
      else if (performance.now() - sinceMs > patienceMs)
        throw new RequestFailure(
          "busy",
          `${this.#engine.name} has taken no document for ${Math.round(patienceMs / 1000)} s`,
        );
      await new Promise((resume) => setTimeout(resume, wait));
      wait = Math.min(wait * 2, longestWaitMs);
    }
  }

  async #halves(batch: readonly Document[]): Promise<void> {
    const middle = batch.length >> 1;
    await this.#send(batch.slice(0, middle));
    await this.#send(batch.slice(middle));
  }

  /** Sends once; returns what must be sent again. */
  async #attempt(batch: readonly Document[]): Promise<readonly Document[]> {
    const answer = await this.#engine.ask<BulkAnswer>({
      method: "POST",
      path: `/${this.#options.index}/_bulk`,
      query: { filter_path: "errors,items.create.status,items.create.error.type,items.create.error.reason" },
      lines: batch.map(({ lines }) => lines).join(""),
    });
    const again: Document[] = [];
    batch.forEach((document, i) => {
      const { status = 500, error } = answer.items?.[i]?.create ?? {};
      if (status === 200 || status === 201) this.counts.created++;
      else if (status === 409) this.counts.present++;
      else if (status === 429 || status >= 500) again.push(document);
      else {
        this.counts.refused++;
        if (this.reasons.size < MAX_REASONS)
          this.reasons.add(`${error?.type ?? status}: ${error?.reason ?? ""}`.slice(0, 300));
      }
    });
    return again;
  }
}
