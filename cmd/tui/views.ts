/** The views, in the order of their tabs and of the digits that open them. A new one costs one line here, and its words. */
import { phrases } from "../../reports/phrases.ts";
import { systemNames } from "../../reports/systems.ts";
import type { AuditResult, FindingKind } from "../../rules/result.ts";
import type { JudgedFlows } from "../triage/messages.ts";
import { evidenceRows, evidenceTable } from "./tables/evidence-rows.ts";
import { findingTable } from "./tables/finding-table.ts";
import { flowTable } from "./tables/flow-table.ts";
import { policyTable } from "./tables/policy-table.ts";
import { requirementTable } from "./tables/requirement-table.ts";
import { type Table, tableOf } from "./tables/table.ts";

export interface View {
  id: ViewId;
  /** The view's rows. */
  open(result: AuditResult, flows: JudgedFlows | null): Table;
}

export type ViewId = keyof typeof phrases.triage.views;

const findings = (kind: FindingKind) => (result: AuditResult) =>
  tableOf(
    findingTable,
    result.findings.filter((finding) => finding.kind === kind),
  );

export const views: readonly View[] = [
  { id: "blocked", open: findings("blocked-but-required") },
  { id: "open", open: findings("open-but-unneeded") },
  { id: "anomalies", open: findings("inspection-anomaly") },
  { id: "coverage", open: (result) => tableOf(requirementTable(systemNames(result.deployments)), result.requirements) },
  { id: "policies", open: (result) => tableOf(policyTable(systemNames(result.deployments)), result.policies) },
  { id: "flows", open: (result, flows) => flowTable(flows, result) },
  { id: "evidence", open: (result) => tableOf(evidenceTable, evidenceRows(result)) },
];

/** `12 findings`: so many rows of a view, by what they are. */
export function rowsOf(view: ViewId, count: number): string {
  const { text, triage } = phrases;
  switch (view) {
    case "coverage":
      return text.requirements(count);
    case "policies":
      return text.policies(count);
    case "flows":
      return triage.flows(count);
    case "evidence":
      return triage.entries(count);
    default:
      return text.findings(count);
  }
}
