/** How each system fares, in numbers: no grade, because "not seen" is neither good nor bad. */
import type {
  DeploymentResult,
  FindingResult,
  PolicyState,
  RequirementResult,
  RequirementState,
  Severity,
} from "../rules/result.ts";
import { countBySeverity, countByState, type Outline, severities } from "./outline.ts";
import { phrases } from "./phrases.ts";
import { isFindingOf } from "./systems.ts";
import { number } from "./words.ts";

export interface Scorecard {
  name: string;
  deployment: DeploymentResult | null;
  requirements: ReadonlyMap<RequirementState, number>;
  policies: ReadonlyMap<PolicyState, number>;
  /** How many of each severity, in words. */
  findings: string;
  /** Rows that apply, and those of them that were seen open. */
  applicable: number;
  open: number;
  /** Components with at least one row that applies, in the catalog's order. */
  components: { name: string; states: ReadonlyMap<RequirementState, number>; applicable: number }[];
  idleComponents: string[];
}

/** One card a deployment. */
export function scorecards(outline: Outline): Scorecard[] {
  const findings = outline.classes.flatMap((one) => one.findings);
  return outline.deployments.map(({ name, deployment, requirements, policies }) => {
    const isOwn = (finding: FindingResult) => isFindingOf(finding, deployment);
    const states = countByState(requirements);
    const components = byComponent(requirements);
    return {
      name,
      deployment,
      requirements: states,
      policies: countByState(policies),
      findings: findingsText(countBySeverity(findings.filter(isOwn)), outline.waived.filter(isOwn).length),
      applicable: requirements.length - (states.get("not-applicable") ?? 0),
      open: states.get("open") ?? 0,
      components: components.filter(({ applicable }) => applicable > 0),
      idleComponents: components.filter(({ applicable }) => applicable === 0).map((component) => component.name),
    };
  });
}

function findingsText(counts: Readonly<Record<Severity, number>>, waived: number): string {
  const parts = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${number(counts[severity])} ${phrases.text.severity[severity]}`);
  if (waived > 0) parts.push(phrases.waivedCount(waived));
  return parts.length > 0 ? parts.join(", ") : phrases.none;
}

function byComponent(requirements: readonly RequirementResult[]) {
  const groups = new Map<string, RequirementResult[]>();
  for (const row of requirements) groups.set(row.component, [...(groups.get(row.component) ?? []), row]);
  return [...groups].map(([name, rows]) => {
    const states = countByState(rows);
    return { name, states, applicable: rows.length - (states.get("not-applicable") ?? 0) };
  });
}
