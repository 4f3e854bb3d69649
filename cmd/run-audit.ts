/** Inputs to result: reads, counts, judges, and reads the example lines back. */
import type { ZoneRule } from "../ingest/clocks/clock-zones.ts";
import { InputError } from "../ingest/errors.ts";
import { type CountedSoFar, type CountOptions, countFlows } from "../ingest/flows/count.ts";
import type { FlowTable } from "../ingest/flows/flows.ts";
import { HashedStream, hashFiles } from "../ingest/inputs/input-hash.ts";
import { formatsFound, type InputReport, warningsOf } from "../ingest/inputs/input-report.ts";
import type { Input } from "../ingest/inputs/inputs.ts";
import type { ParserOptions } from "../ingest/inputs/line-parsers.ts";
import { readRecords } from "../ingest/inputs/read-back.ts";
import { audit } from "../rules/audit.ts";
import { type PreparedSite, prepareSite } from "../rules/matching/selection.ts";
import type { AuditResult, InputResult } from "../rules/result.ts";
import type { Site } from "../rules/site/site.ts";
import type { Traffic } from "../rules/traffic/judged-flow.ts";
import type { ElasticsearchTarget } from "./elasticsearch/options.ts";
import type { PulledSource } from "./elasticsearch/source.ts";
import { listInputs } from "./input-list.ts";
import { KeptLines } from "./kept-lines.ts";
import { keepNurseriesSmall, sizeNursery } from "./nursery.ts";
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
  /** Called as documents are counted. */
  onDocuments?: (done: number, total: number) => void;
  /** Called for each input that cannot be read; the others are still judged. */
  onUnreadable: (error: InputError) => void;
  /** Called before the reading with what judges the evidence as it is at the moment. */
  onStart?: (look: () => Promise<JudgedRun>) => void;
}

/** A result with what it was judged from. */
export interface JudgedRun {
  result: AuditResult;
  traffic: Traffic;
  table: FlowTable;
  /** By input: the byte offset up to which line numbers are known; 0: it has no lines. */
  numberedTo: readonly number[];
}

/** Throws InputError where no input can be found at all. */
export async function runAudit(run: AuditRun): Promise<AuditResult> {
  return (await judgeRun(run)).result;
}

/** The same, with the judged traffic. */
export async function judgeRun(run: AuditRun): Promise<JudgedRun> {
  keepNurseriesSmall();
  const prepared = prepareSite(run.site, run.window);
  const inputs = await listInputs(run.inputNames, run.nowMs, run.onUnreadable);
  run.onInputs?.(inputs);
  const kept = new KeptLines();
  const hashed = run.hashes ? new HashedStream(run.read.stdin) : null;
  const ofFiles = run.hashes ? hashFiles(inputs) : [];
  const pending = run.elasticsearch ? [unreadSoFar(run.elasticsearch.index)] : [];
  const { table, reports } = await countFlows({
    inputs,
    selection: prepared.selection,
    ...parsingOf(run.site),
    onKeptLine: (place, record, growing) => kept.keep(place, record, growing),
    onUnreadable: run.onUnreadable,
    onStart: (look) => run.onStart?.(async () => judgeSoFar(prepared, await look(), pending, kept, run.nowMs)),
    ...run.read,
    stdin: hashed?.stream ?? run.read.stdin,
  });
  const hashes = await ofFiles;
  const hashOf = (report: InputReport, index: number) =>
    report.input.path === null ? (hashed?.sha256 ?? null) : (hashes[index] ?? null);
  const pulled = await pullDocuments(run, table, prepared, inputs.length);
  const inputResults = [
    ...reports.map((report, index) => inputResult(report, hashOf(report, index))),
    ...(pulled ? [pulled.input] : []),
  ];
  const numberedTo = [...reports.map(() => Number.POSITIVE_INFINITY), 0];
  const judged = judgeTable(prepared, table, inputResults, numberedTo, run.nowMs);
  await fillExamples(judged.result, reports, kept);
  await pulled?.complete(judged.result);
  return judged;
}

/** What the parsers must know of the site. */
export function parsingOf(site: Site): Omit<ParserOptions, "only"> {
  return {
    zone: site.timezone,
    zones: zoneRules(site),
    prefixVerdicts: site.firewalls.flatMap(({ prefixes }) => prefixes),
  };
}

export function judgeTable(
  prepared: PreparedSite,
  table: FlowTable,
  inputs: InputResult[],
  numberedTo: readonly number[],
  nowMs: number,
): JudgedRun {
  sizeNursery();
  const toolVersion = packageVersion();
  const folded = table.foldLevel > 0;
  const activity = table.activity();
  return {
    ...audit({
      prepared,
      flows: table.flows(),
      activity,
      hostNames: table.hostNames.all(),
      inputs,
      folded,
      toolVersion,
      nowMs,
    }),
    table,
    numberedTo,
  };
}

/** Judges what has been read until now. A line whose number nobody knows yet is told by its byte offset alone. */
async function judgeSoFar(
  prepared: PreparedSite,
  { table, reports, numberedTo }: CountedSoFar,
  pending: readonly InputResult[],
  kept: KeptLines,
  nowMs: number,
): Promise<JudgedRun> {
  const judged = judgeTable(
    prepared,
    table,
    [...reports.map((report) => inputResult(report, null)), ...pending],
    numberedTo,
    nowMs,
  );
  // A compressed file would have to be read from its beginning again.
  const readable = reports.map((report) =>
    report.isPlain ? report : { ...report, input: { ...report.input, once: true } },
  );
  await fillExamples(judged.result, readable, kept);
  for (const { examples } of judged.result.findings) {
    for (const example of examples) {
      const index = reports.findIndex(({ input }) => input.name === example.input);
      if (example.offset === null || example.offset >= (numberedTo[index] ?? 0)) example.line = null;
    }
  }
  return judged;
}

/** An input of which nothing has come yet. */
function unreadSoFar(name: string): InputResult {
  const lines = { read: 0, parsed: 0, foreign: 0, malformed: 0, structure: 0, outsideWindow: 0 };
  return {
    name,
    format: null,
    formats: [],
    lines,
    samples: { foreign: [], malformed: [] },
    warnings: [],
    sha256: null,
  };
}

/** Where the server fails, files that were read are still judged. */
async function pullDocuments(
  run: AuditRun,
  table: FlowTable,
  prepared: PreparedSite,
  files: number,
): Promise<PulledSource | null> {
  if (!run.elasticsearch) return null;
  const { pullSource } = await import("./elasticsearch/source.ts");
  try {
    return await pullSource(run.elasticsearch, table, prepared, {
      input: files,
      onIncomplete: run.onUnreadable,
      ...(run.onDocuments ? { onProgress: run.onDocuments } : {}),
    });
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

/** Reads the example lines back, as far as they can be. */
export async function fillExamples(
  result: AuditResult,
  reports: readonly InputReport[],
  kept: KeptLines,
): Promise<void> {
  const examples = result.findings.flatMap((finding) => finding.examples);
  for (const [index, { input, isPlain }] of reports.entries()) {
    const own = examples.filter((example) => example.input === input.name && example.line !== null);
    if (input.once) {
      for (const example of own) example.text = kept.textOf(index, example.offset as number);
      continue;
    }
    const offsets = own.map(({ offset }) => offset as number);
    const texts = await readRecords(input, offsets, isPlain);
    for (const [at, example] of own.entries()) example.text = texts[at] ?? null;
  }
}

/** @param sha256 of the input's bytes; null where nobody asked for it, or more is to come */
export function inputResult(report: InputReport, sha256: string | null): InputResult {
  const { input, lines, samples } = report;
  const formats = formatsFound(report);
  return {
    name: input.name,
    format: formats[0] ?? null,
    formats,
    lines,
    samples,
    warnings: warningsOf(report),
    sha256,
  };
}
