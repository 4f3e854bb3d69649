/** Parses the bytes of one input with the formats that it may hold, and accounts for every line. */
import type { Readable } from "node:stream";
import { textOf } from "./bytes.ts";
import { rankFormats } from "./detect.ts";
import {
  FOREIGN,
  type LineParser,
  type LineStatus,
  type LogFormat,
  MALFORMED,
  NO_VERDICT,
  PARSED,
  STRUCTURE,
} from "./format.ts";
import { formats as allFormats } from "./formats.ts";
import { type InputReport, keepSample } from "./input-report.ts";
import { type RecordSink, RecordSplitter } from "./lines.ts";
import { LogRecord } from "./record.ts";
import { DeviceClock } from "./timestamps.ts";

/** So many first bytes decide which formats are tried. */
export const HEAD_BYTES = 65_536;
const MAX_SAMPLE_BYTES = 300;

export interface ReadOptions {
  /** Zone of times that carry none. */
  zone: string;
  /** Format ids to consider; null: all. */
  only: readonly string[] | null;
  sinceMs: number | null;
  untilMs: number | null;
  stdin: Readable;
  /** Called as bytes arrive, for progress. */
  onBytes?: (bytes: number) => void;
  /** Awaited after each chunk's records: back-pressure for consumers that write. */
  afterChunk?: () => Promise<void>;
}

/** Where a record stands; one is reused for all records, and `bytes` too, so keep copies. */
export interface RecordPlace {
  input: number;
  /** 1-based, counted from the start of the piece. */
  line: number;
  /** Byte offset in the decompressed input. */
  offset: number;
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** Receives each record that is inside the window; the record and its text are reused after the call. */
export type RecordConsumer = (record: LogRecord, format: LogFormat, place: RecordPlace) => void;

/** What of an input a reader does not see itself: its beginning, and headers that stand before its piece. */
export interface InputHead {
  /** First bytes of the whole input. */
  bytes: Uint8Array;
  /** Header lines that hold for the first line of the piece; empty at the start of the input. */
  headers: Uint8Array;
  /** Byte offset of the piece. */
  offset: number;
}

export class InputReader implements RecordSink {
  readonly #splitter: RecordSplitter;
  readonly #candidates: { format: LogFormat; parse: LineParser }[];
  readonly #record = new LogRecord();
  readonly #place: RecordPlace;
  readonly #report: InputReport;
  readonly #options: Pick<ReadOptions, "sinceMs" | "untilMs">;
  readonly #consume: RecordConsumer;

  constructor(
    head: InputHead,
    index: number,
    report: InputReport,
    options: Pick<ReadOptions, "zone" | "only" | "sinceMs" | "untilMs">,
    consume: RecordConsumer,
  ) {
    this.#place = { input: index, line: 0, offset: 0, bytes: head.bytes, start: 0, end: 0 };
    this.#report = report;
    this.#options = options;
    this.#consume = consume;
    const clock = new DeviceClock(options.zone, report.input.modifiedMs);
    const considered = options.only ? allFormats.filter((format) => options.only?.includes(format.id)) : allFormats;
    const { ranked, warning } = rankFormats(head.bytes.subarray(0, HEAD_BYTES), considered, options.only !== null);
    if (warning) report.warnings.push(warning);
    this.#candidates = ranked.map((format) => ({ format, parse: format.open({ clock }) }));
    this.#readHeaders(head.headers);
    const [first] = ranked;
    this.#splitter = new RecordSplitter(this, first?.recordEnd ? first.recordEnd.bind(first) : null, head.offset);
  }

  push(chunk: Uint8Array): void {
    this.#splitter.push(chunk);
  }

  end(): void {
    this.#splitter.end();
    this.#report.lineEnds = this.#splitter.lineEnds;
  }

  /** Lets the parsers see header lines again that stand before this piece; nothing is counted. */
  #readHeaders(headers: Uint8Array): void {
    const silent = new RecordSplitter({
      record: (bytes, start, end) => {
        for (const { parse } of this.#candidates) parse(bytes, start, end, this.#record);
      },
      tooLong: () => undefined,
    });
    silent.push(headers);
    silent.end();
  }

  record(bytes: Uint8Array, start: number, end: number, line: number, offset: number): void {
    const { lines } = this.#report;
    lines.read++;
    let worst: LineStatus = FOREIGN;
    for (const candidate of this.#candidates) {
      const status = candidate.parse(bytes, start, end, this.#record);
      if (status === PARSED || status === NO_VERDICT) {
        const place = this.#place;
        place.bytes = bytes;
        place.start = start;
        place.end = end;
        place.line = line;
        place.offset = offset;
        this.#accept(candidate.format, place);
        return;
      }
      if (status === STRUCTURE) {
        lines.structure++;
        return;
      }
      if (status === MALFORMED) worst = MALFORMED;
    }
    if (this.#candidates.length === 0 && isBlank(bytes, start, end)) lines.structure++;
    else this.#reject(worst === MALFORMED, bytes, start, end, line);
  }

  tooLong(bytes: Uint8Array, start: number, end: number, line: number): void {
    this.#report.lines.read++;
    this.#reject(true, bytes, start, end, line);
  }

  #accept(format: LogFormat, place: RecordPlace): void {
    const { sinceMs, untilMs } = this.#options;
    const { timeMs } = this.#record;
    if ((sinceMs !== null && timeMs < sinceMs) || (untilMs !== null && timeMs >= untilMs)) {
      this.#report.lines.outsideWindow++;
      return;
    }
    const { lines, records } = this.#report;
    lines.parsed++;
    records.set(format.id, (records.get(format.id) ?? 0) + 1);
    this.#consume(this.#record, format, place);
  }

  #reject(malformed: boolean, bytes: Uint8Array, start: number, end: number, line: number): void {
    const { lines, samples } = this.#report;
    if (malformed) lines.malformed++;
    else lines.foreign++;
    keepSample(malformed ? samples.malformed : samples.foreign, () => ({
      line,
      text: textOf(bytes, start, Math.min(end, start + MAX_SAMPLE_BYTES)),
    }));
  }
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((bytes[i] as number) > 0x20) return false;
  return true;
}
