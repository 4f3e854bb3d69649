/** The verdict at one glance: findings by class and severity, requirements and policies by state. */
import type { AuditResult, PolicyState, RequirementState } from "../rules/result.ts";
import { countBySeverity, countByState, type Outline, policyStates, requirementStates, severities } from "./outline.ts";
import { countCell, type Page } from "./text-page.ts";
import { type Rich, severityLook, stateLook } from "./text-style.ts";
import type { Column } from "./text-table.ts";
import { counted, kindTitles } from "./words.ts";

export function writeSummary(page: Page, result: AuditResult, outline: Outline): void {
  page.heading({ text: "Summary", tone: "strong" });
  const open = outline.classes.flatMap(({ findings }) => findings);
  if (open.length === 0) for (const sentence of emptyVerdict(result)) page.paragraph(sentence);
  else page.paragraph(verdict(outline));
  if (result.findings.length > 0) writeFindingCounts(page, outline);
  writeStates(page, "Requirements", requirementStates, outline, "requirements");
  writeStates(page, "Policies", policyStates, outline, "policies");
}

function verdict(outline: Outline): Rich {
  const counts = countBySeverity(outline.classes.flatMap(({ findings }) => findings));
  const parts = severities
    .filter((severity) => counts[severity] > 0)
    .flatMap((severity, index): Exclude<Rich, readonly unknown[]>[] => [
      index > 0 ? ", " : "",
      { text: `${severityLook[severity].symbol} ${counts[severity]} ${severity}`, tone: severityLook[severity].tone },
    ]);
  const total = severities.reduce((sum, severity) => sum + counts[severity], 0);
  const waived = outline.waived.length > 0 ? `; ${outline.waived.length} more waived` : "";
  return [{ text: counted(total, "finding"), tone: "strong" }, ": ", ...parts, waived];
}

/** Nothing found is a statement about the logs, not about the firewall. */
function emptyVerdict({ evidence, requirements, policies, findings }: AuditResult): Rich[] {
  const parsed = evidence.inputs.reduce((sum, { lines }) => sum + lines.parsed, 0);
  if (parsed === 0) return ["Nothing could be judged: no log line was recognised."];
  const sentences: Rich[] = [
    {
      text:
        findings.length > 0
          ? "No findings in what these logs show, apart from waived ones."
          : "No findings in what these logs show.",
      tone: "strong",
    },
  ];
  const unseen = [...requirements, ...policies].filter(({ state }) => state === "not-seen").length;
  const blindToAllows = evidence.firewalls.filter(({ logsAllows }) => !logsAllows).map(({ name }) => name);
  const blindToDenies = evidence.firewalls.filter(({ logsDenies }) => !logsDenies).map(({ name }) => name);
  const gaps = [
    unseen > 0
      ? `they hold no trace of ${counted(unseen, "requirement or policy", "requirements and policies")} of the vendors`
      : "",
    blindToAllows.length > 0
      ? `${blindToAllows.join(", ")} logs nothing that it allows, so what is open there stays unknown`
      : "",
    blindToDenies.length > 0
      ? `${blindToDenies.join(", ")} logs nothing that it denies, so what is blocked there stays unknown`
      : "",
  ].filter((gap) => gap !== "");
  sentences.push(
    gaps.length > 0
      ? `That is no proof that all is well: ${gaps.join("; ")}.`
      : "Traffic that did not occur in this window, or that passed another way, was not judged.",
  );
  return sentences;
}

function writeFindingCounts(page: Page, outline: Outline): void {
  const columns: Column[] = [
    { title: "Findings", flexible: true },
    ...severities.map((severity): Column => ({ title: severity, align: "right" })),
    { title: "waived", align: "right" },
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
