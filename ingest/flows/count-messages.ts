/** What a counting thread is asked, and what it answers. */
import type { InputError } from "../errors.ts";
import type { RecordWindow } from "../inputs/input-reader.ts";
import type { InputReport } from "../inputs/input-report.ts";
import type { Input } from "../inputs/inputs.ts";
import type { ParserOptions } from "../inputs/line-parsers.ts";
import type { Piece } from "../inputs/pieces.ts";
import type { PortableFlows } from "./flow-merge.ts";
import type { FlowSelection } from "./flow-selection.ts";

/** What is the same for all tasks of a thread. */
export interface CountSettings {
  selection: FlowSelection;
  options: ParserOptions & RecordWindow & { minSearchBytes?: number };
}

/** An input, or a piece of one. */
export interface CountPart {
  input: Input;
  index: number;
  /** Null: the whole input. */
  piece: Piece | null;
}

/** One unit of a thread's work, counted in a table of its own: a piece of a big file, or so many small ones that it pays. */
export type CountTask = readonly CountPart[];

export type PartOutcome =
  | { kind: "read"; report: InputReport }
  | { kind: "unreadable"; code: InputError["code"]; message: string; hint: string | null };

/** What a thread is asked. */
export type CountRequest = CountTask | "look";

/** What a task has counted: in the end, or until now. */
export interface TaskCounts {
  flows: PortableFlows;
  /** One for each part that was begun, in their order. */
  parts: PartOutcome[];
}

/** What a thread sends. */
export type CountMessage =
  | { kind: "bytes"; bytes: number }
  | { kind: "done"; outcome: TaskCounts }
  | { kind: "so-far"; soFar: TaskCounts | null };
