/** Remedies at UniFi gateways: policies of UniFi Network, whose names and places differ by version. */
import type { Unifi } from "../findings/front-end.ts";
import { afterOpening, beforeOpening, exemptions, initiators, type RemedyFacts } from "../findings/remedy-facts.ts";
import { type Message, type MessageValue, say, steps } from "../messages/message.ts";
import { vendorAddresses } from "./netfilter-commands.ts";
import { conversationLines, forwardLines } from "./web-rules.ts";

export function unifi(at: Unifi) {
  const policies = policiesOf(at);
  return {
    close: (facts: RemedyFacts): Message =>
      steps(
        say`${PLACE}, above the one that lets it in (${policies}), add with action Block and logging:`,
        ...conversationLines(facts, facts.peerZone === "internet" ? ["any"] : initiators(facts)),
        ...exemptions(facts),
        say`If that one and its port forward serve nothing else, pause them instead. Open connections end with a restart of the gateway, or of the host.`,
        say`Check: the log has lines with -D- for it. Undo: pause the new one.`,
      ),
    open: (facts: RemedyFacts): Message =>
      steps(
        ...beforeOpening(facts),
        ...(facts.outside === null ? passes(facts, policies) : forwards(facts, facts.outside)),
        ...afterOpening(facts),
        say`Check: the log has lines with -A- for it. Undo: pause the new one.`,
      ),
    narrow: (facts: RemedyFacts): Message =>
      steps(
        facts.provider.length > 0
          ? say`${PLACE}: in the one that lets it in (${policies}), and in its port forward, let only these in: ${facts.provider.join(", ")}.`
          : say`${PLACE}: in the one that lets it in (${policies}), and in its port forward, let only the provider's addresses in.`,
        say`Check: the log has lines with -D- for others, and calls still come in. Undo: Source any.`,
      ),
  };
}

const PLACE = say`UniFi Network, Settings > Policy Table (by version Policy Engine, Security, or Traffic & Firewall Rules)`;

function passes(facts: RemedyFacts, policies: MessageValue): MessageValue[] {
  return [
    say`${PLACE}, above the one that blocks (${policies}), add with action Allow, logging and return traffic:`,
    ...conversationLines(facts, initiators(facts)),
    ...vendorAddresses(facts),
  ];
}

function forwards(facts: RemedyFacts, outside: string): MessageValue[] {
  return [say`${PLACE}, port forwarding: add, with logging:`, ...forwardLines(facts, outside)];
}

function policiesOf({ policies }: Unifi): MessageValue {
  return policies.length > 0 ? policies.join(", ") : say`the log does not name it`;
}
