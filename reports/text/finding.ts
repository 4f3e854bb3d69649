/** One finding in full: the claim, why, what was seen, where to read it up, and what to change. */

import type { ExampleResult, FindingResult } from "../../rules/result.ts";
import type { Axis } from "../activity.ts";
import { citationFields } from "../citation.ts";
import { rulesText } from "../excerpt.ts";
import { firewallNames } from "../firewalls.ts";
import { phrases } from "../phrases.ts";
import { sparklineOf } from "../sparkline.ts";
import { dateText, spanText } from "../times.ts";
import { countOf, findingFlow, platformTitles } from "../words.ts";
import type { Page } from "./page.ts";
import { label, type Rich, severityLook } from "./style.ts";

/** Shown unless everything is wanted. */
const PEERS_SHOWN = 5;
const EXAMPLES_SHOWN = 3;
/** Rows for the first log line, which should show the verdict, and for the others. */
const FIRST_EXAMPLE_ROWS = 8;
const EXAMPLE_ROWS = 3;

/** @param axis the hours that all charts show */
export function writeFinding(page: Page, finding: FindingResult, axis: Axis): void {
  const { symbol, tone } = severityLook[finding.severity];
  page.paragraph([label(symbol, severityWords(finding), tone), { text: finding.title, tone: "strong" }], 0, 2);
  page.paragraph({ text: finding.id, tone: "quiet" }, 2);
  page.field(phrases.fields.traffic, findingFlow(finding));
  page.field(phrases.fields.confidence, phrases.confidence[finding.confidence]);
  if (finding.baseline !== null) page.field(phrases.text.baseline, phrases.text.baselineStates[finding.baseline]);
  if (finding.expiredWaiver) {
    const { owner, expires } = finding.expiredWaiver;
    page.field(phrases.text.waiver, { text: phrases.text.waiverExpired(dateText(expires), owner), tone: "warning" });
  }
  if (finding.why !== "") page.fieldLines(phrases.fields.why, finding.why);
  for (const [name, value] of citationFields(finding)) page.field(name, value);
  writeSeen(page, finding, axis);
  if (finding.firewalls.length > 0) page.field(phrases.fields.firewall, firewallNames(finding.firewalls));
  if (finding.rules.length > 0) page.field(phrases.fields.rule, rulesText(finding.rules));
  writePeers(page, finding);
  writeExamples(page, finding.examples);
  writeRemediation(page, finding);
}

/** `critical`, or `critical, waived`: an accepted finding says so wherever it stands. */
export function severityWords({ severity, waived }: FindingResult): string {
  const word = phrases.text.severity[severity];
  return waived === null ? word : phrases.text.alsoWaived(word);
}

function writeSeen(page: Page, finding: FindingResult, axis: Axis): void {
  const span = spanText(finding.firstSeen, finding.lastSeen);
  const when = span === null ? "" : `, ${span}`;
  page.field(phrases.fields.seen, [{ text: countOf(finding), tone: "strong" }, when]);
  const line = sparklineOf(finding.hourly, Math.min(48, page.valueWidth), axis);
  if (!line) return;
  page.field("", { text: line.bars, tone: severityLook[finding.severity].tone });
  page.field("", { text: line.text, tone: "quiet" });
}

function writePeers(page: Page, { peers, peerCount }: FindingResult): void {
  if (peerCount === 0 && peers.length === 0) return;
  const shown = page.verbose ? peers : peers.slice(0, PEERS_SHOWN);
  const more = Math.max(peerCount, peers.length) - shown.length;
  page.field(phrases.fields.peers, [
    shown.join(", "),
    ...(more > 0 ? [{ text: ` ${phrases.more(more)}`, tone: "quiet" as const }] : []),
  ]);
}

function writeExamples(page: Page, examples: readonly ExampleResult[]): void {
  const shown = page.verbose ? examples : examples.slice(0, EXAMPLES_SHOWN);
  for (const [index, example] of shown.entries()) {
    page.field(index === 0 ? phrases.fields.evidence : "", place(example));
    if (example.text !== null) page.logLine(example.text, index === 0 ? FIRST_EXAMPLE_ROWS : EXAMPLE_ROWS);
  }
  const more = examples.length - shown.length;
  if (more > 0) page.field("", { text: phrases.text.moreLines(more), tone: "quiet" });
}

/** `fw.log:812`, as editors and compilers write it. */
function place({ input, line, offset, text }: ExampleResult): Rich {
  const where = line !== null ? `:${line}` : offset !== null ? ` ${phrases.atByte(offset)}` : "";
  const lost: Rich = text === null ? [{ text: ` (${phrases.notReadBack})`, tone: "warning" }] : [];
  return [`${input}${where}`, ...lost];
}

function writeRemediation(page: Page, { remediation }: FindingResult): void {
  for (const [index, { platform, text }] of remediation.entries()) {
    const title: Rich = { text: phrases.text.on(platformTitles[platform]), tone: "strong" };
    page.fieldLines(index === 0 ? phrases.fields.whatToDo : "", text, title);
  }
}
