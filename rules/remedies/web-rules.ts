/** Rules as the forms of web interfaces ask for them. */
import { initiators, type RemedyFacts, responders } from "../findings/remedy-facts.ts";
import { formatRanges } from "../matching/port-ranges.ts";
import { joined, type Message, type MessageValue, say } from "../messages/message.ts";

/** One line a transport. */
export function conversationLines(facts: RemedyFacts, sources: readonly MessageValue[]): Message[] {
  const family = facts.isIpv6 ? "IPv6" : "IPv4";
  return facts.services.map(
    ({ transport, ports }) =>
      say`- ${family} ${transport.toUpperCase()}, source ${joined(sources, ", ")}, destination ${joined(responders(facts), ", ")}, port ${formatRanges(ports)}`,
  );
}

/** From the firewall's outside address to the host behind it, one line a transport. */
export function forwardLines(facts: RemedyFacts, outside: string): Message[] {
  return facts.services.map(
    ({ transport, ports }) =>
      say`- IPv4 ${transport.toUpperCase()}, source ${joined(initiators(facts), ", ")}, destination ${outside}, port ${formatRanges(ports)}, redirect to ${facts.host}, same port`,
  );
}
