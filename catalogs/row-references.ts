/** Whether the rows of `ports.csv` fit each other and `catalog.yaml`. */
import type { CatalogHead } from "./head.ts";
import { conditionProblems, remoteProblems, unknownId } from "./names.ts";
import { type PortSpec, portRangeProblem, portSpecParameters } from "./port-set.ts";
import type { Column } from "./ports-csv.ts";
import { type CatalogProblem, quoted } from "./problems.ts";
import { type RequirementRow, requirementIds } from "./source.ts";

/** Ids that two rows would print, also where only the suffix of a tcp+udp row makes them equal. */
export function checkRowIds(file: string, rows: readonly RequirementRow[]): CatalogProblem[] {
  const problems: CatalogProblem[] = [];
  const firstLines = new Map<string, number>();
  for (const row of rows) {
    const taken = requirementIds(row).find((id) => firstLines.has(id));
    if (taken !== undefined) {
      const message = `duplicate id ${quoted(taken)}, first used in line ${firstLines.get(taken)}`;
      problems.push({ file, line: row.line, column: "id", message });
    }
    for (const id of requirementIds(row)) {
      firstLines.set(id, firstLines.get(id) ?? row.line);
    }
  }
  return problems;
}

/** Everything that a row names and the catalog does not have. */
export function checkRowNames(file: string, row: RequirementRow, head: CatalogHead): CatalogProblem[] {
  const found: [Column, string[]][] = [
    ["component", unknownId("component", row.component, head.components)],
    ["remote", remoteProblems(row.remote, head)],
    ["when", row.when === null ? [] : conditionProblems(row.when, head)],
    ["local_ports", portProblems(row.localPorts, head)],
    ["remote_ports", portProblems(row.remotePorts, head)],
  ];
  return found.flatMap(([column, messages]) =>
    messages.map((message): CatalogProblem => ({ file, line: row.line, column, message })),
  );
}

function portProblems(spec: PortSpec, head: CatalogHead): string[] {
  const unknown = portSpecParameters(spec).flatMap((id) => unknownId("parameter", id, head.parameters));
  if (unknown.length > 0) {
    return unknown;
  }
  const problem = portRangeProblem(spec, new Map(head.parameters.map(({ id, default: value }) => [id, value])));
  return problem === null ? [] : [`${problem} at the parameters' defaults`];
}
