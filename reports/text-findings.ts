/** All findings that nobody has accepted, class by class. */
import type { Outline } from "./outline.ts";
import { phrases } from "./phrases.ts";
import { writeFinding } from "./text-finding.ts";
import type { Page } from "./text-page.ts";
import { kindTitles } from "./words.ts";

export function writeFindings(page: Page, outline: Outline): void {
  for (const { kind, findings } of outline.classes) {
    if (findings.length === 0) continue;
    page.heading(
      { text: kindTitles[kind], tone: "strong" },
      { text: phrases.text.findings(findings.length), tone: "quiet" },
    );
    for (const finding of findings) {
      writeFinding(page, finding);
      page.blank();
    }
  }
}
