/** The form that waives. */
import type { Span } from "../../reports/text-style.ts";
import { counted } from "../../reports/words.ts";
import { fieldShown } from "./foot-frame.ts";
import { fitSpans, type Line } from "./look.ts";
import { type State, WAIVE_FIELDS, type WaiveLayer } from "./state.ts";

const LABELS = { reason: "Reason", owner: "Owner", expires: "Expires" } as const;
const HINTS = {
  reason: "why this is acceptable",
  owner: "who answers for it",
  expires: "the last day on which it holds",
} as const;
const INDENT = 13;
/** Ids that are listed. */
const IDS_SHOWN = 6;

export interface Form {
  lines: Line[];
  /** Where the text cursor stands, from the form's first line. */
  cursor: { x: number; y: number };
}

export function waiveForm(layer: WaiveLayer, state: State): Form {
  const { columns, look } = state;
  const lines: Line[] = [];
  let cursor = { x: 0, y: 0 };
  const add = (...spans: Span[]) => lines.push({ spans: fitSpans(spans, columns, look) });
  add({ text: ` Waive ${counted(layer.ids.length, "finding")} in ${state.siteFile}`, tone: "strong" });
  add();
  for (const id of layer.ids.slice(0, IDS_SHOWN)) add({ text: `   ${id}`, tone: "quiet" });
  if (layer.ids.length > IDS_SHOWN) add({ text: `   and ${layer.ids.length - IDS_SHOWN} more`, tone: "quiet" });
  add();
  for (const name of WAIVE_FIELDS) {
    const isFocus = name === layer.focus;
    const { shown, column } = fieldShown(layer.fields[name], columns - INDENT - 2, state);
    const mark = isFocus ? (look.ascii ? ">" : "▸") : " ";
    const hint = shown === "" ? HINTS[name] : "";
    const label = ` ${mark} ${LABELS[name]}`.padEnd(INDENT);
    // Our own sign stays as it is; only what was typed is cleaned.
    const spans: Span[] = [{ text: label, tone: isFocus ? "strong" : "quiet" }];
    lines.push({
      spans: [...spans, ...fitSpans([{ text: shown }, { text: hint, tone: "quiet" }], columns - INDENT, look)],
    });
    if (isFocus) cursor = { x: INDENT + column, y: lines.length - 1 };
  }
  add();
  if (layer.problem) add({ text: `   ${layer.problem}`, tone: "warning" });
  else add({ text: "   A waived finding stays in every report, with this reason and until that day.", tone: "quiet" });
  return { lines, cursor };
}
