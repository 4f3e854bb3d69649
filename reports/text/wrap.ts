/** Breaks neutralised spans into lines. */
import type { Span } from "./style.ts";
import { splitSoftly, textWidth } from "./width.ts";

/** One printed line, still without its colours. */
export type Line = Span[];

/**
 * Breaks at spaces; a word that is wider than a line is cut. Runs of spaces count as one. All lines but the first are
 * narrower by `hang`, for the caller to indent.
 */
export function wrap(spans: readonly Span[], width: number, hang = 0): Line[] {
  const paper = new Paper(width, hang);
  for (const word of wordsOf(spans)) paper.write(word);
  return paper.lines;
}

/** Columns that a line takes. */
export function lineWidth(line: readonly Span[]): number {
  return line.reduce((sum, span) => sum + textWidth(span.text), 0);
}

class Paper {
  readonly lines: Line[] = [[]];
  #line: Line = this.lines[0] as Line;
  #room: number;
  readonly #width: number;
  readonly #hang: number;

  constructor(width: number, hang: number) {
    this.#width = width;
    this.#hang = hang;
    this.#room = width;
  }

  write(word: Line): void {
    const width = lineWidth(word);
    if (this.#line.length > 0) {
      if (width + 1 <= this.#room) {
        const tone = this.#line.at(-1)?.tone;
        this.#put({ text: " ", tone: tone === word[0]?.tone ? tone : undefined });
      } else this.#break();
    }
    if (width <= this.#room) for (const span of word) this.#put(span);
    else for (const span of word) this.#putCut(span);
  }

  #putCut(span: Span): void {
    let rest = span.text;
    while (rest !== "") {
      const [head, tail] = splitSoftly(rest, this.#room);
      if (this.#line.length > 0 && textWidth(head) > this.#room) {
        this.#break();
        continue;
      }
      this.#put({ ...span, text: head });
      rest = tail;
      if (rest !== "") this.#break();
    }
  }

  #put(span: Span): void {
    const last = this.#line.at(-1);
    if (last && last.tone === span.tone) last.text += span.text;
    else this.#line.push({ ...span });
    this.#room -= textWidth(span.text);
  }

  #break(): void {
    this.#line = [];
    this.lines.push(this.#line);
    this.#room = this.#width - this.#hang;
  }
}

/** Words may reach over spans: a quotation mark and the quoted word are one. */
function wordsOf(spans: readonly Span[]): Line[] {
  const words: Line[] = [];
  let word: Line = [];
  for (const span of spans) {
    for (const [index, part] of (span.solid ? [span.text] : span.text.split(/ +/)).entries()) {
      if (index > 0 && word.length > 0) {
        words.push(word);
        word = [];
      }
      if (part !== "") word.push({ ...span, text: part });
    }
  }
  if (word.length > 0) words.push(word);
  return words;
}
