/**
 * FortiGate traffic under an action that FortiOS does not document, from whoever rewrote its logs, or that a sniffer saw: what
 * became of it nobody knows, so the result says that nothing was judged by it.
 */
import { INSPECTION_NONE, VERDICT_NONE } from "../../ingest/record.ts";
import { amount, type Message, say } from "../messages/message.ts";
import type { Traffic } from "../traffic/judged-flow.ts";

/** One sentence for each firewall; of the records about deployed hosts. */
export function unreadActions({ judged }: Traffic): Message[] {
  const counts = new Map<string, number>();
  for (const { flow, firewallName } of judged) {
    const isTraffic = flow.context.platform === "fortigate" && flow.inspection === INSPECTION_NONE;
    if (isTraffic && flow.verdict === VERDICT_NONE)
      counts.set(firewallName, (counts.get(firewallName) ?? 0) + flow.count);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, count]) =>
        say`${name} logged ${amount(count, "session")} of the phone system under an action that FortiOS does not know, or as what a sniffer saw: nothing is judged by them. "ringfence parse" shows the word as event.action.`,
    );
}
