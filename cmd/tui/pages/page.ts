/** Text that is set for a pane: fields with a label before them, paragraphs, log lines. */
import { phrases } from "../../../reports/phrases.ts";
import { type Rich, type Span, spansOf, type Tone } from "../../../reports/text/style.ts";
import { splitAtWidth, textWidth } from "../../../reports/text/width.ts";
import { wrap } from "../../../reports/text/wrap.ts";
import { clean, type Line, type Look } from "../look.ts";

/** A longer log line is cut: it can be opened in a pager. */
const LOG_LINE_ROWS = 12;

export class Page {
  readonly lines: Line[] = [];
  readonly look: Look;
  readonly #width: number;
  /** Labels stand in a column of their own. */
  readonly #labelWidth = phrases.triage.labelWidth;

  constructor(width: number, look: Look) {
    this.#width = Math.max(this.#labelWidth + 20, width);
    this.look = look;
  }

  /** Columns beside a label. */
  get valueWidth(): number {
    return this.#width - this.#labelWidth;
  }

  blank(): void {
    if (this.lines.length > 0) this.lines.push({ spans: [] });
  }

  heading(text: string): void {
    this.blank();
    this.paragraph({ text, tone: "strong" });
  }

  paragraph(rich: Rich): void {
    for (const spans of wrap(this.#clean(rich), this.#width)) this.lines.push({ spans });
  }

  /** Several lines: each is wrapped by itself, and none is joined to another. */
  field(label: string, rich: Rich): void {
    const values = typeof rich === "string" ? rich.split(/\r?\n/) : [rich];
    let shown = label;
    for (const value of values) {
      for (const spans of wrap(this.#clean(value), this.valueWidth)) {
        this.lines.push({ spans: [this.#label(shown), ...spans] });
        shown = "";
      }
    }
  }

  /** As it stands, broken anywhere. */
  logLine(text: string, tone: Tone = "quiet"): void {
    let rest = clean(text, this.look);
    for (let row = 0; rest !== "" && row < LOG_LINE_ROWS; row++) {
      const [head, tail] = splitAtWidth(rest, this.valueWidth);
      const last = row === LOG_LINE_ROWS - 1 && tail !== "";
      this.lines.push({ spans: [this.#label(""), { text: last ? `${head.slice(0, -4)} ...` : head, tone }] });
      rest = tail;
    }
  }

  #label(label: string): Span {
    const text = clean(label, this.look);
    const padding = " ".repeat(Math.max(1, this.#labelWidth - textWidth(text)));
    return { text: text + padding, tone: "quiet" };
  }

  #clean(rich: Rich): Span[] {
    return spansOf(rich).map((span) => ({ ...span, text: clean(span.text, this.look) }));
  }
}
