/** The form that waives. */
import { phrases } from "../../../reports/phrases.ts";
import type { Span } from "../../../reports/text/style.ts";
import { textWidth } from "../../../reports/text/width.ts";
import { fitSpans, type Line } from "../look.ts";
import { type State, WAIVE_FIELDS, type WaiveLayer } from "../state.ts";
import { fieldShown } from "./foot-frame.ts";

/** Before and after a label. */
const AROUND_LABEL = 6;
/** Ids that are listed. */
const IDS_SHOWN = 6;

export interface Form {
  lines: Line[];
  /** Where the text cursor stands, from the form's first line. */
  cursor: { x: number; y: number };
}

export function waiveForm(layer: WaiveLayer, state: State): Form {
  const { columns, look } = state;
  const words = phrases.triage.waive;
  const indent = Math.max(...Object.values(words.labels).map(textWidth)) + AROUND_LABEL;
  const lines: Line[] = [];
  let cursor = { x: 0, y: 0 };
  const add = (...spans: Span[]) => lines.push({ spans: fitSpans(spans, columns, look) });
  add({ text: ` ${words.title(phrases.text.findings(layer.ids.length), state.siteFile ?? "")}`, tone: "strong" });
  add();
  for (const id of layer.ids.slice(0, IDS_SHOWN)) add({ text: `   ${id}`, tone: "quiet" });
  if (layer.ids.length > IDS_SHOWN) add({ text: `   ${phrases.more(layer.ids.length - IDS_SHOWN)}`, tone: "quiet" });
  add();
  for (const name of WAIVE_FIELDS) {
    const isFocus = name === layer.focus;
    const { shown, column } = fieldShown(layer.fields[name], columns - indent - 2, state);
    const mark = isFocus ? (look.ascii ? ">" : "▸") : " ";
    const hint = shown === "" ? words.hints[name] : "";
    const label = ` ${mark} ${words.labels[name]}`.padEnd(indent);
    // Our own sign stays as it is; only what was typed is cleaned.
    const spans: Span[] = [{ text: label, tone: isFocus ? "strong" : "quiet" }];
    lines.push({
      spans: [...spans, ...fitSpans([{ text: shown }, { text: hint, tone: "quiet" }], columns - indent, look)],
    });
    if (isFocus) cursor = { x: indent + column, y: lines.length - 1 };
  }
  add();
  if (layer.problem) add({ text: `   ${layer.problem}`, tone: "warning" });
  else add({ text: `   ${words.note}`, tone: "quiet" });
  return { lines, cursor };
}
