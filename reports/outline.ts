/** The result in the order in which it is read: what every format shows, computed once. */
import type {
  AuditResult,
  DeploymentResult,
  FindingKind,
  FindingResult,
  PolicyResult,
  PolicyState,
  RequirementResult,
  RequirementState,
  Severity,
} from "../rules/result.ts";
import { phrases } from "./phrases.ts";
import { systemNames } from "./systems.ts";

/** Most severe first. */
export const severities: readonly Severity[] = ["critical", "high", "medium", "low", "info"];
/** In the order in which they are reported where none is graver than another. */
export const findingKinds: readonly FindingKind[] = ["blocked-but-required", "open-but-unneeded", "inspection-anomaly"];
export const requirementStates: readonly RequirementState[] = [
  "open",
  "blocked",
  "intermittent",
  "not-seen",
  "manual",
  "not-applicable",
];
export const policyStates: readonly PolicyState[] = ["upheld", "violated", "not-seen", "manual"];

export interface Outline {
  /** Findings that nobody has accepted, by class, most severe first; so are the classes, by their first findings. */
  classes: { kind: FindingKind; findings: FindingResult[] }[];
  waived: FindingResult[];
  deployments: DeploymentOutline[];
}

export interface DeploymentOutline {
  /** As `systemNames` says. */
  name: string;
  /** Null where the result names a deployment that it does not describe. */
  deployment: DeploymentResult | null;
  requirements: RequirementResult[];
  policies: PolicyResult[];
}

/** Sorts and groups a result for reading. */
export function outlineOf(result: AuditResult): Outline {
  const findings = [...result.findings].sort(bySeverity);
  return {
    classes: findingKinds
      .map((kind) => ({
        kind,
        findings: findings.filter((finding) => finding.kind === kind && finding.waived === null),
      }))
      .sort((a, b) => gravity(a.findings) - gravity(b.findings)),
    waived: findings.filter((finding) => finding.waived !== null),
    deployments: deploymentOutlines(result),
  };
}

/** Of findings in order: the rank of the first one's severity, 0 for critical. */
function gravity([first]: readonly FindingResult[]): number {
  return first ? severities.indexOf(first.severity) : severities.length;
}

/** How many findings there are of each severity. */
export function countBySeverity(findings: readonly FindingResult[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const finding of findings) counts[finding.severity]++;
  return counts;
}

/** How many of these are in each state. */
export function countByState<State extends string>(rows: readonly { state: State }[]): Map<State, number> {
  const counts = new Map<State, number>();
  for (const { state } of rows) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}

/** Rows that are in one state for one reason, largest group first. */
export function groupByReason<Row extends { reason: string | null }>(
  rows: readonly Row[],
): { reason: string | null; rows: Row[] }[] {
  const groups = new Map<string | null, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.reason);
    if (group) group.push(row);
    else groups.set(row.reason, [row]);
  }
  return [...groups].map(([reason, group]) => ({ reason, rows: group })).sort((a, b) => b.rows.length - a.rows.length);
}

/** So many statements that no log can answer for one reason are worth a table of their own. */
const OWN_TABLE = 5;

/**
 * What the logs judged, what is broken first; and what a person has to check: those that share their reason together,
 * the others, whose reasons differ, last and under none.
 */
export function policiesToRead(policies: readonly PolicyResult[]): {
  judged: PolicyResult[];
  byHand: { reason: string | null; rows: PolicyResult[] }[];
} {
  const judged = (["violated", "not-seen", "upheld"] as const).flatMap((state) =>
    policies.filter((policy) => policy.state === state),
  );
  const groups = groupByReason(policies.filter(({ state }) => state === "manual"));
  const others = groups.filter(({ rows }) => rows.length < OWN_TABLE).flatMap(({ rows }) => rows);
  const shared = groups.filter(({ rows }) => rows.length >= OWN_TABLE);
  return { judged, byHand: others.length > 0 ? [...shared, { reason: null, rows: others }] : shared };
}

function bySeverity(a: FindingResult, b: FindingResult): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity);
}

function deploymentOutlines({ deployments, requirements, policies }: AuditResult): DeploymentOutline[] {
  const names = systemNames(deployments);
  const outlines = deployments.map(
    (deployment, index): DeploymentOutline => ({
      name: names[index] as string,
      deployment,
      requirements: requirements.filter((row) => row.deployment === index),
      policies: policies.filter((row) => row.deployment === index),
    }),
  );
  const strays = {
    requirements: requirements.filter((row) => row.deployment >= deployments.length),
    policies: policies.filter((row) => row.deployment >= deployments.length),
  };
  if (strays.requirements.length + strays.policies.length > 0) {
    outlines.push({ name: phrases.text.strayDeployment, deployment: null, ...strays });
  }
  return outlines;
}
