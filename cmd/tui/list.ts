/** What can be done to a list: move, filter, sort, mark, find. */
import { phrases } from "../../reports/phrases.ts";
import type { FindingResult } from "../../rules/result.ts";
import { geometryOf } from "./frames/geometry.ts";
import { clamp, scrolledTo } from "./frames/viewport.ts";
import { currentList, currentRow, currentTable, type ListState, notesOf, type State, saying } from "./state.ts";
import { narrows, parseFilter } from "./tables/filter.ts";
import type { Notes, Table } from "./tables/table.ts";
import { type ViewId, views } from "./views.ts";

/** Rows among which the next match is looked for at once. */
const LOOKED_AT = 1000;

export const EMPTY_LIST: ListState = {
  filter: "",
  terms: [],
  column: 0,
  descending: false,
  order: new Uint32Array(0),
  cursor: 0,
  top: 0,
};

/** All rows, by the first column. */
export function openedList(table: Table): ListState {
  return { ...EMPTY_LIST, order: table.sorted(0, false) };
}

/** The state with its current list changed, and scrolled to where the cursor is. */
export function withList(state: State, change: Partial<ListState>): State {
  const list = { ...currentList(state), ...change };
  const count = list.order.length;
  const cursor = clamp(list.cursor, count);
  const top = scrolledTo(cursor, list.top, geometryOf(state).listHeight, count);
  return { ...state, lists: { ...state.lists, [state.view]: { ...list, cursor, top } } };
}

export function moved(state: State, step: number): State {
  const { cursor, order } = currentList(state);
  return withList(state, { cursor: clamp(cursor + step, order.length) });
}

/**
 * The list filtered and sorted anew, with the cursor on the row where it was, or on the nearest that is left.
 * @param anchor the row to stand on, if not the current one
 */
export function rearranged(
  state: State,
  change: Partial<Pick<ListState, "filter" | "column" | "descending">>,
  anchor = currentRow(state),
): State {
  const table = currentTable(state);
  if (!table) return state;
  const old = currentList(state);
  const list = { ...old, ...change };
  const terms = change.filter === undefined ? list.terms : parseFilter(list.filter, table.fields);
  const typedOn = change.filter !== undefined && list.column === old.column && list.descending === old.descending;
  const from = typedOn && narrows(old.terms, terms) ? old.order : table.sorted(list.column, list.descending);
  const notes = notesOf(state);
  const order = terms.length === 0 ? from : table.kept(from, terms, notes);
  const found = anchor < 0 ? -1 : order.indexOf(anchor);
  const cursor = found >= 0 ? found : clamp(old.cursor, order.length);
  const top = found >= 0 ? Math.max(0, found - (old.cursor - old.top)) : old.top;
  return withList(state, { ...list, terms, order, cursor, top });
}

/** The list over another table, with its filter and order, and with the cursor at the same place of the screen. */
export function relisted(list: ListState, table: Table, notes: Notes, row: number): ListState {
  const all = table.sorted(list.column, list.descending);
  const terms = parseFilter(list.filter, table.fields);
  const order = terms.length === 0 ? all : table.kept(all, terms, notes);
  const found = row < 0 ? -1 : order.indexOf(row);
  const cursor = found >= 0 ? found : clamp(list.cursor, order.length);
  return { ...list, terms, order, cursor, top: Math.max(0, cursor - (list.cursor - list.top)) };
}

/** Marks and waivers may be filtered for: where they are, the list follows them. */
export function afterNotesChanged(state: State): State {
  return currentList(state).terms.some(({ field }) => field === "marked" || field === "waived" || field === "new")
    ? rearranged(state, {})
    : state;
}

/** Sorts by a neighbouring column among those that are shown. */
export function sortedBeside(state: State, step: 1 | -1): State {
  const table = currentTable(state);
  if (!table) return state;
  const { listWidth } = geometryOf(state);
  const shown = table.columns.flatMap(({ from }, index) => (listWidth >= (from ?? 0) ? [index] : []));
  const at = shown.indexOf(currentList(state).column);
  const column = shown[(at + step + shown.length) % shown.length] ?? 0;
  return rearranged(state, { column, descending: false });
}

export function marked(state: State): State {
  const table = currentTable(state);
  const { order, cursor } = currentList(state);
  const row = order[cursor];
  if (!table || row === undefined) return state;
  const marks = new Set(state.marks);
  const key = table.keyOf(row);
  if (!marks.delete(key)) marks.add(key);
  return afterNotesChanged(moved({ ...state, marks }, 1));
}

/** Marks the rows from the nearest marked one, above the cursor or else below, to the cursor. */
export function rangeMarked(state: State): State {
  const table = currentTable(state);
  const { order, cursor } = currentList(state);
  if (!table) return state;
  const keyAt = (index: number) => table.keyOf(order[index] as number);
  const nearest = (step: 1 | -1): number => {
    let index = cursor + step;
    while (index >= 0 && index < order.length && !state.marks.has(keyAt(index))) index += step;
    return index;
  };
  const above = state.marks.size > 0 ? nearest(-1) : -1;
  const below = above < 0 && state.marks.size > 0 ? nearest(1) : order.length;
  if (above < 0 && below >= order.length) return saying(state, phrases.message.rangeHowTo);
  const marks = new Set(state.marks);
  const [from, to] = above >= 0 ? [above, cursor] : [cursor, below];
  for (let index = from; index <= to; index++) marks.add(keyAt(index));
  return afterNotesChanged({ ...state, marks });
}

/** Marks all shown rows, or unmarks them if they all are. */
export function allMarked(state: State): State {
  const table = currentTable(state);
  if (!table) return state;
  const keys = [...currentList(state).order].map((row) => table.keyOf(row));
  const marks = new Set(state.marks);
  const unmark = keys.every((key) => marks.has(key));
  for (const key of keys) {
    if (unmark) marks.delete(key);
    else marks.add(key);
  }
  return afterNotesChanged({ ...state, marks });
}

/** To the next row that the filter means, even where it no longer hides the others. */
export function toMatch(state: State, pattern: string, step: 1 | -1): State | null {
  const table = currentTable(state);
  if (!table) return null;
  const { order, cursor } = currentList(state);
  const terms = parseFilter(pattern, table.fields);
  const notes = notesOf(state);
  const { length } = order;
  for (let start = 1; start <= length; start += LOOKED_AT) {
    const indexes = Array.from({ length: Math.min(LOOKED_AT, length + 1 - start) }, (_, offset) => {
      return (cursor + step * (start + offset) + length * 2) % length;
    });
    const rows = Uint32Array.from(indexes, (index) => order[index] as number);
    const [first] = table.kept(rows, terms, notes);
    if (first !== undefined) return withList(state, { cursor: indexes[rows.indexOf(first)] as number });
  }
  return null;
}

/** To the next such finding, in this view or in the ones after it; null where there is none. */
export function toFinding(
  state: State,
  step: 1 | -1,
  isWanted: (finding: FindingResult, notes: Notes) => boolean,
): State | null {
  const { tables } = state;
  if (!tables) return null;
  const notes = notesOf(state);
  const ids = views.map(({ id }) => id);
  const start = ids.indexOf(state.view);
  for (let visit = 0; visit <= ids.length; visit++) {
    const view = ids[(start + step * visit + ids.length * 2) % ids.length] as ViewId;
    const { order, cursor } = state.lists[view];
    const whole = step > 0 ? 0 : order.length - 1;
    for (let at = visit === 0 ? cursor + step : whole; at >= 0 && at < order.length; at += step) {
      const subject = tables[view].subject(order[at] as number);
      if (subject.kind !== "finding") break;
      if (isWanted(subject.finding, notes)) return withList({ ...state, view }, { cursor: at });
    }
  }
  return null;
}
