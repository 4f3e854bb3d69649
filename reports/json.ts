/** The result as it is: the public object of `rules/result.schema.json`. */
import type { ReportFormat } from "./report-format.ts";

/** What JSON leaves bare and a terminal or an editor may still obey: DEL, C1, bidi controls, line separators, BOM. */
const BARE_CONTROLS = /[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

export const json: ReportFormat = {
  id: "json",
  title: "JSON, the result itself with its published schema",
  extension: "json",
  render: (result) =>
    `${JSON.stringify(result, null, 2).replace(BARE_CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`,
};
