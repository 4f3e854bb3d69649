/** Texts of example lines that came through a pipe, which cannot be read a second time. */
import { textOf } from "../ingest/bytes.ts";
import type { FlowTable } from "../ingest/flows/flows.ts";
import type { RecordPlace } from "../ingest/inputs/input-reader.ts";
import { type LogRecord, VERDICT_DENY } from "../ingest/record.ts";

/** When so many texts are kept, those that are no longer examples are dropped. */
const SWEEP_AT = 25_000;
/** When so many are left, what strangers were denied is no longer kept: it is most of a flood and hardly ever evidence. */
const CROWDED_AT = 50_000;
const MAX_LINE_BYTES = 4096;

/** Text by input and byte offset: documents in one line share its number. */
type Texts = Map<number, Map<number, string>>;

export class KeptLines {
  readonly #texts: Texts = new Map();
  /** The same of packets that Internet hosts of no known network were denied; null: too many. */
  #strangers: Texts | null = new Map();
  #size = 0;
  #sweepAt = SWEEP_AT;

  keep({ input, offset, bytes, start, end }: RecordPlace, record: LogRecord, table: FlowTable): void {
    const isStranger = record.verdict === VERDICT_DENY && table.isStranger(record.source);
    const home = isStranger ? this.#strangers : this.#texts;
    if (!home) return;
    const texts = home.get(input) ?? new Map<number, string>();
    home.set(input, texts);
    texts.set(offset, textOf(bytes, start, Math.min(end, start + MAX_LINE_BYTES)));
    if (++this.#size >= this.#sweepAt) this.#sweep(table);
  }

  /** Null where the line was not kept. */
  textOf(input: number, offset: number): string | null {
    return this.#texts.get(input)?.get(offset) ?? this.#strangers?.get(input)?.get(offset) ?? null;
  }

  #sweep(table: FlowTable): void {
    const wanted = new Map<number, Set<number>>();
    for (const flow of table.flows()) {
      for (const { input, offset } of flow.examples()) {
        const offsets = wanted.get(input) ?? new Set<number>();
        wanted.set(input, offsets.add(offset));
      }
    }
    this.#size = 0;
    for (const home of this.#strangers ? [this.#texts, this.#strangers] : [this.#texts]) {
      for (const [input, texts] of home) {
        for (const offset of texts.keys()) if (!wanted.get(input)?.has(offset)) texts.delete(offset);
        this.#size += texts.size;
      }
    }
    if (this.#size >= CROWDED_AT && this.#strangers) {
      for (const texts of this.#strangers.values()) this.#size -= texts.size;
      this.#strangers = null;
    }
    this.#sweepAt = Math.max(SWEEP_AT, this.#size * 2);
  }
}
