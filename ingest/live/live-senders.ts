/** A reader for each sender, so that one's format does not decide another's; bounded, since senders can be forged. */
import type { RecordConsumer } from "../inputs/input-reader.ts";
import { emptyReport, type InputReport, joinReports } from "../inputs/input-report.ts";
import type { Input } from "../inputs/inputs.ts";
import { type LiveOptions, LiveReader } from "./live-reader.ts";

const MAX_SENDERS = 1024;

export class LiveSenders {
  readonly #index: number;
  readonly #options: LiveOptions;
  readonly #consumerOf: (sender: string) => RecordConsumer;
  readonly #maxSenders: number;
  /** By address, the one that was heard last at the end. */
  readonly #readers = new Map<string, LiveReader>();
  #total: InputReport;
  #seen = 0;

  constructor(
    input: Input,
    index: number,
    options: LiveOptions,
    consumerOf: (sender: string) => RecordConsumer,
    maxSenders = MAX_SENDERS,
  ) {
    this.#index = index;
    this.#options = options;
    this.#consumerOf = consumerOf;
    this.#maxSenders = maxSenders;
    this.#total = emptyReport(input);
  }

  /** How many there were; one that was silent for long while others came counts again. */
  get count(): number {
    return this.#seen;
  }

  /** Whole lines of one sender. */
  push(sender: string, bytes: Uint8Array): void {
    const reader = this.#readers.get(sender) ?? this.#newReader(sender);
    this.#readers.delete(sender);
    this.#readers.set(sender, reader);
    reader.push(bytes);
  }

  /** Nothing came for a while. */
  rest(): void {
    for (const reader of this.#readers.values()) reader.rest();
  }

  /** What became of every line until now. */
  get report(): InputReport {
    return joinReports([this.#total, ...[...this.#readers.values()].map(({ report }) => report)]);
  }

  /** The last lines of all, and what became of every line. */
  end(): InputReport {
    for (const [sender, reader] of this.#readers) this.#retire(sender, reader);
    return this.#total;
  }

  #newReader(sender: string): LiveReader {
    this.#seen++;
    const [oldest] = this.#readers;
    if (oldest && this.#readers.size >= this.#maxSenders) this.#retire(...oldest);
    return new LiveReader(this.#total.input, this.#index, this.#options, this.#consumerOf(sender));
  }

  #retire(sender: string, reader: LiveReader): void {
    reader.end();
    this.#readers.delete(sender);
    this.#total = joinReports([this.#total, reader.report]);
  }
}
