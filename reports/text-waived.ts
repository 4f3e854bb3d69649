/** Findings that somebody has accepted: still there, never a pass, with reason, owner and end. */
import type { FindingResult, WaivedResult } from "../rules/result.ts";
import type { Outline } from "./outline.ts";
import { severityWords, writeFinding } from "./text-finding.ts";
import type { Page } from "./text-page.ts";
import { label, severityLook } from "./text-style.ts";
import { spanText } from "./times.ts";
import { counted, countOf } from "./words.ts";

export function writeWaived(page: Page, { waived }: Outline): void {
  if (waived.length === 0) return;
  page.heading({ text: "Waived", tone: "strong" }, { text: counted(waived.length, "finding"), tone: "quiet" });
  for (const finding of waived) {
    if (page.verbose) writeFinding(page, finding);
    else writeBriefly(page, finding);
    writeWaiver(page, finding.waived);
    page.blank();
  }
}

function writeBriefly(page: Page, finding: FindingResult): void {
  const { symbol, tone } = severityLook[finding.severity];
  page.paragraph([label(symbol, severityWords(finding), tone), finding.title], 0, 2);
  page.paragraph({ text: finding.id, tone: "quiet" }, 2);
  const span = spanText(finding.firstSeen, finding.lastSeen);
  page.field("Seen", `${countOf(finding)}${span === null ? "" : `, ${span}`}`);
}

function writeWaiver(page: Page, waived: WaivedResult | null): void {
  if (!waived) return;
  page.field("Accepted", `by ${waived.owner} until ${waived.expires}`);
  page.field("Reason", waived.reason);
}
