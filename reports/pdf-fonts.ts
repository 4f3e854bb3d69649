/** The fonts of the PDF report, and what becomes of characters that they do not have. */
import { createRequire } from "node:module";
import { type Font, openSync } from "fontkit";
import { neutralise } from "./escape.ts";
import { excerptOf } from "./excerpt.ts";

const require = createRequire(import.meta.url);
const normal = require.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf");
const bold = require.resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf");
const mono = require.resolve("@expo-google-fonts/noto-sans-mono/400Regular/NotoSansMono_400Regular.ttf");

/** Latin, Greek and Cyrillic with their extensions; both are under the SIL Open Font License. */
export const fonts = {
  sans: { normal, bold },
  mono: { normal: mono, bold: mono },
} as const;

export const fontFiles: ReadonlySet<string> = new Set([normal, bold, mono]);

/**
 * Text is set letter by letter: Inter's kerning draws "217.10" together until it reads 21710, its alternates turn "->"
 * into an arrow, and both cost most of the time. The library takes features by name with a switch; its types know only
 * the list of those that are on.
 */
export const plainFeatures = {
  kern: false,
  calt: false,
  liga: false,
  clig: false,
} as unknown as PDFKit.Mixins.OpenTypeFeatures[];

/** Our own signs that the fonts lack, by the nearest that they have. */
const SUBSTITUTES: Readonly<Record<string, string>> = { "✖": "×", "✔": "✓", "│": "|" };
/** Stands for what the fonts lack. */
export const missing = "□";

const opened = new Map<string, Font>();
const covered = new Map<string, string>();

/** Words that offer no place to break them; the library takes minutes over longer ones. */
const ENDLESS = /[^\s/,;&?=-]{60}(?=[^\s/,;&?=-])/g;

/** Text of one line as the font can show it: `□` for what it lacks, endless words breakable, endless texts cut. */
export function printable(text: string, face: keyof typeof fonts = "sans"): string {
  const font = fontOf(fonts[face].normal);
  return neutralise(excerptOf(text))
    .normalize("NFC")
    .replace(ENDLESS, "$&\u200b")
    .replace(/[^\x20-\x7e]/gu, (character) => {
      const key = face + character;
      const known = covered.get(key);
      if (known !== undefined) return known;
      const substitute = SUBSTITUTES[character] ?? character;
      const shown = has(font, substitute) ? substitute : missing;
      covered.set(key, shown);
      return shown;
    });
}

function has(font: Font, character: string): boolean {
  return font.hasGlyphForCodePoint(character.codePointAt(0) as number);
}

function fontOf(file: string): Font {
  const known = opened.get(file);
  if (known) return known;
  const font = openSync(file);
  if (font.type === "TTC" || font.type === "DFont") throw new Error(`${file} is a collection of fonts`);
  opened.set(file, font as Font);
  return font as Font;
}
