/** The vendors' statements that are no port rows, with what the logs say of each. */
import { phrases } from "../../../reports/phrases.ts";
import { stateLook } from "../../../reports/text/style.ts";
import type { PolicyResult, PolicyState } from "../../../rules/result.ts";
import { sectionColumn, stateColumn, stateField, systemColumn, systemOf } from "./stated-columns.ts";
import { coded, type TableSpec } from "./table.ts";

/** What needs attention first. */
export const POLICY_ORDER: readonly PolicyState[] = ["violated", "not-seen", "manual", "upheld"];

/** `systems`: the names of the deployments. */
export function policyTable(systems: readonly string[]): TableSpec<PolicyResult> {
  return {
    columns: [
      stateColumn(POLICY_ORDER),
      systemColumn(systems),
      { id: "kind", width: 18, cell: ({ kind }) => ({ text: kindText(kind) }), sort: ({ kind }) => kind },
      sectionColumn(100),
      {
        id: "statement",
        width: "rest",
        cell: ({ statement }) => ({ text: statement }),
        sort: ({ statement }) => statement,
      },
    ],
    keyOf: ({ deployment, catalog, id }) => `policy ${deployment} ${catalog} ${id}`,
    subject: (policy) => ({ kind: "policy", policy }),
    words: (row) =>
      [
        row.state,
        stateLook[row.state].words,
        systemOf(row, systems),
        row.id,
        row.kind,
        kindText(row.kind),
        row.section,
        row.statement,
        row.reason ?? "",
      ].join("\n"),
    fields: {
      state: stateField,
      catalog: (row) => systemOf(row, systems),
      policy: ({ id }) => id,
      kind: coded(({ kind }) => kind, kindText),
      section: ({ section }) => section,
      reason: ({ reason }) => reason ?? "",
    },
    isQuiet: () => false,
  };
}

/** A kind that no language knows stays as the catalog calls it. */
export function kindText(kind: string): string {
  const { policyKinds } = phrases.triage;
  return kind in policyKinds ? policyKinds[kind as keyof typeof policyKinds] : kind;
}
