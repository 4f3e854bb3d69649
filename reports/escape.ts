/**
 * Text from outside (log lines, host names, rule names, a saved result) is hostile. What steers a terminal, a browser, a
 * spreadsheet or a Markdown reader is shown instead of obeyed.
 */

/**
 * Control characters (C0, DEL, C1), format characters (bidi overrides and isolates, zero-width ones, tags), line and
 * paragraph separators, halves of surrogate pairs, and everything else that shows nothing by itself.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** The fifth and further marks on one letter: piled up, they run into the lines above and below. */
const PILED_MARKS = /(?<=\p{M}{4})\p{M}/gu;

const SHORT_FORMS: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** Makes every unseen character visible, line ends included: `\x1b`, `\n`, `\u{202e}`. The result is safe on a terminal. */
export function neutralise(text: string): string {
  return text.replace(UNSEEN, visibleForm).replace(PILED_MARKS, visibleForm);
}

/** As `neutralise`, but keeps line ends, as LF: for texts of several lines. */
export function neutraliseLines(text: string): string {
  return text
    .split(/\r\n|\n/)
    .map(neutralise)
    .join("\n");
}

/** Every character outside of printable ASCII in its visible form. */
export function neutraliseToAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, visibleForm);
}

/** For HTML text and for attribute values in either kind of quotes. */
export function escapeHtml(text: string): string {
  return neutraliseLines(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Beginnings that a spreadsheet takes for a formula, the full-width forms of Asian keyboards included. */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;

/**
 * One CSV cell: neutralised, with an apostrophe before what a spreadsheet would calculate, quoted after RFC 4180. A
 * number is a number; null is an empty cell.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const guarded = FORMULA.test(value) || /^[\t\r]/.test(value) ? `'${value}` : value;
  const safe = neutraliseLines(guarded);
  return /[",;\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One CSV record with its line end. */
export function csvRow(values: readonly (string | number | null)[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

/** For running Markdown text (CommonMark and GitHub's): no markup, no HTML, no link, no mention; line ends become spaces. */
export function escapeMarkdown(text: string): string {
  return neutraliseLines(text)
    .replaceAll("\n", " ")
    .replace(/[\\`*_{}[\]#|~!@$]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/:(?=\/\/)/g, "\\:")
    .replace(/(?<=www)\./gi, "\\.")
    .replace(/^(\s*)([-+=])/, "$1\\$2")
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, "$1\\$2");
}

function visibleForm(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code > 0x9f) return `\\u{${code.toString(16)}}`;
  return SHORT_FORMS[character] ?? `\\x${code.toString(16).padStart(2, "0")}`;
}
