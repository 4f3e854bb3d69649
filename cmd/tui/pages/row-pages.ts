/** Everything about a requirement, a policy or a piece of evidence; a table of who writes which. */
import { axisOf } from "../../../reports/axis.ts";
import { documentText, productName } from "../../../reports/document.ts";
import { phrases } from "../../../reports/phrases.ts";
import { isFindingOf, systemNames } from "../../../reports/systems.ts";
import { label, stateLook } from "../../../reports/text/style.ts";
import { requirementFlow } from "../../../reports/words.ts";
import type { AuditResult, FindingResult, PolicyResult, RequirementResult } from "../../../rules/result.ts";
import type { Line, Look } from "../look.ts";
import type { EvidenceRow, Subject } from "../subject.ts";
import { kindText } from "../tables/policy-table.ts";
import type { Notes } from "../tables/table.ts";
import { writeFinding } from "./finding-page.ts";
import { writeFlow } from "./flow-page.ts";
import { Page } from "./page.ts";

/**
 * The detail pane's text.
 * @param signs symbols and sparklines, which say nothing to a screen reader
 */
export function subjectLines(
  subject: Subject,
  result: AuditResult,
  notes: Notes,
  width: number,
  look: Look,
  signs = true,
): readonly Line[] {
  const page = new Page(width, look);
  if (subject.kind === "finding") writeFinding(page, subject.finding, axisOf(result), notes, signs);
  if (subject.kind === "requirement") writeRequirement(page, subject.requirement, result, signs);
  if (subject.kind === "policy") writePolicy(page, subject.policy, result, signs);
  if (subject.kind === "flow") writeFlow(page, subject.rows, subject.row, result, signs);
  if (subject.kind === "evidence") writeEvidence(page, subject.row);
  return page.lines;
}

function writeRequirement(page: Page, row: RequirementResult, result: AuditResult, signs: boolean): void {
  const { fields, row: words } = phrases;
  const { symbol, words: state, tone } = stateLook[row.state];
  page.paragraph([
    signs ? label(symbol, state, tone) : `${state}: `,
    { text: `${row.application}: ${requirementFlow(row)}`, tone: "strong" },
  ]);
  page.paragraph({ text: `${systemOf(row, result)}: ${phrases.requirementNamed(row.id)}`, tone: "quiet" });
  page.blank();
  if (row.reason !== null) page.field(phrases.fields.why, row.reason);
  page.field(fields.component, row.component);
  page.field(words.labels.remote, row.remote);
  page.field(words.labels.scope, words.scope[row.scope]);
  page.field(fields.strength, phrases.strength[row.strength]);
  page.field(fields.seen, words.seen(row.allowed, row.denied));
  writeVendor(page, row, result);
  writeFindings(page, result, row, ({ requirement }) => requirement === row.id);
}

function writePolicy(page: Page, row: PolicyResult, result: AuditResult, signs: boolean): void {
  const { symbol, words, tone } = stateLook[row.state];
  page.paragraph([signs ? label(symbol, words, tone) : `${words}: `, { text: row.statement, tone: "strong" }]);
  page.paragraph({
    text: `${systemOf(row, result)}: ${phrases.policyNamed(row.id)}, ${kindText(row.kind)}`,
    tone: "quiet",
  });
  page.blank();
  if (row.reason !== null) page.field(phrases.fields.why, row.reason);
  writeVendor(page, row, result);
  writeFindings(page, result, row, ({ policy }) => policy === row.id);
}

function writeVendor(page: Page, row: { deployment: number; section: string }, result: AuditResult): void {
  const deployment = result.deployments[row.deployment];
  if (!deployment) return;
  const { vendor, product } = deployment;
  page.field(phrases.text.vendor, [
    `${phrases.triage.vendorSection(row.section, productName({ vendor, product }))} `,
    { text: documentText(deployment), tone: "quiet" },
  ]);
}

function systemOf({ catalog, deployment }: { catalog: string; deployment: number }, result: AuditResult): string {
  return systemNames(result.deployments)[deployment] ?? catalog;
}

function writeFindings(
  page: Page,
  { findings, deployments }: AuditResult,
  { deployment }: { deployment: number },
  rests: (finding: FindingResult) => boolean,
): void {
  const own = findings.filter((finding) => isFindingOf(finding, deployments[deployment]) && rests(finding));
  if (own.length === 0) return;
  page.heading(phrases.text.findings(own.length));
  for (const { severity, title, id } of own) {
    page.field(phrases.text.severity[severity], title);
    page.field("", { text: id, tone: "quiet" });
  }
}

function writeEvidence(page: Page, row: EvidenceRow): void {
  const what = phrases.row.evidence[row.what];
  page.paragraph({ text: row.name === "" ? what : `${what}: ${row.name}`, tone: "strong" });
  page.blank();
  if (row.place) page.logLine(row.text, "strong");
  else page.paragraph(row.text);
  if (row.facts.length > 0) page.blank();
  for (const [name, value] of row.facts) page.field(name, value);
}
