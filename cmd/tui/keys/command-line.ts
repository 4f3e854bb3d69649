/** What can be typed after `:`. */
import { phrases } from "../../../reports/phrases.ts";
import { currentTable, type State } from "../state.ts";
import { views } from "../views.ts";
import type { Command } from "./command.ts";
import { namedCommands } from "./keymap.ts";

export type NamedCommand =
  | { kind: "command"; command: Command; key: string }
  | { kind: "filter"; text: string }
  | { kind: "sort"; column: number }
  | { kind: "save"; file: string }
  | { kind: "unknown"; message: string };

const WITH_ARGUMENT = ["sort", "filter", "save"];

/** Names that begin with what was typed, then names that hold it. */
export function suggestions(text: string, state: State): string[] {
  const [word = "", ...rest] = text.trimStart().split(" ");
  if (rest.length > 0) {
    if (word !== "sort") return [];
    return columnIds(state)
      .filter((id) => id.startsWith(rest.join(" ")))
      .map((id) => `sort ${id}`);
  }
  const names = [...views.map(({ id }) => id), ...WITH_ARGUMENT, ...namedCommands];
  const unique = [...new Set<string>(names)];
  const wanted = word.toLowerCase();
  return [
    ...unique.filter((name) => name.startsWith(wanted)),
    ...unique.filter((name) => !name.startsWith(wanted) && name.includes(wanted)),
  ];
}

/** What a typed line means. A beginning is enough where only one name has it. */
export function commandNamed(line: string, state: State): NamedCommand {
  const [word = "", ...rest] = line.trim().split(/\s+/);
  const argument = line.trim().slice(word.length).trim();
  const name = resolved(word.toLowerCase(), state);
  if (name === null) return unknown(word, state);
  const view = views.findIndex(({ id }) => id === name);
  if (view >= 0) return { kind: "command", command: "view", key: String(view + 1) };
  if (name === "filter") return { kind: "filter", text: argument };
  if (name === "save" && argument !== "") return { kind: "save", file: argument };
  if (name === "sort") {
    const column = columnIds(state).findIndex((id) => id.startsWith((rest[0] ?? "?").toLowerCase()));
    return column >= 0
      ? { kind: "sort", column }
      : { kind: "unknown", message: phrases.message.sortByWhat(columnIds(state).join(", ")) };
  }
  return { kind: "command", command: name as Command, key: "" };
}

function resolved(word: string, state: State): string | null {
  const found = suggestions(word, state).filter((name) => name.startsWith(word));
  if (found.includes(word)) return word;
  return found.length === 1 ? (found[0] as string) : null;
}

function unknown(word: string, state: State): NamedCommand {
  const near = suggestions(word, state).slice(0, 6);
  const { message } = phrases;
  const [only, ...more] = near;
  if (only === undefined) return { kind: "unknown", message: message.noCommand(word) };
  const told = more.length > 0 ? message.whichCommand(word, near.join(", ")) : message.meant(word, only);
  return { kind: "unknown", message: told };
}

function columnIds(state: State): string[] {
  return (currentTable(state)?.columns ?? []).map(({ id }) => id);
}
