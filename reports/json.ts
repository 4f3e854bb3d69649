/** The result as it is: the public object of `rules/result.schema.json`. */
import { jsonText } from "./json-text.ts";
import type { ReportFormat } from "./report-format.ts";

export const json: ReportFormat = {
  id: "json",
  title: "JSON, the result itself with its published schema",
  extension: "json",
  showsHashes: true,
  render: jsonText,
};
