/** All that the screen is drawn from. Nothing here is changed in place. */
import type { Tone } from "../../reports/text/style.ts";
import type { AuditResult, LanguageId, WaivedResult } from "../../rules/result.ts";
import type { Feed } from "./judged.ts";
import type { TextField } from "./keys/text-field.ts";
import type { LinePlace } from "./line-place.ts";
import type { Look } from "./look.ts";
import type { Subject } from "./subject.ts";
import type { FilterTerm } from "./tables/filter.ts";
import type { Notes, Table } from "./tables/table.ts";
import type { ViewId } from "./views.ts";

export interface State {
  columns: number;
  rows: number;
  look: Look;
  /** Of the screen; that of the result, where it has one. */
  language: LanguageId;
  /** Null until the first look at the logs. */
  result: AuditResult | null;
  feed: Feed;
  progress: Progress;
  tables: Readonly<Record<ViewId, Table>> | null;
  lists: Readonly<Record<ViewId, ListState>>;
  view: ViewId;
  /** What `n` and `N` look for once the filter is dropped. */
  lastFilter: string;
  /** What lies over the list, topmost last: Esc takes one away. */
  layers: readonly Layer[];
  /** Somebody has pressed a key: from now on the cursor is where it was put. */
  touched: boolean;
  marks: ReadonlySet<string>;
  waived: ReadonlyMap<string, WaivedResult>;
  /** Findings that came up while the logs were followed and that nobody has looked at, by id. */
  fresh: ReadonlySet<string>;
  /** Waivers written in this session, latest last. */
  written: readonly WrittenWaiver[];
  /** Gone with the next key. */
  message: Message | null;
  /** Where waivers are kept; null: none was named. */
  siteFile: string | null;
  /** Who is at the keyboard, as a first guess at a waiver's owner. */
  user: string;
  /** `2026-10-07` at the site: waivers may not end before it. */
  today: string;
}

export interface Progress {
  inputs: readonly string[];
  bytes: number;
  /** Null where it cannot be known (standard input, compressed files). */
  totalBytes: number | null;
  elapsedMs: number;
  /** Of a server, counted after the files; null before. */
  documents: { done: number; total: number } | null;
}

export interface ListState {
  filter: string;
  terms: readonly FilterTerm[];
  /** Index of the table's column that it is sorted by. */
  column: number;
  descending: boolean;
  /** Rows that the filter lets through, in order. */
  order: Uint32Array;
  /** Index into `order`. */
  cursor: number;
  /** First visible index. */
  top: number;
}

export type Layer = DetailLayer | RawLayer | HelpLayer | PromptLayer | WaiveLayer;

export interface DetailLayer {
  kind: "detail";
  scroll: number;
  search: string;
}

export interface RawLayer {
  kind: "raw";
  /** The lines that the row rests on, and the one of them that is shown. */
  places: readonly LinePlace[];
  index: number;
  /** Null while it is being read. */
  surroundings: Surroundings | null;
  /** Index into the lines of `surroundings`. */
  cursor: number;
  search: string;
}

/** A line with its neighbours. */
export interface Surroundings {
  lines: readonly { line: number | null; offset: number | null; text: string }[];
  /** The line that was asked for; index into `lines`. */
  focus: number;
  /** The file's first lines: some formats declare their columns there. */
  head: readonly string[];
  /** Log formats that may read these lines. */
  formats: readonly string[];
  /** Why there is less to see than expected, or what to be careful of. */
  note: string | null;
}

export interface HelpLayer {
  kind: "help";
  scroll: number;
  search: string;
}

export interface PromptLayer {
  kind: "prompt";
  purpose: "filter" | "search" | "command" | "save";
  field: TextField;
  /** What holds again after Esc. */
  before: string;
  /** The row that the cursor was on: it goes back there whenever the filter shows it. */
  anchor: number;
  /** The file that Enter would overwrite, once that has been said. */
  overwrites: string | null;
}

export const WAIVE_FIELDS = ["reason", "owner", "expires"] as const;
export type WaiveFieldName = (typeof WAIVE_FIELDS)[number];

export interface WaiveLayer {
  kind: "waive";
  ids: readonly string[];
  fields: Readonly<Record<WaiveFieldName, TextField>>;
  focus: WaiveFieldName;
  problem: string | null;
}

export interface WrittenWaiver {
  ids: readonly string[];
  /** The site file before and after. */
  before: string;
  after: string;
}

export interface Message {
  text: string;
  tone: Tone;
}

/** Narrower or lower, and nothing can be read. */
export const LEAST_COLUMNS = 60;
export const LEAST_ROWS = 16;
/** The size that everything is made for. */
export const COMFORTABLE = { columns: 80, rows: 24 };

export function topLayer(state: State): Layer | undefined {
  return state.layers.at(-1);
}

/** The state with another topmost layer. */
export function withTop(state: State, layer: Layer): State {
  return { ...state, layers: [...state.layers.slice(0, -1), layer] };
}

export function pushed(state: State, layer: Layer): State {
  return { ...state, layers: [...state.layers, layer] };
}

export function popped(state: State): State {
  return { ...state, layers: state.layers.slice(0, -1) };
}

export function saying(state: State, text: string, tone: Tone = "notice"): State {
  return { ...state, message: { text, tone } };
}

export function notesOf({ marks, waived, fresh }: State): Notes {
  return { marks, waived, fresh };
}

export function currentTable(state: State): Table | null {
  return state.tables?.[state.view] ?? null;
}

export function currentList(state: State): ListState {
  return state.lists[state.view];
}

/** The row that the keys act on; -1: none. */
export function currentRow(state: State): number {
  const { order, cursor } = currentList(state);
  return order[cursor] ?? -1;
}

export function currentSubject(state: State): Subject | null {
  const row = currentRow(state);
  return row < 0 ? null : (currentTable(state)?.subject(row) ?? null);
}
