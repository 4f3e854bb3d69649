/** Findings in the PDF report: the most severe in full, the rest as a table. */
import type { Content } from "pdfmake";
import { type Axis, columnsOf } from "../activity.ts";
import { expiredText, listedTitle, type ReportDocument, restsOn, toldInFull } from "../document.ts";
import { neutralise } from "../escape.ts";
import { excerptOf, peersText, placeOf, rulesText } from "../excerpt.ts";
import { firewallNames } from "../firewalls.ts";
import { light } from "../html/palette.ts";
import type { NumberedFinding } from "../numbered.ts";
import { phrases } from "../phrases.ts";
import { sparkText } from "../sparkline.ts";
import { dateText, spanText } from "../times.ts";
import { briefFlow, countOf, findingFlow, kindTitles, platformTitles } from "../words.ts";
import { columnChart } from "./charts.ts";
import { chip, code, facts, heading, PAGE_WIDTH, prose, quiet, severityChip, table, text } from "./parts.ts";

/** Paper is for reading: beyond these, a table has the rest, and beyond that the other formats. */
const MOST_IN_FULL = 80;
const MOST_LISTED = 1000;
const EXAMPLES = 3;
const SPARK_COLUMNS = 72;

export function findingPages(document: ReportDocument): Content[] {
  const { classes, worstFirst } = document.findings;
  const title = heading(2, phrases.sections.findings, { listed: true });
  if (worstFirst.length === 0) return [title, text(phrases.noFindings)];
  const full = toldInFull(document, MOST_IN_FULL);
  const parts = classes
    .filter(({ findings }) => findings.length > 0)
    .flatMap(({ kind, findings }) => [
      heading(3, `${kindTitles[kind]} (${findings.length})`, { listed: true }),
      ...findings.filter((one) => full.has(one)).flatMap((one) => inFull(one, document.axis)),
      ...listed(findings.filter((one) => !full.has(one))),
    ]);
  return [
    title,
    ...(worstFirst.length > full.size ? [text(phrases.showAll(full.size, worstFirst.length))] : []),
    ...parts,
  ];
}

export function waivedPages({ findings, axis }: ReportDocument): Content[] {
  if (findings.waived.length === 0) return [];
  return [
    heading(2, phrases.sections.waived, { listed: true }),
    text(phrases.waivedNote),
    ...findings.waived.slice(0, MOST_IN_FULL).flatMap((one) => inFull(one, axis)),
    ...listed(findings.waived.slice(MOST_IN_FULL)),
  ];
}

function inFull(numbered: NumberedFinding, axis: Axis): Content[] {
  const { finding, label } = numbered;
  const { fields } = phrases;
  const { waived, citation, severity } = finding;
  const span = spanText(finding.firstSeen, finding.lastSeen);
  const marks = {
    text: [
      { text: `${label}  `, bold: true, color: quiet },
      severityChip(severity),
      ...(waived === null ? [] : ["  ", chip("", fields.waived, "info")]),
      ...(finding.baseline === "new" ? ["  ", chip("+", phrases.change.new, "manual")] : []),
      { text: `   ${fields.confidence}: ${phrases.confidence[finding.confidence]}`, color: quiet, fontSize: 8 },
    ] as Content[],
    headlineLevel: 4,
    id: `f-${label}`,
    margin: [0, 3, 0, 2],
  } as Content;
  return [
    {
      canvas: [{ type: "rect", x: 0, y: 0, w: PAGE_WIDTH, h: 2.5, color: light.grounds[severity] }],
      margin: [0, 12, 0, 2],
      headlineLevel: 4,
    },
    marks,
    heading(4, finding.title),
    ...prose(finding.why),
    ...(waived === null
      ? []
      : facts([
          [fields.waivedReason, waived.reason],
          [fields.waivedBy, waived.owner],
          [fields.waivedUntil, dateText(waived.expires)],
        ])),
    ...(citation === null
      ? []
      : [
          text(phrases.quoted(citation.statement), { margin: [10, 3, 0, 0] }),
          text(phrases.citation(citation.section, citation.document), {
            margin: [10, 0, 0, 3],
            color: quiet,
            fontSize: 8,
          }),
        ]),
    ...facts([
      [fields.traffic, findingFlow(finding)],
      [fields.seen, `${countOf(finding)}${span === null ? "" : `, ${span}`}`],
      ["", spark(numbered, axis) ?? ""],
      [fields.firewall, firewallNames(finding.firewalls)],
      [fields.rule, rulesText(finding.rules)],
      [fields.peers, peersText(finding.peers, finding.peerCount)],
      [fields.restsOn, restsOn(numbered)],
      [fields.alsoFor, finding.alsoRequiredBy.join(", ")],
      [fields.expiredWaiver, expiredText(finding)],
      [fields.id, finding.id],
    ]),
    ...evidence(numbered),
    ...finding.remediation.flatMap(({ platform, text: steps }) => [
      text(phrases.whatToDoOn(platformTitles[platform]), { style: "label", headlineLevel: 5 }),
      ...prose(steps),
    ]),
  ];
}

function spark({ finding }: NumberedFinding, axis: Axis): Content | null {
  const columns = columnsOf([finding.hourly], SPARK_COLUMNS, axis);
  if (columns === null) return null;
  const series = { counts: columns.counts[0] as number[], ground: finding.severity };
  return {
    stack: [
      columnChart(230, 20, series),
      text(sparkText(columns), {
        fontSize: 7.5,
        color: quiet,
      }),
    ],
  };
}

function evidence({ finding: { examples } }: NumberedFinding): Content[] {
  if (examples.length === 0) return [];
  const shown = examples.slice(0, EXAMPLES).flatMap((example) => [
    text(`${placeOf(example)}${example.text === null ? ` (${phrases.notReadBack})` : ""}`, {
      fontSize: 7.5,
      color: quiet,
      headlineLevel: 5,
    }),
    ...(example.text === null ? [] : [code(neutralise(excerptOf(example.text)))]),
  ]);
  const more = examples.length - EXAMPLES;
  return [
    text(phrases.fields.evidence, { style: "label", headlineLevel: 5 }),
    ...shown,
    ...(more > 0 ? [text(phrases.more(more), { fontSize: 7.5, color: quiet })] : []),
  ];
}

function listed(findings: readonly NumberedFinding[]): Content[] {
  if (findings.length === 0) return [];
  const { fields } = phrases;
  const rows = findings
    .slice(0, MOST_LISTED)
    .map((numbered) => [
      listedTitle(numbered),
      severityChip(numbered.finding.severity),
      briefFlow(numbered.finding),
      countOf(numbered.finding),
    ]);
  const more = findings.length - rows.length;
  return [
    table(
      [
        { title: fields.title, width: "*" },
        { title: fields.severity, width: 52 },
        { title: fields.traffic, width: 140 },
        { title: fields.count, width: 80 },
      ],
      rows,
    ),
    ...(more > 0 ? [text(phrases.more(more))] : []),
  ];
}
