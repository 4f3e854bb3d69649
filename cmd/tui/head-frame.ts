/** The three lines at the top: whose audit, the tabs, and what the list shows of its view. */
import { countBySeverity, severities } from "../../reports/outline.ts";
import { type Span, severityLook, stateLook } from "../../reports/text-style.ts";
import { textWidth } from "../../reports/text-width.ts";
import { spanText } from "../../reports/times.ts";
import { number } from "../../reports/words.ts";
import type { FindingResult } from "../../rules/result.ts";
import { clean, cut, fitSpans, type Line } from "./look.ts";
import { POLICY_ORDER } from "./policy-table.ts";
import { REQUIREMENT_ORDER } from "./requirement-table.ts";
import { currentList, currentTable, type State } from "./state.ts";
import { views } from "./views.ts";

export function headLines(state: State): Line[] {
  return [titleLine(state), tabLine(state), summaryLine(state)].map((spans) => ({
    spans: fitSpans(spans, state.columns, state.look),
  }));
}

function titleLine({ result, columns, look }: State): Span[] {
  const site = clean(result?.site.name ?? "", look);
  // Days and minutes are enough to know the audit again.
  const when = ((result && spanText(result.evidence.from, result.evidence.to)) ?? "").replace(
    /(\d\d:\d\d):\d\d/g,
    "$1",
  );
  const left = ` ringfence  ${cut(site, Math.max(10, columns - when.length - 16), look)}`;
  const gap = columns - textWidth(left) - textWidth(when) - 1;
  return [
    { text: left, tone: "strong" },
    { text: gap > 1 ? `${" ".repeat(gap)}${when}` : "", tone: "quiet" },
  ];
}

/** The open one stands in brackets and bold: it is seen without colours too. */
function tabLine(state: State): Span[] {
  const counts = views.map(({ id }) => number(state.tables?.[id].size ?? 0));
  const full = views.map(({ title }, index) => ` ${index + 1} ${title} ${counts[index]} `);
  const brief = views.map(({ title }, index) => ` ${index + 1} ${title} `);
  const tabs = full.join("").length + 2 <= state.columns ? full : brief;
  return views.map(({ id }, index) => {
    const text = tabs[index] as string;
    return id === state.view ? { text: `[${text.slice(1, -1)}]`, tone: "strong" } : { text, tone: "quiet" };
  });
}

function summaryLine(state: State): Span[] {
  const table = currentTable(state);
  const { order, terms, filter } = currentList(state);
  const view = views.find(({ id }) => id === state.view);
  if (!table || !view) return [];
  const marks = state.marks.size > 0 ? [{ text: `  ${number(state.marks.size)} marked`, tone: "notice" as const }] : [];
  if (filter.trim() !== "") {
    const chips = terms.map(
      ({ text, negated }): Span => ({ text: ` [${text}]`, tone: negated ? "warning" : "notice" }),
    );
    const hidden = table.size - order.length;
    return [{ text: ` ${number(order.length)} shown, ${number(hidden)} hidden by` }, ...chips, ...marks];
  }
  const [one, many] = view.rows;
  const total: Span = { text: ` ${number(table.size)} ${table.size === 1 ? one : many}` };
  return [total, ...breakdown(state), ...marks];
}

/** How the rows of this view are spread: by severity, or by state. */
function breakdown(state: State): Span[] {
  const { result, view, waived } = state;
  if (!result) return [];
  const kinds = {
    blocked: "blocked-but-required",
    open: "open-but-unneeded",
    anomalies: "inspection-anomaly",
  } as const;
  if (view in kinds) return findingCounts(result.findings, kinds[view as keyof typeof kinds], waived);
  const [rows, states] =
    view === "coverage"
      ? [result.requirements, REQUIREMENT_ORDER]
      : view === "policies"
        ? [result.policies, POLICY_ORDER]
        : [[], []];
  return states.flatMap((name): Span[] => {
    const count = rows.filter((row) => row.state === name).length;
    const { symbol, brief, tone } = stateLook[name];
    return count > 0 ? [{ text: `  ${symbol} ${number(count)} ${brief}`, tone }] : [];
  });
}

const counted = new WeakMap<readonly FindingResult[], Map<string, { waived: State["waived"]; spans: Span[] }>>();

/** Counting a hundred thousand findings for each frame would be felt. */
function findingCounts(findings: readonly FindingResult[], kind: string, waived: State["waived"]): Span[] {
  const known = counted.get(findings) ?? new Map<string, { waived: State["waived"]; spans: Span[] }>();
  counted.set(findings, known);
  const last = known.get(kind);
  if (last?.waived === waived) return last.spans;
  const own = findings.filter((finding) => finding.kind === kind);
  const open = own.filter(({ id }) => !waived.has(id));
  const counts = countBySeverity(open);
  const spans = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity): Span => {
      const { symbol, tone } = severityLook[severity];
      return { text: `  ${symbol} ${number(counts[severity])} ${severity}`, tone };
    });
  if (own.length > open.length) spans.push({ text: `  ${number(own.length - open.length)} waived`, tone: "quiet" });
  known.set(kind, { waived, spans });
  return spans;
}
