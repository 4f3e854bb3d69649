/** The fonts of the PDF report, and what becomes of characters that they do not have. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { create, type Font } from "fontkit";
import { neutralise } from "../escape.ts";
import { excerptOf } from "../excerpt.ts";

const require = createRequire(import.meta.url);

/** Latin, Greek and Cyrillic with their extensions; all are under the SIL Open Font License. */
const FILES = {
  "sans.ttf": require.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"),
  "sans-bold.ttf": require.resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf"),
  "mono.ttf": require.resolve("@expo-google-fonts/noto-sans-mono/400Regular/NotoSansMono_400Regular.ttf"),
} as const;

export const fonts = {
  sans: { normal: "sans.ttf", bold: "sans-bold.ttf" },
  mono: { normal: "mono.ttf", bold: "mono.ttf" },
} as const;

const contents = new Map<string, Buffer>();

/** A font's file by its name in `fonts`. */
export function fontFile(name: keyof typeof FILES): Buffer {
  const known = contents.get(name) ?? plain(readFileSync(FILES[name]));
  contents.set(name, known);
  return known;
}

/** Of TrueType: the number of tables, and where its directory and the entries in it stand. */
const TABLE_COUNT = 4;
const DIRECTORY = 12;
const ENTRY_BYTES = 16;

/**
 * The font without its tables of kerning, ligatures and alternates, so that text is set letter by letter: Inter's
 * kerning draws "217.10" together until it reads 21710, its alternates turn "->" into an arrow, and looking them up took
 * most of the time.
 */
function plain(font: Buffer): Buffer {
  const count = font.readUInt16BE(TABLE_COUNT);
  const entries = Array.from({ length: count }, (_, index) =>
    Buffer.from(font.subarray(DIRECTORY + index * ENTRY_BYTES, DIRECTORY + (index + 1) * ENTRY_BYTES)),
  ).filter((entry) => !["GSUB", "GPOS", "GDEF", "kern"].includes(entry.toString("latin1", 0, 4)));
  const copy = Buffer.from(font);
  copy.writeUInt16BE(entries.length, TABLE_COUNT);
  Buffer.concat(entries).copy(copy, DIRECTORY);
  return copy;
}

/** Our own signs that the fonts lack, by the nearest that they have. */
const SUBSTITUTES: Readonly<Record<string, string>> = { "✖": "×", "✔": "✓", "│": "|" };
/** Stands for what the fonts lack. */
export const missing = "□";

const opened = new Map<string, Font>();
const covered = new Map<string, string>();

/** Longer words are torn; the library takes minutes over endless ones. */
const LONGEST_WORD = 60;
const WORD = /\S+/g;
const SEAM = /[/,;&?=|.]/g;

/**
 * Text of one line as the font can show it: `□` for what it lacks, words of more than `longest` letters breakable,
 * endless texts cut.
 */
export function printable(text: string, face: keyof typeof fonts = "sans", longest = LONGEST_WORD): string {
  const font = fontOf(fonts[face].normal);
  return neutralise(excerptOf(text))
    .normalize("NFC")
    .replace(WORD, (word) => (word.length > longest ? breakable(word, longest) : word))
    .replace(/[^\x20-\x7e\u200b]/gu, (character) => {
      const key = face + character;
      const known = covered.get(key);
      if (known !== undefined) return known;
      const substitute = SUBSTITUTES[character] ?? character;
      const shown = has(font, substitute) ? substitute : missing;
      covered.set(key, shown);
      return shown;
    });
}

/** At its seams where it has any, else anywhere. */
function breakable(word: string, longest: number): string {
  return word
    .replace(SEAM, "$&\u200b")
    .split("\u200b")
    .map((part) => (part.match(new RegExp(`.{1,${longest}}`, "gu")) ?? []).join("\u200b"))
    .join("\u200b");
}

function has(font: Font, character: string): boolean {
  return font.hasGlyphForCodePoint(character.codePointAt(0) as number);
}

function fontOf(name: keyof typeof FILES): Font {
  const known = opened.get(name) ?? (create(fontFile(name)) as Font);
  opened.set(name, known);
  return known;
}
