/** One row of `ports.csv` from cells to values: every cell is judged on its own, whatever the others hold. */
import type { Direction, RequirementTransport, Scope, Strength } from "./catalog.ts";
import { parseCondition } from "./condition.ts";
import { type PortSpec, parsePortSpec } from "./port-set.ts";
import type { Column, CsvRow } from "./ports-csv.ts";
import { type CatalogProblem, listed, quoted } from "./problems.ts";
import type { RequirementRow } from "./source.ts";
import { ExpressionError } from "./token-stream.ts";

const DIRECTIONS: readonly Direction[] = ["in", "out", "both", "mutual"];
const SCOPES: readonly Scope[] = ["wan", "lan"];
const STRENGTHS: readonly Strength[] = ["required", "recommended", "conditional", "informational"];
const TRANSPORTS: Readonly<Record<string, RequirementTransport[]>> = {
  tcp: ["tcp"],
  udp: ["udp"],
  "tcp+udp": ["tcp", "udp"],
};
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The row's values, or null and what is wrong with each cell. */
export function readRow(file: string, row: CsvRow): { row: RequirementRow | null; problems: CatalogProblem[] } {
  const problems: CatalogProblem[] = [];
  const cells = row.cells;
  const complain = (column: Column, message: string): null => {
    problems.push({ file, line: row.line, column, message });
    return null;
  };
  const text = (column: Column): string | null =>
    cells[column] === "" ? complain(column, `${column} is empty`) : cells[column];
  const oneOf = <T extends string>(column: Column, valid: readonly T[]): T | null =>
    valid.find((value) => value === cells[column]) ??
    complain(column, `unknown ${column} ${quoted(cells[column])}; valid: ${listed(valid)}`);
  const parsed = <T>(column: Column, parse: (text: string) => T): T | null => {
    if (text(column) === null) {
      return null;
    }
    try {
      return parse(cells[column]);
    } catch (error) {
      if (error instanceof ExpressionError) {
        return complain(column, error.message);
      }
      throw error;
    }
  };
  const ports = (column: Column): PortSpec | null => parsed(column, parsePortSpec);

  if (cells.id !== "" && !KEBAB.test(cells.id)) {
    complain("id", `id ${quoted(cells.id)} is not valid: expected lowercase words joined by hyphens`);
  }
  if (cells.when !== "") {
    parsed("when", parseCondition);
  }
  const transport = oneOf("transport", Object.keys(TRANSPORTS));
  if (cells.uncertain !== "" && cells.uncertain !== "yes") {
    complain("uncertain", `unknown uncertain ${quoted(cells.uncertain)}; valid: yes, or empty`);
  }
  const values = {
    line: row.line,
    id: text("id"),
    section: text("section"),
    component: text("component"),
    direction: oneOf("direction", DIRECTIONS),
    application: text("application"),
    transports: transport === null ? null : (TRANSPORTS[transport] ?? null),
    localPorts: ports("local_ports"),
    remote: text("remote")?.replaceAll(/\s*;\s*/g, ";") ?? null,
    remotePorts: ports("remote_ports"),
    scope: oneOf("scope", SCOPES),
    strength: oneOf("strength", STRENGTHS),
    when: cells.when === "" ? null : cells.when,
    configurableVia: cells.configurable_via === "" ? null : cells.configurable_via,
    uncertain: cells.uncertain === "yes",
    note: cells.note === "" ? null : cells.note,
  };
  // Every null of a column that must hold a value has left a problem behind.
  return { row: problems.length === 0 ? (values as RequirementRow) : null, problems };
}
