/** Inputs to result: reads, counts, judges, and reads the example lines back. */
import type { ZoneRule } from "../ingest/clock-zones.ts";
import { type CountOptions, countFlows } from "../ingest/count.ts";
import { InputError } from "../ingest/errors.ts";
import type { FlowTable } from "../ingest/flows.ts";
import { HashedStream, hashFiles } from "../ingest/input-hash.ts";
import { formatsFound, type InputReport } from "../ingest/input-report.ts";
import type { Input } from "../ingest/inputs.ts";
import { readLines } from "../ingest/read-back.ts";
import { audit } from "../rules/audit.ts";
import type { AuditResult, InputResult } from "../rules/result.ts";
import { type PreparedSite, prepareSite } from "../rules/selection.ts";
import type { Site } from "../rules/site.ts";
import type { ElasticsearchTarget } from "./elasticsearch-options.ts";
import type { PulledSource } from "./elasticsearch-source.ts";
import { listInputs } from "./input-list.ts";
import { KeptLines } from "./kept-lines.ts";
import { packageVersion } from "./package.ts";
import type { ReadWindow } from "./read-options.ts";

export interface AuditRun {
  site: Site;
  inputNames: readonly string[];
  /** Documents to audit as well. */
  elasticsearch?: ElasticsearchTarget | null;
  window: ReadWindow;
  read: Pick<CountOptions, "only" | "stdin" | "threads" | "onBytes">;
  nowMs: number;
  /** Whether the result tells the inputs' SHA-256. */
  hashes?: boolean;
  /** Called with the files and streams before they are read. */
  onInputs?: (inputs: readonly Input[]) => void;
  /** Called for each input that cannot be read; the others are still judged. */
  onUnreadable: (error: InputError) => void;
}

/** Throws InputError where no input can be found at all. */
export async function runAudit(run: AuditRun): Promise<AuditResult> {
  const prepared = prepareSite(run.site, run.window);
  const inputs = await listInputs(run.inputNames, run.nowMs, run.onUnreadable);
  run.onInputs?.(inputs);
  const kept = new KeptLines();
  const hashed = run.hashes ? new HashedStream(run.read.stdin) : null;
  const ofFiles = run.hashes ? hashFiles(inputs) : [];
  const { table, reports } = await countFlows({
    inputs,
    selection: prepared.selection,
    zone: run.site.timezone,
    zones: zoneRules(run.site),
    prefixVerdicts: run.site.firewalls.flatMap(({ prefixes }) => prefixes),
    onKeptLine: (place, growing) => kept.keep(place, growing),
    onUnreadable: run.onUnreadable,
    ...run.read,
    stdin: hashed?.stream ?? run.read.stdin,
  });
  const hashes = await ofFiles;
  const hashOf = (report: InputReport, index: number) =>
    report.input.path === null ? (hashed?.sha256 ?? null) : (hashes[index] ?? null);
  const pulled = await pullDocuments(run, table, prepared, inputs.length);
  const result = audit({
    prepared,
    flows: table.flows(),
    activity: table.hoursByContext(),
    inputs: [
      ...reports.map((report, index) => inputResult(report, hashOf(report, index))),
      ...(pulled ? [pulled.input] : []),
    ],
    folded: table.foldLevel > 0,
    toolVersion: packageVersion(),
    nowMs: run.nowMs,
  });
  await fillExamples(result, inputs, reports, kept);
  await pulled?.complete(result);
  return result;
}

/** Where the server fails, files that were read are still judged. */
async function pullDocuments(
  run: AuditRun,
  table: FlowTable,
  { selection }: PreparedSite,
  files: number,
): Promise<PulledSource | null> {
  if (!run.elasticsearch) return null;
  const { pullSource } = await import("./elasticsearch-source.ts");
  try {
    return await pullSource(run.elasticsearch, table, selection, files, run.onUnreadable);
  } catch (cause) {
    if (!(cause instanceof InputError) || files === 0) throw cause;
    run.onUnreadable(cause);
    return null;
  }
}

/** Nothing where no firewall has a clock of its own, so that reading costs nothing more. */
export function zoneRules({ firewalls }: Site): ZoneRule[] {
  if (firewalls.every(({ timezone }) => timezone === null)) return [];
  return firewalls.map(({ name, platform, timezone }) => ({ name, platform, zone: timezone }));
}

async function fillExamples(
  result: AuditResult,
  inputs: readonly Input[],
  reports: readonly InputReport[],
  kept: KeptLines,
): Promise<void> {
  const examples = result.findings.flatMap((finding) => finding.examples);
  for (const [index, input] of inputs.entries()) {
    const own = examples.filter((example) => example.input === input.name && example.line !== null);
    const wanted = own.map(({ line, offset }) => ({ line: line as number, offset: offset as number }));
    const texts =
      input.path === null ? kept.textsOf(index) : await readLines(input, wanted, reports[index]?.isPlain ?? false);
    for (const example of own) example.text = texts.get(example.line as number) ?? null;
  }
}

function inputResult(report: InputReport, sha256: string | null): InputResult {
  const { input, lines, samples, warnings } = report;
  const formats = formatsFound(report);
  return { name: input.name, format: formats[0] ?? null, formats, lines, samples, warnings, sha256 };
}
