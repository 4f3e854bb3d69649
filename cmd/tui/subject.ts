/** What a row is about. */
import type { Tone } from "../../reports/text/style.ts";
import type { FindingResult, PolicyResult, RequirementResult } from "../../rules/result.ts";
import type { LinePlace } from "./line-place.ts";
import type { FlowRows } from "./tables/flow-rows.ts";

export type Subject =
  | { kind: "finding"; finding: FindingResult }
  | { kind: "requirement"; requirement: RequirementResult }
  | { kind: "policy"; policy: PolicyResult }
  | { kind: "flow"; rows: FlowRows; row: number }
  | { kind: "evidence"; row: EvidenceRow };

/** One thing that the audit could or could not see. */
export interface EvidenceRow {
  key: string;
  what:
    | "window"
    | "undeclared"
    | "input"
    | "warning"
    | "firewall"
    | "limit"
    | "account"
    | "sample"
    | "catalog"
    | "waiver"
    | "gone";
  name: string;
  text: string;
  tone?: Tone;
  /** For the detail pane: names and values. */
  facts: readonly (readonly [name: string, value: string])[];
  /** A sample's line. */
  place?: LinePlace;
}

/** The log lines that a row rests on. */
export function placesOf(subject: Subject): readonly LinePlace[] {
  if (subject.kind === "finding") return subject.finding.examples;
  if (subject.kind === "flow") return subject.rows.places(subject.row);
  return subject.kind === "evidence" && subject.row.place ? [subject.row.place] : [];
}
