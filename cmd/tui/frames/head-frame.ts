/** The three lines at the top: whose audit, the tabs, and what the list shows of its view. */
import { countBySeverity, severities } from "../../../reports/outline.ts";
import { phrases } from "../../../reports/phrases.ts";
import { type Span, severityLook, stateLook } from "../../../reports/text/style.ts";
import { textWidth } from "../../../reports/text/width.ts";
import { spanText } from "../../../reports/times.ts";
import { number } from "../../../reports/words.ts";
import type { FindingResult } from "../../../rules/result.ts";
import { clean, cut, fitSpans, type Line } from "../look.ts";
import { currentList, currentTable, type State } from "../state.ts";
import { POLICY_ORDER } from "../tables/policy-table.ts";
import { REQUIREMENT_ORDER } from "../tables/requirement-table.ts";
import { rowsOf, views } from "../views.ts";
import { progressShare } from "./progress-frame.ts";

export function headLines(state: State): Line[] {
  return [titleLine(state), tabLine(state), summaryLine(state)].map((spans) => ({
    spans: fitSpans(spans, state.columns, state.look),
  }));
}

function titleLine(state: State): Span[] {
  const { result, columns, look } = state;
  const feed = feedSpan(state);
  // Days and minutes are enough to know the audit again; where more is to be told, days.
  const span = ((result && spanText(result.evidence.from, result.evidence.to)) ?? "").replace(
    /(\d\d:\d\d):\d\d/g,
    "$1",
  );
  const when = columns < 100 && feed.text !== "" ? "" : span;
  const right = textWidth(when) + textWidth(feed.text) + (feed.text === "" ? 0 : 2);
  const left = ` ringfence  ${cut(clean(result?.site.name ?? "", look), Math.max(10, columns - right - 16), look)}`;
  const gap = " ".repeat(Math.max(1, columns - textWidth(left) - right - 1));
  return [
    { text: left, tone: "strong" },
    { text: gap },
    { ...feed, text: when === "" || feed.text === "" ? feed.text : `${feed.text}  ` },
    { text: when, tone: "quiet" },
  ];
}

/** Whether more is to come, and what is new. */
function feedSpan({ feed, fresh, progress }: State): Span {
  const { phase, held, waiting } = feed;
  const news = held ? (waiting?.news ?? 0) : fresh.size;
  const { head } = phrases.triage;
  const added = news > 0 ? `  ${head.fresh(news)}` : "";
  if (held) return { text: `${head.held}${added}`, tone: "warning" };
  if (phase === "live") return { text: `${head.following}${added}`, tone: added === "" ? "good" : "notice" };
  if (phase !== "reading") return { text: added.trim(), tone: "notice" };
  const share = progressShare(progress);
  return { text: head.reading(share === null ? null : Math.floor(share * 100)), tone: "notice" };
}

/** The open one stands in brackets and bold: it is seen without colours too. */
function tabLine(state: State): Span[] {
  const tabs = tabTexts(state);
  return views.map(({ id }, index) => {
    const text = tabs[index] as string;
    return id === state.view ? { text: `[${text.slice(1, -1)}]`, tone: "strong" } : { text, tone: "quiet" };
  });
}

/** With their counts where there is room. */
export function tabTexts(state: State): string[] {
  const brief = views.map(({ id }, index) => ` ${index + 1} ${phrases.triage.views[id].title} `);
  const full = views.map(({ id }, index) => `${brief[index]}${number(state.tables?.[id].size ?? 0)} `);
  return full.join("").length <= state.columns ? full : brief;
}

function summaryLine(state: State): Span[] {
  const table = currentTable(state);
  const { order, terms, filter } = currentList(state);
  if (!table) return [];
  const { head } = phrases.triage;
  const marks = state.marks.size > 0 ? [{ text: `  ${head.marked(state.marks.size)}`, tone: "notice" as const }] : [];
  if (filter.trim() !== "") {
    const chips = terms.map(
      ({ text, negated }): Span => ({ text: ` [${text}]`, tone: negated ? "warning" : "notice" }),
    );
    return [{ text: ` ${head.filtered(order.length, table.size - order.length)}` }, ...chips, ...marks];
  }
  return [{ text: ` ${rowsOf(state.view, table.size)}` }, ...marks, ...breakdown(state)];
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
      return { text: `  ${symbol} ${number(counts[severity])} ${phrases.text.severity[severity]}`, tone };
    });
  if (own.length > open.length)
    spans.push({ text: `  ${phrases.waivedCount(own.length - open.length)}`, tone: "quiet" });
  known.set(kind, { waived, spans });
  return spans;
}
