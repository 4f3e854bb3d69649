/** Findings that somebody has accepted: still there, never a pass, with reason, owner and end. */
import type { FindingResult, WaivedResult } from "../../rules/result.ts";
import type { Axis } from "../activity.ts";
import type { Outline } from "../outline.ts";
import { phrases } from "../phrases.ts";
import { dateText, spanText } from "../times.ts";
import { countOf } from "../words.ts";
import { severityWords, writeFinding } from "./finding.ts";
import type { Page } from "./page.ts";
import { label, severityLook } from "./style.ts";

/** @param axis the hours that all charts show */
export function writeWaived(page: Page, { waived }: Outline, axis: Axis): void {
  if (waived.length === 0) return;
  page.heading(
    { text: phrases.text.waived, tone: "strong" },
    { text: phrases.text.findings(waived.length), tone: "quiet" },
  );
  for (const finding of waived) {
    if (page.verbose) writeFinding(page, finding, axis);
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
  page.field(phrases.fields.seen, `${countOf(finding)}${span === null ? "" : `, ${span}`}`);
}

function writeWaiver(page: Page, waived: WaivedResult | null): void {
  if (!waived) return;
  page.field(phrases.text.accepted, phrases.text.acceptedBy(waived.owner, dateText(waived.expires)));
  page.field(phrases.fields.waivedReason, waived.reason);
}
