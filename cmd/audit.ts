/** `ringfence audit`: the main job. */
import type { InputError } from "../ingest/errors.ts";
import { compareWithBaseline } from "../rules/findings/baseline.ts";
import { complaintOf, say, standardInput } from "./console.ts";
import { auditTarget, type ElasticsearchFlags } from "./elasticsearch/options.ts";
import { auditStatus, UsageError } from "./exit.ts";
import { lookUpIfAsked } from "./look-up.ts";
import { Progress } from "./progress.ts";
import { formatsFromFlag, type ReadFlags, windowFromFlags } from "./read-options.ts";
import { readResult } from "./report.ts";
import { runAudit } from "./run-audit.ts";
import { checkSelection, type SelectFlags, selectFindings } from "./select-findings.ts";
import { type ShowFlags, show, targetsFromFlags } from "./show.ts";
import { type SiteFlags, siteFromFlags } from "./site-options.ts";

export type AuditFlags = SiteFlags & ReadFlags & ShowFlags & SelectFlags & ElasticsearchFlags & { baseline?: string };

export async function auditCommand(inputs: readonly string[], flags: AuditFlags): Promise<number> {
  const nowMs = Date.now();
  const targets = await targetsFromFlags(flags);
  const site = await lookUpIfAsked(siteFromFlags(flags), flags, nowMs);
  checkSelection(flags, site);
  const elasticsearch = auditTarget(flags, site, inputs.length > 0);
  if (inputs.length === 0 && elasticsearch === null)
    throw new UsageError("say what to read: log files, or --elasticsearch URL and --index PATTERN");
  const baseline = flags.baseline === undefined ? null : await readResult(flags.baseline);
  const unreadable = new Set<string>();
  const progress = new Progress();
  const found = new Set<string>();
  const result = await runAudit({
    site,
    inputNames: inputs,
    elasticsearch,
    window: windowFromFlags(flags, site.timezone, nowMs),
    read: { only: formatsFromFlag(flags), stdin: standardInput(), threads: null, onBytes: progress.onBytes },
    nowMs,
    hashes: targets.some(({ format }) => format.showsHashes),
    onInputs: (all) => {
      progress.expect(all);
      for (const { name, named } of all) if (!named) found.add(name);
    },
    onDocuments: progress.onDocuments,
    onUnreadable: (error: InputError) => {
      unreadable.add(error.message);
      progress.clear();
      say(`ringfence: ${complaintOf(error)}`);
    },
  }).finally(() => progress.stop());
  const otherFiles: string[] = [];
  for (const { name, format, warnings, lines } of result.evidence.inputs) {
    // A folder may hold anything; only what was named should have been a log.
    if (format === null && lines.read > 0 && lines.outsideWindow === 0 && found.has(name)) {
      otherFiles.push(name);
      continue;
    }
    for (const warning of warnings) {
      const message = `${name}: ${warning}`;
      if (!unreadable.has(message)) say(`ringfence: ${message}`);
    }
    if (format === null && lines.read === 0 && warnings.length === 0) say(`ringfence: ${name}: is empty`);
    else if (format === null && lines.outsideWindow > 0)
      say(`ringfence: ${name}: no line lies in the window of --since and --until`);
    else if (format === null && warnings.length === 0)
      say(`ringfence: ${name}: no line of ${formatsWanted(flags)} (see: ringfence formats)`);
  }
  if (otherFiles.length > 0) say(`ringfence: not firewall logs: ${shortList(otherFiles)}`);
  if (baseline) result.baseline = compareWithBaseline(result, baseline);
  const selected = selectFindings(result, flags);
  await show(selected, targets, flags);
  return auditStatus(selected, flags.failOn ?? null, unreadable.size > 0);
}

/** What every line was held against: the formats of --input-format, else all. */
function formatsWanted({ inputFormat }: ReadFlags): string {
  return inputFormat ? `--input-format ${inputFormat.join(", ")}` : "a known log format";
}

const MOST_NAMES = 5;

/** In the order in which they were read; the report lists them all. */
function shortList(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(", ")} and ${more} more` : names.join(", ");
}
