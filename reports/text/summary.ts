/** The verdict at one glance: findings by class and severity, requirements and policies by state. */
import type { AuditResult, PolicyState, RequirementState } from "../../rules/result.ts";
import {
  countBySeverity,
  countByState,
  type Outline,
  policyStates,
  requirementStates,
  severities,
} from "../outline.ts";
import { phrases } from "../phrases.ts";
import { verdictOf } from "../verdict.ts";
import { kindTitles, number } from "../words.ts";
import { countCell, type Page } from "./page.ts";
import { type Rich, severityLook, stateLook } from "./style.ts";
import type { Column } from "./table.ts";

export function writeSummary(page: Page, result: AuditResult, outline: Outline): void {
  page.heading({ text: phrases.sections.summary, tone: "strong" });
  const open = outline.classes.flatMap(({ findings }) => findings);
  if (open.length === 0) writeNoFindings(page, result, outline);
  else page.paragraph(verdict(outline));
  if (result.findings.length > 0) writeFindingCounts(page, outline);
  writeStates(page, phrases.fields.requirements, requirementStates, outline, "requirements");
  writeStates(page, phrases.fields.policies, policyStates, outline, "policies");
}

function verdict(outline: Outline): Rich {
  const counts = countBySeverity(outline.classes.flatMap(({ findings }) => findings));
  const parts = severities
    .filter((severity) => counts[severity] > 0)
    .flatMap((severity, index): Exclude<Rich, readonly unknown[]>[] => [
      index > 0 ? ", " : "",
      {
        text: `${severityLook[severity].symbol} ${number(counts[severity])} ${phrases.text.severity[severity]}`,
        tone: severityLook[severity].tone,
      },
    ]);
  const total = severities.reduce((sum, severity) => sum + counts[severity], 0);
  const waived = outline.waived.length > 0 ? `; ${phrases.text.moreWaived(outline.waived.length)}` : "";
  return [{ text: phrases.text.findings(total), tone: "strong" }, ": ", ...parts, waived];
}

/** Nothing found is a statement about the logs, not about the firewall. */
function writeNoFindings(page: Page, result: AuditResult, outline: Outline): void {
  const { headline, caveat } = verdictOf(result, outline);
  page.paragraph({ text: headline, tone: "strong" });
  if (caveat !== null) page.paragraph(caveat);
}

function writeFindingCounts(page: Page, outline: Outline): void {
  const columns: Column[] = [
    { title: phrases.fields.findings, flexible: true },
    ...severities.map((severity): Column => ({ title: phrases.text.severity[severity], align: "right" })),
    { title: phrases.text.waivedColumn, align: "right" },
  ];
  const rows = outline.classes.map(({ kind, findings }) => {
    const counts = countBySeverity(findings);
    return {
      cells: [
        kindTitles[kind],
        ...severities.map((severity) => countCell(counts[severity], severityLook[severity].tone)),
        countCell(outline.waived.filter((finding) => finding.kind === kind).length),
      ],
    };
  });
  page.blank();
  page.table(columns, rows);
}

function writeStates(
  page: Page,
  title: string,
  states: readonly (RequirementState | PolicyState)[],
  outline: Outline,
  of: "requirements" | "policies",
): void {
  const deployments = outline.deployments.filter((deployment) => deployment[of].length > 0);
  if (deployments.length === 0) return;
  const columns: Column[] = [
    { title, flexible: true },
    ...states.map((state): Column => ({ title: stateLook[state].brief, align: "right" })),
  ];
  const rows = deployments.map((deployment) => {
    const counts = countByState<RequirementState | PolicyState>(deployment[of]);
    return {
      cells: [deployment.name, ...states.map((state) => countCell(counts.get(state) ?? 0, stateLook[state].tone))],
    };
  });
  page.blank();
  page.table(columns, rows);
}
