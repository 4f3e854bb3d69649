/** Inputs to result: reads, counts, judges, and reads the example lines back. */
import { InputError } from "../ingest/errors.ts";
import { FlowSelector } from "../ingest/flow-selection.ts";
import { FlowTable } from "../ingest/flows.ts";
import { findInputs, type Input } from "../ingest/inputs.ts";
import { type InputReport, type ReadOptions, readInput } from "../ingest/read.ts";
import { readLines } from "../ingest/read-back.ts";
import { audit } from "../rules/audit.ts";
import type { AuditResult, InputResult } from "../rules/result.ts";
import { prepareSite } from "../rules/selection.ts";
import type { Site } from "../rules/site.ts";
import { KeptLines } from "./kept-lines.ts";
import { packageVersion } from "./package.ts";
import type { ReadWindow } from "./read-options.ts";

export interface AuditRun {
  site: Site;
  inputNames: readonly string[];
  window: ReadWindow;
  read: Omit<ReadOptions, "sinceMs" | "untilMs" | "zone">;
  nowMs: number;
  /** Called for each input that cannot be read; the others are still judged. */
  onUnreadable: (error: InputError) => void;
}

/** Throws InputError where no input can be found at all. */
export async function runAudit(run: AuditRun): Promise<AuditResult> {
  const prepared = prepareSite(run.site, run.window);
  const table = new FlowTable(new FlowSelector(prepared.selection));
  const inputs = await findInputs(run.inputNames, run.nowMs);
  const kept = new KeptLines(table);
  const reports: InputReport[] = [];
  for (const [index, input] of inputs.entries()) {
    try {
      const options = { ...run.read, ...run.window, zone: run.site.timezone };
      const report = await readInput(input, index, options, (record, format, place) => {
        if (table.add(record, format, place.input, place.line, place.offset) && input.path === null) kept.keep(place);
      });
      reports.push(report);
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      run.onUnreadable(cause);
      reports.push(unreadReport(input, cause));
    }
  }
  const result = audit({
    prepared,
    flows: table.flows(),
    inputs: reports.map(inputResult),
    folded: table.foldLevel > 0,
    toolVersion: packageVersion(),
  });
  await fillExamples(result, inputs, reports, kept);
  return result;
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

function inputResult(report: InputReport): InputResult {
  const { input, formats, lines, samples, warnings } = report;
  return { name: input.name, format: formats[0] ?? null, formats, lines, samples, warnings };
}

function unreadReport(input: Input, cause: InputError): InputReport {
  return {
    input,
    formats: [],
    lines: { read: 0, parsed: 0, foreign: 0, malformed: 0, structure: 0, outsideWindow: 0 },
    samples: { foreign: [], malformed: [] },
    warnings: [cause.message],
    bytesRead: 0,
    isPlain: false,
  };
}
