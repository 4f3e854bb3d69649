/** Lines that were not understood, with samples: a parser's gap must not look like a quiet firewall. */
import type { InputResult } from "../../rules/result.ts";
import { phrases } from "../phrases.ts";
import { isUnread, mostUnread } from "../unread-inputs.ts";
import type { Page } from "./page.ts";

const SAMPLES_SHOWN = 2;
const SAMPLE_ROWS = 2;
const LOG_INDENT = 4;

export function writeUnread(page: Page, inputs: readonly InputResult[]): void {
  const { shown, more } = page.verbose ? { shown: inputs.filter(isUnread), more: 0 } : mostUnread(inputs);
  if (shown.length === 0) return;
  page.heading({ text: phrases.text.notRead, tone: "strong" });
  for (const { name, lines, samples } of shown) {
    page.blank();
    const parts = [
      lines.malformed > 0 ? phrases.text.malformedLines(lines.malformed) : "",
      lines.foreign > 0 ? phrases.text.foreignLines(lines.foreign) : "",
    ].filter((part) => part !== "");
    page.paragraph([{ text: name, tone: "strong" }, `: ${parts.join(", ")}`]);
    writeSamples(page, name, "malformed", samples.malformed);
    writeSamples(page, name, "foreign", samples.foreign);
  }
  if (more === 0) return;
  page.blank();
  page.paragraph([{ text: phrases.moreUnread(more), tone: "quiet" }]);
}

function writeSamples(
  page: Page,
  input: string,
  kind: "malformed" | "foreign",
  samples: InputResult["samples"]["foreign"],
): void {
  for (const { line, text } of page.verbose ? samples : samples.slice(0, SAMPLES_SHOWN)) {
    page.paragraph(
      [`${input}:${line} `, { text: phrases.text.columns[kind], tone: kind === "malformed" ? "warning" : "quiet" }],
      4,
    );
    page.logLine(text, SAMPLE_ROWS, LOG_INDENT);
  }
}
