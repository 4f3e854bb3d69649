/** Tones, and the rich text that carries them. Colour is the third sign of a severity, after its word and its symbol. */
import { styleText } from "node:util";
import type { PolicyState, RequirementState, Severity } from "../../rules/result.ts";
import { phrases } from "../phrases.ts";

export type Tone = "strong" | "quiet" | "good" | "worst" | "bad" | "warning" | "notice";

const TONES: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  strong: "bold",
  quiet: "dim",
  good: "green",
  worst: ["bold", "red"],
  bad: "red",
  warning: "yellow",
  notice: "cyan",
};

/** A stretch of text in one tone. It holds text as it came: the page neutralises it, and nobody else does. */
export interface Span {
  text: string;
  tone?: Tone | undefined;
  /** Its spaces are kept, and it is never broken at them. */
  solid?: boolean | undefined;
}

export type Rich = string | Span | readonly (string | Span)[];

/** The spans of rich text. */
export function spansOf(rich: Rich): Span[] {
  const parts = Array.isArray(rich) ? (rich as readonly (string | Span)[]) : [rich as string | Span];
  return parts.map((part) => (typeof part === "string" ? { text: part } : part));
}

/** The sign and word of a severity or state, set off from what follows. */
export function label(symbol: string, words: string, tone: Tone): Span {
  return { text: `${symbol} ${words.toUpperCase()}  `, tone, solid: true };
}

/** Paints neutralised text. */
export function paint(text: string, tone: Tone | undefined): string {
  return tone === undefined ? text : styleText(TONES[tone], text, { validateStream: false });
}

/** Symbol and tone of a severity. */
export const severityLook: Readonly<Record<Severity, { symbol: string; tone: Tone }>> = {
  critical: { symbol: "✖", tone: "worst" },
  high: { symbol: "▲", tone: "bad" },
  medium: { symbol: "●", tone: "warning" },
  low: { symbol: "○", tone: "notice" },
  info: { symbol: "·", tone: "quiet" },
};

/** Symbol, words (in full and for a column's title) and tone of a requirement's or policy's state. */
export const stateLook: Readonly<Record<RequirementState | PolicyState, StateLook>> = {
  open: look("open", "✔", "good"),
  blocked: look("blocked", "✖", "bad"),
  intermittent: look("intermittent", "≈", "warning"),
  "not-seen": look("not-seen", "○", "notice"),
  "not-applicable": look("not-applicable", "·", "quiet"),
  manual: look("manual", "●", "notice"),
  upheld: look("upheld", "✔", "good"),
  violated: look("violated", "✖", "bad"),
};

interface StateLook {
  symbol: string;
  readonly words: string;
  readonly brief: string;
  tone: Tone;
}

function look(state: RequirementState | PolicyState, symbol: string, tone: Tone): StateLook {
  return {
    symbol,
    tone,
    get words() {
      return phrases.states[state].words;
    },
    get brief() {
      return phrases.states[state].brief;
    },
  };
}
