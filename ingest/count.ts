/** Inputs to one flow table, on as many threads as pay. */
import { availableParallelism } from "node:os";
import type { Readable } from "node:stream";
import { Worker } from "node:worker_threads";
import { InputError } from "./errors.ts";
import { type FlowSelection, FlowSelector } from "./flow-selection.ts";
import { FlowTable, type PortableFlows } from "./flows.ts";
import type { RecordPlace, RecordWindow } from "./input-reader.ts";
import { emptyReport, type InputReport, joinReports } from "./input-report.ts";
import type { Input } from "./inputs.ts";
import type { ParserOptions } from "./line-parsers.ts";
import { MIN_PIECE_BYTES, type Piece, piecesOf } from "./pieces.ts";
import { readInput } from "./read.ts";

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
  /** A line of standard input was kept as an example: it cannot be read again. */
  onKeptLine?: (place: RecordPlace, table: FlowTable) => void;
  /** An input that cannot be read; the others still count. */
  onUnreadable: (error: InputError) => void;
}

export interface Counted {
  table: FlowTable;
  /** One an input, in their order. */
  reports: InputReport[];
}

/** One unit of a worker's work. */
export interface CountTask {
  input: Input;
  index: number;
  /** Null: the whole input. */
  piece: Piece | null;
  selection: FlowSelection;
  options: ParserOptions & RecordWindow & { minSearchBytes?: number };
}

/** What a worker sends. */
export type CountMessage =
  | { kind: "bytes"; bytes: number }
  | { kind: "done"; flows: PortableFlows; report: InputReport }
  | { kind: "unreadable"; code: InputError["code"]; message: string; hint: string | null };

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
    keep(index, { ...emptyReport(inputs[index] as Input), warnings: [error.message], isPlain: false });
  };
  if (tasks) {
    const outcomes = await runTasks(tasks, threads, options.onBytes);
    outcomes.forEach((outcome, i) => {
      const { index } = tasks[i] as CountTask;
      if (outcome.kind === "unreadable") unreadable(index, new InputError(outcome.code, outcome.message, outcome.hint));
      else if (outcome.kind === "done") {
        const before = (parts.get(index) ?? []).reduce((sum, { lineEnds }) => sum + lineEnds, 0);
        table.absorb(outcome.flows, () => before);
        keep(index, outcome.report);
      }
    });
  }
  for (const [index, input] of inputs.entries()) {
    if (tasks?.some((task) => task.index === index)) continue;
    try {
      const report = await readInput(
        input,
        index,
        { ...read, stdin: options.stdin, ...(options.onBytes ? { onBytes: options.onBytes } : {}) },
        (record, format, place) => {
          const kept = table.add(record, format, place.input, place.line, place.offset);
          if (kept && input.path === null) options.onKeptLine?.(place, table);
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

/** Work for threads, or null where the inputs are too small for it; standard input always stays here. */
async function planTasks(
  inputs: readonly Input[],
  selection: FlowSelection,
  options: CountTask["options"],
  threads: number,
  minPieceBytes: number,
): Promise<CountTask[] | null> {
  const files = inputs.filter(({ path }) => path !== null);
  const bytes = files.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  if (threads < 2 || bytes < 2 * minPieceBytes) return null;
  const tasks: CountTask[] = [];
  for (const [index, input] of inputs.entries()) {
    if (input.path === null) continue;
    const pieces = (await piecesOf(input, { ...options, count: threads, minBytes: minPieceBytes })) ?? [null];
    for (const piece of pieces) tasks.push({ input, index, piece, selection, options });
  }
  return tasks.length > 1 ? tasks : null;
}

/** Outcomes in the order of the tasks, whichever thread was faster. */
async function runTasks(
  tasks: readonly CountTask[],
  threads: number,
  onBytes?: (bytes: number) => void,
): Promise<CountMessage[]> {
  const outcomes: CountMessage[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(workerUrl());
    try {
      while (next < tasks.length) {
        const at = next++;
        outcomes[at] = await runTask(worker, tasks[at] as CountTask, onBytes);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, tasks.length) }, work));
  return outcomes;
}

function runTask(worker: Worker, task: CountTask, onBytes?: (bytes: number) => void): Promise<CountMessage> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: CountMessage) => {
      if (message.kind === "bytes") {
        onBytes?.(message.bytes);
        return;
      }
      worker.off("message", onMessage);
      worker.off("error", reject);
      resolve(message);
    };
    worker.on("message", onMessage);
    worker.once("error", reject);
    worker.postMessage(task);
  });
}

/** The worker's own file, as source or built. */
function workerUrl(): URL {
  return new URL(import.meta.url.endsWith(".ts") ? "./count-worker.ts" : "./count-worker.js", import.meta.url);
}
