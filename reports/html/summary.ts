/** The first page: what is wrong, what it means, what to do first. */
import type { ReportDocument } from "../document.ts";
import type { FirstStep } from "../first-steps.ts";
import { countBySeverity, severities } from "../outline.ts";
import { phrases } from "../phrases.ts";
import { severityLook } from "../text/style.ts";
import type { Verdict } from "../verdict.ts";
import { verdictLook } from "../verdict-look.ts";
import { kindTitles } from "../words.ts";
import { type Markup, markup } from "./markup.ts";
import { countCell, table } from "./parts.ts";

export function summarySection(document: ReportDocument): Markup {
  const { verdict, steps, result, history } = document;
  const { ground, symbol } = verdictLook[verdict.level];
  return markup`<div class="verdict e-${ground}">
<p><span aria-hidden="true">${symbol} </span>${verdict.headline}</p>
${verdict.caveat === null ? null : markup`<p>${verdict.caveat}</p>\n`}${
  history === null ? null : markup`<p>${history.summary} <a href="#history">${phrases.sections.history}</a></p>\n`
}</div>
${points(verdict)}<h3>${phrases.whatFirst}</h3>
<ol class="steps-first">
${steps.map(step)}</ol>
${result.findings.length > 0 ? countsTable(document) : null}`;
}

function points({ points: all }: Verdict): Markup | null {
  if (all.length === 0) return null;
  return markup`<h3>${phrases.wrongAndMeaning}</h3>
<ul class="points">
${all.map(({ wrong, means }) => markup`<li><strong>${wrong}</strong> ${means}</li>\n`)}</ul>
`;
}

/** Findings that are linked in one step. */
const LINKS = 6;

function step({ title, text, findings }: FirstStep): Markup {
  if (findings.length === 0) return markup`<li>${text}</li>\n`;
  const links = findings
    .slice(0, LINKS)
    .map(({ label }, index) => markup`${index > 0 ? ", " : null}<a href="#f-${label}">${label}</a>`);
  const more = findings.length > LINKS ? ` ${phrases.more(findings.length - LINKS)}` : null;
  return markup`<li><strong>${title}.</strong> ${text} <span class="see">${phrases.seeFinding(findings.length)} ${links}${more}</span></li>\n`;
}

function countsTable({ outline }: ReportDocument): Markup {
  const columns = [
    { title: phrases.fields.findingClass },
    ...severities.map((severity) => ({
      title: `${severityLook[severity].symbol} ${phrases.severity[severity]}`,
      kind: "number" as const,
    })),
    { title: phrases.fields.waived, kind: "number" as const },
  ];
  const rows = outline.classes.map(({ kind, findings }) => {
    const counts = countBySeverity(findings);
    const waived = outline.waived.filter((finding) => finding.kind === kind).length;
    return {
      cells: [kindTitles[kind], ...severities.map((severity) => countCell(counts[severity])), countCell(waived)],
    };
  });
  return table(phrases.fields.findingCounts, columns, rows);
}
