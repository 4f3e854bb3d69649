/** What changed, in sentences: the whole of the screen-reader mode, where nothing is ever redrawn. */
import { inLanguage } from "../../reports/languages.ts";
import { phrases } from "../../reports/phrases.ts";
import { bodyLayer } from "./frames/geometry.ts";
import { clean, plain } from "./look.ts";
import { helpLines } from "./pages/help-page.ts";
import { subjectLines } from "./pages/row-pages.ts";
import { rawFields } from "./raw.ts";
import { currentList, currentRow, currentSubject, currentTable, notesOf, type State, topLayer } from "./state.ts";
import { rowsOf } from "./views.ts";

/** Lines to say after a step, in the language of the screen; the text is clean. */
export function announcements(before: State | null, now: State): string[] {
  return inLanguage(now.language, () => announced(before, now));
}

function announced(before: State | null, now: State): string[] {
  const said: string[] = [];
  if (now.result === null)
    return before === null ? [phrases.triage.progress.reading(now.progress.inputs.join(", "))] : said;
  const layer = bodyLayer(now);
  const old = before ? bodyLayer(before) : undefined;
  // While logs are read or followed, only what came up is said; not each look.
  const isWhole = before !== null && before.feed.phase === "reading" && now.feed.phase !== "reading";
  const isNew = before === null || before.result === null || isWhole || before.view !== now.view;
  if (before && now.fresh.size > before.fresh.size)
    said.push(phrases.triage.spoken.fresh(now.fresh.size - before.fresh.size, now.fresh.size));
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
  const { spoken } = phrases.triage;
  const { title, empty } = phrases.triage.views[state.view];
  const { order, filter } = currentList(state);
  const total = currentTable(state)?.size ?? 0;
  if (order.length === 0 && filter === "") return spoken.emptyView(title, empty);
  const hidden = filter === "" ? "" : spoken.hidden(total - order.length, filter);
  return spoken.view(title, rowsOf(state.view, order.length), hidden);
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
  if (!table || row < 0) return phrases.triage.spoken.noRows;
  const { order, cursor } = currentList(state);
  const notes = notesOf(state);
  const cells = table.columns.flatMap(({ id }, column) => {
    // Words without their signs, which a reader would spell out.
    const text = table.cell(row, column, notes).text.replace(/^[^\p{L}\p{N}"“(]+/u, "");
    if (text === "") return [];
    return /^(severity|state|title|what|text|flow|statement)$/.test(id)
      ? [text]
      : [`${phrases.triage.columns[id]} ${text}`];
  });
  const mark = state.marks.has(table.keyOf(row)) ? `${phrases.triage.spoken.marked}, ` : "";
  return `${phrases.triage.position(cursor + 1, order.length)}: ${mark}${cells.join(", ")}`;
}

function layerLines(state: State): string[] {
  const layer = bodyLayer(state);
  const width = Math.max(60, state.columns - 2);
  if (layer?.kind === "help") return helpLines(width, state.look, currentTable(state)?.fields ?? []).map(plain);
  const subject = currentSubject(state);
  if (layer?.kind === "detail" && subject && state.result)
    return subjectLines(subject, state.result, notesOf(state), width, state.look, false).map(plain);
  if (layer?.kind === "raw") return rawSentences(state);
  if (layer?.kind === "waive") return [phrases.triage.spoken.waive(layer.ids.join(", "))];
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
    `${layer.places[layer.index]?.input ?? ""}:${line?.line ?? ""}${layer.cursor === focus ? `, ${phrases.triage.spoken.findingsLine}` : ""}`,
    line?.text ?? "",
    ...(layer.cursor === focus ? fields.map(([name, value]) => `${name}: ${value}`) : []),
  ];
}

function promptSentences(before: State | null, now: State): string[] {
  const top = topLayer(now);
  const old = before ? topLayer(before) : undefined;
  if (top?.kind === "prompt") {
    if (old?.kind === "prompt" && old.field === top.field) return [];
    const count = top.purpose === "filter" ? `, ${phrases.triage.shown(currentList(now).order.length)}` : "";
    return [`${phrases.triage.purposes[top.purpose]}: ${top.field.text}${count}`];
  }
  if (top?.kind === "waive") {
    if (old?.kind === "waive" && old === top) return [];
    const text = top.fields[top.focus].text;
    return [top.problem ?? "", `${phrases.triage.waive.labels[top.focus]}: ${text}`];
  }
  return [];
}
