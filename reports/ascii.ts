/** Text in ASCII alone, for terminals, fonts and screen readers that have no more. */
import { neutraliseToAscii } from "./escape.ts";

const REPLACEMENTS: Readonly<Record<string, string>> = {
  // our own signs
  "✖": "x",
  "▲": "!",
  "●": "*",
  "○": "o",
  "·": ".",
  "✔": "+",
  "≈": "~",
  "…": "...",
  "→": "->",
  "←": "<-",
  "↔": "<->",
  "─": "-",
  "│": "|",
  "▁": ":",
  "▂": "-",
  "▃": "=",
  "▄": "+",
  "▅": "*",
  "▆": "#",
  "▇": "%",
  "█": "@",
  // typography
  "“": '"',
  "”": '"',
  "„": '"',
  "‘": "'",
  "’": "'",
  "–": "-",
  "—": "-",
  "×": "x",
  "\u00a0": " ",
  // German
  ä: "ae",
  ö: "oe",
  ü: "ue",
  Ä: "Ae",
  Ö: "Oe",
  Ü: "Ue",
  ß: "ss",
};

/** Signs and letters by their nearest ASCII spelling, what has none in its visible form (`\u{6771}`). */
export function spellInAscii(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const spelled = text.normalize("NFC").replace(/[^\x20-\x7e]/gu, (character) => {
    const replacement = REPLACEMENTS[character];
    if (replacement !== undefined) return replacement;
    const base = character.normalize("NFKD").replace(/\p{M}/gu, "");
    return /^[\x20-\x7e]+$/.test(base) ? base : character;
  });
  return neutraliseToAscii(spelled);
}
