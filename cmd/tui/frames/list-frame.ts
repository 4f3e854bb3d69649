/** The list: its columns' titles and the rows that fit. */
import { phrases } from "../../../reports/phrases.ts";
import type { Span } from "../../../reports/text/style.ts";
import { textWidth } from "../../../reports/text/width.ts";
import { cut, fitSpans, fitted, type Line, type Look } from "../look.ts";
import { currentList, currentTable, notesOf, type State } from "../state.ts";
import type { Column, Table } from "../tables/table.ts";
import { geometryOf } from "./geometry.ts";

/** Cursor, mark, and whether it is new. */
const GUTTER = 3;
const GAP = 2;

interface ShownColumn {
  column: Column;
  index: number;
  width: number;
}

/** Titles and rows, exactly as many lines as the body has. */
export function listLines(state: State): readonly Line[] {
  const table = currentTable(state);
  const { listWidth, listHeight } = geometryOf(state);
  if (!table) return [];
  const columns = shownColumns(table.columns, listWidth - 1);
  const { order, cursor, top } = currentList(state);
  const lines: Line[] = [headLine(columns, state)];
  if (order.length === 0)
    lines.push(
      { spans: [] },
      { spans: [{ text: cut(`   ${emptyText(state, table)}`, listWidth, state.look), tone: "quiet" }] },
    );
  const notes = notesOf(state);
  for (let index = top; index < Math.min(order.length, top + listHeight); index++) {
    const row = order[index] as number;
    const isCursor = index === cursor;
    const key = table.keyOf(row);
    const isMarked = state.marks.has(key);
    const quiet = table.isQuiet(row, notes);
    const spans: Span[] = [{ text: gutter(isCursor, isMarked, state.fresh.has(key), state.look) }];
    for (const { column, index: at, width } of columns) {
      const { text, tone } = table.cell(row, at, notes);
      const shown = fitted(text, width, state.look, column.align);
      if (spans.length > 1) spans.push({ text: " ".repeat(GAP) });
      spans.push({ text: shown, tone: quiet ? "quiet" : tone });
    }
    // The cursor's bar goes to the edge.
    lines.push(
      isCursor ? { spans: fitSpans(spans, listWidth, { ...state.look, ascii: false }), selected: true } : { spans },
    );
  }
  return lines;
}

function gutter(isCursor: boolean, isMarked: boolean, isFresh: boolean, { ascii }: Look): string {
  return `${isCursor ? (ascii ? ">" : "▸") : " "}${isMarked ? "*" : " "}${isFresh ? "+" : " "}`;
}

function headLine(columns: readonly ShownColumn[], { look, lists, view }: State): Line {
  const { column: sorted, descending } = lists[view];
  const arrow = look.ascii ? (descending ? "v" : "^") : descending ? "▾" : "▴";
  const cells = columns.map(({ column, index, width }) => {
    if (index !== sorted) return fitted(titleOf(column), width, look, column.align);
    const title = column.align === "right" ? `${arrow}${titleOf(column)}` : `${titleOf(column)}${arrow}`;
    // Our own sign: it needs no cleaning, and in ASCII it is none to clean.
    return fitted(title, width, { ...look, ascii: false }, column.align);
  });
  return { spans: [{ text: " ".repeat(GUTTER) + cells.join(" ".repeat(GAP)), tone: "quiet" }] };
}

/** The current list's columns with where they stand on the screen. */
export function shownColumnsOf(state: State): (ShownColumn & { start: number })[] {
  const columns = shownColumns(currentTable(state)?.columns ?? [], geometryOf(state).listWidth - 1);
  let start = GUTTER;
  return columns.map((column) => {
    const own = { ...column, start };
    start += column.width + GAP;
    return own;
  });
}

/** The columns for which there is room, with their widths. */
export function shownColumns(columns: readonly Column[], width: number): ShownColumn[] {
  const shown = columns.flatMap((column, index) => (width + 1 >= (column.from ?? 0) ? [{ column, index }] : []));
  const fixed = shown.reduce((sum, { column }) => sum + (fixedWidth(column) ?? 0) + GAP, GUTTER - GAP);
  const sharing = shown.filter(({ column }) => column.width === "rest").length;
  const rest = Math.max(8, Math.floor((width - fixed) / Math.max(1, sharing)));
  return shown.map(({ column, index }) => ({ column, index, width: fixedWidth(column) ?? rest }));
}

function titleOf({ id }: Column): string {
  return phrases.triage.columns[id];
}

/** With room for its title and the sign of its order; null: it takes what is left. */
function fixedWidth(column: Column): number | null {
  return column.width === "rest" ? null : Math.max(column.width, textWidth(titleOf(column)) + 1);
}

function emptyText({ view }: State, { size }: Table): string {
  const { triage } = phrases;
  return size > 0 ? triage.allHidden(triage.rows(size)) : triage.views[view].empty;
}
