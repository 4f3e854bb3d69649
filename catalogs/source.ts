/** A catalog as its author wrote it: ports still with formulas, so that they can be worked out for one site. */
import type { Catalog, Direction, Requirement, RequirementTransport, Scope, Strength } from "./catalog.ts";
import { hasFormula, type PortSpec, portRangeProblem, resolvePorts } from "./port-set.ts";
import { listed, quoted } from "./problems.ts";

/** One line of `ports.csv`. */
export interface RequirementRow {
  /** Its line in `ports.csv`. */
  line: number;
  id: string;
  section: string;
  component: string;
  direction: Direction;
  application: string;
  /** Two for a `tcp+udp` row, which then stands for two requirements. */
  transports: RequirementTransport[];
  localPorts: PortSpec;
  remote: string;
  remotePorts: PortSpec;
  scope: Scope;
  strength: Strength;
  when: string | null;
  configurableVia: string | null;
  uncertain: boolean;
  note: string | null;
}

export interface CatalogSource {
  /** Everything but the rows. */
  head: Omit<Catalog, "requirements">;
  rows: RequirementRow[];
}

/** The requirements at a site's parameters; parameters that it does not set keep the catalog's defaults. */
export function requirementsAt(source: CatalogSource, parameters: ReadonlyMap<string, number>): Requirement[] {
  const values = parametersAt(source, parameters);
  return source.rows.flatMap((row) => row.transports.map((transport) => toRequirement(row, transport, values)));
}

/** What is wrong with a site's parameters for this catalog: unknown names, or ports that do not exist. */
export function parameterProblems(source: CatalogSource, parameters: ReadonlyMap<string, number>): string[] {
  const known = source.head.parameters.map(({ id }) => id);
  const unknown = [...parameters.keys()].filter((id) => !known.includes(id));
  const values = parametersAt(source, parameters);
  const ports = source.rows.flatMap((row) =>
    [row.localPorts, row.remotePorts].flatMap((spec) => {
      const problem = portRangeProblem(spec, values);
      return problem === null ? [] : [`${problem} (requirement ${row.id})`];
    }),
  );
  return [...unknown.map((id) => `unknown parameter ${quoted(id)}; valid: ${listed(known)}`), ...ports];
}

/** Every parameter of the catalog with its value: the site's, else the default. */
export function parametersAt(
  source: CatalogSource,
  parameters: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  return new Map(source.head.parameters.map(({ id, default: value }) => [id, parameters.get(id) ?? value]));
}

/** The ids that a row's requirements carry. */
export function requirementIds(row: Pick<RequirementRow, "id" | "transports">): string[] {
  return row.transports.map((transport) => requirementId(row, transport));
}

function requirementId(row: Pick<RequirementRow, "id" | "transports">, transport: RequirementTransport): string {
  return row.transports.length > 1 ? `${row.id}-${transport}` : row.id;
}

function toRequirement(
  row: RequirementRow,
  transport: RequirementTransport,
  values: ReadonlyMap<string, number>,
): Requirement {
  return {
    id: requirementId(row, transport),
    section: row.section,
    component: row.component,
    direction: row.direction,
    application: row.application,
    transport,
    localPorts: resolvePorts(row.localPorts, values),
    remote: row.remote,
    remotePorts: resolvePorts(row.remotePorts, values),
    scope: row.scope,
    strength: row.strength,
    when: row.when,
    configurableVia: row.configurableVia,
    uncertain: row.uncertain,
    note: noteWithFormulas(row),
  };
}

/** Numbers hide where they come from: a formula is printed beside them. */
function noteWithFormulas(row: RequirementRow): string | null {
  const formulas = [
    hasFormula(row.localPorts) ? `local ports ${row.localPorts.text}` : null,
    hasFormula(row.remotePorts) ? `remote ports ${row.remotePorts.text}` : null,
  ].filter((formula) => formula !== null);
  if (formulas.length === 0) {
    return row.note;
  }
  const text = `Formula: ${formulas.join(", ")}.`;
  return row.note === null ? text : `${row.note} ${text}`;
}
