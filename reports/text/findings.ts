/** All findings that nobody has accepted, class by class. */
import type { FindingResult } from "../../rules/result.ts";
import type { Axis } from "../activity.ts";
import { likesOf } from "../alike.ts";
import type { Outline } from "../outline.ts";
import { phrases } from "../phrases.ts";
import { countOf, kindTitles } from "../words.ts";
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
    const likes = page.verbose ? new Map<FindingResult, FindingResult>() : likesOf(findings);
    for (const finding of findings) {
      if (likes.has(finding)) continue;
      writeFinding(page, finding, axis);
      writeAlike(
        page,
        findings.filter((other) => likes.get(other) === finding),
      );
      page.blank();
    }
  }
}

function writeAlike(page: Page, alike: readonly FindingResult[]): void {
  if (alike.length === 0) return;
  page.paragraph(phrases.alike(alike.length), 2);
  const rows = alike.map((finding) => ({
    cells: [finding.host, countOf(finding), { text: finding.id, tone: "quiet" as const }],
  }));
  page.table([{ title: "" }, { title: "", align: "right" }, { title: "", flexible: true }], rows, 4);
}
