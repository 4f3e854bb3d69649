/**
 * Outside addresses that the site file does not name, as after a provider of the line gave another one: what the SIP
 * provider sends there is judged for no host, so the result must say that it was denied.
 */
import { type AddressWords, formatAddress, isPublicAddress } from "../../ingest/address.ts";
import { FOLD_EXACT } from "../../ingest/flows/flow.ts";
import { VERDICT_DENY } from "../../ingest/record.ts";
import { amount, listOf, type Message, say } from "../messages/message.ts";
import { isOutsideAddress } from "../site/site.ts";
import { Zones } from "../site/zones.ts";
import { newMap, within } from "../within.ts";
import { receiverOf, senderOf } from "./flow-ends.ts";
import type { Traffic } from "./judged-flow.ts";

/** One sentence for each firewall. Only packets to ports of services are kept with their addresses, so there may be more. */
export function unnamedOutside({ site, other }: Traffic): Message[] {
  const zones = new Zones(site);
  const isNamed = (address: AddressWords) => site.firewalls.some((one) => isOutsideAddress(one, address));
  const denied = new Map<string, Map<string, number>>();
  for (const { flow, firewall, firewallName } of other) {
    if (flow.verdict !== VERDICT_DENY || firewall === null || flow.initiatorFold !== FOLD_EXACT) continue;
    const receiver = receiverOf(flow);
    if (flow.responderFold !== FOLD_EXACT || !isPublicAddress(receiver) || isNamed(receiver)) continue;
    if (zones.zoneOf(senderOf(flow), firewall, flow.context.ingress) !== "provider") continue;
    if (zones.zoneOf(receiver, firewall, flow.context.egress) === "provider") continue;
    const counts = within(denied, firewallName, newMap<string, number>);
    const text = formatAddress(receiver);
    counts.set(text, (counts.get(text) ?? 0) + flow.count);
  }
  return [...denied]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, counts]) => {
      const sum = [...counts.values()].reduce((total, count) => total + count, 0);
      return say`${name} denied at least ${amount(sum, "attempt")} of the provider at ${listOf(counts.keys())}, which the site file does not name as an outside address (public): for which host they were is not judged.`;
    });
}
