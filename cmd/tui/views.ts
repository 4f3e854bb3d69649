/** The views, in the order of their tabs and of the digits that open them. A new one costs one line here. */
import type { AuditResult, FindingKind } from "../../rules/result.ts";
import type { JudgedFlows } from "../triage-messages.ts";
import { evidenceRows, evidenceTable } from "./evidence-rows.ts";
import { findingTable } from "./finding-table.ts";
import { flowTable } from "./flow-table.ts";
import { policyTable } from "./policy-table.ts";
import { requirementTable } from "./requirement-table.ts";
import { type Table, tableOf } from "./table.ts";

export type ViewId = "blocked" | "open" | "anomalies" | "coverage" | "policies" | "flows" | "evidence";

export interface View {
  id: ViewId;
  title: string;
  /** What its rows are called: `12 findings`. */
  rows: readonly [one: string, many: string];
  /** What an empty list means. */
  empty: string;
  open(result: AuditResult, flows: JudgedFlows | null): Table;
}

const findings = (kind: FindingKind) => (result: AuditResult) =>
  tableOf(
    findingTable,
    result.findings.filter((finding) => finding.kind === kind),
  );

export const views: readonly View[] = [
  {
    id: "blocked",
    title: "Blocked",
    rows: ["finding", "findings"],
    empty: "Nothing that a vendor requires was seen to be denied.",
    open: findings("blocked-but-required"),
  },
  {
    id: "open",
    title: "Open",
    rows: ["finding", "findings"],
    empty: "Nothing was seen to be open that no vendor asks for.",
    open: findings("open-but-unneeded"),
  },
  {
    id: "anomalies",
    title: "Anomalies",
    rows: ["finding", "findings"],
    empty: "No sign of inspection or rewriting was seen.",
    open: findings("inspection-anomaly"),
  },
  {
    id: "coverage",
    title: "Coverage",
    rows: ["requirement", "requirements"],
    empty: "No catalog with requirements is deployed.",
    open: (result) => tableOf(requirementTable, result.requirements),
  },
  {
    id: "policies",
    title: "Policies",
    rows: ["policy", "policies"],
    empty: "No catalog with policies is deployed.",
    open: (result) => tableOf(policyTable, result.policies),
  },
  {
    id: "flows",
    title: "Flows",
    rows: ["flow", "flows"],
    empty: "A saved audit holds no flows: open the logs themselves to see them.",
    open: (result, flows) => flowTable(flows, result),
  },
  {
    id: "evidence",
    title: "Evidence",
    rows: ["entry", "entries"],
    empty: "No evidence.",
    open: (result) => tableOf(evidenceTable, evidenceRows(result)),
  },
];
