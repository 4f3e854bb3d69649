/**
 * Netfilter log prefixes of which nobody knows what became of the packet: LOG decides nothing, so the rule's author must
 * say it in the site file, and the result that nothing was judged by those lines.
 */
import { INSPECTION_NONE, VERDICT_NONE } from "../../ingest/record.ts";
import { amount, listOf, type Message, say } from "../messages/message.ts";
import type { JudgedFlow, Traffic } from "../traffic/judged-flow.ts";
import { newMap, within } from "../within.ts";

/** A packet's way through the rules, which decides nothing whatever the chains are called. */
const TRACE = "TRACE: ";

/** One sentence for each firewall; of the lines about deployed hosts, since others keep no prefix. */
export function unreadPrefixes({ judged }: Traffic): Message[] {
  const unread = new Map<string, Map<string, number>>();
  for (const one of judged) {
    if (!isUnread(one)) continue;
    const counts = within(unread, one.firewallName, newMap<string, number>);
    const prefix = one.flow.context.ruleName;
    counts.set(prefix, (counts.get(prefix) ?? 0) + one.flow.count);
  }
  return [...unread]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, counts]) => {
      const sum = [...counts.values()].reduce((total, count) => total + count, 0);
      return say`${name} logged ${amount(sum, "packet")} of the phone system behind prefixes that do not tell whether they were let through (${listOf(counts.keys())}): nothing is judged by them. Say in the site file what they mean: under prefixes of the firewall, allow, deny or none for each.`;
    });
}

function isUnread({ flow, firewall }: JudgedFlow): boolean {
  const { platform, ruleId, ruleName } = flow.context;
  if (platform !== "iptables" || flow.verdict !== VERDICT_NONE || flow.inspection !== INSPECTION_NONE) return false;
  // Where there is a rule's number too, the line is of a known form that says why it decides nothing.
  if (ruleName === "" || ruleId !== "" || ruleName.startsWith(TRACE)) return false;
  return !firewall?.prefixes.some(({ prefix }) => ruleName.startsWith(prefix.trim()));
}
