/** What changed, in sentences: the whole of the screen-reader mode, where nothing is ever redrawn. */
import { number } from "../../reports/words.ts";
import { bodyLayer } from "./geometry.ts";
import { helpLines } from "./help-page.ts";
import { clean, plain } from "./look.ts";
import { rawFields } from "./raw.ts";
import { subjectLines } from "./row-pages.ts";
import { currentList, currentRow, currentSubject, currentTable, notesOf, type State, topLayer } from "./state.ts";
import { views } from "./views.ts";

/** Lines to say after a step; the text is clean. */
export function announcements(before: State | null, now: State): string[] {
  const said: string[] = [];
  if (now.result === null) return before === null ? [`Reading ${now.progress.inputs.join(", ")}`] : said;
  const layer = bodyLayer(now);
  const old = before ? bodyLayer(before) : undefined;
  // While logs are read or followed, only what came up is said; not each look.
  const isWhole = before !== null && before.feed.phase === "reading" && now.feed.phase !== "reading";
  const isNew = before === null || before.result === null || isWhole || before.view !== now.view;
  if (before && now.fresh.size > before.fresh.size)
    said.push(
      `${number(now.fresh.size - before.fresh.size)} new: + goes there. ${number(now.fresh.size)} not looked at.`,
    );
  if (isNew) said.push(viewSentence(now));
  if (layer?.kind !== old?.kind || (layer?.kind === "detail" && before && currentRow(before) !== currentRow(now)))
    said.push(...layerLines(now));
  else if (layer?.kind === "raw" && layer !== old) said.push(...rawSentences(now));
  const typing = topLayer(now)?.kind === "prompt";
  if (
    layer === undefined &&
    !typing &&
    (isNew ||
      old !== undefined ||
      topLayer(before)?.kind === "prompt" ||
      (before.tables === now.tables && rowChanged(before, now)))
  )
    said.push(rowSentence(now));
  said.push(...promptSentences(before, now));
  if (now.message && now.message !== before?.message) said.push(now.message.text);
  return said.map((text) => clean(text, now.look).trimEnd()).filter((text) => text !== "");
}

function viewSentence(state: State): string {
  const view = views.find(({ id }) => id === state.view);
  const { order, filter } = currentList(state);
  const total = currentTable(state)?.size ?? 0;
  const hidden = filter === "" ? "" : `, ${number(total - order.length)} hidden by filter ${filter}`;
  if (order.length === 0 && filter === "") return `View ${view?.title}: ${view?.empty}`;
  return `View ${view?.title}: ${number(order.length)} ${order.length === 1 ? view?.rows[0] : view?.rows[1]}${hidden}. ? lists the keys.`;
}

function rowChanged(before: State, now: State): boolean {
  const [a, b] = [currentList(before), currentList(now)];
  if (a.order !== b.order || a.cursor !== b.cursor) return true;
  const key = currentTable(now)?.keyOf(currentRow(now)) ?? "";
  return before.marks.has(key) !== now.marks.has(key) || before.waived.has(key) !== now.waived.has(key);
}

/** `3 of 12: critical, Internet reaches ..., host ..., 1,204` */
function rowSentence(state: State): string {
  const table = currentTable(state);
  const row = currentRow(state);
  if (!table || row < 0) return "No rows.";
  const { order, cursor } = currentList(state);
  const notes = notesOf(state);
  const cells = table.columns.flatMap(({ id, title }, column) => {
    // Words without their signs, which a reader would spell out.
    const text = table.cell(row, column, notes).text.replace(/^[^\p{L}\p{N}"“(]+/u, "");
    if (text === "") return [];
    return /^(severity|state|title|what|text|flow|statement)$/.test(id) ? [text] : [`${title} ${text}`];
  });
  const mark = state.marks.has(table.keyOf(row)) ? "marked, " : "";
  return `${number(cursor + 1)} of ${number(order.length)}: ${mark}${cells.join(", ")}`;
}

function layerLines(state: State): string[] {
  const layer = bodyLayer(state);
  const width = Math.max(60, state.columns - 2);
  if (layer?.kind === "help") return helpLines(width, state.look, currentTable(state)?.fields ?? []).map(plain);
  const subject = currentSubject(state);
  if (layer?.kind === "detail" && subject && state.result)
    return subjectLines(subject, state.result, notesOf(state), width, state.look, false).map(plain);
  if (layer?.kind === "raw") return rawSentences(state);
  if (layer?.kind === "waive") return [`Waive ${layer.ids.join(", ")}. Tab: next field, Enter: write, Esc: cancel.`];
  return [];
}

function rawSentences(state: State): string[] {
  const layer = bodyLayer(state);
  if (layer?.kind !== "raw" || !layer.surroundings) return [];
  const { lines, focus, note } = layer.surroundings;
  const line = lines[layer.cursor];
  const { fields } = rawFields(layer, state);
  return [
    note ?? "",
    `${layer.places[layer.index]?.input ?? ""}:${line?.line ?? ""}${layer.cursor === focus ? ", the finding's line" : ""}`,
    line?.text ?? "",
    ...(layer.cursor === focus ? fields.map(([name, value]) => `${name}: ${value}`) : []),
  ];
}

function promptSentences(before: State | null, now: State): string[] {
  const top = topLayer(now);
  const old = before ? topLayer(before) : undefined;
  if (top?.kind === "prompt") {
    if (old?.kind === "prompt" && old.field === top.field) return [];
    const count = top.purpose === "filter" ? `, ${number(currentList(now).order.length)} shown` : "";
    return [`${top.purpose}: ${top.field.text}${count}`];
  }
  if (top?.kind === "waive") {
    if (old?.kind === "waive" && old === top) return [];
    const text = top.fields[top.focus].text;
    return [top.problem ?? "", `${top.focus}: ${text}`];
  }
  return [];
}
