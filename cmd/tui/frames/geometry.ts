/** Where things are on the screen: the one place that knows how high and wide each part is. */
import { COMFORTABLE, type Layer, LEAST_COLUMNS, LEAST_ROWS, type State } from "../state.ts";

/** From here on, details stand beside the list. */
const SPLIT_FROM = 120;
/** Title, tabs, summary above; message and footer below. */
const ABOVE = 3;
const BELOW = 2;

export interface Geometry {
  tooSmall: boolean;
  cramped: boolean;
  /** Rows between summary and message. */
  bodyHeight: number;
  /** Rows of the list, without its column titles. */
  listHeight: number;
  listWidth: number;
  /** The pane over or beside the list. */
  paneWidth: number;
  /** Rows of a pane's text, without its title. */
  paneHeight: number;
  /** The pane stands beside the list. */
  split: boolean;
}

export function geometryOf(state: State): Geometry {
  const { columns, rows } = state;
  const bodyHeight = Math.max(1, rows - ABOVE - BELOW);
  const split = columns >= SPLIT_FROM && bodyLayer(state)?.kind === "detail";
  const listWidth = split ? Math.floor(columns * 0.46) : columns;
  return {
    tooSmall: columns < LEAST_COLUMNS || rows < LEAST_ROWS,
    cramped: columns < COMFORTABLE.columns || rows < COMFORTABLE.rows,
    bodyHeight,
    listHeight: Math.max(1, bodyHeight - 1),
    listWidth,
    paneWidth: split ? columns - listWidth - 3 : columns,
    paneHeight: Math.max(1, bodyHeight - 1),
    split,
  };
}

/** What fills the body: prompts leave it alone. */
export function bodyLayer(state: State): Layer | undefined {
  return state.layers.findLast(({ kind }) => kind !== "prompt");
}
