/** All findings that nobody has accepted, class by class. */
import type { Axis } from "../activity.ts";
import type { Outline } from "../outline.ts";
import { phrases } from "../phrases.ts";
import { kindTitles } from "../words.ts";
import { writeFinding } from "./finding.ts";
import type { Page } from "./page.ts";

/** @param axis the hours that all charts show */
export function writeFindings(page: Page, outline: Outline, axis: Axis): void {
  for (const { kind, findings } of outline.classes) {
    if (findings.length === 0) continue;
    page.heading(
      { text: kindTitles[kind], tone: "strong" },
      { text: phrases.text.findings(findings.length), tone: "quiet" },
    );
    for (const finding of findings) {
      writeFinding(page, finding, axis);
      page.blank();
    }
  }
}
