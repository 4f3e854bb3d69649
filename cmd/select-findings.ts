/** `--only`, `--skip` and `--severity`: which findings a result keeps; what is left out is said, never hidden. */
import { checks } from "../rules/checks.ts";
import { say } from "../rules/messages/message.ts";
import { withLimits } from "../rules/messages/message-table.ts";
import { type AuditResult, type FindingResult, SEVERITIES, type Severity } from "../rules/result.ts";
import type { Site } from "../rules/site/site.ts";
import { matchesId } from "../rules/site/waivers.ts";
import { UsageError } from "./exit.ts";
import { FINDING_KINDS } from "./ratings.ts";

export interface SelectFlags {
  /** Ids or patterns, kinds, checks, or catalogs. */
  only?: string[];
  skip?: string[];
  /** The least severity that is kept. */
  severity?: Severity;
}

/** Throws UsageError where a word names nothing: a typing error would show no finding, or hide none. Ids hold slashes. */
export function checkSelection({ only, skip }: SelectFlags, { deployments }: Site): void {
  const known = [
    ...FINDING_KINDS,
    ...deployments.map(({ catalog }) => catalog.id),
    ...checks.map(({ meta }) => meta.id),
  ];
  for (const [flag, names] of Object.entries({ "--only": only ?? [], "--skip": skip ?? [] })) {
    for (const name of names) {
      if (!/[/*?]/.test(name) && !known.includes(name))
        throw new UsageError(`${flag}: ${name} is no id or pattern of findings; known besides: ${known.join(", ")}`);
    }
  }
}

export function selectFindings(result: AuditResult, flags: SelectFlags): AuditResult {
  const findings = result.findings.filter((finding) => isKept(finding, flags));
  const left = result.findings.length - findings.length;
  if (left === 0) return result;
  const limit =
    left === 1
      ? say`${left} finding is left out by --only, --skip or --severity.`
      : say`${left} findings are left out by --only, --skip or --severity.`;
  return withLimits({ ...result, findings, findingsLeftOut: left }, [limit]);
}

function isKept(finding: FindingResult, { only, skip, severity }: SelectFlags): boolean {
  if (severity && SEVERITIES.indexOf(finding.severity) > SEVERITIES.indexOf(severity)) return false;
  if (skip?.some((name) => isNamed(finding, name))) return false;
  return !only || only.some((name) => isNamed(finding, name));
}

function isNamed({ id, kind, check, catalog }: FindingResult, name: string): boolean {
  return name === kind || name === check || name === catalog || matchesId(name, id);
}
