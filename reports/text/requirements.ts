/** Requirements that are not known to work, per deployment; all of them where everything is wanted. */
import type { RequirementResult, RequirementState } from "../../rules/result.ts";
import { documentText } from "../document.ts";
import type { DeploymentOutline, Outline } from "../outline.ts";
import { phrases } from "../phrases.ts";
import { hostsText } from "../systems.ts";
import { requirementFlow } from "../words.ts";
import { writeIdsByReason, writeRowsByReason } from "./groups.ts";
import { countCell, type Page } from "./page.ts";
import { label, type Rich, stateLook } from "./style.ts";
import type { Column } from "./table.ts";

/** States whose rows are told one by one. */
const ONE_BY_ONE: readonly RequirementState[] = ["blocked", "intermittent", "open"];
/** States that need no reader unless everything is wanted. */
const AT_REST: readonly RequirementState[] = ["open", "not-applicable"];
const ORDER: readonly RequirementState[] = ["blocked", "intermittent", "not-seen", "manual", "open", "not-applicable"];

export function writeRequirements(page: Page, outline: Outline): void {
  for (const deployment of outline.deployments) {
    const { requirements } = deployment;
    const restless = requirements.filter(({ state }) => !AT_REST.includes(state));
    if (requirements.length === 0 || (restless.length === 0 && !page.verbose)) continue;
    page.heading(
      { text: phrases.text.requirementsOf(deployment.name), tone: "strong" },
      { text: phrases.text.notKnownToWork(restless.length, requirements.length), tone: "quiet" },
    );
    writeDeployment(page, deployment);
    for (const state of ORDER) {
      if (AT_REST.includes(state) && !page.verbose) continue;
      writeState(
        page,
        state,
        requirements.filter((requirement) => requirement.state === state),
      );
    }
  }
}

function writeDeployment(page: Page, { deployment }: DeploymentOutline): void {
  if (!deployment) return;
  page.field(phrases.fields.product, deployment.product);
  page.field(phrases.fields.document, documentText(deployment));
  if (deployment.features.length > 0) page.field(phrases.fields.features, deployment.features.join(", "));
  if (deployment.hosts.length > 0) page.field(phrases.fields.hosts, hostsText(deployment));
}

function writeState(page: Page, state: RequirementState, rows: readonly RequirementResult[]): void {
  if (rows.length === 0) return;
  const { symbol, words, tone } = stateLook[state];
  page.blank();
  page.paragraph([label(symbol, words, tone), { text: phrases.text.requirements(rows.length), tone: "quiet" }]);
  if (ONE_BY_ONE.includes(state)) writeRows(page, rows);
  else if (page.verbose) writeRowsByReason(page, rows, cellsOf);
  else writeIdsByReason(page, rows);
}

function writeRows(page: Page, rows: readonly RequirementResult[]): void {
  const titles = phrases.text.columns;
  const columns: Column[] = [
    { title: titles.requirement, flexible: true },
    { title: titles.section, flexible: true },
    { title: titles.needs, flexible: true },
    { title: titles.allowed, align: "right" },
    { title: titles.denied, align: "right" },
  ];
  page.table(
    columns,
    rows.map((row) => ({
      cells: [...cellsOf(row), countCell(row.allowed, "good"), countCell(row.denied, "bad")],
      below: row.reason === null ? undefined : [{ text: "→ ", tone: "quiet" as const }, row.reason],
    })),
  );
}

function cellsOf(row: RequirementResult): Rich[] {
  return [row.id, row.section, `${row.application}; ${requirementFlow(row)}`];
}
