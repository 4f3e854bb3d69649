/**
 * A view's rows behind one face: what they show, how they sort, what a filter finds in them. Rows are numbers, so that a
 * hundred thousand of them cost an array, and only what is on the screen is ever turned into text.
 */
import type { phrases } from "../../../reports/phrases.ts";
import type { Span } from "../../../reports/text/style.ts";
import type { WaivedResult } from "../../../rules/result.ts";
import type { Subject } from "../subject.ts";
import { type FieldValue, type FilterTerm, fieldHolds } from "./filter.ts";

/** What this session knows of rows beyond the result. */
export interface Notes {
  /** Keys of marked rows. */
  marks: ReadonlySet<string>;
  /** Accepted findings by id. */
  waived: ReadonlyMap<string, WaivedResult>;
  /** Findings that came up since the first look, and that nobody has looked at yet, by id. */
  fresh: ReadonlySet<string>;
}

export type ColumnId = keyof typeof phrases.triage.columns;

export interface Column {
  /** Names it in `sort`; its title is said in the language of the screen. */
  id: ColumnId;
  /** Columns of the screen, unless its title is wider; `rest` shares what the others leave. */
  readonly width: number | "rest";
  align?: "right";
  /** Shown only where the list is at least so wide. */
  from?: number;
}

/** What a field holds of an item, or a code for it. */
type Field<Item> = ((item: Item, notes: Notes) => FieldValue) | CodedField<Item>;

/** A field of few codes with a word each in the language of the screen: it holds what either of them holds. */
interface CodedField<Item> {
  code(item: Item): string;
  word(code: string): string;
}

/** Each word is looked for once, however many rows share it. */
export function coded<Item, Code extends string>(
  code: (item: Item) => Code,
  word: (code: Code) => string,
): CodedField<Item> {
  return { code, word: word as (code: string) => string };
}

/** How items of one kind make rows. */
export interface TableSpec<Item> {
  columns: readonly (Column & {
    cell(item: Item, notes: Notes): Span;
    sort(item: Item): string | number;
  })[];
  keyOf(item: Item): string;
  subject(item: Item): Subject;
  /** What a filter without a field looks at. */
  words(item: Item): string;
  fields: Readonly<Record<string, Field<Item>>>;
  /** Rows that step back, as waived findings do. */
  isQuiet(item: Item, notes: Notes): boolean;
}

export interface Table {
  readonly size: number;
  readonly columns: readonly Column[];
  readonly fields: readonly string[];
  keyOf(row: number): string;
  /** The row of a key; -1: none, or it would have to be searched for. */
  rowOf(key: string): number;
  cell(row: number, column: number, notes: Notes): Span;
  subject(row: number): Subject;
  isQuiet(row: number, notes: Notes): boolean;
  /** Those of the rows that hold all the terms, in their order. */
  kept(rows: Uint32Array, terms: readonly FilterTerm[], notes: Notes): Uint32Array;
  /** All rows in the order of a column; equal ones keep the result's own order. */
  sorted(column: number, descending: boolean): Uint32Array;
  /** One short piece of what filters and sorting will need; false when all is ready. */
  warm(): boolean;
}

/** The one field that every table has. */
export const MARKED = "marked";

/** Whether a row is marked, or is not. */
export function markTest(
  table: Pick<Table, "keyOf">,
  { value }: FilterTerm,
  { marks }: Notes,
): (row: number) => boolean {
  const ofMarked = "yes".startsWith(value);
  const ofOthers = "no".startsWith(value);
  return (row) => (marks.has(table.keyOf(row)) ? ofMarked : ofOthers);
}

/** Rows whose search text is prepared at a time. */
const WARM_ROWS = 2_000;

/** The table of these items. */
export function tableOf<Item>(spec: TableSpec<Item>, items: readonly Item[]): Table {
  const words: string[] = new Array(items.length);
  const orders = new Map<number, Uint32Array>();
  let warmed = 0;
  const at = (row: number) => items[row] as Item;
  const wordsOf = (row: number): string => {
    words[row] ??= spec.words(at(row)).toLowerCase();
    return words[row];
  };
  const keyOf = (row: number) => spec.keyOf(at(row));
  const termTest = (term: FilterTerm, notes: Notes): ((row: number) => boolean) => {
    const { field, value } = term;
    if (field === null) return (row) => wordsOf(row).includes(value);
    if (field === MARKED) return markTest({ keyOf }, term, notes);
    const read = spec.fields[field];
    if (read === undefined) return () => false;
    if (typeof read === "function") return (row) => fieldHolds(read(at(row), notes), value);
    const codes = new Map<string, boolean>();
    return (row) => {
      const code = read.code(at(row));
      const known = codes.get(code);
      if (known !== undefined) return known;
      const holds = fieldHolds([code, read.word(code)], value);
      codes.set(code, holds);
      return holds;
    };
  };
  let rows: Map<string, number> | null = null;
  return {
    size: items.length,
    columns: spec.columns,
    fields: [...Object.keys(spec.fields), MARKED],
    keyOf,
    rowOf(key) {
      rows ??= new Map(items.map((item, row) => [spec.keyOf(item), row]));
      return rows.get(key) ?? -1;
    },
    cell: (row, column, notes) => spec.columns[column]?.cell(at(row), notes) ?? { text: "" },
    subject: (row) => spec.subject(at(row)),
    isQuiet: (row, notes) => spec.isQuiet(at(row), notes),
    kept(rows, terms, notes) {
      const tests = terms.map((term) => ({ test: termTest(term, notes), wanted: !term.negated }));
      return rowsThat(rows, (row) => tests.every(({ test, wanted }) => test(row) === wanted));
    },
    sorted(column, descending) {
      const order = orders.get(column) ?? ascending(items, spec.columns[column]?.sort ?? (() => 0));
      orders.set(column, order);
      return descending ? order.toReversed() : order;
    },
    warm() {
      if (warmed < items.length) {
        const end = Math.min(items.length, warmed + WARM_ROWS);
        while (warmed < end) wordsOf(warmed++);
        return true;
      }
      const column = spec.columns.findIndex((_, index) => !orders.has(index));
      if (column >= 0) orders.set(column, ascending(items, spec.columns[column]?.sort ?? (() => 0)));
      return column >= 0;
    },
  };
}

/** Several times as fast as `filter` of typed arrays; what is beyond the found ones was never touched, and takes no memory. */
export function rowsThat(rows: Uint32Array, test: (row: number) => boolean): Uint32Array {
  const found = new Uint32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    if (test(row)) found[count++] = row;
  }
  return found.subarray(0, count);
}

/** Row numbers by value. Equal values are compared once, not row by row: columns hold few different ones. */
function ascending<Item>(items: readonly Item[], sortValue: (item: Item) => string | number): Uint32Array {
  const groups = new Map<string | number, number[]>();
  for (const [row, item] of items.entries()) {
    const value = sortValue(item);
    const group = groups.get(value);
    if (group) group.push(row);
    else groups.set(value, [row]);
  }
  const values = [...groups.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const order = new Uint32Array(items.length);
  let end = 0;
  for (const value of values) {
    for (const row of groups.get(value) ?? []) order[end++] = row;
  }
  return order;
}
