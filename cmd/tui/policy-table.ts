/** The vendors' statements that are no port rows, with what the logs say of each. */
import { phrases } from "../../reports/phrases.ts";
import { stateLook } from "../../reports/text-style.ts";
import type { PolicyResult, PolicyState } from "../../rules/result.ts";
import { coded, type TableSpec } from "./table.ts";

/** What needs attention first. */
export const POLICY_ORDER: readonly PolicyState[] = ["violated", "not-seen", "manual", "upheld"];

export const policyTable: TableSpec<PolicyResult> = {
  columns: [
    {
      id: "state",
      get width() {
        return phrases.triage.stateWidth;
      },
      cell: ({ state }) => {
        const { symbol, words, tone } = stateLook[state];
        return { text: `${symbol} ${words}`, tone };
      },
      sort: ({ state }) => POLICY_ORDER.indexOf(state),
    },
    {
      id: "catalog",
      width: 9,
      from: 96,
      cell: ({ catalog }) => ({ text: catalog }),
      sort: (row) => row.catalog,
    },
    { id: "kind", width: 18, cell: ({ kind }) => ({ text: kindText(kind) }), sort: ({ kind }) => kind },
    {
      id: "section",
      width: 8,
      from: 100,
      cell: ({ section }) => ({ text: section }),
      sort: ({ section }) => section,
    },
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
      row.catalog,
      row.id,
      row.kind,
      kindText(row.kind),
      row.section,
      row.statement,
      row.reason ?? "",
    ].join("\n"),
  fields: {
    state: coded(
      ({ state }) => state,
      (state) => stateLook[state].words,
    ),
    catalog: ({ catalog }) => catalog,
    policy: ({ id }) => id,
    kind: coded(({ kind }) => kind, kindText),
    section: ({ section }) => section,
    reason: ({ reason }) => reason ?? "",
  },
  isQuiet: () => false,
};

/** A kind that no language knows stays as the catalog calls it. */
export function kindText(kind: string): string {
  const { policyKinds } = phrases.triage;
  return kind in policyKinds ? policyKinds[kind as keyof typeof policyKinds] : kind;
}
