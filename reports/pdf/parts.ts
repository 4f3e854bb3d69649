/** What the PDF report is made of. Text reaches it raw, and here alone it is made printable. */
import type { Content, TableCell, TableLayout } from "pdfmake";
import type { PolicyState, RequirementState, Severity } from "../../rules/result.ts";
import { blocksOf } from "../blocks.ts";
import { type Ground, light } from "../html/palette.ts";
import { phrases } from "../phrases.ts";
import { groundOfState } from "../state-ground.ts";
import { severityLook, stateLook } from "../text/style.ts";
import { margins } from "./flow.ts";
import { printable } from "./fonts.ts";

/** Points between the margins of an A4 page. */
export const PAGE_WIDTH = 595.28 - 2 * margins.side;

/** A heading is a line or three; what is longer is no heading. */
const LONGEST_HEADING = 300;

export const quiet = light.quiet;

/** Running text. */
export function text(value: string, style: object = {}): Content {
  return { text: printable(value), ...style };
}

export interface HeadingOptions {
  /** Destination of links. */
  id?: string;
  /** In the contents and bookmarks. */
  listed?: boolean;
  newPage?: boolean;
}

/** A heading; listed ones are in the contents. */
export function heading(
  level: 1 | 2 | 3 | 4,
  value: string,
  { id, listed = false, newPage = false }: HeadingOptions = {},
): Content {
  return {
    text: printable(value.length > LONGEST_HEADING ? `${value.slice(0, LONGEST_HEADING)}…` : value) || " ",
    style: `h${level}`,
    headlineLevel: level,
    ...(id === undefined ? {} : { id }),
    ...(newPage ? { pageBreak: "before" } : {}),
    ...(listed ? { tocItem: true, tocMargin: [level === 3 ? 14 : 0, level === 3 ? 1 : 5, 0, 0] } : {}),
  };
}

/** A sentence on what follows; it stays with it. */
export function note(value: string): Content {
  return text(value, { color: quiet, margin: [0, 0, 0, 4], headlineLevel: 5 });
}

/** Sign and word on a coloured ground. */
export function chip(symbol: string, words: string, ground: Ground): Content {
  const label = `\u00a0${printable(symbol)}\u00a0${printable(words).replaceAll(" ", "\u00a0")}\u00a0`;
  return { text: label, background: light.grounds[ground], color: light.on, bold: true, fontSize: 7.5 };
}

export function severityChip(severity: Severity): Content {
  return chip(severityLook[severity].symbol, phrases.severity[severity], severity);
}

export function stateChip(state: RequirementState | PolicyState): Content {
  return chip(stateLook[state].symbol, stateLook[state].words, groundOfState(state));
}

const facing: TableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 8,
  paddingTop: () => 1.5,
  paddingBottom: () => 1.5,
};

/** Labels and values; those without a value are left out. */
export function facts(entries: readonly (readonly [label: string, value: string | Content])[]): Content[] {
  const present = entries.filter(([, value]) => value !== "");
  if (present.length === 0) return [];
  const body = present.map(([label, value]): TableCell[] => [
    text(label, { color: quiet }) as TableCell,
    (typeof value === "string" ? text(value) : value) as TableCell,
  ]);
  const letters = present.reduce((sum, [, value]) => sum + (typeof value === "string" ? value.length : 0), 0);
  return [{ table: { widths: [82, "*"], body }, layout: facing, margin: [0, 4, 0, 4], unbreakable: letters < UNTORN }];
}

const ruled: TableLayout = {
  hLineWidth: (row, { table }) => (row === 0 ? 0 : row === table.headerRows ? 0.8 : 0.4),
  vLineWidth: () => 0,
  hLineColor: () => light.line,
  fillColor: (row) => (row === 0 ? light.sunken : null),
  paddingLeft: () => CELL_PADDING,
  paddingRight: () => CELL_PADDING,
  paddingTop: () => 2.5,
  paddingBottom: () => 2.5,
};

export interface PdfColumn {
  title: string;
  width: number | "auto" | "*";
  right?: boolean;
}

/** A table whose heading is repeated on every page. Cells are raw text or finished content. */
export function table(
  columns: readonly PdfColumn[],
  rows: readonly (readonly (string | number | Content)[])[],
): Content {
  const alignment = (index: number) => (columns[index]?.right ? "right" : "left");
  const head = columns.map(
    ({ title }, index): TableCell => ({
      text: printable(title),
      bold: true,
      color: quiet,
      alignment: alignment(index),
      headlineLevel: 6,
    }),
  );
  const longest = longestWords(columns);
  const body = rows.map((cells) =>
    cells.map(
      (cell, index): TableCell =>
        typeof cell === "object"
          ? (cell as TableCell)
          : {
              text: printable(String(cell), "sans", longest[index]),
              alignment: alignment(index),
              ...(cell === 0 ? { color: quiet } : {}),
            },
    ),
  );
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ width }) => width),
      body: [head, ...body],
    },
    layout: ruled,
    fontSize: CELL_FONT_SIZE,
    margin: [0, 4, 0, 10],
  };
}

const CELL_PADDING = 4;
const CELL_FONT_SIZE = 7.5;
/** Of its size, the width of a wide letter. */
const WIDEST_LETTER = 0.68;
/** What columns take that are as wide as their content. */
const AUTO_WIDTH = 50;

/** Letters that fit into each column: a longer word would push the others off the page. */
function longestWords(columns: readonly PdfColumn[]): number[] {
  const fixed = columns.map(({ width }) => (width === "auto" ? AUTO_WIDTH : width === "*" ? 0 : width));
  const taken = fixed.reduce((sum, width) => sum + width + 2 * CELL_PADDING, 0);
  const stars = columns.filter(({ width }) => width === "*").length;
  return fixed.map((width) => {
    const room = width === 0 ? (PAGE_WIDTH - taken) / stars : width;
    return Math.max(1, Math.floor(room / (CELL_FONT_SIZE * WIDEST_LETTER)));
  });
}

/** A caption that stays with its table. */
export function caption(value: string): Content {
  return text(value, { bold: true, margin: [0, 8, 0, 0], headlineLevel: 5 });
}

const boxed: TableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  fillColor: () => light.sunken,
  paddingLeft: () => 6,
  paddingRight: () => 6,
  paddingTop: () => 4,
  paddingBottom: () => 4,
};

/** Code and lists up to this many characters stay on one page. */
const UNTORN = 1200;

/** Lines as they stand, on a grey ground. */
export function code(value: string): Content {
  const lines = value.split("\n").map((line) => printable(line, "mono"));
  return {
    table: {
      widths: ["*"],
      body: [[{ text: lines.join("\n"), font: "mono", fontSize: 7, preserveLeadingSpaces: true }]],
    },
    layout: boxed,
    unbreakable: value.length < UNTORN,
    margin: [0, 2, 0, 5],
  };
}

/** A text of sentences, steps and commands, each as what it is. */
export function prose(value: string): Content[] {
  return blocksOf(value).map((block): Content => {
    if (block.kind === "code") return code(block.text);
    if (block.kind === "paragraph") return text(block.text, { margin: [0, 1, 0, 3] });
    const items = block.items.map((item) => text(item, { margin: [0, 1, 0, 1] }));
    const look: { margin: [number, number, number, number]; unbreakable: boolean } = {
      margin: [4, 1, 0, 3],
      unbreakable: block.items.join("").length < UNTORN,
    };
    return block.ordered ? { ol: items, start: block.start, ...look } : { ul: items, ...look };
  });
}
