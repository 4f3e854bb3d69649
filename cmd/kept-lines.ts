/** Texts of example lines from standard input, which cannot be read a second time. */
import { textOf } from "../ingest/bytes.ts";
import type { FlowTable } from "../ingest/flows.ts";
import type { RecordPlace } from "../ingest/input-reader.ts";

/** When so many texts are kept, those that are no longer examples are dropped. */
const SWEEP_AT = 50_000;
const MAX_LINE_BYTES = 4096;

export class KeptLines {
  /** Text by input and line. */
  readonly #texts = new Map<number, Map<number, string>>();
  #size = 0;
  #sweepAt = SWEEP_AT;

  keep({ input, line, bytes, start, end }: RecordPlace, table: FlowTable): void {
    const texts = this.#texts.get(input) ?? new Map<number, string>();
    this.#texts.set(input, texts);
    texts.set(line, textOf(bytes, start, Math.min(end, start + MAX_LINE_BYTES)));
    if (++this.#size >= this.#sweepAt) this.#sweep(table);
  }

  textsOf(input: number): ReadonlyMap<number, string> {
    return this.#texts.get(input) ?? new Map();
  }

  #sweep(table: FlowTable): void {
    const wanted = new Map<number, Set<number>>();
    for (const flow of table.flows()) {
      for (const { input, line } of flow.examples()) {
        const lines = wanted.get(input) ?? new Set<number>();
        wanted.set(input, lines.add(line));
      }
    }
    this.#size = 0;
    for (const [input, texts] of this.#texts) {
      for (const line of texts.keys()) if (!wanted.get(input)?.has(line)) texts.delete(line);
      this.#size += texts.size;
    }
    this.#sweepAt = Math.max(SWEEP_AT, this.#size * 2);
  }
}
