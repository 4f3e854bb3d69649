/** JSON that a terminal or an editor may show: what JSON itself leaves bare is written as escapes. */

/** DEL, C1, bidi controls, zero-width characters, line separators, byte-order mark. */
const BARE_CONTROLS = /[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** A value as indented JSON with a line end. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(BARE_CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}
