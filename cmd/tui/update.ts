/** Every action, and what becomes of the state: a pure function. What the world must do comes back as effects. */
import { inLanguage } from "../../reports/languages.ts";
import { phrases } from "../../reports/phrases.ts";
import type { Action } from "./action.ts";
import { lookedAt, onJudged } from "./feed.ts";
import type { Place } from "./keys/command.ts";
import type { KeyPress } from "./keys/key-name.ts";
import { commandOf } from "./keys/keymap.ts";
import { onMouse } from "./keys/mouse.ts";
import { promptKey, promptPaste, type Step } from "./keys/prompt.ts";
import { afterNotesChanged, EMPTY_LIST, withList } from "./list.ts";
import { withSurroundings } from "./raw.ts";
import { runCommand } from "./run-command.ts";
import { type ListState, type State, saying, topLayer } from "./state.ts";
import { type ViewId, views } from "./views.ts";
import { waiveKey, waivePaste } from "./waive.ts";

/** In the language of the screen. */
export function update(state: State, action: Action): Step {
  // A saved audit brings its own.
  const language = action.type === "judged" ? action.judged.result.language : state.language;
  return inLanguage(language ?? state.language, () => updated(state, action));
}

function updated(state: State, action: Action): Step {
  switch (action.type) {
    case "key":
      return afterKey(onKey({ ...state, message: null, touched: state.result !== null }, action.press));
    case "mouse":
      return afterKey([onMouse({ ...state, message: null, touched: true }, action.press)]);
    case "paste":
      return [onPaste(state, action.text)];
    case "resize":
      return [withList({ ...state, columns: action.columns, rows: action.rows }, {})];
    case "progress":
      return [{ ...state, progress: { ...state.progress, bytes: action.bytes, elapsedMs: action.elapsedMs } }];
    case "expect":
      return [{ ...state, progress: { ...state.progress, totalBytes: action.totalBytes } }];
    case "documents":
      return [{ ...state, progress: { ...state.progress, documents: { done: action.done, total: action.total } } }];
    case "judged": {
      const next = onJudged(state, action.judged);
      return [action.message ? { ...next, message: action.message } : next];
    }
    case "raw-read":
      return [
        {
          ...state,
          layers: state.layers.map((layer) =>
            layer.kind === "raw" ? withSurroundings(layer, action.place, action.surroundings) : layer,
          ),
        },
      ];
    case "waived": {
      const waived = new Map(state.waived);
      for (const id of action.step.ids) waived.set(id, action.waiver);
      const next = { ...state, waived, marks: new Set<string>(), written: [...state.written, action.step] };
      const told = phrases.message.waived(action.step.ids.length, state.siteFile ?? "");
      return [saying(afterNotesChanged(next), told, "good")];
    }
    case "unwaived": {
      const waived = new Map(state.waived);
      for (const id of action.step.ids) waived.delete(id);
      const written = state.written.filter((step) => step !== action.step);
      const told = phrases.message.takenBack(state.siteFile ?? "");
      return [saying(afterNotesChanged({ ...state, waived, written }), told, "good")];
    }
    case "say": {
      const top = topLayer(state);
      // A file that was written closes its prompt; one that was not leaves it open to be mended.
      const done = action.message.tone === "good" && top?.kind === "prompt" && top.purpose === "save";
      return [{ ...state, message: action.message, layers: done ? state.layers.slice(0, -1) : state.layers }];
    }
  }
}

/** What the keys mean at the moment. */
export function placeOf(state: State): Place {
  if (state.result === null) return state.layers.length === 0 ? "progress" : "help";
  return topLayer(state)?.kind ?? "list";
}

function onKey(state: State, press: KeyPress): Step {
  const command = commandOf(press.name, placeOf(state));
  if (command === "quit" || command === "suspend") return [state, { do: command }];
  const top = topLayer(state);
  if (top?.kind === "prompt") return promptKey(state, top, press, command, runCommand);
  if (top?.kind === "waive") return waiveKey(state, top, press, command);
  return command === null ? [state] : runCommand(state, command, press.name);
}

function onPaste(state: State, text: string): State {
  const top = topLayer(state);
  if (top?.kind === "prompt") return promptPaste(state, top, text);
  return top?.kind === "waive" ? waivePaste(state, top, text) : state;
}

function afterKey([state, ...effects]: Step): Step {
  return [lookedAt(state), ...effects];
}

/** No list holds anything yet. */
export function emptyLists(): Record<ViewId, ListState> {
  return Object.fromEntries(views.map(({ id }) => [id, EMPTY_LIST])) as Record<ViewId, ListState>;
}
