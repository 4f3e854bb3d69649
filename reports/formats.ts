/**
 * All report formats, in the order of `--help`. A new one costs one file and one line here; it is loaded only when it is
 * asked for, so that a heavy library burdens nobody else.
 */
import { inLanguage } from "./languages.ts";
import type { ReportFormat } from "./report-format.ts";

/** What can be said of a format without loading it. */
export interface ReportFormatEntry {
  id: string;
  /** Of its files, without the dot: `-o audit.json` picks the format by it. */
  extension: string;
  load: () => Promise<ReportFormat>;
}

export const reportFormats: readonly ReportFormatEntry[] = [
  { id: "text", extension: "txt", load: async () => (await import("./text.ts")).text },
  { id: "json", extension: "json", load: async () => (await import("./json.ts")).json },
  { id: "html", extension: "html", load: async () => (await import("./html.ts")).html },
  { id: "pdf", extension: "pdf", load: async () => (await import("./pdf.ts")).pdf },
  { id: "md", extension: "md", load: async () => (await import("./markdown.ts")).md },
  { id: "csv", extension: "csv", load: async () => (await import("./csv.ts")).csv },
  { id: "junit", extension: "xml", load: async () => (await import("./junit.ts")).junit },
  { id: "sarif", extension: "sarif", load: async () => (await import("./sarif.ts")).sarif },
  { id: "ocsf", extension: "ocsf.json", load: async () => (await import("./ocsf.ts")).ocsf },
];

/** Loads the format with this id, which renders each result in the result's own language; undefined if there is none. */
export async function loadReportFormat(id: string): Promise<ReportFormat | undefined> {
  const format = await reportFormats.find((entry) => entry.id === id)?.load();
  return (
    format && {
      ...format,
      render: (result, options) => inLanguage(result.language, () => format.render(result, options)),
    }
  );
}

/** The id of the format whose files end like this one, by the longest ending that fits; undefined if there is none. */
export function reportFormatIdOf(fileName: string): string | undefined {
  const name = fileName.toLowerCase();
  return reportFormats
    .filter((entry) => name.endsWith(`.${entry.extension}`))
    .sort((a, b) => b.extension.length - a.extension.length)[0]?.id;
}
