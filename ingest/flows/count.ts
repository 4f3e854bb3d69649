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
import type { CountTask } from "./count-messages.ts";
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
  const read: CountTask["options"] = {
    zone: options.zone,
    zones: options.zones ?? [],
    prefixVerdicts: options.prefixVerdicts ?? [],
    only: options.only,
    sinceMs: selection.sinceMs,
    untilMs: selection.untilMs,
    ...(options.minSearchBytes === undefined ? {} : { minSearchBytes: options.minSearchBytes }),
  };
  const threads = options.threads ?? availableParallelism();
  const tasks = await planTasks(inputs, selection, read, threads, options.minPieceBytes ?? MIN_PIECE_BYTES);
  const table = new FlowTable(new FlowSelector(selection));
  const parts = new Map<number, InputReport[]>();
  const keep = (index: number, report: InputReport) => parts.set(index, [...(parts.get(index) ?? []), report]);
  const unreadable = (index: number, error: InputError) => {
    options.onUnreadable(error);
    const input = inputs[index] as Input;
    const name = `${input.name}: `;
    const problem = error.message.startsWith(name) ? error.message.slice(name.length) : error.message;
    keep(index, { ...emptyReport(input), warnings: [problem], isPlain: false });
  };
  /** Null where no threads work, or no more. */
  let threaded = tasks ? new CountTasks(tasks, options.onBytes) : null;
  let reading: InputReport | null = null;
  options.onStart?.(async () => {
    if (threaded) return countedByTasks(inputs, selection, threaded);
    const reports = inputs.map((input, index) => {
      const own = parts.get(index) ?? (reading?.input === input ? [reading] : [emptyReport(input)]);
      return joinReports(own);
    });
    return { table, reports, numberedTo: inputs.map(() => Number.POSITIVE_INFINITY) };
  });
  if (tasks && threaded) {
    await threaded.run(threads);
    threaded.outcomes.forEach((outcome, i) => {
      const { index } = tasks[i] as CountTask;
      if (outcome.kind === "unreadable") unreadable(index, new InputError(outcome.code, outcome.message, outcome.hint));
      else {
        const before = lineEndsOf(parts.get(index) ?? []);
        table.absorb(outcome.flows, () => before);
        keep(index, outcome.report);
      }
    });
    threaded = null;
  }
  for (const [index, input] of inputs.entries()) {
    if (tasks?.some((task) => task.index === index)) continue;
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

/** A table of what all threads have until now. */
async function countedByTasks(
  inputs: readonly Input[],
  selection: FlowSelection,
  threaded: CountTasks,
): Promise<CountedSoFar> {
  const table = new FlowTable(new FlowSelector(selection));
  const parts = new Map(inputs.map((input, index) => [index, [emptyReport(input)]]));
  const numberedTo = inputs.map(() => Number.POSITIVE_INFINITY);
  for (const [at, soFar] of (await threaded.look()).entries()) {
    const { index, piece } = threaded.tasks[at] as CountTask;
    const reports = parts.get(index) as InputReport[];
    const start = piece?.start ?? 0;
    // Where the lines before are not all counted, the byte offset stands for them: no two lines get one number.
    const isNumbered = start < (numberedTo[index] as number);
    const before = isNumbered ? lineEndsOf(reports) : start;
    if (soFar) {
      table.absorb(soFar.flows, () => before);
      const { report } = soFar;
      reports.push(isNumbered ? report : { ...report, samples: { foreign: [], malformed: [] } });
    }
    if (isNumbered && threaded.outcomes[at]?.kind !== "done")
      numberedTo[index] = piece?.end ?? Number.POSITIVE_INFINITY;
  }
  return { table, reports: inputs.map((_, index) => joinReports(parts.get(index) as InputReport[])), numberedTo };
}

/** Work for threads, or null where the inputs are too small for it; what comes through a pipe always stays here. */
async function planTasks(
  inputs: readonly Input[],
  selection: FlowSelection,
  options: CountTask["options"],
  threads: number,
  minPieceBytes: number,
): Promise<CountTask[] | null> {
  const files = inputs.filter(({ once }) => !once);
  const bytes = files.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  if (threads < 2 || bytes < 2 * minPieceBytes) return null;
  const tasks: CountTask[] = [];
  for (const [index, input] of inputs.entries()) {
    if (input.once) continue;
    const pieces = (await piecesOf(input, { ...options, count: threads, minBytes: minPieceBytes })) ?? [null];
    for (const piece of pieces) tasks.push({ input, index, piece, selection, options });
  }
  return tasks.length > 1 ? tasks : null;
}
