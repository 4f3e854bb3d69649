/**
 * Outside addresses that the site file does not name, as after a provider of the line gave another one: what the SIP
 * provider sends there is judged for no host, so the result must say that it was denied.
 */
import { type AddressWords, formatAddress } from "../../ingest/address.ts";
import { FOLD_EXACT } from "../../ingest/flows/flow.ts";
import { VERDICT_DENY } from "../../ingest/record.ts";
import { peersOf } from "../inspection/peers.ts";
import { amount, listOf, type Message, say } from "../messages/message.ts";
import { isOutsideAddress } from "../site/site.ts";
import { Zones } from "../site/zones.ts";
import { within } from "../within.ts";
import { receiverOf, senderOf } from "./flow-ends.ts";
import type { Traffic } from "./judged-flow.ts";

/** What one firewall denied of one kind of sender. */
interface Denied {
  count: number;
  senders: Set<string>;
  receivers: Set<string>;
}

/** One sentence for each firewall and kind of sender. Only packets to ports of services are kept with their addresses, so there may be more. */
export function unnamedOutside(traffic: Traffic): Message[] {
  const { site, other } = traffic;
  const zones = new Zones(site);
  const peers = peersOf(traffic);
  const isNamed = (address: AddressWords) => site.firewalls.some((one) => isOutsideAddress(one, address));
  const ofProvider = new Map<string, Denied>();
  const ofCalled = new Map<string, Denied>();
  for (const { flow, firewall, firewallName } of other) {
    if (
      flow.verdict !== VERDICT_DENY ||
      flow.outOfState ||
      flow.initiatorFold !== FOLD_EXACT ||
      flow.responderFold !== FOLD_EXACT
    )
      continue;
    const [sender, receiver] = [senderOf(flow), receiverOf(flow)];
    if (isNamed(receiver) || zones.zoneOf(receiver, firewall, flow.context.egress) === "provider") continue;
    const isProvider = zones.zoneOf(sender, firewall, flow.context.ingress) === "provider";
    if (!isProvider && peers.sipToward(sender, firewallName).length === 0) continue;
    const denied = within(isProvider ? ofProvider : ofCalled, firewallName, nothingDenied);
    denied.count += flow.count;
    denied.senders.add(formatAddress(sender));
    denied.receivers.add(formatAddress(receiver));
  }
  return [
    ...sorted(ofProvider).map(
      ([name, { count, receivers }]) =>
        say`${name} denied at least ${amount(count, "attempt")} of the provider at ${listOf(receivers)}, which the site file does not name as an outside address (public): for which host they were is not judged.`,
    ),
    ...sorted(ofCalled).map(
      ([name, { count, senders, receivers }]) =>
        say`${name} denied at least ${amount(count, "attempt")} of ${listOf(senders)}, where the phone system calls on SIP, at ${listOf(receivers)}: if that is an outside address, calls or answers are lost, but for which host is not judged. Name it in a site file (public), and the provider's networks; ringfence init proposes one.`,
    ),
  ];
}

function nothingDenied(): Denied {
  return { count: 0, senders: new Set(), receivers: new Set() };
}

function sorted(denied: ReadonlyMap<string, Denied>): [string, Denied][] {
  return [...denied].sort(([a], [b]) => (a < b ? -1 : 1));
}
