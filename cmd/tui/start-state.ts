/** The state before anything was read. */
import type { Look } from "./look.ts";
import type { State } from "./state.ts";
import { emptyLists } from "./update.ts";

export interface Start {
  columns: number;
  rows: number;
  look: Look;
  inputs: readonly string[];
  totalBytes: number | null;
  siteFile: string | null;
  user: string;
  /** `2026-10-07` */
  today: string;
}

export function startState({ columns, rows, look, inputs, totalBytes, siteFile, user, today }: Start): State {
  return {
    columns,
    rows,
    look,
    result: null,
    progress: { inputs, bytes: 0, totalBytes, elapsedMs: 0 },
    tables: null,
    lists: emptyLists(),
    view: "blocked",
    lastFilter: "",
    layers: [],
    marks: new Set(),
    waived: new Map(),
    written: [],
    message: null,
    siteFile,
    user,
    today,
  };
}
