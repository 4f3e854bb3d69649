/** What each command does; which key it is on, the key table says. */
import { phrases } from "../../reports/phrases.ts";
import { heldOrFollowed } from "./feed.ts";
import { bodyLayer, geometryOf } from "./frames/geometry.ts";
import { stepOf } from "./frames/viewport.ts";
import type { Command } from "./keys/command.ts";
import { prompted, type Step } from "./keys/prompt.ts";
import { allMarked, marked, moved, rangeMarked, rearranged, sortedBeside, toFinding, toMatch } from "./list.ts";
import { findingMarkdown } from "./markdown.ts";
import { scrolled, scrolledToMatch } from "./pages/pane.ts";
import { rawLayer, rawMoved, rawPlace, toRawMatch } from "./raw.ts";
import {
  currentList,
  currentRow,
  currentSubject,
  currentTable,
  popped,
  pushed,
  type State,
  saying,
  topLayer,
  withTop,
} from "./state.ts";
import { placesOf } from "./subject.ts";
import { withoutLastTerm } from "./tables/filter.ts";
import { isUrgent } from "./tables/finding-table.ts";
import { views } from "./views.ts";
import { waiveOpened } from "./waive.ts";
import { chosenRows, copiedRows, subjectText } from "./world/saving.ts";

export function runCommand(state: State, command: Command, key: string): Step {
  const layer = topLayer(state);
  const move = stepOf(command, geometryOf(state)[layer ? "paneHeight" : "listHeight"]);
  if (move !== null) return [movedBy(state, move)];
  switch (command) {
    case "next-row":
      return besideRow(state, 1);
    case "previous-row":
      return besideRow(state, -1);
    case "next-match":
      return [matched(state, 1)];
    case "previous-match":
      return [matched(state, -1)];
    case "next-finding":
      return [urgent(state, 1)];
    case "previous-finding":
      return [urgent(state, -1)];
    case "next-new":
      return [toNew(state)];
    case "follow":
      return followed(state);
    case "next-view":
      return [viewed(state, (viewIndex(state) + 1) % views.length)];
    case "previous-view":
      return [viewed(state, (viewIndex(state) + views.length - 1) % views.length)];
    case "view":
      return [viewed(state, Number(key) - 1)];
    case "filter":
      return [layer ? prompted(state, "search", "") : prompted(state, "filter", currentList(state).filter)];
    case "drop-term":
      return [rearranged(state, { filter: withoutLastTerm(currentList(state).filter) })];
    case "command":
      return [prompted(state, "command", "")];
    case "save":
      return [prompted(state, "save", `${state.view}.json`)];
    case "detail":
      return [currentRow(state) < 0 ? state : pushed(state, { kind: "detail", scroll: 0, search: "" })];
    case "raw":
      return rawOpened(state);
    case "open":
      return opened(state);
    case "sort-right":
      return [sortedBeside(state, 1)];
    case "sort-left":
      return [sortedBeside(state, -1)];
    case "reverse":
      return [rearranged(state, { descending: !currentList(state).descending })];
    case "mark":
      return [rescrolled(marked(state))];
    case "mark-range":
      return [rangeMarked(state)];
    case "mark-all":
      return [allMarked(state)];
    case "waive":
      return [waiveOpened(state)];
    case "undo":
      return undone(state);
    case "copy":
      return copied(state);
    case "copy-markdown":
      return copiedMarkdown(state);
    case "help":
      return [pushed(state, { kind: "help", scroll: 0, search: "" })];
    case "back":
      return [back(state)];
    case "close":
      return layer ? [popped(state)] : [state, { do: "quit" }];
    case "quit":
    case "suspend":
      return [state, { do: command }];
    default:
      return [state];
  }
}

export function movedBy(state: State, step: number): State {
  const layer = topLayer(state);
  if (layer?.kind === "raw") return withTop(state, rawMoved(layer, step));
  if (layer?.kind === "detail" || layer?.kind === "help") return withTop(state, scrolled(state, layer, step));
  return moved(state, step);
}

/** From the detail pane, another row; from raw lines, another example. */
function besideRow(state: State, step: 1 | -1): Step {
  const layer = topLayer(state);
  if (layer?.kind !== "raw") return [rescrolled(moved(state, step))];
  const index = layer.index + step;
  if (index < 0 || index >= layer.places.length) return [saying(state, phrases.message.noExample)];
  const [next, effect] = rawLayer(layer.places, index);
  return [withTop(state, next), effect];
}

/** Another row begins at the top of its detail. */
function rescrolled(state: State): State {
  const layer = topLayer(state);
  return layer?.kind === "detail" ? withTop(state, { ...layer, scroll: 0 }) : state;
}

function matched(state: State, step: 1 | -1): State {
  const layer = topLayer(state);
  if (layer?.kind === "raw") {
    const found = layer.search === "" ? null : toRawMatch(layer, step);
    return found ? withTop(state, found) : saying(state, phrases.message.nothingToFind);
  }
  if (layer?.kind === "detail" || layer?.kind === "help") {
    const found = layer.search === "" ? null : scrolledToMatch(state, layer, layer.search, step);
    return found ? withTop(state, found) : saying(state, phrases.message.nothingToFind);
  }
  const { filter } = currentList(state);
  return toMatch(state, filter === "" ? state.lastFilter : filter, step) ?? saying(state, phrases.message.noMatch);
}

function followed(state: State): Step {
  const { phase, unfollowable } = state.feed;
  if (unfollowable !== null) return [saying(state, unfollowable, "warning")];
  if (phase === "whole") return [saying(state, phrases.message.readingOn), { do: "follow" }];
  return [heldOrFollowed(state)];
}

function toNew(state: State): State {
  const next = toFinding(state, 1, ({ id }, { fresh }) => fresh.has(id));
  return next ? rescrolled(next) : saying(state, phrases.message.noNew);
}

function urgent(state: State, step: 1 | -1): State {
  const next = toFinding(state, step, isUrgent);
  if (next) return rescrolled(next);
  return saying(state, phrases.message.noUrgent[step > 0 ? "further" : "earlier"]);
}

function viewIndex(state: State): number {
  return views.findIndex(({ id }) => id === state.view);
}

export function viewed(state: State, index: number): State {
  const view = views[index];
  // Back to the list: what was open belongs to a row of another view.
  return view ? rearranged({ ...state, view: view.id, layers: [] }, {}) : state;
}

function rawOpened(state: State): Step {
  const subject = currentSubject(state);
  const places = subject ? placesOf(subject) : [];
  if (places.length === 0) return [saying(state, phrases.message.noLine, "warning")];
  const [layer, effect] = rawLayer(places, 0);
  return [pushed(state, layer), effect];
}

function opened(state: State): Step {
  const subject = currentSubject(state);
  if (!subject) return [state];
  const layer = topLayer(state);
  const place = layer?.kind === "raw" ? rawPlace(layer) : (placesOf(subject)[0] ?? null);
  return [state, { do: "open", place, text: subjectText(state, subject) }];
}

function undone(state: State): Step {
  const step = state.written.at(-1);
  if (!step || state.siteFile === null) return [saying(state, phrases.message.notWaived, "warning")];
  return [state, { do: "unwaive", file: state.siteFile, step }];
}

function copied(state: State): Step {
  const layer = bodyLayer(state);
  if (layer?.kind === "raw") {
    const text = rawPlace(layer)?.text ?? "";
    return text === "" ? [state] : [state, { do: "copy", text, what: phrases.message.logLine }];
  }
  const text = copiedRows(state);
  const count = chosenRows(state).length;
  return count === 0 ? [state] : [state, { do: "copy", text, what: phrases.message.rows(count) }];
}

function copiedMarkdown(state: State): Step {
  const table = currentTable(state);
  const rows = chosenRows(state);
  const text = rows
    .map((row) => {
      const subject = table?.subject(row);
      if (!subject) return "";
      return subject.kind === "finding" ? findingMarkdown(subject.finding) : subjectText(state, subject);
    })
    .join("\n");
  const what = phrases.message.rowsAsMarkdown(rows.length);
  return rows.length === 0 ? [state] : [state, { do: "copy", text, what }];
}

/** One layer; in the list first the filter, then the marks. */
function back(state: State): State {
  if (state.layers.length > 0) return popped(state);
  const { filter } = currentList(state);
  if (filter !== "") return { ...rearranged(state, { filter: "" }), lastFilter: filter };
  return state.marks.size > 0 ? { ...state, marks: new Set() } : state;
}
