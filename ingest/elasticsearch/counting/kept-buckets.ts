/** Which buckets the flows name as their examples: their documents are fetched only when somebody looks at them. */
import type { FlowTable } from "../../flows/flows.ts";
import type { Query } from "../server/query.ts";

export interface KeptBucket {
  /** Asks for the bucket's documents. */
  documents: () => Query;
  /** Field that holds the documents' times. */
  time: string;
}

/** When so many are kept, those that no flow names any more are dropped. */
const SWEEP_AT = 50_000;
const POINTERS_OF_BUCKET = 3;

export class KeptBuckets {
  readonly #input: number;
  readonly #buckets = new Map<number, KeptBucket>();
  #sweepAt = SWEEP_AT;

  constructor(input: number) {
    this.#input = input;
  }

  keep(number: number, bucket: KeptBucket, table: FlowTable): void {
    this.#buckets.set(number, bucket);
    if (this.#buckets.size >= this.#sweepAt) this.#sweep(table);
  }

  /** The bucket that a pointer of a flow names, and which of its documents. */
  at(line: number): { bucket: KeptBucket; rank: number } | null {
    const bucket = this.#buckets.get(Math.floor(line / POINTERS_OF_BUCKET));
    return bucket ? { bucket, rank: line % POINTERS_OF_BUCKET } : null;
  }

  #sweep(table: FlowTable): void {
    const named = new Set<number>();
    for (const flow of table.flows()) {
      for (const { input, line } of flow.examples()) {
        if (input === this.#input) named.add(Math.floor(line / POINTERS_OF_BUCKET));
      }
    }
    for (const number of this.#buckets.keys()) if (!named.has(number)) this.#buckets.delete(number);
    this.#sweepAt = Math.max(SWEEP_AT, this.#buckets.size * 2);
  }
}
