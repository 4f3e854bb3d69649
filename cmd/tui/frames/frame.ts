/** The whole screen, as lines: a pure function of the state. */
import { inLanguage } from "../../../reports/languages.ts";
import { phrases } from "../../../reports/phrases.ts";
import { cut, fitSpans, type Line, plain } from "../look.ts";
import { paneLines } from "../pages/pane.ts";
import { currentList, type DetailLayer, type HelpLayer, LEAST_COLUMNS, LEAST_ROWS, type State } from "../state.ts";
import { footLines } from "./foot-frame.ts";
import { bodyLayer, geometryOf } from "./geometry.ts";
import { headLines } from "./head-frame.ts";
import { listLines } from "./list-frame.ts";
import { progressLines } from "./progress-frame.ts";
import { rawLines } from "./raw-frame.ts";
import { waiveForm } from "./waive-frame.ts";

export interface Frame {
  /** Exactly as many as the screen has rows, none wider than it. */
  lines: readonly Line[];
  /** Where the terminal's own cursor stands: on the row or field that the keys act on. */
  cursor: { x: number; y: number } | null;
}

/** In the language of the screen. */
export function frameOf(state: State): Frame {
  return inLanguage(state.language, () => drawn(state));
}

function drawn(state: State): Frame {
  const geometry = geometryOf(state);
  if (geometry.tooSmall) return { lines: smallLines(state), cursor: null };
  if (state.result === null && state.layers.length === 0)
    return { lines: withFoot(state, progressLines(state)), cursor: null };
  const layer = bodyLayer(state);
  const head = headLines(state);
  const foot = footLines(state);
  const body = bodyLines(state);
  const lines = [...head, ...filled(body.lines, geometry.bodyHeight), ...foot.lines];
  const promptCursor = foot.cursor === null ? null : { x: foot.cursor, y: state.rows - 2 };
  const listCursor = layer === undefined || geometry.split ? cursorInList(state) : null;
  const formCursor = body.cursor ? { x: body.cursor.x, y: body.cursor.y + head.length } : null;
  return { lines, cursor: promptCursor ?? formCursor ?? listCursor };
}

function bodyLines(state: State): { lines: readonly Line[]; cursor?: { x: number; y: number } } {
  const layer = bodyLayer(state);
  if (layer === undefined) return { lines: listLines(state) };
  if (layer.kind === "raw") return { lines: rawLines(layer, state) };
  if (layer.kind === "waive") return waiveForm(layer, state);
  return { lines: layer.kind === "detail" || layer.kind === "help" ? panelLines(layer, state) : [] };
}

/** A pane over the list, or beside it where the screen is wide. */
function panelLines(layer: DetailLayer | HelpLayer, state: State): Line[] {
  const { split, listWidth, paneWidth, paneHeight, bodyHeight } = geometryOf(state);
  const text = paneLines(state);
  const search = layer.search.toLowerCase();
  const shown = text.slice(layer.scroll, layer.scroll + paneHeight).map((line): Line => {
    const hit = search !== "" && plain(line).toLowerCase().includes(search);
    return hit ? { spans: fitSpans(line.spans, paneWidth - 3, state.look), selected: true } : line;
  });
  if (!split) return [paneTitle(layer, state), ...shown.map((line) => indented(line))];
  const list = filled(listLines(state), bodyHeight);
  const rule = { text: state.look.ascii ? " | " : " │ ", tone: "quiet" as const };
  return list.map((line, row): Line => {
    const pane = shown[row - 1];
    const left = fitSpans(line.spans, listWidth, { ...state.look, ascii: false });
    const spans = pane?.spans ?? [];
    // Reverse video covers the list's half alone.
    const half = line.selected ? left.map((span) => ({ ...span, inverse: true })) : left;
    const right = pane?.selected ? spans.map((span) => ({ ...span, inverse: true })) : spans;
    return { spans: [...half, rule, ...right] };
  });
}

/** Which row of the list this is about. */
function paneTitle({ kind }: DetailLayer | HelpLayer, state: State): Line {
  const { cursor, order } = currentList(state);
  const text = kind === "help" ? phrases.keys.title : phrases.triage.position(cursor + 1, order.length);
  return { spans: fitSpans([{ text: ` ${text}`, tone: "quiet" }], state.columns, state.look) };
}

function indented(line: Line): Line {
  return { ...line, spans: [{ text: " " }, ...line.spans] };
}

function cursorInList(state: State): { x: number; y: number } | null {
  const { cursor, top, order } = currentList(state);
  return order.length === 0 ? null : { x: 0, y: 4 + cursor - top };
}

function filled(lines: readonly Line[], height: number): Line[] {
  return Array.from({ length: height }, (_, row) => lines[row] ?? { spans: [] });
}

function withFoot(state: State, lines: readonly Line[]): Line[] {
  return [...filled(lines, state.rows - 2), ...footLines(state).lines];
}

function smallLines({ columns, rows, look }: State): Line[] {
  const { tooSmall, leastSize, howToQuit } = phrases.triage;
  const words = [tooSmall(`${columns}x${rows}`), leastSize(`${LEAST_COLUMNS}x${LEAST_ROWS}`), howToQuit];
  return filled(
    words.slice(0, rows).map((text) => ({ spans: [{ text: cut(text, columns, look) }] })),
    rows,
  );
}
