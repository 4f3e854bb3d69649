/** Flows as texts in an order of their own, to compare tables that were filled in different ways. */
import { formatAddress } from "../../ingest/address.ts";
import { type Flow, FOLD_EXACT } from "../../ingest/flows/flow.ts";
import type { FlowTable } from "../../ingest/flows/flows.ts";

/**
 * Exact flows with all that they hold; folded ones, of which documents do not tell who opened the conversation, by what
 * is added up of them.
 */
export function flowTexts(table: FlowTable, which: "all" | "exact" | "folded" = "all"): string[] {
  const flows = [...table.flows()];
  const isExact = (flow: Flow) => flow.initiatorFold === FOLD_EXACT && flow.responderFold === FOLD_EXACT;
  const texts = which === "folded" ? foldedTexts(flows.filter((flow) => !isExact(flow))) : null;
  return (texts ?? flows.filter((flow) => which === "all" || isExact(flow)).map(textOf)).sort();
}

function textOf(flow: Flow): string {
  const ends = [flow.initiator, flow.responder].map(formatAddress);
  const key = [ends, flow.initiatorFold, flow.responderFold, flow.responderPort, flow.initiatorPorts, flow.protocol];
  const marks = [flow.verdict, flow.reply, flow.initiatorCertain, flow.outOfState, flow.laterFragment, flow.dscp];
  const more = [flow.inspection, flow.inspectionVerdict, flow.verdictAssumed, flow.destinationTranslated];
  const values = [flow.count, flow.records, flow.bytes, flow.packets, flow.unansweredSessions, flow.lostEvents];
  // Documents keep milliseconds.
  const times = [flow.firstMs, flow.lastMs].map(Math.floor);
  const rest = [flow.rewrittenSourcePorts, flow.largestPacketBytes, flow.shortestSessionMs, times, flow.hours()];
  return JSON.stringify([key, marks, more, flow.context, values, rest]);
}

function foldedTexts(flows: readonly Flow[]): string[] {
  const sums = new Map<string, { count: number; records: number; bytes: number; packets: number }>();
  for (const { context, protocol, verdict, verdictAssumed, outOfState, count, records, bytes, packets } of flows) {
    const { platform, observer, ingress, egress, ruleId } = context;
    const key = [platform, observer, ingress, egress, ruleId, protocol, verdict, verdictAssumed, outOfState];
    const sum = sums.get(JSON.stringify(key)) ?? { count: 0, records: 0, bytes: 0, packets: 0 };
    sums.set(JSON.stringify(key), {
      count: sum.count + count,
      records: sum.records + records,
      bytes: sum.bytes + bytes,
      packets: sum.packets + packets,
    });
  }
  return [...sums].map(([key, sum]) => `${key} ${JSON.stringify(sum)}`);
}
