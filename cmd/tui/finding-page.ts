/** Everything about one finding: the claim, why, what was seen, where to read it up, and what to change. */
import { sparklineOf } from "../../reports/sparkline.ts";
import { label, severityLook } from "../../reports/text-style.ts";
import { spanText, timeText } from "../../reports/times.ts";
import { countOf, findingFlow, number, platformTitles } from "../../reports/words.ts";
import type { ExampleResult, FindingResult } from "../../rules/result.ts";
import type { Page } from "./page.ts";
import type { Notes } from "./table.ts";

const WIDEST_SPARKLINE = 72;

/** @param signs symbols and sparklines, which say nothing to a screen reader */
export function writeFinding(page: Page, finding: FindingResult, { waived }: Notes, signs: boolean): void {
  const { symbol, tone } = severityLook[finding.severity];
  page.paragraph([
    signs ? label(symbol, finding.severity, tone) : `${finding.severity}: `,
    { text: finding.title, tone: "strong" },
  ]);
  page.paragraph({ text: finding.id, tone: "quiet" });
  const waiver = waived.get(finding.id);
  if (waiver) {
    page.blank();
    page.field("Waived", [{ text: waiver.reason, tone: "notice" }, ` (${waiver.owner}, until ${waiver.expires})`]);
  }
  if (!waiver && finding.expiredWaiver) {
    const { reason, owner, expires } = finding.expiredWaiver;
    page.blank();
    page.field("Waiver", [{ text: `expired on ${expires}`, tone: "warning" }, `: ${reason} (${owner})`]);
  }
  page.blank();
  if (finding.baseline) page.field("Baseline", finding.baseline === "new" ? "new since then" : "was there already");
  page.field("Traffic", findingFlow(finding));
  page.field("Confidence", finding.confidence);
  if (finding.why !== "") page.field("Why", finding.why);
  writeCitation(page, finding);
  page.blank();
  writeSeen(page, finding, signs);
  if (finding.firewalls.length > 0) page.field("Firewall", finding.firewalls.join(", "));
  if (finding.rules.length > 0) page.field("Rule", finding.rules.join(", "));
  writePeers(page, finding);
  for (const { platform, text } of finding.remediation) {
    page.heading(`What to do on ${platformTitles[platform]}`);
    page.field("", text);
  }
  if (finding.examples.length > 0) page.heading("Log lines");
  for (const example of finding.examples) writeExample(page, example);
}

function writeCitation(page: Page, finding: FindingResult): void {
  const { citation, catalog, requirement, policy, check, alsoRequiredBy } = finding;
  if (citation) {
    page.field("Vendor", [
      `“${citation.statement}” `,
      { text: `section ${citation.section}, ${citation.document}`, tone: "quiet" },
    ]);
  }
  const names = [
    requirement === null ? "" : `requirement ${requirement}`,
    policy === null ? "" : `policy ${policy}`,
    check === null ? "" : `check ${check}`,
  ].filter((name) => name !== "");
  const also = alsoRequiredBy.length > 0 ? `; also ${alsoRequiredBy.join(", ")}` : "";
  if (names.length > 0) page.field("Rests on", `${catalog === null ? "" : `${catalog}: `}${names.join(", ")}${also}`);
}

function writeSeen(page: Page, finding: FindingResult, signs: boolean): void {
  const span = spanText(finding.firstSeen, finding.lastSeen);
  page.field("Seen", [{ text: countOf(finding), tone: "strong" }, span === null ? "" : `, ${span}`]);
  const line = sparklineOf(finding.hourly, Math.min(WIDEST_SPARKLINE, page.valueWidth));
  if (!line) return;
  const unit = line.hoursPerBar === 1 ? "hour" : `${line.hoursPerBar} hours`;
  if (signs) page.field("", { text: line.bars, tone: severityLook[finding.severity].tone, solid: true });
  const peak = `${number(line.peak.count)} in the busiest, from ${timeText(line.peak.hour)}`;
  page.field("", { text: signs ? `by ${unit}; ${peak}` : `by ${unit}: ${peak}`, tone: "quiet" });
}

function writePeers(page: Page, { peers, peerCount }: FindingResult): void {
  if (peers.length === 0) return;
  const more = Math.max(peerCount, peers.length) - peers.length;
  page.field("Peers", [
    peers.join(", "),
    ...(more > 0 ? [{ text: ` and ${number(more)} more`, tone: "quiet" as const }] : []),
  ]);
}

function writeExample(page: Page, { input, line, text }: ExampleResult): void {
  page.field("", line === null ? input : `${input}:${line}`);
  if (text !== null) page.logLine(text);
}
