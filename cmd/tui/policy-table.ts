/** The vendors' statements that are no port rows, with what the logs say of each. */
import { stateLook } from "../../reports/text-style.ts";
import type { PolicyResult, PolicyState } from "../../rules/result.ts";
import type { TableSpec } from "./table.ts";

/** What needs attention first. */
export const POLICY_ORDER: readonly PolicyState[] = ["violated", "not-seen", "manual", "upheld"];

export const policyTable: TableSpec<PolicyResult> = {
  columns: [
    {
      id: "state",
      title: "state",
      width: 15,
      cell: ({ state }) => {
        const { symbol, words, tone } = stateLook[state];
        return { text: `${symbol} ${words}`, tone };
      },
      sort: ({ state }) => POLICY_ORDER.indexOf(state),
    },
    {
      id: "catalog",
      title: "catalog",
      width: 9,
      from: 96,
      cell: ({ catalog }) => ({ text: catalog }),
      sort: (row) => row.catalog,
    },
    { id: "kind", title: "kind", width: 18, cell: ({ kind }) => ({ text: kind }), sort: ({ kind }) => kind },
    {
      id: "section",
      title: "section",
      width: 8,
      from: 100,
      cell: ({ section }) => ({ text: section }),
      sort: ({ section }) => section,
    },
    {
      id: "statement",
      title: "what the vendor says",
      width: "rest",
      cell: ({ statement }) => ({ text: statement }),
      sort: ({ statement }) => statement,
    },
  ],
  keyOf: ({ deployment, catalog, id }) => `policy ${deployment} ${catalog} ${id}`,
  subject: (policy) => ({ kind: "policy", policy }),
  words: (row) => [row.state, row.catalog, row.id, row.kind, row.section, row.statement, row.reason ?? ""].join("\n"),
  fields: {
    state: ({ state }) => stateLook[state].words,
    catalog: ({ catalog }) => catalog,
    policy: ({ id }) => id,
    kind: ({ kind }) => kind,
    section: ({ section }) => section,
    reason: ({ reason }) => reason ?? "",
  },
  isQuiet: () => false,
};
