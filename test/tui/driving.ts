/** Drives the reducer without a terminal: keys in, state and effects out. */
import type { Action, Effect } from "../../cmd/tui/action.ts";
import { waivedIn } from "../../cmd/tui/action.ts";
import { frameOf } from "../../cmd/tui/frames/frame.ts";
import { plain } from "../../cmd/tui/look.ts";
import { type Start, startState } from "../../cmd/tui/start-state.ts";
import type { State } from "../../cmd/tui/state.ts";
import { update } from "../../cmd/tui/update.ts";
import type { AuditResult } from "../../rules/result.ts";

/** A session whose result has been loaded. */
export function openedOn(result: AuditResult, start: Partial<Start> = {}): State {
  const state = startState({
    columns: 80,
    rows: 24,
    look: { ascii: false, color: true },
    language: "en",
    inputs: ["audit.json"],
    unfollowable: null,
    siteFile: "site.yaml",
    user: "noc",
    today: "2026-10-07",
    ...start,
  });
  return applied(state, {
    type: "judged",
    judged: { phase: "saved", result, flows: null, waived: waivedIn(result) },
    message: null,
  });
}

export function applied(state: State, action: Action): State {
  return update(state, action)[0];
}

/** Presses keys by name (`down`, `ctrl-d`); `"text` types a text. */
export function pressing(state: State, ...keys: string[]): { state: State; effects: Effect[] } {
  const effects: Effect[] = [];
  let now = state;
  for (const key of keys.flatMap((one) => (one.startsWith('"') ? [...one.slice(1)] : [one]))) {
    const text = key === " " || key === "space" ? " " : [...key].length === 1 ? key : "";
    const [next, ...more] = update(now, { type: "key", press: { name: key === " " ? "space" : key, text } });
    now = next;
    effects.push(...more);
  }
  return { state: now, effects };
}

export function pressed(state: State, ...keys: string[]): State {
  return pressing(state, ...keys).state;
}

/** The screen as text. */
export function screenOf(state: State): string[] {
  return frameOf(state).lines.map((line) => plain(line).trimEnd());
}
