/** `ringfence audit`: the main job. */
import type { InputError } from "../ingest/errors.ts";
import { compareWithBaseline } from "../rules/baseline.ts";
import { say, standardInput } from "./console.ts";
import { auditStatus } from "./exit.ts";
import { formatsFromFlag, type ReadFlags, windowFromFlags } from "./read-options.ts";
import { readResult } from "./report.ts";
import { runAudit } from "./run-audit.ts";
import { type SelectFlags, selectFindings } from "./select-findings.ts";
import { type ShowFlags, show, targetsFromFlags } from "./show.ts";
import { type SiteFlags, siteFromFlags } from "./site-options.ts";

export type AuditFlags = SiteFlags & ReadFlags & ShowFlags & SelectFlags & { baseline?: string };

export async function auditCommand(inputs: readonly string[], flags: AuditFlags): Promise<number> {
  const nowMs = Date.now();
  const targets = await targetsFromFlags(flags);
  const site = siteFromFlags(flags);
  const baseline = flags.baseline === undefined ? null : await readResult(flags.baseline);
  let unreadable = false;
  const result = await runAudit({
    site,
    inputNames: inputs,
    window: windowFromFlags(flags, site.timezone, nowMs),
    read: { only: formatsFromFlag(flags), stdin: standardInput(), threads: null },
    nowMs,
    onUnreadable: (error: InputError) => {
      unreadable = true;
      say(`ringfence: ${error.message}${error.hint ? ` (${error.hint})` : ""}`);
    },
  });
  for (const { name, format, warnings, lines } of result.evidence.inputs) {
    for (const warning of warnings) say(`ringfence: ${name}: ${warning}`);
    if (format === null && lines.read === 0 && warnings.length === 0) say(`ringfence: ${name}: is empty`);
    else if (format === null && warnings.length === 0)
      say(`ringfence: ${name}: no line of a known log format (see: ringfence formats)`);
  }
  if (baseline) result.baseline = compareWithBaseline(result, baseline);
  const selected = selectFindings(result, flags);
  await show(selected, targets, flags);
  return auditStatus(selected, flags.failOn ?? null, unreadable);
}
