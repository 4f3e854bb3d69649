/**
 * Everything about one finding: the claim, why, what was seen, where to read it up,
 * and what to change.
 */

import type { Axis } from "../../../reports/activity.ts";
import { citationFields } from "../../../reports/citation.ts";
import { rulesText } from "../../../reports/excerpt.ts";
import { phrases } from "../../../reports/phrases.ts";
import { sparklineOf } from "../../../reports/sparkline.ts";
import { label, severityLook } from "../../../reports/text/style.ts";
import { dateText, spanText } from "../../../reports/times.ts";
import { countOf, findingFlow, platformTitles } from "../../../reports/words.ts";
import type { ExampleResult, FindingResult } from "../../../rules/result.ts";
import type { Notes } from "../tables/table.ts";
import type { Page } from "./page.ts";

const WIDEST_SPARKLINE = 72;

/**
 * @param axis the hours that all charts show
 * @param signs symbols and sparklines, which say nothing to a screen reader
 */
export function writeFinding(page: Page, finding: FindingResult, axis: Axis, { waived }: Notes, signs: boolean): void {
  const { symbol, tone } = severityLook[finding.severity];
  const severity = phrases.text.severity[finding.severity];
  const { fields } = phrases;
  page.paragraph([signs ? label(symbol, severity, tone) : `${severity}: `, { text: finding.title, tone: "strong" }]);
  page.paragraph({ text: finding.id, tone: "quiet" });
  const waiver = waived.get(finding.id);
  if (waiver) {
    page.blank();
    const accepted = phrases.text.acceptedBy(waiver.owner, dateText(waiver.expires));
    page.field(fields.waived, [{ text: waiver.reason, tone: "notice" }, ` (${accepted})`]);
  }
  if (!waiver && finding.expiredWaiver) {
    const { reason, owner, expires } = finding.expiredWaiver;
    page.blank();
    const expired = phrases.text.waiverExpired(dateText(expires), owner);
    page.field(fields.waiver, [{ text: expired, tone: "warning" }, `: ${reason}`]);
  }
  page.blank();
  if (finding.baseline) page.field(phrases.text.baseline, phrases.text.baselineStates[finding.baseline]);
  page.field(fields.traffic, findingFlow(finding));
  page.field(fields.confidence, phrases.confidence[finding.confidence]);
  if (finding.why !== "") page.field(fields.why, finding.why);
  for (const [name, value] of citationFields(finding)) page.field(name, value);
  page.blank();
  writeSeen(page, finding, axis, signs);
  if (finding.firewalls.length > 0) page.field(fields.firewall, finding.firewalls.join(", "));
  if (finding.rules.length > 0) page.field(fields.rule, rulesText(finding.rules));
  writePeers(page, finding);
  for (const { platform, text } of finding.remediation) {
    page.heading(phrases.whatToDoOn(platformTitles[platform]));
    page.field("", text);
  }
  if (finding.examples.length > 0) page.heading(fields.evidence);
  for (const example of finding.examples) writeExample(page, example);
}

function writeSeen(page: Page, finding: FindingResult, axis: Axis, signs: boolean): void {
  const span = spanText(finding.firstSeen, finding.lastSeen);
  page.field(phrases.fields.seen, [{ text: countOf(finding), tone: "strong" }, span === null ? "" : `, ${span}`]);
  const line = sparklineOf(finding.hourly, Math.min(WIDEST_SPARKLINE, page.valueWidth), axis);
  if (!line) return;
  if (signs) page.field("", { text: line.bars, tone: severityLook[finding.severity].tone, solid: true });
  page.field("", { text: line.text, tone: "quiet" });
}

function writePeers(page: Page, { peers, peerCount }: FindingResult): void {
  if (peers.length === 0) return;
  const more = Math.max(peerCount, peers.length) - peers.length;
  page.field(phrases.fields.peers, [
    peers.join(", "),
    ...(more > 0 ? [{ text: ` ${phrases.more(more)}`, tone: "quiet" as const }] : []),
  ]);
}

function writeExample(page: Page, { input, line, text }: ExampleResult): void {
  page.field("", line === null ? input : `${input}:${line}`);
  if (text !== null) page.logLine(text);
}
