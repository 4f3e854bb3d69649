/** The line at the bottom: filter, search, command, file name. */
import { phrases } from "../../../reports/phrases.ts";
import type { Effect } from "../action.ts";
import { rearranged } from "../list.ts";
import { scrolledToMatch } from "../pages/pane.ts";
import { toRawMatch } from "../raw.ts";
import {
  currentList,
  currentRow,
  currentTable,
  type PromptLayer,
  popped,
  pushed,
  type State,
  saying,
  topLayer,
  withTop,
} from "../state.ts";
import { savedRows } from "../world/saving.ts";
import type { Command } from "./command.ts";
import { commandNamed, suggestions } from "./command-line.ts";
import { edited, type TextField, textField, typed } from "./text-field.ts";

export type Step = readonly [state: State, ...effects: Effect[]];

/** Runs a named command: the palette leads back to where keys lead. */
export type RunCommand = (state: State, command: Command, key: string) => Step;

export function prompted(state: State, purpose: PromptLayer["purpose"], text: string): State {
  return pushed(state, {
    kind: "prompt",
    purpose,
    field: textField(text),
    before: text,
    anchor: currentRow(state),
    overwrites: null,
  });
}

/** A key in a prompt. */
export function promptKey(
  state: State,
  layer: PromptLayer,
  press: { name: string; text: string },
  command: Command | null,
  run: RunCommand,
): Step {
  if (command === "back") return [cancelled(state, layer)];
  if (command === "accept") return accepted(state, layer, run);
  if (command === "next-field") return [completed(state, layer)];
  // Backspace in an empty prompt leaves it, as in vi and less.
  if (press.name === "backspace" && layer.field.text === "") return [cancelled(state, layer)];
  const field = press.text === "" ? edited(layer.field, press.name) : typed(layer.field, press.text);
  return [field ? changed(state, layer, field) : state];
}

export function promptPaste(state: State, layer: PromptLayer, text: string): State {
  return changed(state, layer, typed(layer.field, text));
}

function changed(state: State, layer: PromptLayer, field: TextField): State {
  const next = withTop(state, { ...layer, field, overwrites: null });
  return layer.purpose === "filter" ? rearranged(next, { filter: field.text }, layer.anchor) : next;
}

function cancelled(state: State, layer: PromptLayer): State {
  const closed = popped(state);
  return layer.purpose === "filter" ? rearranged(closed, { filter: layer.before }, layer.anchor) : closed;
}

function completed(state: State, layer: PromptLayer): State {
  const { text } = layer.field;
  if (layer.purpose === "filter") {
    const field = suggestedField(text, state);
    return field === null ? state : changed(state, layer, textField(field));
  }
  const [first] = layer.purpose === "command" ? suggestions(text, state) : [];
  return first === undefined ? state : withTop(state, { ...layer, field: textField(`${first} `) });
}

/** The filter with its last word completed to a field's name; null where none begins so. */
function suggestedField(text: string, state: State): string | null {
  const word = /[^\s!]*$/.exec(text)?.[0] ?? "";
  const field = currentTable(state)?.fields.find((name) => word !== "" && name.startsWith(word.toLowerCase()));
  return field === undefined ? null : `${text.slice(0, text.length - word.length)}${field}:`;
}

function accepted(state: State, layer: PromptLayer, run: RunCommand): Step {
  const text = layer.field.text.trim();
  const closed = popped(state);
  switch (layer.purpose) {
    case "filter":
      return [{ ...closed, lastFilter: text }];
    case "search":
      return [text === "" ? closed : searched(closed, text)];
    case "save":
      return text === "" ? [closed] : saved(state, layer, text);
    case "command":
      return text === "" ? [closed] : commanded(closed, text, run);
  }
}

/** The palette's line: a view, `sort COLUMN`, `filter TEXT`, `save FILE`, or any command by its name. */
function commanded(state: State, line: string, run: RunCommand): Step {
  const found = commandNamed(line, state);
  if (found.kind === "unknown") return [saying(state, found.message, "warning")];
  if (found.kind === "command") return run(state, found.command, found.key);
  if (found.kind === "filter") return [rearranged(state, { filter: found.text })];
  if (found.kind === "sort") return [rearranged(state, { column: found.column, descending: false })];
  const prompt = prompted(state, "save", found.file);
  return saved(prompt, topLayer(prompt) as PromptLayer, found.file);
}

function saved(state: State, layer: PromptLayer, file: string): Step {
  if (!/\.(json|csv)$/i.test(file)) return [saying(state, phrases.message.ending, "warning")];
  const effect: Effect = {
    do: "save",
    file,
    overwrite: layer.overwrites === file,
    view: state.view,
    filter: currentList(state).filter,
    rows: savedRows(state),
  };
  return [withTop(state, { ...layer, field: textField(file), overwrites: file }), effect];
}

function searched(state: State, text: string): State {
  const layer = topLayer(state);
  const found =
    layer?.kind === "raw"
      ? toRawMatch({ ...layer, search: text }, 1)
      : layer?.kind === "detail" || layer?.kind === "help"
        ? scrolledToMatch(state, layer, text, 1)
        : null;
  return found ? withTop(state, found) : saying(state, phrases.message.notFound(text), "warning");
}
