/** What the mouse does: a click chooses a row, a view or an order, and opens what is chosen; the wheel scrolls. */
import { textWidth } from "../../../reports/text/width.ts";
import { geometryOf } from "../frames/geometry.ts";
import { tabTexts } from "../frames/head-frame.ts";
import { shownColumnsOf } from "../frames/list-frame.ts";
import { moved, rearranged, withList } from "../list.ts";
import { movedBy, viewed } from "../run-command.ts";
import { currentList, pushed, type State, topLayer } from "../state.ts";
import type { MousePress } from "./mouse-reports.ts";

/** Rows of a turn of the wheel. */
const WHEEL_ROWS = 3;
const TABS_ROW = 1;
const TITLES_ROW = 3;
const FIRST_ROW = 4;

export function onMouse(state: State, { what, x, y }: MousePress): State {
  const top = topLayer(state);
  if (state.result === null || top?.kind === "prompt" || top?.kind === "waive") return state;
  if (what !== "click") return movedBy(state, what === "wheel-up" ? -WHEEL_ROWS : WHEEL_ROWS);
  if (y === TABS_ROW) return tabClicked(state, x);
  const { split, listWidth, listHeight } = geometryOf(state);
  const isList = top === undefined || (split && x < listWidth);
  if (!isList) return state;
  if (y === TITLES_ROW) return titleClicked(state, x);
  const { top: first, cursor, order } = currentList(state);
  const at = first + y - FIRST_ROW;
  if (y < FIRST_ROW || y >= FIRST_ROW + listHeight || at >= order.length) return state;
  // A click on the chosen row opens it.
  if (at === cursor && top === undefined) return pushed(state, { kind: "detail", scroll: 0, search: "" });
  return top === undefined ? withList(state, { cursor: at }) : moved(state, at - cursor);
}

function tabClicked(state: State, x: number): State {
  let end = 0;
  const index = tabTexts(state).findIndex((text) => {
    end += textWidth(text);
    return x < end;
  });
  return index < 0 ? state : viewed(state, index);
}

function titleClicked(state: State, x: number): State {
  const hit = shownColumnsOf(state).find(({ start, width }) => x >= start && x < start + width);
  if (!hit) return state;
  const { column, descending } = currentList(state);
  return rearranged(state, { column: hit.index, descending: hit.index === column && !descending });
}
