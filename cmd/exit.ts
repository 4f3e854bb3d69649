/** Exit status, the same for every command and format. */
import { type AuditResult, SEVERITIES, type Severity } from "../rules/result.ts";

export const EXIT_DONE = 0;
export const EXIT_FINDINGS = 1;
export const EXIT_USAGE = 2;
export const EXIT_INPUT = 3;

/** A mistake in what the user typed or configured: its message is shown, no stack. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** Status of an audit: unreadable or unrecognised input outweighs findings, since it makes them incomplete. */
export function auditStatus(result: AuditResult, failOn: Severity | null, unreadable: boolean): number {
  const recognised = result.evidence.inputs.some(({ lines }) => lines.parsed + lines.outsideWindow > 0);
  if (unreadable || !recognised) return EXIT_INPUT;
  if (failOn === null) return EXIT_DONE;
  const limit = SEVERITIES.indexOf(failOn);
  const found = result.findings.some(({ severity, waived }) => !waived && SEVERITIES.indexOf(severity) <= limit);
  return found ? EXIT_FINDINGS : EXIT_DONE;
}
