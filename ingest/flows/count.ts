/** Inputs to one flow table, on as many threads as pay. */
import { availableParallelism } from "node:os";
import type { Readable } from "node:stream";
import { InputError } from "../errors.ts";
import type { RecordPlace } from "../inputs/input-reader.ts";
import { emptyReport, type InputReport, joinReports } from "../inputs/input-report.ts";
import type { Input } from "../inputs/inputs.ts";
import type { ParserOptions } from "../inputs/line-parsers.ts";
import { MIN_PIECE_BYTES, piecesOf } from "../inputs/pieces.ts";
import { readInput } from "../inputs/read.ts";
import type { LogRecord } from "../record.ts";
import type { CountPart, CountSettings, CountTask, PartOutcome } from "./count-messages.ts";
import { CountTasks } from "./count-tasks.ts";
import { type FlowSelection, FlowSelector } from "./flow-selection.ts";
import { FlowTable } from "./flows.ts";

export interface CountOptions extends ParserOptions {
  inputs: readonly Input[];
  selection: FlowSelection;
  stdin: Readable;
  /** At most so many threads; null: one a core. */
  threads: number | null;
  /** Smallest part of a file that is given to a thread of its own; 16 MB unless said otherwise. */
  minPieceBytes?: number;
  /** The smallest file that is searched for the window; 4 MB unless said otherwise. */
  minSearchBytes?: number;
  onBytes?: (bytes: number) => void;
  /** A line of a pipe was kept as an example: it cannot be read again. */
  onKeptLine?: (place: RecordPlace, record: LogRecord, table: FlowTable) => void;
  /** An input that cannot be read; the others still count. */
  onUnreadable: (error: InputError) => void;
  /** Called at the beginning with what looks at the counts as they are at the moment, while the reading goes on. */
  onStart?: (look: () => Promise<CountedSoFar>) => void;
}

export interface Counted {
  table: FlowTable;
  /** One an input, in their order. */
  reports: InputReport[];
}

/** What has been counted until a moment. */
export interface CountedSoFar extends Counted {
  /**
   * By input: line numbers of examples hold up to this byte offset. Beyond it lines stand before them that no thread has
   * counted yet.
   */
  numberedTo: number[];
}

export async function countFlows(options: CountOptions): Promise<Counted> {
  const { inputs, selection } = options;
  const read: CountSettings["options"] = {
    zone: options.zone,
    zones: options.zones ?? [],
    prefixVerdicts: options.prefixVerdicts ?? [],
    only: options.only,
    sinceMs: selection.sinceMs,
    untilMs: selection.untilMs,
    ...(options.minSearchBytes === undefined ? {} : { minSearchBytes: options.minSearchBytes }),
  };
  const threads = options.threads ?? availableParallelism();
  const tasks = await planTasks(inputs, read, threads, options.minPieceBytes ?? MIN_PIECE_BYTES);
  const table = new FlowTable(new FlowSelector(selection));
  const parts = new Map<number, InputReport[]>();
  const keep = (index: number, report: InputReport) => parts.set(index, [...(parts.get(index) ?? []), report]);
  const unreadable = (index: number, error: InputError) => {
    options.onUnreadable(error);
    keep(index, reportOfUnreadable(inputs[index] as Input, error));
  };
  /** Null where no threads work, or no more. */
  let threaded = tasks ? new CountTasks(tasks, { selection, options: read }, options.onBytes) : null;
  let reading: InputReport | null = null;
  options.onStart?.(async () => {
    if (threaded) return countedByTasks(inputs, selection, threaded, table, parts);
    const reports = inputs.map((input, index) => {
      const own = parts.get(index) ?? (reading?.input === input ? [reading] : [emptyReport(input)]);
      return joinReports(own);
    });
    return { table, reports, numberedTo: inputs.map(() => Number.POSITIVE_INFINITY) };
  });
  await threaded?.run(threads, (task, { flows, parts: outcomes }) => {
    table.absorb(flows, (index) => lineEndsOf(parts.get(index) ?? []));
    for (const [i, outcome] of outcomes.entries()) {
      const { index } = task[i] as CountPart;
      if (outcome.kind === "read") keep(index, outcome.report);
      else unreadable(index, new InputError(outcome.code, outcome.message, outcome.hint));
    }
  });
  threaded = null;
  for (const [index, input] of inputs.entries()) {
    if (tasks && !input.once) continue;
    const onReport = (report: InputReport) => {
      reading = report;
    };
    try {
      const report = await readInput(
        input,
        index,
        { ...read, stdin: options.stdin, onReport, ...(options.onBytes ? { onBytes: options.onBytes } : {}) },
        (record, format, place) => {
          const kept = table.add(record, format, place.input, place.line, place.offset);
          if (kept && input.once) options.onKeptLine?.(place, record, table);
        },
      );
      keep(index, report);
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      unreadable(index, cause);
    }
  }
  return { table, reports: inputs.map((_, index) => joinReports(parts.get(index) as InputReport[])) };
}

function lineEndsOf(reports: readonly InputReport[]): number {
  return reports.reduce((sum, { lineEnds }) => sum + lineEnds, 0);
}

function reportOfUnreadable(input: Input, { message }: InputError): InputReport {
  const name = `${input.name}: `;
  const problem = message.startsWith(name) ? message.slice(name.length) : message;
  return { ...emptyReport(input), warnings: [problem], isPlain: false };
}

/** A table of what all threads have until now. `taken`, `done`: of tasks that are over. */
async function countedByTasks(
  inputs: readonly Input[],
  selection: FlowSelection,
  threaded: CountTasks,
  taken: FlowTable,
  done: ReadonlyMap<number, InputReport[]>,
): Promise<CountedSoFar> {
  const pending = await threaded.look();
  const table = new FlowTable(new FlowSelector(selection));
  table.absorb(structuredClone(taken.toPortable()), () => 0);
  const parts = new Map(inputs.map((input, index) => [index, [emptyReport(input), ...(done.get(index) ?? [])]]));
  const numberedTo = inputs.map(() => Number.POSITIVE_INFINITY);
  for (const { task, isDone, soFar } of pending) {
    const { index, piece } = task[0] as CountPart;
    const start = piece?.start ?? 0;
    // Where the lines before are not all counted, the byte offset stands for them: no two lines get one number.
    const isNumbered = start < (numberedTo[index] as number);
    if (soFar) {
      table.absorb(soFar.flows, (of) => (isNumbered ? lineEndsOf(parts.get(of) as InputReport[]) : start));
      for (const [i, outcome] of soFar.parts.entries()) {
        const own = task[i] as CountPart;
        parts.get(own.index)?.push(reportSoFar(own, outcome, isNumbered));
      }
    }
    if (isNumbered && !isDone) numberedTo[index] = piece?.end ?? Number.POSITIVE_INFINITY;
  }
  return { table, reports: inputs.map((_, index) => joinReports(parts.get(index) as InputReport[])), numberedTo };
}

/** Samples of lines are left out where nobody knows their numbers yet. */
function reportSoFar({ input }: CountPart, outcome: PartOutcome, isNumbered: boolean): InputReport {
  if (outcome.kind === "unreadable")
    return reportOfUnreadable(input, new InputError(outcome.code, outcome.message, outcome.hint));
  return isNumbered ? outcome.report : { ...outcome.report, samples: { foreign: [], malformed: [] } };
}

/** Tasks a thread, where there are many small inputs: enough for all threads to end at about the same time. */
const TASKS_A_THREAD = 8;

/** Work for threads, or null where the inputs are too small for it; what comes through a pipe always stays here. */
async function planTasks(
  inputs: readonly Input[],
  options: CountSettings["options"],
  threads: number,
  minPieceBytes: number,
): Promise<CountTask[] | null> {
  const bytes = inputs.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  if (threads < 2 || bytes < 2 * minPieceBytes) return null;
  const batchBytes = Math.min(minPieceBytes, bytes / (threads * TASKS_A_THREAD));
  const tasks: CountPart[][] = [];
  let filledBytes = Number.POSITIVE_INFINITY;
  for (const [index, input] of inputs.entries()) {
    if (input.once) continue;
    const pieces = await piecesOf(input, { ...options, count: threads, minBytes: minPieceBytes });
    if (pieces) {
      tasks.push(...pieces.map((piece) => [{ input, index, piece }]));
      filledBytes = Number.POSITIVE_INFINITY;
      continue;
    }
    if (filledBytes >= batchBytes) {
      tasks.push([]);
      filledBytes = 0;
    }
    tasks.at(-1)?.push({ input, index, piece: null });
    filledBytes += input.sizeBytes ?? 0;
  }
  return tasks.length > 1 ? tasks : null;
}
