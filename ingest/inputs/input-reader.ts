/** Parses the bytes of one input, or of a piece of it, and accounts for every line. */
import type { Readable } from "node:stream";
import { textOf } from "../bytes.ts";
import { FOREIGN, type LineStatus, type LogFormat, MALFORMED, NO_VERDICT, PARSED, STRUCTURE } from "../format.ts";
import { LogRecord } from "../record.ts";
import { type InputReport, keepSample } from "./input-report.ts";
import { type InputHead, LineParsers, type ParserOptions } from "./line-parsers.ts";
import { type RecordSink, RecordSplitter } from "./lines.ts";
import { LinesBefore } from "./lines-before.ts";
import { RepeatedLine } from "./repeated-line.ts";

const MAX_SAMPLE_BYTES = 300;

export interface RecordWindow {
  /** UTC milliseconds, inclusive; null: from the beginning. */
  sinceMs: number | null;
  /** Exclusive; null: to the end. */
  untilMs: number | null;
}

export interface ReadOptions extends ParserOptions, RecordWindow {
  stdin: Readable;
  /** Called with the bytes read of the file as it stands on the disk, for progress. */
  onBytes?: (bytes: number) => void;
  /** Told what becomes of the lines, before the first of them: the report grows with them. */
  onReport?: (report: InputReport) => void;
  /** Awaited after each chunk's records: back-pressure for consumers that write. */
  afterChunk?: () => Promise<void>;
}

/** Where a record stands; one is reused for all records, and `bytes` too, so keep copies. */
export interface RecordPlace {
  input: number;
  /** 1-based, counted from `PieceStart.linesBefore`. */
  line: number;
  /** Byte offset in the decompressed input. */
  offset: number;
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** Receives each record that is inside the window; the record and its text are reused after the call. */
export type RecordConsumer = (record: LogRecord, format: LogFormat, place: RecordPlace) => void;

/** Where what is read begins. */
export interface PieceStart {
  /** Byte offset in the input. */
  offset: number;
  /** Lines of the input before it, as far as they are known. */
  linesBefore: number;
}

export const WHOLE_INPUT: PieceStart = { offset: 0, linesBefore: 0 };

export class InputReader implements RecordSink {
  readonly #splitter: RecordSplitter;
  readonly #parsers: LineParsers;
  readonly #record = new LogRecord();
  readonly #before: LinesBefore;
  readonly #repeated = new RepeatedLine();
  readonly #place: RecordPlace;
  readonly #linesBefore: number;
  readonly #report: InputReport;
  readonly #sinceMs: number;
  readonly #untilMs: number;
  readonly #consume: RecordConsumer;
  #countedFormat: LogFormat | null = null;
  /** Records of that format that the report does not show yet. */
  #uncounted = 0;

  constructor(
    head: InputHead,
    from: PieceStart,
    index: number,
    report: InputReport,
    options: ParserOptions & RecordWindow,
    consume: RecordConsumer,
  ) {
    this.#place = { input: index, line: 0, offset: 0, bytes: head.bytes, start: 0, end: 0 };
    this.#linesBefore = from.linesBefore;
    this.#report = report;
    this.#sinceMs = options.sinceMs ?? Number.NEGATIVE_INFINITY;
    this.#untilMs = options.untilMs ?? Number.POSITIVE_INFINITY;
    this.#consume = consume;
    this.#parsers = new LineParsers(head, options);
    if (this.#parsers.warning) report.warnings.push(this.#parsers.warning);
    this.#splitter = new RecordSplitter(this, this.#parsers.recordEnd, from.offset);
    this.#before = new LinesBefore(from.offset, head.before);
  }

  push(chunk: Uint8Array): void {
    this.#before.open(chunk);
    this.#splitter.push(chunk);
    this.#before.keep(chunk);
    this.#countRecords(this.#countedFormat);
  }

  /** `withRest`: what follows the last line end is a record too. */
  end(withRest = true): void {
    if (withRest) this.#splitter.end();
    this.#countRecords(this.#countedFormat);
    this.#report.lineEnds = this.#splitter.lineEnds;
  }

  /** For live inputs: the moment that lines are written until now, in UTC milliseconds. */
  advanceTo(newestMs: number): void {
    this.#parsers.advanceTo(newestMs);
  }

  record(bytes: Uint8Array, start: number, end: number, line: number, offset: number): void {
    const { lines } = this.#report;
    lines.read++;
    let status = this.#parsers.parse(bytes, start, end, this.#record);
    if (status === FOREIGN || status === MALFORMED) status = this.#parseRepeated(status, bytes, start, end, offset);
    if (status === PARSED || status === NO_VERDICT) {
      const place = this.#place;
      place.bytes = bytes;
      place.start = start;
      place.end = end;
      place.line = line + this.#linesBefore;
      place.offset = offset;
      this.#accept(this.#parsers.format, place);
    } else if (status === STRUCTURE) lines.structure++;
    else this.#reject(status === MALFORMED, bytes, start, end, line);
  }

  /** Reads a line that no format knows as the message that it says was repeated, if it says so. */
  #parseRepeated(status: LineStatus, bytes: Uint8Array, start: number, end: number, offset: number): LineStatus {
    const repeated = this.#repeated;
    if (this.#parsers.recordEnd || !repeated.read(bytes, start, end, offset, this.#before)) return status;
    if (repeated.length === 0) {
      this.#report.strayRepeats += repeated.count;
      return FOREIGN;
    }
    const meant = this.#parsers.parse(repeated.bytes, 0, repeated.length, this.#record);
    this.#record.count *= repeated.count;
    return meant;
  }

  tooLong(bytes: Uint8Array, start: number, end: number, line: number): void {
    this.#report.lines.read++;
    this.#reject(true, bytes, start, end, line);
  }

  #accept(format: LogFormat, place: RecordPlace): void {
    const { timeMs } = this.#record;
    const { lines } = this.#report;
    // A record without a time is in every window.
    if (timeMs < this.#sinceMs || timeMs >= this.#untilMs) {
      lines.outsideWindow++;
      return;
    }
    lines.parsed++;
    if (format !== this.#countedFormat) this.#countRecords(format);
    this.#uncounted++;
    this.#consume(this.#record, format, place);
  }

  /** Adds up the records since the last time; those to come are of `next`. A map is too slow to be asked for each line. */
  #countRecords(next: LogFormat | null): void {
    const { records } = this.#report;
    if (this.#countedFormat && this.#uncounted > 0)
      records.set(this.#countedFormat.id, (records.get(this.#countedFormat.id) ?? 0) + this.#uncounted);
    this.#countedFormat = next;
    this.#uncounted = 0;
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
