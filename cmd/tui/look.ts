/** How this terminal is to be drawn in, and what of the text from outside may reach it. */
import { styleText } from "node:util";
import { spellInAscii } from "../../reports/ascii.ts";
import { neutralise } from "../../reports/escape.ts";
import { paint, type Span, type Tone } from "../../reports/text/style.ts";
import { splitAtWidth, textWidth } from "../../reports/text/width.ts";

export interface Look {
  /** Nothing but ASCII is drawn. */
  ascii: boolean;
  /** Colours; without them, bold, dim and reverse video remain. */
  color: boolean;
}

/** A span that may be in reverse video by itself. */
export interface Piece extends Span {
  inverse?: boolean;
}

/** One row of the screen; its spans are clean and fit the width. */
export interface Line {
  spans: readonly Piece[];
  /** The row that the keys act on: reverse video, over its whole width. */
  selected?: boolean;
}

/** A longer text than this for each column cannot be seen, and is not worth neutralising. */
const CHARACTERS_PER_COLUMN = 16;

/** Text that is safe on this terminal: control characters shown, not obeyed; ASCII alone where asked. */
export function clean(text: string, look: Look): string {
  const safe = neutralise(text);
  return look.ascii ? spellInAscii(safe) : safe;
}

/** Clean text in at most `width` columns, with an ellipsis where something was cut. */
export function cut(text: string, width: number, look: Look): string {
  if (width <= 0) return "";
  const safe = clean(text.slice(0, (width + 1) * CHARACTERS_PER_COLUMN), look);
  if (textWidth(safe) <= width) return safe;
  const mark = look.ascii ? "..." : "…";
  if (width <= mark.length) return splitAtWidth(safe, width)[0];
  return `${splitAtWidth(safe, width - mark.length)[0]}${mark}`;
}

/** Clean text in exactly `width` columns. */
export function fitted(text: string, width: number, look: Look, align: "left" | "right" = "left"): string {
  const shown = cut(text, width, look);
  const padding = " ".repeat(Math.max(0, width - textWidth(shown)));
  return align === "right" ? padding + shown : shown + padding;
}

/** Cleans and cuts spans to `width` columns in all, then pads the rest. */
export function fitSpans(spans: readonly Span[], width: number, look: Look): Span[] {
  const shown: Span[] = [];
  let room = width;
  for (const span of spans) {
    if (room <= 0) break;
    const text = cut(span.text, room, look);
    room -= textWidth(text);
    shown.push({ ...span, text });
  }
  if (room > 0) shown.push({ text: " ".repeat(room) });
  return shown;
}

const COLOURLESS: Readonly<Partial<Record<Tone, "bold" | "dim">>> = { strong: "bold", worst: "bold", quiet: "dim" };

/** A line as the terminal takes it. */
export function painted(line: Line, look: Look): string {
  if (line.selected) return reversed(plain(line));
  return line.spans
    .map(({ text, tone, inverse }) => (inverse ? reversed(text) : paintedSpan(text, tone, look)))
    .join("");
}

function reversed(text: string): string {
  return styleText("inverse", text, { validateStream: false });
}

function paintedSpan(text: string, tone: Tone | undefined, look: Look): string {
  if (look.color || tone === undefined) return paint(text, tone);
  const style = COLOURLESS[tone];
  return style ? styleText(style, text, { validateStream: false }) : text;
}

/** A line's text alone. */
export function plain(line: Line): string {
  return line.spans.map(({ text }) => text).join("");
}
