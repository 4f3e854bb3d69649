/** The formats that an input may hold, opened for it, and tried in turn on each of its records. */
import { CR, LF, OPEN_BRACE, OPEN_BRACKET } from "../bytes.ts";
import type { ZoneRule } from "../clocks/clock-zones.ts";
import { dateOrderOf } from "../clocks/date-order.ts";
import { type DateOrder, DeviceClock } from "../clocks/device-clock.ts";
import { openZoned } from "../clocks/zoned-parser.ts";
import { ExportedTable } from "../documents/exported-table.ts";
import { JournalText } from "../documents/journal-text.ts";
import { JsonAnswer } from "../documents/json-answer.ts";
import { JsonBatch } from "../documents/json-batch.ts";
import { JsonRows } from "../documents/json-rows.ts";
import { JsonStrings } from "../documents/json-strings.ts";
import { LogfmtLine } from "../documents/logfmt-line.ts";
import { OpnsenseRow } from "../documents/opnsense-row.ts";
import { OprintText } from "../documents/oprint-text.ts";
import { QuotedLine } from "../documents/quoted-line.ts";
import { SpreadDocument } from "../documents/spread-document.ts";
import { type Entries, type LinesWithin, WrappedLine } from "../documents/wrapped-line.ts";
import {
  FOREIGN,
  type LineParser,
  type LineStatus,
  type LogFormat,
  MALFORMED,
  NO_VERDICT,
  PARSED,
  type Platform,
  type PrefixVerdict,
  STRUCTURE,
} from "../format.ts";
import { formats as allFormats } from "../formats.ts";
import { startsAsKernels } from "../netfilter/loggers.ts";
import { LogRecord, type Span } from "../record.ts";
import { eventEnd, rowEnd, skipLead } from "../windows/event-boundary.ts";
import { rankFormats } from "./detect.ts";
import { type RecordEnd, RecordSplitter } from "./lines.ts";

/** So many first bytes decide which formats are tried. */
export const HEAD_BYTES = 65_536;

/**
 * Windows logs to a file of its own, which only a collector on the same host reads; and so is netfilter's line, where no
 * header in front of it names a host.
 */
const OWN_COLLECTORS: ReadonlySet<Platform> = new Set(["windows", "iptables"]);
/** No log is of a later moment (or of one before 1970): such a time is none. */
const LAST_MOMENT_MS = Date.UTC(2200, 0, 1);

export interface ParserOptions {
  /** Zone of times that carry none. */
  zone: string;
  /** Firewalls whose clocks stand in zones of their own. */
  zones?: readonly ZoneRule[];
  /** What the user says of netfilter prefixes that their words do not tell. */
  prefixVerdicts?: readonly PrefixVerdict[];
  /** Format ids to consider; null: all. */
  only: readonly string[] | null;
  /** The first bytes do not tell what comes later (live inputs): they decide the order only, and every line is tried. */
  live?: boolean;
}

/** What of an input its parsers do not see themselves. */
export interface InputHead {
  /** First bytes of the whole input. */
  bytes: Uint8Array;
  /** Last bytes of the whole input; empty where they are not known. */
  tail: Uint8Array;
  /** Header lines that hold for the first line of the piece; empty at the start of the input. */
  headers: Uint8Array;
  /** What stands before the piece, as far back as a line may speak of another (lines-before.ts). */
  before: Uint8Array;
  /** All lines were written before this moment, in UTC milliseconds: it decides the year of dates that have none. */
  newestMs: number;
}

/** What may be around a firewall's line. */
interface Document extends LinesWithin {
  /** Whether `[start, end)` is such a document. */
  read(bytes: Uint8Array, start: number, end: number): boolean;
}

export class LineParsers {
  /** Of the best format, where its records are not lines, or of an array of collectors' documents. */
  readonly recordEnd: RecordEnd | null;
  /** Whether a part of the input must be told the header lines before it. */
  readonly hasHeaders: boolean;
  /** Why nothing, or not all, can be read. */
  readonly warning: string | null;
  readonly #candidates: { format: LogFormat; parse: LineParser }[];
  readonly #dateOrder: DateOrder | null;
  readonly #clocks = new Map<string, DeviceClock>();
  readonly #wrapped: WrappedLine;
  readonly #documents: readonly Document[];
  readonly #quoted = new QuotedLine();
  readonly #table: ExportedTable | null;
  readonly #answer: JsonAnswer | JsonBatch | null;
  readonly #entries: Entries | null;
  /** The input is an array of JSON documents, or documents that span lines. */
  readonly #isArray: boolean;
  #format: LogFormat | null = null;

  /** Whether the first bytes of an input are enough to tell its format. */
  static recognise(head: Uint8Array, { only }: ParserOptions): boolean {
    return consideredFormats(only).some((format) => format.sniff(head) > 0);
  }

  constructor(head: InputHead, options: ParserOptions) {
    const { only, zone, zones = [] } = options;
    const considered = consideredFormats(only);
    this.#dateOrder = dateOrderOf(head.bytes, head.newestMs);
    const clock = this.#clockIn(zone, head.newestMs);
    this.#wrapped = new WrappedLine(clock);
    this.#documents = [this.#wrapped, new OpnsenseRow(), new SpreadDocument(), new LogfmtLine(clock)];
    this.#answer = options.live ? null : (JsonBatch.open(head.bytes) ?? JsonAnswer.open(head.bytes));
    const rows = options.live ? null : (JsonRows.open(head.bytes) ?? JsonStrings.open(head.bytes));
    const sample = rows?.linesOf(head.bytes) ?? sampleOf(head.bytes.subarray(this.#answer?.leadLength ?? 0));
    let { ranked, warning } = rankFormats(sample, considered, only !== null, head.tail);
    const table = ranked[0]?.recordEnd ? null : ExportedTable.open(sample, this.#clockIn(zone, head.newestMs));
    if (table) ({ ranked, warning } = rankFormats(table.linesOf(sample), considered, only !== null));
    this.#table = table;
    this.#entries = options.live
      ? null
      : (rows ?? OprintText.open(head.bytes) ?? JournalText.open(head.bytes, this.#clockIn(zone, head.newestMs)));
    this.warning = warning;
    this.hasHeaders = ranked.some((format) => format.hasHeaders === true);
    // Lines of documents are no records: what they tell is the order alone.
    const isOfDocuments = this.#answer !== null || rows !== null || startsDocuments(head.bytes);
    // A relay's file may come to another firewall late: what the first bytes show is tried first, and then the rest.
    const isKnown = table !== null || options.live || isOfDocuments || ranked.length > 0;
    const others = considered.filter((format) => isKnown && !ranked.includes(format));
    const { prefixVerdicts = [] } = options;
    const contextIn = (name: string) => ({
      clock: this.#clockIn(name, head.newestMs),
      prefixVerdicts,
      head: head.bytes,
    });
    this.#candidates = [
      ...ranked.map((format) => ({ format, parse: openZoned(format, zones, zone, contextIn) })),
      ...others.map((format) => ({ format, parse: afterALook(format, openZoned(format, zones, zone, contextIn)) })),
    ];
    const [first] = ranked;
    this.#isArray = !first?.recordEnd && isOfDocuments;
    if (this.#entries) this.recordEnd = this.#entries.recordEnd;
    else if (table) this.recordEnd = rowEnd;
    else {
      const end = first?.recordEnd ? first.recordEnd.bind(first) : this.#isArray ? eventEnd : null;
      this.recordEnd = end && this.#answer ? this.#answer.recordEnd(end) : end;
    }
    if (head.headers.length > 0) this.#readHeaders(head.headers);
  }

  /** No known format: what is not blank is foreign. */
  get isEmpty(): boolean {
    return this.#candidates.length === 0;
  }

  /** Format of the record that was read last. */
  get format(): LogFormat {
    return this.#format as LogFormat;
  }

  /** Reads one record; not a record if no format says so, malformed if one of them claims it. */
  parse(bytes: Uint8Array, lineStart: number, end: number, into: LogRecord): LineStatus {
    if (this.#table) return this.#parseRow(this.#table, bytes, lineStart, end, into);
    if (this.#entries) return this.#parseEntry(this.#entries, bytes, lineStart, end, into);
    if (this.#answer?.isLead(bytes, lineStart, end)) return STRUCTURE;
    const start = this.#isArray ? skipLead(bytes, lineStart, end) : lineStart;
    if (this.#isArray && start === end) return STRUCTURE;
    let status = this.#parsePlain(bytes, start, end, into);
    for (let i = 0; (status === FOREIGN || status === MALFORMED) && i < this.#documents.length; i++) {
      const around = this.#documents[i] as Document;
      const within = around.read(bytes, start, end) ? this.#parseWithin(around, into) : FOREIGN;
      if (within !== FOREIGN) status = within;
    }
    return status === FOREIGN || status === MALFORMED || Number.isNaN(into.timeMs)
      ? this.#parseQuoted(status, bytes, start, end, into)
      : status;
  }

  /** A line that says nothing, or no time, as it stands, without the marks that somebody put around it. */
  #parseQuoted(status: LineStatus, bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
    if (status === STRUCTURE || !this.#quoted.read(bytes, start, end)) return status;
    const within = this.#parseWithin(this.#quoted, into);
    if (within === PARSED || within === NO_VERDICT) return within;
    return status === PARSED || status === NO_VERDICT ? this.#parsePlain(bytes, start, end, into) : status;
  }

  #parseEntry(entries: Entries, bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
    if (entries.isRemark(bytes, start, end)) return STRUCTURE;
    return entries.read(bytes, start, end) ? this.#parseWithin(entries, into) : FOREIGN;
  }

  /** Reads the line in a row of an exported table; it may be a collector's document itself. */
  #parseRow(table: ExportedTable, bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
    if (!table.read(bytes, start, end)) return MALFORMED;
    if (table.count === 0) return table.isHeading ? STRUCTURE : FOREIGN;
    const status = this.#parseWithin(table, into);
    const { start: from, end: to } = table.lines[0] as Span;
    return status === FOREIGN && this.#wrapped.read(table.bytes, from, to)
      ? this.#parseWithin(this.#wrapped, into, table.timeMs)
      : status;
  }

  /**
   * Reads the firewall's line in what is around it, whose time tells the year of one that has none; `outerMs`: of what is
   * around that, or NaN.
   */
  #parseWithin(around: LinesWithin, into: LogRecord, outerMs = Number.NaN): LineStatus {
    const timeMs = Number.isNaN(around.timeMs) ? outerMs : around.timeMs;
    for (const clock of this.#clocks.values()) clock.aroundMs = timeMs;
    const status = this.#parseBest(around, timeMs, into);
    for (const clock of this.#clocks.values()) clock.aroundMs = Number.NaN;
    return status;
  }

  /** Preferably the text that has a time of its own. */
  #parseBest(
    { bytes, count, lines, host, collector, isOfProgram }: LinesWithin,
    timeMs: number,
    into: LogRecord,
  ): LineStatus {
    let worst: LineStatus = FOREIGN;
    let timeless: Span | null = null;
    let line: Span | null = null;
    for (let i = 0; i < count && line === null; i++) {
      const { start, end } = lines[i] as Span;
      const status = this.#parsePlain(bytes, start, end, into);
      if (status === MALFORMED) worst = MALFORMED;
      if (status !== PARSED && status !== NO_VERDICT) continue;
      if (isOfProgram && this.#isQuoted(into, bytes, start, end)) continue;
      if (Number.isNaN(into.timeMs)) timeless ??= lines[i] as Span;
      else line = lines[i] as Span;
    }
    line ??= timeless;
    if (line === null) return worst;
    const status = this.#parsePlain(bytes, line.start, line.end, into);
    if (line === timeless) into.timeMs = timeMs;
    if (into.observer.isEmpty && into.text === bytes) {
      const name = host.isEmpty && collector && OWN_COLLECTORS.has(this.format.platform) ? collector : host;
      into.observer.set(name.start, name.end);
    }
    return status;
  }

  /** Whether a packet in what a program wrote has no header of the kernel's own: then it may be a stranger's text. */
  #isQuoted({ timeMs, observer }: LogRecord, bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#format?.id !== "iptables") return false;
    return (Number.isNaN(timeMs) || observer.isEmpty) && !startsAsKernels(bytes, start, end);
  }

  #parsePlain(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
    let worst: LineStatus = FOREIGN;
    for (const candidate of this.#candidates) {
      const status = candidate.parse(bytes, start, end, into);
      if (status === PARSED || status === NO_VERDICT) {
        this.#format = candidate.format;
        if (!(into.timeMs >= 0 && into.timeMs < LAST_MOMENT_MS)) into.timeMs = Number.NaN;
        return status;
      }
      if (status === STRUCTURE) return status;
      if (status === MALFORMED) worst = MALFORMED;
    }
    return this.#candidates.length === 0 && isBlank(bytes, start, end) ? STRUCTURE : worst;
  }

  /** For live inputs: lines are written until `newestMs` now. */
  advanceTo(newestMs: number): void {
    for (const clock of this.#clocks.values()) clock.advanceTo(newestMs);
  }

  #clockIn(zone: string, newestMs: number): DeviceClock {
    const clock = this.#clocks.get(zone) ?? new DeviceClock(zone, newestMs, this.#dateOrder);
    this.#clocks.set(zone, clock);
    return clock;
  }

  /** Lets the parsers see header lines again that stand before this piece; nothing is counted. */
  #readHeaders(headers: Uint8Array): void {
    const record = new LogRecord();
    const silent = new RecordSplitter({
      record: (bytes, start, end) => {
        for (const { parse } of this.#candidates) parse(bytes, start, end, record);
      },
      tooLong: () => undefined,
    });
    silent.push(headers);
    silent.end();
  }
}

/** The parser of a format that the first bytes do not show. */
function afterALook(format: LogFormat, parse: LineParser): LineParser {
  if (!format.mayBe) return parse;
  return (bytes, start, end, into) => (format.mayBe?.(bytes, start, end) ? parse(bytes, start, end, into) : FOREIGN);
}

/** The bytes that tell the format: the last line of a short input is whole, even where its end is missing. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  return bytes.length < HEAD_BYTES ? Buffer.concat([bytes, LINE_END]) : bytes.subarray(0, HEAD_BYTES);
}

const LINE_END = Uint8Array.of(LF);

/** Whether an array of objects begins there, or an object over several lines (`jq .`). */
function startsDocuments(head: Uint8Array): boolean {
  const isBlank = (byte: number | undefined) => byte !== undefined && (byte <= 0x20 || byte >= 0xbb);
  let i = 0;
  while (isBlank(head[i])) i++;
  if (head[i] === OPEN_BRACE) return head[i + 1] === LF || (head[i + 1] === CR && head[i + 2] === LF);
  if (head[i] !== OPEN_BRACKET) return false;
  do i++;
  while (isBlank(head[i]));
  return head[i] === OPEN_BRACE;
}

function consideredFormats(only: readonly string[] | null): readonly LogFormat[] {
  return only ? allFormats.filter((format) => only.includes(format.id)) : allFormats;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((bytes[i] as number) > 0x20) return false;
  return true;
}
