/**
 * Hosts of the site that come to another of its places over the Internet, translated to their own firewall's outside address:
 * nothing tells which of them it is, so that they pass for nobody's telephones until a role names that address too.
 */
import { amount, listOf, type Message, say } from "../messages/message.ts";
import { isOfAnother } from "../site/outside-address.ts";
import { within } from "../within.ts";
import type { Traffic } from "./judged-flow.ts";

interface Arrivals {
  count: number;
  hosts: Set<string>;
}

/** One sentence for each address. */
export function ownOutsidePeers({ site, judged }: Traffic): Message[] {
  const arrivals = new Map<string, Arrivals>();
  let counted = -1;
  for (const { flow, firewall, host, hostIsInitiator, peer, peerText, sender } of judged) {
    if (sender !== null || hostIsInitiator || peer.zone !== "internet") continue;
    if (!isOfAnother(site, firewall, peer.address)) continue;
    const arrived = within(arrivals, peerText, (): Arrivals => ({ count: 0, hosts: new Set() }));
    arrived.hosts.add(host.text);
    // One packet may have been meant for several hosts, which stand next to each other.
    if (flow.index !== counted) arrived.count += flow.count;
    counted = flow.index;
  }
  return [...arrivals]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([address, { count, hosts }]) =>
        say`${address}, an outside address of the site's own, comes to ${listOf(hosts)} over the Internet (${amount(count, "attempt")}): who is behind it counts as a stranger there. If those are telephones or users, bind that address to their role too.`,
    );
}
