/** What a counting thread is asked, and what it answers. */
import type { InputError } from "../errors.ts";
import type { RecordWindow } from "../inputs/input-reader.ts";
import type { InputReport } from "../inputs/input-report.ts";
import type { Input } from "../inputs/inputs.ts";
import type { ParserOptions } from "../inputs/line-parsers.ts";
import type { Piece } from "../inputs/pieces.ts";
import type { PortableFlows } from "./flow-merge.ts";
import type { FlowSelection } from "./flow-selection.ts";

/** One unit of a worker's work. */
export interface CountTask {
  input: Input;
  index: number;
  /** Null: the whole input. */
  piece: Piece | null;
  selection: FlowSelection;
  options: ParserOptions & RecordWindow & { minSearchBytes?: number };
}

/** What a worker is asked. */
export type CountRequest = CountTask | "look";

/** What a worker sends. */
export type CountMessage =
  | { kind: "bytes"; bytes: number }
  | { kind: "done"; flows: PortableFlows; report: InputReport }
  | { kind: "so-far"; flows: PortableFlows | null; report: InputReport | null }
  | { kind: "unreadable"; code: InputError["code"]; message: string; hint: string | null };
