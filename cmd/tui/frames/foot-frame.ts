/** The two lines at the bottom: a prompt or message, and the keys that matter here. */
import { phrases } from "../../../reports/phrases.ts";
import type { Span } from "../../../reports/text/style.ts";
import { splitAtWidth, textWidth } from "../../../reports/text/width.ts";
import { suggestions } from "../keys/command-line.ts";
import { keyLabel, keymap } from "../keys/keymap.ts";
import type { TextField } from "../keys/text-field.ts";
import { clean, fitSpans, type Line } from "../look.ts";
import { paneLines } from "../pages/pane.ts";
import { COMFORTABLE, currentList, type PromptLayer, type State, topLayer } from "../state.ts";
import { placeOf } from "../update.ts";
import { bodyLayer, geometryOf } from "./geometry.ts";

export interface Foot {
  lines: Line[];
  /** Column of the text cursor in the first of them; null: nothing is typed there. */
  cursor: number | null;
}

export function footLines(state: State): Foot {
  const top = topLayer(state);
  const prompt = top?.kind === "prompt" ? promptSpans(top, state) : null;
  const first = prompt?.spans ?? messageSpans(state);
  return {
    lines: [first, keySpans(state)].map((spans) => ({ spans: fitSpans(spans, state.columns, state.look) })),
    cursor: prompt?.cursor ?? null,
  };
}

function promptSpans(layer: PromptLayer, state: State): { spans: Span[]; cursor: number } {
  const lead = ` ${phrases.triage.prompts[layer.purpose]}`;
  const { shown, column } = fieldShown(layer.field, state.columns - lead.length - 24, state);
  const spans: Span[] = [{ text: lead, tone: "notice" }, { text: shown }];
  if (state.message) spans.push({ text: `  ${state.message.text}`, tone: state.message.tone });
  else if (layer.purpose === "command")
    spans.push({ text: `   ${suggestions(layer.field.text, state).slice(0, 5).join("  ")}`, tone: "quiet" });
  else if (layer.purpose === "filter")
    spans.push({
      text: `   ${phrases.triage.shown(currentList(state).order.length)}${filterHint(layer)}`,
      tone: "quiet",
    });
  return { spans, cursor: lead.length + column };
}

function filterHint({ field }: PromptLayer): string {
  return field.text === "" ? phrases.triage.filterHint : "";
}

/** The end of the text up to the cursor, where it is longer than its room. */
export function fieldShown(field: TextField, room: number, { look }: State): { shown: string; column: number } {
  let before = clean(field.text.slice(0, field.at), look);
  const after = clean(field.text.slice(field.at), look);
  while (textWidth(before) > room) before = before.slice(Math.max(1, splitAtWidth(before, 1)[0].length));
  const column = textWidth(before);
  return { shown: before + splitAtWidth(after, Math.max(1, room - column))[0], column };
}

function messageSpans(state: State): Span[] {
  if (state.message) return [{ text: ` ${state.message.text}`, tone: state.message.tone }];
  const { cramped } = geometryOf(state);
  if (cramped) {
    const { columns, rows } = COMFORTABLE;
    const text = phrases.triage.cramped(`${state.columns}x${state.rows}`, `${columns}x${rows}`);
    return [{ text: ` ${text}`, tone: "warning" }];
  }
  return [{ text: ` ${positionText(state)}`, tone: "quiet" }];
}

function positionText(state: State): string {
  const layer = bodyLayer(state);
  if (layer?.kind === "detail" || layer?.kind === "help") {
    const lines = paneLines(state).length;
    const end = Math.min(lines, layer.scroll + geometryOf(state).paneHeight);
    return end >= lines && layer.scroll === 0 ? "" : phrases.triage.lines(layer.scroll + 1, end, lines);
  }
  if (layer?.kind === "raw" || layer?.kind === "waive") return "";
  const { cursor, order } = currentList(state);
  return order.length === 0 ? "" : phrases.triage.position(cursor + 1, order.length);
}

/** As many keys as fitted, from the key table. */
function keySpans(state: State): Span[] {
  const place = placeOf(state);
  const keys = keymap.flatMap(({ keys, footer, places }) => {
    const label = places.includes(place) ? footer?.[place] : undefined;
    return label === undefined ? [] : [[keyLabel(keys[0] as string), phrases.keys.footer[label]] as const];
  });
  const spans: Span[] = [];
  let room = state.columns - 1;
  for (const [key, label] of keys) {
    const width = key.length + label.length + 3;
    if (width > room + 2) break;
    spans.push({ text: ` ${key}`, tone: "strong" }, { text: ` ${label} `, tone: "quiet" });
    room -= width;
  }
  return spans;
}
