/** Everything about one flow: what it is, what it was judged as and why, and what it rests on. */
import type { Flow } from "../../../ingest/flows/flow.ts";
import type { Axis } from "../../../reports/activity.ts";
import { axisOf } from "../../../reports/axis.ts";
import { phrases } from "../../../reports/phrases.ts";
import { sparklineOf } from "../../../reports/sparkline.ts";
import { label } from "../../../reports/text/style.ts";
import { spanText } from "../../../reports/times.ts";
import { number, platformTitles } from "../../../reports/words.ts";
import { formatRanges } from "../../../rules/matching/port-ranges.ts";
import type { AuditResult, FindingKind, FindingResult, TrafficMeaning } from "../../../rules/result.ts";
import { type FlowRows, VERDICT_CODES } from "../tables/flow-rows.ts";
import type { Page } from "./page.ts";

const WIDEST_SPARKLINE = 72;
const HOUR_MS = 3_600_000;

/** @param signs symbols and sparklines, which say nothing to a screen reader */
export function writeFlow(page: Page, rows: FlowRows, row: number, result: AuditResult, signs: boolean): void {
  const flow = rows.flow(row);
  const verdict = phrases.triage.verdictLabels[VERDICT_CODES[rows.verdict(row)]];
  const { row: words } = phrases;
  const { labels } = words;
  const route = `${rows.initiator(row)} → ${rows.responder(row)}, ${rows.service(row)}`;
  const symbol = rows.isAllowed(row) ? "✔" : rows.isDenied(row) ? "✖" : "·";
  page.paragraph([
    signs ? label(symbol, verdict, rows.isDenied(row) ? "bad" : "notice") : `${verdict}: `,
    { text: route, tone: "strong" },
  ]);
  page.blank();
  const meaning = rows.meaning(row);
  page.field(labels.judged, [
    { text: phrases.triage.meanings[meaning], tone: "strong" },
    `: ${phrases.accounts.meanings[meaning]}`,
  ]);
  const zone = rows.zone(row);
  if (zone !== "") page.field(labels.peerIn, phrases.zones[zone]);
  if (rows.host(row) !== "") page.field(labels.host, rows.host(row));
  if (rows.requirement(row) !== "") page.field(labels.serves, rows.requirement(row));
  page.blank();
  writeSeen(page, rows, row, axisOf(result), signs);
  writePath(page, rows, row, flow);
  writeFindings(page, findingsOf(rows, row, result));
  const places = rows.places(row);
  if (places.length > 0) page.heading(words.logLines);
  for (const { input, line } of places) page.field("", line === null ? input : `${input}:${line}`);
  if (places.length > 0) page.field("", { text: words.readsThem, tone: "quiet" });
}

function writeSeen(page: Page, rows: FlowRows, row: number, axis: Axis, signs: boolean): void {
  const flow = rows.flow(row);
  const span = spanText(rows.timeText(flow.firstMs), rows.timeText(flow.lastMs));
  const { unit } = flow.context;
  const { labels } = phrases.row;
  page.field(phrases.fields.seen, [
    { text: phrases.counted(flow.count, unit, null), tone: "strong" },
    span === null ? "" : `, ${span}`,
  ]);
  const hourly = flow.hours().map(([hour, count]) => ({ hour: rows.timeText(hour * HOUR_MS) ?? "", count }));
  const line = sparklineOf(hourly, Math.min(WIDEST_SPARKLINE, page.valueWidth), axis);
  if (line) {
    if (signs) page.field("", { text: line.bars, tone: "notice", solid: true });
    page.field("", { text: line.text, tone: "quiet" });
  }
  if (flow.bytes > 0) page.field(labels.bytes, number(flow.bytes));
  if (unit === "sessions" && flow.packets > 0) page.field(labels.packets, number(flow.packets));
  if (flow.unansweredSessions > 0)
    page.field(labels.unanswered, phrases.counted(flow.unansweredSessions, "sessions", null));
}

function writePath(page: Page, rows: FlowRows, row: number, flow: Flow): void {
  const { context, initiatorPorts, dscp } = flow;
  const { fields, row: words } = phrases;
  const { labels } = words;
  const { platform, ingress, egress, ruleId, ruleName, ruleUuid, reason, application } = context;
  const fact = (name: string, text: string) => {
    if (text !== "") page.field(name, text);
  };
  fact(fields.firewall, `${rows.firewall(row)} (${platformTitles[platform]})`);
  fact(fields.rule, [ruleId, ruleName, ruleUuid].filter((text) => text !== "").join(", "));
  fact(
    labels.interfaces,
    [ingress && words.ingress(ingress), egress && words.egress(egress)].filter(Boolean).join(", "),
  );
  fact(fields.reason, reason);
  fact(labels.application, application);
  if (initiatorPorts) fact(labels.fromPorts, formatRanges([initiatorPorts]));
  if (dscp >= 0) fact("DSCP", String(dscp));
  fact(labels.openedBy, `${rows.initiator(row)}, ${flow.initiatorCertain ? words.openerKnown : words.openerInferred}`);
  if (flow.reply) fact(labels.packetsOf, words.answeringSide);
  if (flow.destinationTranslated) fact("NAT", words.translated);
  if (flow.verdictAssumed) fact(labels.verdict, words.assumed);
}

function writeFindings(page: Page, findings: readonly FindingResult[]): void {
  if (findings.length === 0) return;
  page.heading(phrases.row.findingsHere);
  for (const { severity, title, id } of findings) {
    page.field(phrases.text.severity[severity], title);
    page.field("", { text: id, tone: "quiet" });
  }
}

/** Where flows of a meaning end up; the others are no evidence against anybody. */
const KINDS: Readonly<Partial<Record<TrafficMeaning, FindingKind>>> = {
  refused: "blocked-but-required",
  "return-leg": "blocked-but-required",
  unneeded: "open-but-unneeded",
  inspection: "inspection-anomaly",
};

function findingsOf(rows: FlowRows, row: number, { findings }: AuditResult): FindingResult[] {
  const host = rows.host(row);
  const port = rows.port(row);
  const kind = KINDS[rows.meaning(row)];
  return findings.filter(
    (finding) =>
      finding.kind === kind &&
      finding.host === host &&
      finding.ports.some(([low, high]) => low <= port && port <= high),
  );
}
