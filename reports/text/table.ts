/** Tables without borders: columns set by what they hold, narrowed by wrapping where the page is narrow. */
import type { Span } from "./style.ts";
import { textWidth } from "./width.ts";
import { type Line, lineWidth, wrap } from "./wrap.ts";

export interface Column {
  title: string;
  align?: "right";
  /** Its words may be broken when the page is too narrow. */
  flexible?: boolean;
}

/** A row of neutralised cells. `below` is set under the row, across all columns. */
export interface TableRow {
  cells: Span[][];
  below?: Span[] | undefined;
}

const GAP = 2;
/** Narrower, words fall into crumbs. */
const LEAST_FLEXIBLE = 16;

/**
 * Lays out titles (if any column has one) and rows in at most `width` columns. Where even words would have to be broken
 * to fit, the first column moves onto lines of its own.
 */
export function layOutTable(columns: readonly Column[], rows: readonly TableRow[], width: number): Line[] {
  const heads = columns.map((column): Span[] => (column.title ? [{ text: column.title, tone: "quiet" }] : []));
  const titled = columns.some((column) => column.title !== "");
  const all = titled ? [heads, ...rows.map((row) => row.cells)] : rows.map((row) => row.cells);
  const widths = columnWidths(columns, all, width);
  if (widths === undefined) return layOutStacked(columns, rows, width);
  const lines: Line[] = titled ? layOutRow(columns, heads, widths, "bottom") : [];
  for (const row of rows) {
    lines.push(...layOutRow(columns, row.cells, widths, "top"));
    if (row.below) lines.push(...layOutBelow(row.below, width));
  }
  return lines;
}

/** The first cell on a line of its own, the others in a table below it whose columns are the same for all rows. */
function layOutStacked(columns: readonly Column[], rows: readonly TableRow[], width: number): Line[] {
  const [first, ...others] = columns;
  const indent = { text: " ".repeat(GAP) };
  const heads: TableRow = {
    cells: columns.map(({ title }) => (title ? [{ text: title, tone: "quiet" as const }] : [])),
  };
  const stacks = first?.title ? [heads, ...rows] : rows;
  const untitled = others.map((column) => ({ ...column, title: "" }));
  const cells = stacks.map((row) => row.cells.slice(1));
  const widths = columnWidths(untitled, cells, width - GAP);
  return stacks.flatMap((row, index) => {
    const rest = widths
      ? layOutRow(untitled, cells[index] as Span[][], widths, "top")
      : layOutStacked(untitled, [{ cells: cells[index] as Span[][] }], width - GAP);
    const below = row.below ? layOutBelow(row.below, width) : [];
    return [...wrap(row.cells[0] ?? [], width), ...rest.map((line) => [indent, ...line]), ...below];
  });
}

/**
 * As wide as what they hold; too wide for the page, columns give way first at spaces, then the flexible ones inside words.
 * Undefined if that is not enough, unless there is but one.
 */
function columnWidths(columns: readonly Column[], rows: readonly Span[][][], width: number): number[] | undefined {
  const widest = (measure: (cell: readonly Span[]) => number) =>
    columns.map((_, index) => Math.max(1, ...rows.map((cells) => measure(cells[index] ?? []))));
  const widths = widest(lineWidth);
  const room = width - GAP * (columns.length - 1);
  if (sum(widths) <= room) return widths;
  const words = widest(longestWord);
  narrow(widths, room, words);
  const least = columns.map((column, index) =>
    Math.min(words[index] as number, column.flexible ? LEAST_FLEXIBLE : width),
  );
  narrow(widths, room, least);
  if (sum(widths) > room && columns.length > 1) return undefined;
  narrow(
    widths,
    room,
    columns.map(() => 1),
  );
  return widths;
}

/** Takes columns from the widest until all fit or none may give more. */
function narrow(widths: number[], room: number, least: readonly number[]): void {
  for (let excess = sum(widths) - room; excess > 0; excess--) {
    let widest = -1;
    for (const [index, width] of widths.entries()) {
      if (width > (least[index] as number) && width > (widths[widest] ?? 0)) widest = index;
    }
    if (widest < 0) return;
    widths[widest] = (widths[widest] as number) - 1;
  }
}

function longestWord(cell: readonly Span[]): number {
  const words = cell.flatMap(({ text }) => text.split(" "));
  return Math.max(0, ...words.map(textWidth));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function layOutRow(
  columns: readonly Column[],
  cells: readonly Span[][],
  widths: readonly number[],
  flush: "top" | "bottom",
): Line[] {
  const wrapped = columns.map((_, index) => wrap(cells[index] ?? [], widths[index] as number));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) => {
    const line: Line = [];
    for (const [index, column] of columns.entries()) {
      const lines = wrapped[index] as Line[];
      const cell = lines[flush === "top" ? row : row - height + lines.length] ?? [];
      const padding = { text: " ".repeat(Math.max(0, (widths[index] as number) - lineWidth(cell))) };
      if (index > 0) line.push({ text: " ".repeat(GAP) });
      line.push(...(column.align === "right" ? [padding, ...cell] : [...cell, padding]));
    }
    return line;
  });
}

function layOutBelow(spans: readonly Span[], width: number): Line[] {
  const hang = 2 * GAP;
  return wrap(spans, width - GAP, GAP).map((line, index) => [{ text: " ".repeat(index > 0 ? hang : GAP) }, ...line]);
}
