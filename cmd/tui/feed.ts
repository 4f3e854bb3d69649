/** Results that come one after the other: while logs are read, and while they are followed. */
import { phrases } from "../../reports/phrases.ts";
import type { AuditResult, FindingKind } from "../../rules/result.ts";
import type { Judged } from "./judged.ts";
import { EMPTY_LIST, openedList, relisted, withList } from "./list.ts";
import { type ListState, notesOf, type State, saying } from "./state.ts";
import type { Table } from "./tables/table.ts";
import { type ViewId, views } from "./views.ts";

const VIEWS_OF_FINDINGS: readonly (readonly [ViewId, FindingKind])[] = [
  ["blocked", "blocked-but-required"],
  ["open", "open-but-unneeded"],
  ["anomalies", "inspection-anomaly"],
];

export function onJudged(state: State, judged: Judged): State {
  const { feed, result } = state;
  if (result === null) return shown(state, judged);
  // Followed files are read from their beginnings again: what is shown already is more than what that has so far.
  if (judged.phase === "reading" && feed.phase === "whole") return state;
  if (!feed.held) return shown(state, judged);
  return { ...state, feed: { ...feed, waiting: { judged, news: newIds(result, judged.result).length } } };
}

/** `f`: the picture stands still, or goes on. */
export function heldOrFollowed(state: State): State {
  const { feed } = state;
  if (!feed.held) return { ...state, feed: { ...feed, held: true } };
  const going: State = { ...state, feed: { ...feed, held: false, waiting: null } };
  return feed.waiting ? shown(going, feed.waiting.judged) : going;
}

/** Everything of the new result, with the cursor on what it was on. */
function shown(state: State, judged: Judged): State {
  const { result, flows } = judged;
  const tables = Object.fromEntries(views.map(({ id, open }) => [id, open(result, flows)])) as Record<ViewId, Table>;
  const feed = { ...state.feed, phase: judged.phase };
  const waived = new Map(judged.waived);
  for (const id of state.written.flatMap(({ ids }) => ids)) {
    const waiver = state.waived.get(id);
    if (waiver) waived.set(id, waiver);
  }
  const language = result.language ?? state.language;
  const next: State = { ...state, language, result, tables, feed, waived, fresh: freshAfter(state, judged) };
  const lists = Object.fromEntries(views.map(({ id }) => [id, listAfter(state, next, id)])) as State["lists"];
  return closedWhereGone(state, withList({ ...next, lists, view: state.touched ? state.view : firstView(result) }, {}));
}

/** The one that holds the gravest finding that nobody has accepted. */
function firstView({ findings }: AuditResult): ViewId {
  const left = findings.filter(({ waived }) => waived === null);
  const [gravest, ...others] = left.length > 0 ? left : findings;
  if (!gravest) return "coverage";
  const kinds = [gravest, ...others].filter(({ severity }) => severity === gravest.severity).map(({ kind }) => kind);
  return VIEWS_OF_FINDINGS.find(([, kind]) => kinds.includes(kind))?.[0] ?? "coverage";
}

function listAfter(before: State, now: State, view: ViewId): ListState {
  const table = now.tables?.[view] as Table;
  const old = before.tables?.[view];
  const list = before.lists[view];
  if (!old || !before.touched) return openedList(table);
  // A million flows are sorted and filtered when somebody looks.
  if (view === "flows" && before.view !== view) return { ...list, order: EMPTY_LIST.order };
  const row = list.order[list.cursor];
  return relisted(list, table, notesOf(now), row === undefined ? -1 : table.rowOf(old.keyOf(row)));
}

/** Findings that came after the first whole look, and that nobody has looked at. */
function freshAfter(state: State, { phase, result }: Judged): ReadonlySet<string> {
  if (state.result === null || phase === "reading" || state.feed.phase === "reading") return state.fresh;
  const news = newIds(state.result, result);
  const here = new Set(result.findings.map(({ id }) => id));
  return new Set([...[...state.fresh].filter((id) => here.has(id)), ...news]);
}

function newIds(before: AuditResult, now: AuditResult): string[] {
  const known = new Set(before.findings.map(({ id }) => id));
  return now.findings.flatMap(({ id }) => (known.has(id) ? [] : [id]));
}

/** What lay over the list belonged to a row that is there no more. */
function closedWhereGone(before: State, now: State): State {
  const key = keyUnderCursor(before);
  if (before.layers.length === 0 || key === null || now.view === "flows" || keyUnderCursor(now) === key) return now;
  const isAboutRow = before.layers.some(({ kind }) => kind === "detail" || kind === "raw");
  return isAboutRow ? saying({ ...now, layers: [] }, phrases.message.gone, "warning") : now;
}

function keyUnderCursor(state: State): string | null {
  const { order, cursor } = state.lists[state.view];
  const row = order[cursor];
  return row === undefined ? null : (state.tables?.[state.view].keyOf(row) ?? null);
}

/** A finding whose detail or lines are open is new no more. */
export function lookedAt(state: State): State {
  const top = state.layers.at(-1);
  if (state.fresh.size === 0 || (top?.kind !== "detail" && top?.kind !== "raw")) return state;
  const key = keyUnderCursor(state);
  if (key === null || !state.fresh.has(key)) return state;
  return { ...state, fresh: new Set([...state.fresh].filter((id) => id !== key)) };
}
