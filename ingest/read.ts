/** Reads inputs: opens, detects the format, parses every record, and accounts for every line. */
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
import type { Input } from "./inputs.ts";
import { type RecordSink, RecordSplitter } from "./lines.ts";
import { LogRecord } from "./record.ts";
import { openSource } from "./source.ts";
import { DeviceClock } from "./timestamps.ts";

const HEAD_BYTES = 65_536;
const MAX_SAMPLES = 3;
const MAX_SAMPLE_CHARS = 300;

export interface LineSample {
  line: number;
  text: string;
}

/** What became of every line of an input: `read` is the sum of the others. */
export interface LineCounts {
  read: number;
  parsed: number;
  foreign: number;
  malformed: number;
  /** Blank lines and the format's own headers. */
  structure: number;
  /** Sound records outside the chosen time window. */
  outsideWindow: number;
}

export interface InputReport {
  input: Input;
  /** Ids of the formats found in it, most lines first; empty where no line was recognised. */
  formats: string[];
  lines: LineCounts;
  samples: { foreign: LineSample[]; malformed: LineSample[] };
  warnings: string[];
  bytesRead: number;
  isPlain: boolean;
}

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
  /** 1-based. */
  line: number;
  /** Byte offset in the decompressed input. */
  offset: number;
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** Receives each record that is inside the window; the record and its text are reused after the call. */
export type RecordConsumer = (record: LogRecord, format: LogFormat, place: RecordPlace) => void;

export async function readInput(
  input: Input,
  index: number,
  options: ReadOptions,
  consume: RecordConsumer,
): Promise<InputReport> {
  const report: InputReport = {
    input,
    formats: [],
    lines: { read: 0, parsed: 0, foreign: 0, malformed: 0, structure: 0, outsideWindow: 0 },
    samples: { foreign: [], malformed: [] },
    warnings: [],
    bytesRead: 0,
    isPlain: true,
  };
  const source = openSource(input, options.stdin);
  let reader: InputReader | null = null;
  let head: Uint8Array[] = [];
  let headBytes = 0;
  const start = () => {
    const bytes = head.length === 1 ? (head[0] as Uint8Array) : Buffer.concat(head);
    head = [];
    reader = new InputReader(bytes, index, report, options, consume);
    reader.push(bytes);
  };
  for await (const chunk of source.chunks) {
    report.bytesRead += chunk.length;
    options.onBytes?.(chunk.length);
    if (reader) (reader as InputReader).push(chunk);
    else {
      head.push(chunk);
      headBytes += chunk.length;
      if (headBytes >= HEAD_BYTES) start();
    }
    await options.afterChunk?.();
  }
  if (!reader && headBytes > 0) start();
  (reader as InputReader | null)?.end();
  report.warnings.push(...source.warnings);
  report.isPlain = source.isPlain();
  return report;
}

class InputReader implements RecordSink {
  readonly #splitter: RecordSplitter;
  readonly #candidates: { format: LogFormat; parse: LineParser; records: number }[];
  readonly #record = new LogRecord();
  readonly #place: RecordPlace;
  readonly #report: InputReport;
  readonly #options: ReadOptions;
  readonly #consume: RecordConsumer;

  constructor(head: Uint8Array, index: number, report: InputReport, options: ReadOptions, consume: RecordConsumer) {
    this.#place = { input: index, line: 0, offset: 0, bytes: head, start: 0, end: 0 };
    this.#report = report;
    this.#options = options;
    this.#consume = consume;
    const clock = new DeviceClock(options.zone, report.input.modifiedMs);
    const considered = options.only ? allFormats.filter((format) => options.only?.includes(format.id)) : allFormats;
    const { ranked, warning } = rankFormats(head.subarray(0, HEAD_BYTES), considered, options.only !== null);
    if (warning) report.warnings.push(warning);
    this.#candidates = ranked.map((format) => ({ format, parse: format.open({ clock }), records: 0 }));
    const first = ranked[0];
    this.#splitter = new RecordSplitter(this, first?.recordEnd ? first.recordEnd.bind(first) : null);
  }

  push(chunk: Uint8Array): void {
    this.#splitter.push(chunk);
  }

  end(): void {
    this.#splitter.end();
    const found = this.#candidates.filter((candidate) => candidate.records > 0);
    this.#report.formats = found.sort((a, b) => b.records - a.records).map((candidate) => candidate.format.id);
  }

  record(bytes: Uint8Array, start: number, end: number, line: number, offset: number): void {
    const { lines } = this.#report;
    lines.read++;
    let worst: LineStatus = FOREIGN;
    for (const candidate of this.#candidates) {
      const status = candidate.parse(bytes, start, end, this.#record);
      if (status === PARSED || status === NO_VERDICT) {
        candidate.records++;
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
    this.#report.lines.parsed++;
    this.#consume(this.#record, format, place);
  }

  #reject(malformed: boolean, bytes: Uint8Array, start: number, end: number, line: number): void {
    const { lines, samples } = this.#report;
    if (malformed) lines.malformed++;
    else lines.foreign++;
    const list = malformed ? samples.malformed : samples.foreign;
    if (list.length < MAX_SAMPLES) {
      list.push({ line, text: textOf(bytes, start, Math.min(end, start + MAX_SAMPLE_CHARS)) });
    }
  }
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((bytes[i] as number) > 0x20) return false;
  return true;
}
