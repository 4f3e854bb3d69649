/** `--only`, `--skip` and `--severity`: which findings a result keeps; what is left out is said, never hidden. */
import { say } from "../rules/message.ts";
import { withLimits } from "../rules/message-table.ts";
import { type AuditResult, type FindingResult, SEVERITIES, type Severity } from "../rules/result.ts";
import { matchesId } from "../rules/waivers.ts";

export interface SelectFlags {
  /** Ids or patterns, kinds, checks, or catalogs. */
  only?: string[];
  skip?: string[];
  /** The least severity that is kept. */
  severity?: Severity;
}

export function selectFindings(result: AuditResult, flags: SelectFlags): AuditResult {
  const findings = result.findings.filter((finding) => isKept(finding, flags));
  const left = result.findings.length - findings.length;
  if (left === 0) return result;
  const limit =
    left === 1
      ? say`${left} finding is left out by --only, --skip or --severity.`
      : say`${left} findings are left out by --only, --skip or --severity.`;
  return withLimits({ ...result, findings }, [limit]);
}

function isKept(finding: FindingResult, { only, skip, severity }: SelectFlags): boolean {
  if (severity && SEVERITIES.indexOf(finding.severity) > SEVERITIES.indexOf(severity)) return false;
  if (skip?.some((name) => isNamed(finding, name))) return false;
  return !only || only.some((name) => isNamed(finding, name));
}

function isNamed({ id, kind, check, catalog }: FindingResult, name: string): boolean {
  return name === kind || name === check || name === catalog || matchesId(name, id);
}
