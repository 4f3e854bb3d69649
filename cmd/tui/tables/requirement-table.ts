/** Every requirement of every catalog with its state: the coverage matrix. */
import { phrases } from "../../../reports/phrases.ts";
import { stateLook } from "../../../reports/text/style.ts";
import { number, portsText, requirementFlow } from "../../../reports/words.ts";
import type { RequirementResult, RequirementState } from "../../../rules/result.ts";
import { sectionColumn, stateColumn, stateField, systemColumn, systemOf } from "./stated-columns.ts";
import { coded, type TableSpec } from "./table.ts";

/** What needs attention first. */
export const REQUIREMENT_ORDER: readonly RequirementState[] = [
  "blocked",
  "intermittent",
  "not-seen",
  "manual",
  "open",
  "not-applicable",
];

/** `systems`: the names of the deployments. */
export function requirementTable(systems: readonly string[]): TableSpec<RequirementResult> {
  return {
    columns: [
      stateColumn(REQUIREMENT_ORDER),
      systemColumn(systems),
      sectionColumn(160),
      {
        id: "requirement",
        width: 26,
        from: 130,
        cell: ({ id }) => ({ text: id }),
        sort: ({ id }) => id,
      },
      {
        id: "flow",
        width: "rest",
        cell: (row) => ({ text: `${row.application}: ${requirementFlow(row)}` }),
        sort: ({ application }) => application,
      },
      {
        id: "strength",
        width: 13,
        from: 150,
        cell: ({ strength }) => ({ text: phrases.strength[strength] }),
        sort: ({ strength }) => ["required", "recommended", "conditional", "informational"].indexOf(strength),
      },
      {
        id: "allowed",
        width: 9,
        align: "right",
        cell: ({ allowed }) => ({ text: allowed === 0 ? "" : number(allowed) }),
        sort: ({ allowed }) => -allowed,
      },
      {
        id: "denied",
        width: 8,
        align: "right",
        cell: ({ denied }) => ({ text: denied === 0 ? "" : number(denied) }),
        sort: ({ denied }) => -denied,
      },
    ],
    keyOf: ({ deployment, catalog, id }) => `requirement ${deployment} ${catalog} ${id}`,
    subject: (requirement) => ({ kind: "requirement", requirement }),
    words: (row) =>
      [
        row.state,
        stateLook[row.state].words,
        systemOf(row, systems),
        row.id,
        row.application,
        row.section,
        requirementFlow(row),
        row.reason ?? "",
      ].join("\n"),
    fields: {
      state: stateField,
      catalog: (row) => systemOf(row, systems),
      requirement: ({ id }) => id,
      section: ({ section }) => section,
      application: ({ application }) => application,
      transport: ({ transport }) => transport,
      port: ({ localPorts, remotePorts }) =>
        Array.isArray(localPorts) && Array.isArray(remotePorts)
          ? { ranges: [...localPorts, ...remotePorts] }
          : Array.isArray(localPorts)
            ? { ranges: localPorts }
            : Array.isArray(remotePorts)
              ? { ranges: remotePorts }
              : portsText(localPorts),
      component: ({ component }) => component,
      remote: ({ remote }) => remote,
      scope: ({ scope }) => scope,
      strength: coded(
        ({ strength }) => strength,
        (strength) => phrases.strength[strength],
      ),
      reason: ({ reason }) => reason ?? "",
    },
    isQuiet: ({ state }) => state === "not-applicable",
  };
}
