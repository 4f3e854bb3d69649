/** Reads an input that has no end: a growing file, or what one sender sends. The first whole lines tell the format. */
import { LF } from "../bytes.ts";
import {
  InputReader,
  type PieceStart,
  type RecordConsumer,
  type RecordWindow,
  WHOLE_INPUT,
} from "../inputs/input-reader.ts";
import { emptyReport, type InputReport } from "../inputs/input-report.ts";
import type { Input } from "../inputs/inputs.ts";
import { HEAD_BYTES, type InputHead, LineParsers, type ParserOptions } from "../inputs/line-parsers.ts";

const NOTHING = new Uint8Array(0);

export type LiveOptions = ParserOptions & RecordWindow;

/** What is known of an input before its first new byte. */
export interface LiveStart extends PieceStart {
  /** First bytes of the input; empty where it begins now. */
  head: Uint8Array;
  /** Header lines that hold. */
  headers: Uint8Array;
  /** What a line may speak of that stands before. */
  before: Uint8Array;
}

export const LIVE_BEGINNING: LiveStart = { ...WHOLE_INPUT, head: NOTHING, headers: NOTHING, before: NOTHING };

export class LiveReader {
  readonly report: InputReport;
  readonly #index: number;
  readonly #options: LiveOptions;
  readonly #consume: RecordConsumer;
  readonly #start: LiveStart;
  #waiting: Uint8Array = NOTHING;
  #reader: InputReader | null = null;

  constructor(input: Input, index: number, options: LiveOptions, consume: RecordConsumer, start = LIVE_BEGINNING) {
    this.report = emptyReport(input);
    this.#index = index;
    this.#options = { ...options, live: true };
    this.#consume = consume;
    this.#start = start;
    if (start.head.includes(LF)) this.#open(start.head);
  }

  push(bytes: Uint8Array): void {
    this.report.bytesRead += bytes.length;
    if (this.#reader) {
      this.#reader.advanceTo(Date.now());
      this.#reader.push(bytes);
      return;
    }
    this.#waiting = Buffer.concat([this.#waiting, bytes]);
    if (this.#waiting.length >= HEAD_BYTES || this.#isRecognised()) this.#begin();
  }

  /** Nothing more came for a while: what is there must do to tell the format. */
  rest(): void {
    if (!this.#reader && this.#waiting.includes(LF)) this.#begin();
  }

  /** `withRest`: the last line may lack its end; otherwise it was still being written, and is left out. */
  end(withRest = true): void {
    if (!this.#reader && this.#waiting.length > 0) this.#begin();
    this.#reader?.end(withRest);
    this.#reader = null;
  }

  #begin(): void {
    const bytes = this.#waiting;
    this.#waiting = NOTHING;
    this.#open(bytes).push(bytes);
  }

  #open(head: Uint8Array): InputReader {
    this.#reader = new InputReader(
      this.#headOf(head),
      this.#start,
      this.#index,
      this.report,
      this.#options,
      this.#consume,
    );
    return this.#reader;
  }

  #headOf(bytes: Uint8Array): InputHead {
    const { headers, before } = this.#start;
    return { bytes, tail: NOTHING, headers, before, newestMs: Date.now() };
  }

  #isRecognised(): boolean {
    if (!this.#waiting.includes(LF)) return false;
    return LineParsers.recognise(this.#waiting, this.#options);
  }
}
