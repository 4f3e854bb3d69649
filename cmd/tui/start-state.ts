/** The state before anything was read. */
import type { LanguageId } from "../../rules/result.ts";
import type { Look } from "./look.ts";
import type { State } from "./state.ts";
import { emptyLists } from "./update.ts";

export interface Start {
  columns: number;
  rows: number;
  look: Look;
  language: LanguageId;
  inputs: readonly string[];
  siteFile: string | null;
  user: string;
  /** `2026-10-07` */
  today: string;
  /** Why the inputs cannot be followed; null: they can. */
  unfollowable: string | null;
}

export function startState({
  columns,
  rows,
  look,
  language,
  inputs,
  siteFile,
  user,
  today,
  unfollowable,
}: Start): State {
  return {
    columns,
    rows,
    look,
    language,
    result: null,
    feed: { phase: "reading", unfollowable, held: false, waiting: null },
    progress: { inputs, bytes: 0, totalBytes: null, elapsedMs: 0, documents: null },
    tables: null,
    lists: emptyLists(),
    view: "blocked",
    lastFilter: "",
    layers: [],
    touched: false,
    marks: new Set(),
    fresh: new Set(),
    waived: new Map(),
    written: [],
    message: null,
    siteFile,
    user,
    today,
  };
}
