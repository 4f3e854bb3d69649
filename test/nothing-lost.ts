/** No silent loss: every packet or session that was counted stands once among what an audit accounts for. */
import type { JudgedRun } from "../cmd/run-audit.ts";
import type { AuditResult } from "../rules/result.ts";

/** The run's result; throws where something is missing or stands twice. */
export function wholeResultOf({ result, table }: JudgedRun): AuditResult {
  const counted = [...table.flows()].reduce((sum, { count }) => sum + count, 0);
  const accounted = result.accounting.reduce((sum, { packets }) => sum + packets, 0);
  if (accounted !== counted) throw new Error(`${counted} were counted, but ${accounted} accounted for`);
  return result;
}
