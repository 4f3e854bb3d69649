/** From `catalog.yaml` to the normalised catalog without its requirements, and whether its parts fit together. */
import type { Catalog, Policy, PortRange, Role } from "./catalog.ts";
import type { CatalogYaml, PolicyYaml } from "./catalog-schema.ts";
import { CONDITION_WORDS } from "./condition.ts";
import { conditionProblems } from "./names.ts";
import { hasFormula, parsePortSpec, resolvePorts } from "./port-set.ts";
import { type CatalogProblem, listed, quoted } from "./problems.ts";
import { ExpressionError } from "./token-stream.ts";
import type { YamlFile, YamlPath } from "./yaml-file.ts";

type Complain = (path: YamlPath, message: string) => void;

/** What `catalog.yaml` holds. */
export type CatalogHead = Omit<Catalog, "requirements" | "translations">;

/** Words that a row's `remote` may hold besides ids, which therefore no role or component may be called. */
const REMOTE_WORDS = ["any", "localhost"];

/** Normalises the file's content. Call it for content that `checkShape` let through. */
export function toHead(content: CatalogYaml): CatalogHead {
  return {
    id: content.id,
    vendor: content.vendor,
    product: content.product,
    document: content.document,
    roles: content.roles.map(({ id, title, main = false, unbound = "absent", provider = false, members = [] }) => ({
      id,
      title,
      main,
      unbound,
      provider,
      members,
    })),
    components: content.components.map(({ id, title, role }) => ({ id, title, role })),
    parameters: (content.parameters ?? []).map(({ id, default: value, title }) => ({ id, default: value, title })),
    features: (content.features ?? []).map(({ id, title }) => ({ id, title })),
    deployments: (content.deployments ?? []).map(({ id, title }) => ({ id, title })),
    policies: (content.policies ?? []).map(toPolicy),
  };
}

function toPolicy(policy: PolicyYaml): Policy {
  const ports = readPorts(policy.ports);
  return {
    id: policy.id,
    kind: policy.kind,
    section: policy.section,
    statement: policy.statement.trim(),
    component: policy.component ?? null,
    transport: policy.transport ?? null,
    ports: typeof ports === "string" ? [] : ports,
    seconds: policy.seconds ?? null,
    when: policy.when ?? null,
  };
}

/** A policy's ports, or a message that says why they are none. */
function readPorts(ports: string | number | undefined): PortRange[] | string {
  if (ports === undefined) {
    return [];
  }
  try {
    const spec = parsePortSpec(String(ports).trim());
    const set = hasFormula(spec) ? "formula" : resolvePorts(spec, new Map());
    return typeof set === "string" ? `ports ${quoted(ports)} must be numbers here, such as 5060;80;443` : set;
  } catch (error) {
    if (error instanceof ExpressionError) {
      return error.message;
    }
    throw error;
  }
}

/** Whether ids are unique, the main role is one, and everything that is named exists. */
export function checkHead(yaml: YamlFile, content: CatalogYaml, head: CatalogHead, folder: string): CatalogProblem[] {
  const problems: CatalogProblem[] = [];
  const complain = (path: YamlPath, message: string): void => {
    problems.push(yaml.problemAt(path, message));
  };
  if (head.id !== folder) {
    complain(["id"], `id ${quoted(head.id)} differs from its folder's name ${quoted(folder)}`);
  }
  for (const list of ["roles", "components", "parameters", "features", "deployments", "policies"] as const) {
    const seen = new Set<string>();
    for (const [index, { id }] of head[list].entries()) {
      if (seen.has(id)) {
        complain([list, index, "id"], `duplicate id ${quoted(id)} in ${list}`);
      }
      seen.add(id);
    }
  }
  const mains = head.roles.filter(({ main }) => main).map(({ id }) => id);
  if (mains.length !== 1) {
    complain(["roles"], `exactly one role must be main: true, found ${mains.length}: ${listed(mains)}`);
  }
  checkGroups(head.roles, complain);
  const roles = head.roles.map(({ id }) => id);
  for (const [index, { id, role }] of head.components.entries()) {
    if (!roles.includes(role)) {
      complain(["components", index, "role"], `unknown role ${quoted(role)}; valid: ${listed(roles)}`);
    } else if (roles.includes(id) && id !== role) {
      complain(
        ["components", index, "id"],
        `component ${quoted(id)} is called like a role, but runs on ${quoted(role)}`,
      );
    }
  }
  for (const list of ["roles", "components"] as const) {
    for (const [index, { id }] of head[list].entries()) {
      if (REMOTE_WORDS.includes(id)) {
        complain([list, index, "id"], `id ${quoted(id)} has a meaning of its own in the column remote`);
      }
    }
  }
  for (const [index, { id }] of head.parameters.entries()) {
    if (CONDITION_WORDS.includes(id)) {
      complain(["parameters", index, "id"], `parameter ${quoted(id)} is a word of the language of conditions`);
    }
  }
  checkPolicies(content.policies ?? [], head, complain);
  return problems;
}

/** Groups stand for plain roles only: a group of groups would hide whom a row speaks of. */
function checkGroups(roles: readonly Role[], complain: Complain): void {
  const plain = roles.filter(({ members }) => members.length === 0).map(({ id }) => id);
  for (const [index, role] of roles.entries()) {
    if (role.main && role.members.length > 0) {
      complain(["roles", index, "members"], `main role ${quoted(role.id)} must not be a group`);
    }
    for (const [position, member] of role.members.entries()) {
      if (!plain.includes(member)) {
        complain(["roles", index, "members", position], `unknown member ${quoted(member)}; valid: ${listed(plain)}`);
      }
    }
  }
}

function checkPolicies(policies: PolicyYaml[], head: CatalogHead, complain: Complain): void {
  const owners = [...new Set([...head.components, ...head.roles].map(({ id }) => id))];
  for (const [index, policy] of policies.entries()) {
    const ports = readPorts(policy.ports);
    if (typeof ports === "string") {
      complain(["policies", index, "ports"], ports);
    }
    if (policy.component !== undefined && !owners.includes(policy.component)) {
      complain(
        ["policies", index, "component"],
        `unknown component or role ${quoted(policy.component)}; valid: ${listed(owners)}`,
      );
    }
    if (policy.seconds !== undefined && policy.kind !== "timeouts") {
      complain(["policies", index, "seconds"], `seconds say how long a timeout must be; this policy is ${policy.kind}`);
    }
    for (const message of policy.when === undefined ? [] : conditionProblems(policy.when, head)) {
      complain(["policies", index, "when"], message);
    }
  }
}
