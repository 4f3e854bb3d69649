/**
 * The page that the text report is written on. All text reaches it raw, and here alone it is neutralised, wrapped,
 * painted and trimmed: no section can let an escape byte or an overlong line through.
 */
import { spellInAscii } from "../ascii.ts";
import { isCode } from "../blocks.ts";
import { neutralise, neutraliseToAscii } from "../escape.ts";
import type { RenderOptions } from "../report-format.ts";
import { number } from "../words.ts";
import { paint, type Rich, type Span, spansOf, type Tone } from "./style.ts";
import { type Column, layOutTable } from "./table.ts";
import { splitAtWidth, splitSoftly } from "./width.ts";
import { type Line, lineWidth, wrap } from "./wrap.ts";

const NARROWEST = 60;
/** Running text reads badly when lines are longer than this, however wide the terminal. */
const LONGEST_PROSE = 100;
/** Where the values of labelled lines begin. */
const VALUES_AT = 14;

export interface Row {
  cells: Rich[];
  /** Set under the row, across all columns. */
  below?: Rich | undefined;
}

export class Page {
  readonly width: number;
  readonly verbose: boolean;
  readonly #color: boolean;
  readonly #ascii: boolean;
  readonly #lines: Line[] = [];
  /** Lines up to the last rule, below which no line is left empty. */
  #ruled = 0;

  constructor(options: RenderOptions) {
    this.width = Number.isFinite(options.width) ? Math.max(NARROWEST, Math.floor(options.width)) : 80;
    this.verbose = options.verbose;
    this.#color = options.color;
    this.#ascii = options.ascii;
  }

  /** An empty line, but never two in a row, nor one below a title. */
  blank(): void {
    if (this.#lines.length > this.#ruled && this.#lines.at(-1)?.length !== 0) this.#lines.push([]);
  }

  /** A section's title with a remark at the right margin, and a rule below. */
  heading(title: Rich, remark: Rich = ""): void {
    this.blank();
    const left = this.#clean(title);
    const right = this.#clean(remark);
    const gap = this.width - lineWidth(left) - lineWidth(right);
    if (gap >= 2) this.#lines.push([...left, { text: " ".repeat(gap) }, ...right]);
    else this.#lines.push(...wrap([...left, { text: " " }, ...right], this.width));
    this.#lines.push(this.#clean({ text: "─".repeat(this.width), tone: "quiet" }));
    this.#ruled = this.#lines.length;
  }

  /** Running text; `hang` indents all lines but the first further. */
  paragraph(text: Rich, indent = 2, hang = 0): void {
    const width = Math.min(this.width, LONGEST_PROSE + indent) - indent;
    const [first = [], ...rest] = wrap(this.#clean(text), width, hang);
    this.#lines.push(indented(first, indent), ...rest.map((line) => indented(line, indent + hang)));
  }

  /** A label and its value, which wraps beside it. */
  field(label: string, value: Rich): void {
    this.#place(label, wrap(this.#clean(value), this.#fieldWidth()));
  }

  /** A label and a text of several lines, whose own line ends, indents and list markers are kept; commands are never broken. */
  fieldLines(label: string, text: string, title?: Rich): void {
    const lines = title === undefined ? [] : wrap(this.#clean(title), this.#fieldWidth());
    for (const source of text.trimEnd().split(/\r\n|\n/)) {
      const indent = Math.min(8, /^ */.exec(source)?.[0].length ?? 0);
      const marker = /^(?:[-*•]|\d{1,2}[.)]) +/.exec(source.trimStart())?.[0].length ?? 0;
      const clean = this.#clean(source.trim());
      // What is pasted into a shell would break where the line does.
      const wrapped = isCode(source) ? [clean] : wrap(clean, this.#fieldWidth() - indent, marker);
      lines.push(...wrapped.map((line, index) => indented(line, indent + (index > 0 ? marker : 0))));
    }
    this.#place(label, lines);
  }

  /** A log line as it stands, behind a bar, so that it cannot pass for a line of ours. Cut unless the page is verbose. */
  logLine(text: string, rows: number, indent = VALUES_AT): void {
    const safe = this.#ascii ? neutraliseToAscii(text) : neutralise(text);
    const bar = this.#clean({ text: "│", tone: "quiet" });
    const ellipsis = this.#ascii ? "..." : "…";
    const width = this.width - indent - 2;
    let rest = safe;
    for (let row = 1; row === 1 || rest !== ""; row++) {
      const last = !this.verbose && row >= rows && splitAtWidth(rest, width)[1] !== "";
      const [head, tail] = last ? splitAtWidth(rest, width - ellipsis.length) : splitSoftly(rest, width);
      this.#lines.push(indented([...bar, { text: ` ${head}${last ? ellipsis : ""}` }], indent));
      if (last) return;
      rest = tail;
    }
  }

  /** A table without borders. */
  table(columns: readonly Column[], rows: readonly Row[], indent = 2): void {
    const clean = rows.map((row) => ({
      cells: row.cells.map((cell) => this.#clean(cell)),
      below: row.below === undefined ? undefined : this.#clean(row.below),
    }));
    const titled = columns.map((column) => ({
      ...column,
      title: this.#clean(column.title)
        .map(({ text }) => text)
        .join(""),
    }));
    for (const line of layOutTable(titled, clean, this.width - indent)) this.#lines.push(indented(line, indent));
  }

  /** Columns that are left for the value of a labelled line. */
  get valueWidth(): number {
    return this.width - VALUES_AT;
  }

  /** The page as text. */
  toString(): string {
    while (this.#lines.at(-1)?.length === 0) this.#lines.pop();
    return this.#lines.map((line) => `${this.#print(line)}\n`).join("");
  }

  #fieldWidth(): number {
    return Math.min(this.valueWidth, LONGEST_PROSE);
  }

  #place(label: string, lines: readonly Line[]): void {
    const [first = [], ...rest] = lines;
    const head = this.#clean([{ text: label, tone: "quiet" }]);
    const padding = { text: " ".repeat(Math.max(2, VALUES_AT - 2 - lineWidth(head))) };
    this.#lines.push(indented([...head, padding, ...first], 2), ...rest.map((line) => indented(line, VALUES_AT)));
  }

  #clean(rich: Rich): Span[] {
    return spansOf(rich).map(({ text, tone, solid }) => {
      const safe = neutralise(text);
      return { text: this.#ascii ? spellInAscii(safe) : safe, tone, solid };
    });
  }

  #print(line: Line): string {
    const trimmed = trimEnd(line);
    if (!this.#color) return trimmed.map((span) => span.text).join("");
    return trimmed.map((span) => paint(span.text, span.tone)).join("");
  }
}

/** A table's cell for a count, in its tone; none is a quiet dot. */
export function countCell(count: number, tone?: Tone): Rich {
  return count === 0 ? { text: "·", tone: "quiet" } : { text: number(count), tone };
}

function indented(line: Line, indent: number): Line {
  return line.length === 0 ? line : [{ text: " ".repeat(indent) }, ...line];
}

function trimEnd(line: Line): Line {
  const kept = [...line];
  for (;;) {
    const last = kept.at(-1);
    if (!last) return kept;
    const text = last.text.trimEnd();
    if (text !== "") {
      kept[kept.length - 1] = { ...last, text };
      return kept;
    }
    kept.pop();
  }
}
