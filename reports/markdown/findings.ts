/** Findings in Markdown: the most severe in full, the rest as a table. */
import type { FindingResult } from "../../rules/result.ts";
import { expiredText, listedTitle, type ReportDocument, restsOn, toldInFull } from "../document.ts";
import { neutralise } from "../escape.ts";
import { excerptOf, peersText, placeOf, rulesText } from "../excerpt.ts";
import { firewallNames } from "../firewalls.ts";
import type { NumberedFinding } from "../numbered.ts";
import { phrases } from "../phrases.ts";
import { severityWords } from "../text/finding.ts";
import { severityLook } from "../text/style.ts";
import { dateText, spanText } from "../times.ts";
import { briefFlow, countOf, findingFlow, kindTitles, platformTitles } from "../words.ts";
import { code, facts, heading, paragraph, prose, quotation, strong, table } from "./text.ts";

/** Issue trackers cut long texts off; what is left out here is in the table. */
const MOST_IN_FULL = 100;
const EXAMPLES = 3;

export function markdownFindings(document: ReportDocument): string {
  const { classes, worstFirst } = document.findings;
  if (worstFirst.length === 0) return paragraph(phrases.noFindings);
  const full = toldInFull(document, MOST_IN_FULL);
  const note = worstFirst.length > full.size ? paragraph(phrases.showAll(full.size, worstFirst.length)) : "";
  const parts = classes
    .filter(({ findings }) => findings.length > 0)
    .map(({ kind, findings }) => {
      const listed = findings.filter((one) => !full.has(one));
      return [
        heading(3, `${kindTitles[kind]} (${findings.length})`),
        ...findings.filter((one) => full.has(one)).map((one) => inFull(one, 4)),
        asTable(listed),
      ].join("");
    });
  return note + parts.join("");
}

export function markdownWaived({ findings }: ReportDocument): string {
  if (findings.waived.length === 0) return "";
  const shown = findings.waived.slice(0, MOST_IN_FULL).map((one) => inFull(one, 3));
  return [paragraph(phrases.waivedNote), ...shown, asTable(findings.waived.slice(MOST_IN_FULL))].join("");
}

/** `level` is that of its heading. */
function inFull(numbered: NumberedFinding, level: 3 | 4): string {
  const { finding, label } = numbered;
  const { fields } = phrases;
  const { waived, citation } = finding;
  const span = spanText(finding.firstSeen, finding.lastSeen);
  return [
    heading(
      level,
      `${label} ${finding.baseline === "new" ? `(${phrases.change.new}) ` : ""}${severityLook[finding.severity].symbol} ${phrases.severity[finding.severity]}: ${finding.title}`,
    ),
    prose(finding.why),
    waived === null
      ? ""
      : facts([
          [fields.waivedReason, waived.reason],
          [fields.waivedBy, waived.owner],
          [fields.waivedUntil, dateText(waived.expires)],
        ]),
    citation === null ? "" : quotation(citation.statement, phrases.citation(citation.section, citation.document)),
    facts([
      [fields.traffic, findingFlow(finding)],
      [fields.seen, `${countOf(finding)}${span === null ? "" : `, ${span}`}`],
      [fields.confidence, phrases.confidence[finding.confidence]],
      [fields.firewall, firewallNames(finding.firewalls)],
      [fields.rule, rulesText(finding.rules)],
      [fields.peers, peersText(finding.peers, finding.peerCount)],
      [fields.restsOn, restsOn(numbered)],
      [fields.alsoFor, finding.alsoRequiredBy.join(", ")],
      [fields.expiredWaiver, expiredText(finding)],
      [fields.id, finding.id],
    ]),
    examples(finding),
    ...finding.remediation.map(
      ({ platform, text }) =>
        `${strong(`${fields.whatToDo}: ${phrases.on(platformTitles[platform])}`)}\n\n${prose(text)}`,
    ),
  ].join("");
}

function examples({ examples: all }: FindingResult): string {
  return all
    .slice(0, EXAMPLES)
    .map((example) =>
      example.text === null
        ? paragraph(`${placeOf(example)} (${phrases.notReadBack})`)
        : paragraph(placeOf(example)) + code(neutralise(excerptOf(example.text))),
    )
    .join("");
}

function asTable(findings: readonly NumberedFinding[]): string {
  const { fields } = phrases;
  return table(
    [
      { title: fields.title },
      { title: fields.severity },
      { title: fields.traffic },
      { title: fields.count },
      { title: fields.id },
    ],
    findings.map((numbered) => [
      listedTitle(numbered),
      severityWords(numbered.finding),
      briefFlow(numbered.finding),
      countOf(numbered.finding),
      numbered.finding.id,
    ]),
  );
}
