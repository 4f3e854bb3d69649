/**
 * Firewall lines in a column of a spreadsheet, as Splunk (`_raw`), Kibana and Graylog (`message`), Azure's Log Analytics
 * (`SyslogMessage`) and LogAnalyzer export them. The first row names the columns; where the line has no time or host of its
 * own, those of other columns stand for it.
 */
import { COMMA, HASH, LF, SEMICOLON, SPACE, TAB, textOf } from "../bytes.ts";
import { DeviceClock } from "../clocks/device-clock.ts";
import { epochOrIsoTime } from "../clocks/document-time.ts";
import { readLocalisedTime } from "../clocks/localised-time.ts";
import { CsvRow, csvRowEnd } from "../lexing/csv-row.ts";
import { Span } from "../record.ts";
import { LINE_NAMES } from "./line-names.ts";
import { type RowLine, rowLineOf } from "./spread-row.ts";
import type { LinesWithin } from "./wrapped-line.ts";

const LINE_COLUMNS = LINE_NAMES.map((name) => name.toLowerCase());
const TIME_COLUMNS = [
  "tsns",
  "_time",
  "@timestamp",
  "timestamp",
  "timegenerated [utc]",
  "timegenerated",
  "time",
  "date",
  // rsyslog's database, the device's clock first.
  "devicereportedtime",
  "receivedat",
];
const HOST_COLUMNS = ["log.syslog.hostname", "observer.name", "hostname", "computer", "host", "fromhost", "source"];
const DELIMITERS: readonly [byte: number, character: string][] = [
  [COMMA, ","],
  [SEMICOLON, ";"],
  [TAB, "\t"],
];
/** A column's name: no log line consists of nothing but such words. */
const NAME = /^[@_\p{L}][\w@.:\-[\]() \p{L}]{0,60}$/u;
const MAX_HEADING_BYTES = 8192;
/** No firewall writes a shorter line. */
const MIN_LINE_BYTES = 24;

export class ExportedTable implements LinesWithin {
  count = 0;
  readonly lines: readonly Span[] = [new Span()];
  readonly host = new Span();
  readonly #row = new CsvRow();
  /** The line of a row whose columns had to be put together. */
  #composed: Uint8Array = new Uint8Array(0);
  readonly #names: readonly string[];
  readonly #delimiter: number;
  /** Makes the line where it is spread over the columns. */
  readonly #rowLine: RowLine | null;
  readonly #lineColumn: number;
  readonly #timeColumn: number;
  readonly #hostColumn: number;
  readonly #clock: DeviceClock;

  /** The table that an input with these first bytes is, or null. `clock`: for times without a zone. */
  static open(head: Uint8Array, clock: DeviceClock): ExportedTable | null {
    const end = csvRowEnd(head, 0, Math.min(head.length, MAX_HEADING_BYTES));
    if (end < 0) return null;
    const text = textOf(head, 0, end)
      .replace(/^\uFEFF/, "")
      .trim();
    for (const [delimiter, character] of DELIMITERS) {
      const names = text.split(character).map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
      // The line as it was is better than its fields, which may stand beside it.
      const rowLine = preferred(names, LINE_COLUMNS.slice(0, 2)) >= 0 ? null : rowLineOf(names);
      if ((rowLine || preferred(names, LINE_COLUMNS) >= 0) && names.every((name) => NAME.test(name)))
        return new ExportedTable(names, delimiter, rowLine, clock);
    }
    return null;
  }

  private constructor(names: readonly string[], delimiter: number, rowLine: RowLine | null, clock: DeviceClock) {
    this.#names = names;
    this.#delimiter = delimiter;
    this.#rowLine = rowLine;
    this.#lineColumn = rowLine ? -1 : preferred(names, LINE_COLUMNS);
    this.#timeColumn = preferred(names, TIME_COLUMNS);
    // Splunk's `source` is a file.
    this.#hostColumn = preferred(names, names.includes("_raw") ? HOST_COLUMNS.slice(0, -1) : HOST_COLUMNS);
    // CloudWatch writes UTC without saying so.
    const isUtc = names.includes("@message") || names[this.#timeColumn]?.toLowerCase().endsWith("[utc]") === true;
    this.#clock = isUtc ? new DeviceClock("UTC", clock.referenceMs, clock.dateOrder) : clock;
  }

  get bytes(): Uint8Array {
    return this.#rowLine ? this.#composed : this.#row.text;
  }

  /** The row's own time, UTC milliseconds, or NaN. */
  get timeMs(): number {
    if (this.#timeColumn < 0 || this.#timeColumn >= this.#row.count) return Number.NaN;
    const { start, end } = this.#row.cell(this.#timeColumn);
    const ms = readLocalisedTime(this.#row.text, start, end, this.#clock);
    return Number.isNaN(ms) ? epochOrIsoTime(this.#row.text, start, end) : ms;
  }

  /** Reads the row in `[start, end)`; false where a quote stays open. Blank rows and headings hold no line. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    const row = this.#row;
    this.count = 0;
    this.host.set(0, 0);
    if (!row.read(bytes, start, end, this.#delimiter)) return false;
    if (this.#rowLine) {
      this.#compose(this.#rowLine);
      return true;
    }
    const cell = this.#lineColumn < row.count ? row.cell(this.#lineColumn) : null;
    if (cell === null || cell.end - cell.start < MIN_LINE_BYTES || row.text[cell.start] === HASH) return true;
    (this.lines[0] as Span).set(cell.start, this.#trimmedEnd(cell));
    this.count = 1;
    if (this.#hostColumn >= 0 && this.#hostColumn < row.count) {
      const host = row.cell(this.#hostColumn);
      this.host.set(host.start, host.end);
    }
    return true;
  }

  #compose(rowLine: RowLine): void {
    if (this.isHeading) return;
    this.#composed = rowLine((column) => this.#textIn(this.#names.indexOf(column)), this.timeMs);
    (this.lines[0] as Span).set(0, this.#composed.length);
    this.count = 1;
  }

  #textIn(column: number): string {
    if (column < 0 || column >= this.#row.count) return "";
    const { start, end } = this.#row.cell(column);
    return textOf(this.#row.text, start, end);
  }

  /** Whether the row that was read is the heading, which tables that were joined repeat, or blank. */
  get isHeading(): boolean {
    const { count } = this.#row;
    const column = Math.max(this.#lineColumn, 0);
    if (count <= column) return count === 1 && this.#row.cell(0).isEmpty;
    const text = this.#textIn(column).replace(/^\uFEFF/, "");
    return text === this.#names[column] || (text === "" && count === 1);
  }

  /** The lines of the table's first rows, each with a line end: what tells their format. */
  linesOf(head: Uint8Array): Uint8Array {
    const parts: Uint8Array[] = [];
    for (let start = 0; start < head.length; ) {
      const end = csvRowEnd(head, start, head.length);
      if (end < 0) break;
      if (this.read(head, start, end - 1) && this.count > 0) {
        const { start: from, end: to } = this.lines[0] as Span;
        parts.push(this.bytes.slice(from, to), LINE_END);
      }
      start = end;
    }
    return Buffer.concat(parts);
  }

  #trimmedEnd({ start, end }: Span): number {
    let to = end;
    while (to > start && (this.bytes[to - 1] as number) <= SPACE) to--;
    return to;
  }
}

const LINE_END = Uint8Array.of(LF);

/** Column of the first of these names that there is, or -1. */
function preferred(names: readonly string[], wanted: readonly string[]): number {
  const small = names.map((name) => name.toLowerCase());
  for (const name of wanted) if (small.includes(name)) return small.indexOf(name);
  return -1;
}
