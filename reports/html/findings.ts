/** Findings: the most severe in full, the rest in a table, waived ones apart with who accepted them and why. */
import type { ExampleResult, FindingResult } from "../../rules/result.ts";
import { type Axis, columnsOf, peakOf } from "../activity.ts";
import { expiredText, listedTitle, type ReportDocument, restsOn, toldInFull } from "../document.ts";
import { excerptOf, peersText, placeOf, rulesText } from "../excerpt.ts";
import { firewallNames } from "../firewalls.ts";
import type { NumberedFinding } from "../numbered.ts";
import { phrases } from "../phrases.ts";
import { sparkText } from "../sparkline.ts";
import { dateText, spanText, timeText } from "../times.ts";
import { briefFlow, countOf, findingFlow, kindTitles, number, platformTitles } from "../words.ts";
import { type Markup, markup } from "./markup.ts";
import { chip, columnChart, facts, logText, prose, severityChip, table } from "./parts.ts";

/** A browser stays quick, and nobody reads more than this. */
const MOST_IN_FULL = 300;
const SPARK_COLUMNS = 72;

export function findingsSection(document: ReportDocument): Markup {
  const { classes, worstFirst } = document.findings;
  if (worstFirst.length === 0) return markup`<p>${phrases.noFindings}</p>`;
  const full = toldInFull(document, MOST_IN_FULL);
  const note = worstFirst.length > full.size ? phrases.showAll(full.size, worstFirst.length) : null;
  return markup`${note === null ? null : markup`<p>${note}</p>\n`}${classes.map(({ kind, findings }) => {
    if (findings.length === 0) return null;
    const inFull = findings.filter((one) => full.has(one));
    const listed = findings.filter((one) => !full.has(one));
    return markup`<h3>${kindTitles[kind]} <span class="quiet">(${findings.length})</span></h3>
${inFull.map((one) => article(one, 4, document.axis))}${listed.length > 0 ? list(kindTitles[kind], listed) : null}`;
  })}`;
}

export function waivedSection({ findings, axis }: ReportDocument): Markup | null {
  if (findings.waived.length === 0) return null;
  return markup`<p>${phrases.waivedNote}</p>
${findings.waived.slice(0, MOST_IN_FULL).map((one) => article(one, 3, axis))}${
  findings.waived.length > MOST_IN_FULL ? list(phrases.sections.waived, findings.waived.slice(MOST_IN_FULL)) : null
}`;
}

/** `level` is that of its heading in the section. */
function article(numbered: NumberedFinding, level: 3 | 4, axis: Axis): Markup {
  const { finding, label } = numbered;
  const { fields } = phrases;
  const { waived } = finding;
  return markup`<article class="finding e-${finding.severity}" id="f-${label}" aria-labelledby="t-${label}">
<p class="tags"><span class="number">${label}</span>${severityChip(finding.severity)}${
    waived === null ? null : chip("", fields.waived, "info")
  }${finding.baseline === "new" ? chip("+", phrases.change.new, "manual") : null}<span class="quiet">${fields.confidence}: ${phrases.confidence[finding.confidence]}</span></p>
<h${level} class="claim" id="t-${label}">${finding.title}</h${level}>
${finding.why === "" ? null : prose(finding.why)}${
  waived === null
    ? null
    : facts([
        [fields.waivedReason, waived.reason],
        [fields.waivedBy, waived.owner],
        [fields.waivedUntil, dateText(waived.expires)],
      ])
}
${citation(finding)}${facts([
  [fields.traffic, findingFlow(finding)],
  [fields.seen, seen(finding, axis)],
  [fields.firewall, firewallNames(finding.firewalls)],
  [fields.rule, rulesText(finding.rules)],
  [fields.peers, peersText(finding.peers, finding.peerCount)],
  [fields.restsOn, restsOn(numbered)],
  [fields.alsoFor, finding.alsoRequiredBy.join(", ")],
  [fields.expiredWaiver, expiredText(finding)],
  [fields.id, markup`<span class="id">${finding.id}</span>`],
])}
${evidence(finding.examples, level + 1)}${remediation(finding, level + 1)}</article>
`;
}

function citation({ citation: cited }: FindingResult): Markup | null {
  if (cited === null) return null;
  return markup`<blockquote>
<p>${cited.statement}</p>
<footer>${phrases.citation(cited.section, cited.document)}</footer>
</blockquote>
`;
}

function seen(finding: FindingResult, axis: Axis): Markup {
  const span = spanText(finding.firstSeen, finding.lastSeen);
  return markup`<strong>${countOf(finding)}</strong>${span === null ? null : `, ${span}`}${spark(finding, axis)}`;
}

function spark({ hourly, severity }: FindingResult, axis: Axis): Markup | null {
  const columns = columnsOf([hourly], SPARK_COLUMNS, axis);
  if (columns === null) return null;
  const most = number(peakOf(columns).count);
  const words = phrases.chart.activityText(timeText(columns.from), timeText(columns.to), most);
  return markup`${columnChart("spark", words, { ground: severity, counts: columns.counts[0] as number[] })}
<span class="small quiet">${sparkText(columns)}</span>`;
}

function evidence(examples: readonly ExampleResult[], level: number): Markup | null {
  if (examples.length === 0) return null;
  return markup`<h${level} class="label">${phrases.fields.evidence}</h${level}>
${examples.map(
  (example) =>
    markup`<p class="place">${placeOf(example)}${example.text === null ? ` (${phrases.notReadBack})` : null}</p>\n${
      example.text === null ? null : logText(excerptOf(example.text))
    }`,
)}`;
}

function remediation({ remediation: all }: FindingResult, level: number): Markup | null {
  if (all.length === 0) return null;
  return markup`<h${level} class="label">${phrases.fields.whatToDo}</h${level}>
${all.map(({ platform, text }) => markup`<p><strong>${phrases.on(platformTitles[platform])}</strong></p>\n${prose(text)}`)}`;
}

function list(title: string, findings: readonly NumberedFinding[]): Markup {
  const { fields } = phrases;
  return table(
    title,
    [
      { title: fields.title, kind: "wide" },
      { title: fields.severity },
      { title: fields.traffic },
      { title: fields.count },
      { title: fields.id },
    ],
    findings.map((numbered) => ({
      attributes: markup` id="f-${numbered.label}"`,
      cells: [
        listedTitle(numbered),
        severityChip(numbered.finding.severity),
        briefFlow(numbered.finding),
        countOf(numbered.finding),
        markup`<span class="id">${numbered.finding.id}</span>`,
      ],
    })),
  );
}
