/** The first pages of the PDF report: the verdict for its owner, the contents, and what the evidence is worth. */
import type { Content } from "pdfmake";
import { firewallWindow, type ReportDocument } from "../document.ts";
import { busiestFirewalls } from "../firewalls.ts";
import { light } from "../html/palette.ts";
import { countBySeverity, severities } from "../outline.ts";
import { phrases } from "../phrases.ts";
import { severityLook } from "../text/style.ts";
import { verdictLook } from "../verdict-look.ts";
import { kindTitles, number, platformTitles } from "../words.ts";
import { printable } from "./fonts.ts";
import { caption, facts, heading, quiet, table, text } from "./parts.ts";

export function coverPage(document: ReportDocument): Content[] {
  const { result, verdict, window } = document;
  const { fields } = phrases;
  const { ground, symbol } = verdictLook[verdict.level];
  return [
    text(document.title, { style: "title" }),
    text(phrases.subtitle, { color: quiet, margin: [0, 4, 0, 14] }),
    ...facts([
      [fields.window, window],
      [fields.timeZone, result.site.timezone],
      [fields.tool, phrases.by(result.tool.name, result.tool.version)],
    ]),
    {
      table: {
        widths: [5, "*"],
        body: [
          [
            { text: "", fillColor: light.grounds[ground] },
            {
              fillColor: light.sunken,
              margin: [8, 6, 8, 6],
              stack: [
                text(`${symbol} ${verdict.headline}`, { fontSize: 14, bold: true }),
                ...(verdict.caveat === null ? [] : [text(verdict.caveat, { margin: [0, 4, 0, 0] })]),
              ],
            },
          ],
        ],
      },
      layout: "noBorders",
      margin: [0, 12, 0, 16],
    },
    { toc: { title: { text: phrases.contents, style: "h2" }, outlines: true } } as Content,
  ];
}

export function summaryPages(document: ReportDocument): Content[] {
  const { verdict, steps, result, outline, history } = document;
  const points = verdict.points.flatMap(({ wrong, means }) => [
    text(wrong, { bold: true, margin: [0, 5, 0, 0] }),
    text(means),
  ]);
  const first = steps.map(({ title, text: action, findings }): Content => {
    if (findings.length === 0) return text(action, { margin: [0, 2, 0, 3] });
    const links = findings
      .slice(0, 6)
      .flatMap(({ label }, index) => [
        index > 0 ? ", " : "",
        { text: label, linkToDestination: `f-${label}`, color: light.link, decoration: "underline" as const },
      ]);
    return {
      text: [
        { text: printable(`${title}. `), bold: true },
        printable(`${action} ${phrases.seeFinding(findings.length)} `),
        ...links,
        findings.length > 6 ? printable(` ${phrases.more(findings.length - 6)}`) : "",
      ],
      margin: [0, 2, 0, 3],
    };
  });
  const counts = outline.classes.map(({ kind, findings }) => {
    const bySeverity = countBySeverity(findings);
    const waived = outline.waived.filter((finding) => finding.kind === kind).length;
    return [kindTitles[kind], ...severities.map((severity) => bySeverity[severity]), waived];
  });
  return [
    heading(2, phrases.sections.summary, { listed: true }),
    text(`${verdictLook[verdict.level].symbol} ${verdict.headline}`, { bold: true, fontSize: 11 }),
    ...(history === null ? [] : [text(history.summary, { margin: [0, 3, 0, 0] })]),
    ...(points.length > 0 ? [heading(3, phrases.wrongAndMeaning), ...points] : [text(verdict.caveat ?? "")]),
    heading(3, phrases.whatFirst),
    { ol: first, margin: [2, 0, 0, 6] },
    ...(result.findings.length > 0
      ? [
          caption(phrases.fields.findingCounts),
          table(
            [
              { title: phrases.fields.findingClass, width: "*" },
              ...severities.map((severity) => ({
                title: `${severityLook[severity].symbol} ${phrases.severity[severity]}`,
                width: 54,
                right: true,
              })),
              { title: phrases.fields.waived, width: 50, right: true },
            ],
            counts,
          ),
        ]
      : []),
  ];
}

export function evidencePages({ result, limits }: ReportDocument): Content[] {
  const { fields } = phrases;
  const { shown, more } = busiestFirewalls(result.evidence.firewalls);
  return [
    heading(2, phrases.sections.evidence, { listed: true }),
    ...(shown.length === 0
      ? []
      : [
          caption(fields.loggedBy),
          table(
            [
              { title: fields.firewall, width: "*" },
              { title: fields.platform, width: 42 },
              { title: fields.logsAllows, width: 34 },
              { title: fields.logsDenies, width: 37 },
              { title: fields.logsDefaultDeny, width: 42 },
              { title: fields.allowed, width: 34, right: true },
              { title: fields.denied, width: 40, right: true },
              { title: fields.unit, width: 38 },
              { title: fields.window, width: 84 },
            ],
            shown.map((one) => [
              one.name,
              platformTitles[one.platform],
              logged(one.logsAllows),
              logged(one.logsDenies),
              one.logsDefaultDeny === null ? phrases.unknown : logged(one.logsDefaultDeny),
              number(one.allowed),
              number(one.denied),
              phrases.units[one.unit],
              firewallWindow(one),
            ]),
          ),
          ...(more > 0 ? [text(phrases.moreFirewalls(more))] : []),
        ]),
    heading(3, phrases.limits),
    limits.length === 0 ? text(phrases.noLimits) : { ul: limits.map((limit) => text(limit)), margin: [2, 0, 0, 0] },
  ];
}

function logged(yes: boolean): string {
  return yes ? `✔ ${phrases.yes}` : `✖ ${phrases.no}`;
}
