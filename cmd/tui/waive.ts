/** Waiving: the form, and what it asks for. */
import { phrases } from "../../reports/phrases.ts";
import { isDay } from "../../rules/site/waivers.ts";
import type { Command } from "./keys/command.ts";
import type { Step } from "./keys/prompt.ts";
import { edited, textField, typed } from "./keys/text-field.ts";
import {
  currentTable,
  popped,
  pushed,
  type State,
  saying,
  WAIVE_FIELDS,
  type WaiveFieldName,
  type WaiveLayer,
  withTop,
} from "./state.ts";
import { findingTable } from "./tables/finding-table.ts";
import { chosenRows } from "./world/saving.ts";

/** Offered as a waiver's end: long enough to act, short enough to look again. */
const OFFERED_DAYS = 90;

/** Opens the form, or says why not. */
export function waiveOpened(state: State): State {
  const table = currentTable(state);
  const findings = chosenRows(state).flatMap((row) => {
    const subject = table?.subject(row);
    return subject?.kind === "finding" ? [subject.finding] : [];
  });
  if (findings.length === 0) return saying(state, phrases.message.onlyFindings, "warning");
  if (state.siteFile === null) return saying(state, phrases.message.noSiteFile, "warning");
  const ids = findings.map(findingTable.keyOf).filter((id) => !state.waived.has(id));
  if (ids.length === 0) return saying(state, phrases.message.waivedAlready, "warning");
  const expires = new Date(Date.parse(`${state.today}T00:00:00Z`) + OFFERED_DAYS * 86_400_000);
  return pushed(state, {
    kind: "waive",
    ids,
    fields: {
      reason: textField(""),
      owner: textField(state.user),
      expires: textField(expires.toISOString().slice(0, 10)),
    },
    focus: "reason",
    problem: null,
  });
}

/** A key in the form. */
export function waiveKey(
  state: State,
  layer: WaiveLayer,
  press: { name: string; text: string },
  command: Command | null,
): Step {
  if (command === "back") return [popped(state)];
  if (command === "next-field") return [withTop(state, { ...layer, focus: beside(layer.focus, 1), problem: null })];
  if (command === "previous-field")
    return [withTop(state, { ...layer, focus: beside(layer.focus, -1), problem: null })];
  if (command === "accept") return accepted(state, layer);
  const field = layer.fields[layer.focus];
  const next = press.text === "" ? edited(field, press.name) : typed(field, press.text);
  return [next ? withTop(state, { ...layer, fields: { ...layer.fields, [layer.focus]: next }, problem: null }) : state];
}

export function waivePaste(state: State, layer: WaiveLayer, text: string): State {
  const field = typed(layer.fields[layer.focus], text);
  return withTop(state, { ...layer, fields: { ...layer.fields, [layer.focus]: field } });
}

/** Enter goes through the fields, and on the last one writes. */
function accepted(state: State, layer: WaiveLayer): Step {
  if (layer.focus !== "expires") {
    const problem = problemOf(layer, layer.focus, state.today);
    return [withTop(state, problem ? { ...layer, problem } : { ...layer, focus: beside(layer.focus, 1), problem })];
  }
  for (const name of WAIVE_FIELDS) {
    const problem = problemOf(layer, name, state.today);
    if (problem) return [withTop(state, { ...layer, focus: name, problem })];
  }
  const [reason, owner, expires] = WAIVE_FIELDS.map((name) => layer.fields[name].text.trim()) as [
    string,
    string,
    string,
  ];
  const file = state.siteFile as string;
  return [popped(state), { do: "waive", file, ids: layer.ids, waiver: { reason, owner, expires } }];
}

function problemOf(layer: WaiveLayer, name: WaiveFieldName, today: string): string | null {
  const text = layer.fields[name].text.trim();
  const words = phrases.triage.waive;
  if (name === "reason") return text === "" ? words.noReason : null;
  if (name === "owner") return text === "" ? words.noOwner : null;
  if (!isDay(text)) return words.noDay;
  return text < today ? words.past(today) : null;
}

function beside(name: WaiveFieldName, step: 1 | -1): WaiveFieldName {
  const index = (WAIVE_FIELDS.indexOf(name) + step + WAIVE_FIELDS.length) % WAIVE_FIELDS.length;
  return WAIVE_FIELDS[index] as WaiveFieldName;
}
