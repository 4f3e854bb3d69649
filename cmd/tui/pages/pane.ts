/** Panes of text over or beside the list: what they hold, how far they scroll, where a search hits. */
import { bodyLayer, geometryOf } from "../frames/geometry.ts";
import { type Line, plain } from "../look.ts";
import { currentSubject, currentTable, type DetailLayer, type HelpLayer, notesOf, type State } from "../state.ts";
import { helpLines } from "./help-page.ts";
import { subjectLines } from "./row-pages.ts";

/** The text of the pane that fills the body; empty where none does. */
export function paneLines(state: State): readonly Line[] {
  const layer = bodyLayer(state);
  const { paneWidth } = geometryOf(state);
  const width = paneWidth - 3;
  if (layer?.kind === "help") return helpLines(width, state.look, currentTable(state)?.fields ?? []);
  const subject = layer?.kind === "detail" ? currentSubject(state) : null;
  return subject && state.result ? subjectLines(subject, state.result, notesOf(state), width, state.look) : [];
}

/** The layer scrolled by so many rows, as far as there is text. */
export function scrolled<L extends DetailLayer | HelpLayer>(state: State, layer: L, step: number): L {
  const last = Math.max(0, paneLines(state).length - geometryOf(state).paneHeight);
  return { ...layer, scroll: Math.max(0, Math.min(last, layer.scroll + step)) };
}

/** The layer scrolled to the next line that holds the text; null where none does. */
export function scrolledToMatch<L extends DetailLayer | HelpLayer>(
  state: State,
  layer: L,
  search: string,
  step: 1 | -1,
): L | null {
  const lines = paneLines(state);
  const wanted = search.toLowerCase();
  for (let offset = 1; offset <= lines.length; offset++) {
    const at = (layer.scroll + step * offset + lines.length * 2) % lines.length;
    const line = lines[at];
    if (line && plain(line).toLowerCase().includes(wanted)) return { ...layer, search, scroll: at };
  }
  return null;
}
