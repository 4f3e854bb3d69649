/** Remedies at Shorewall: lines of its file of rules. */
import type { Shorewall } from "../findings/front-end.ts";
import {
  afterOpening,
  beforeOpening,
  exemptions,
  initiators,
  type RemedyFacts,
  responders,
  type Service,
} from "../findings/remedy-facts.ts";
import { code, joined, type Message, type MessageValue, say, steps } from "../messages/message.ts";
import { forgetLines, multiportList, provided, serviceChunks, vendorAddresses } from "./netfilter-commands.ts";

type Action = "ACCEPT" | "DROP";

export function shorewall(at: Shorewall) {
  return {
    close: (facts: RemedyFacts): Message =>
      steps(
        ...head(facts),
        ...rulesFor(at, facts, "DROP"),
        say`Then:`,
        reload(facts),
        ...exemptions(facts),
        say`If the rule that lets it in (ACCEPT, DNAT) serves nothing else, delete it instead.`,
        say`This ends connections that are open:`,
        ...forgetLines(facts),
        say`Check: the log has lines with Shorewall:${at.chain}:DROP. Undo: delete the lines, and reload.`,
      ),
    open: (facts: RemedyFacts): Message =>
      steps(
        ...beforeOpening(facts),
        ...head(facts),
        ...(facts.outside === null ? rulesFor(at, facts, "ACCEPT") : forwards(at, facts, facts.outside)),
        say`Then:`,
        reload(facts),
        ...afterOpening(facts),
        ...vendorAddresses(facts),
        say`Check: the log has lines with Shorewall:${at.chain}:ACCEPT, or with DNAT. Undo: delete the lines, and reload.`,
      ),
    narrow: (facts: RemedyFacts): Message =>
      steps(
        ...head(facts),
        ...rulesFor(at, provided(facts), "ACCEPT"),
        ...rulesFor(at, facts, "DROP"),
        say`Then:`,
        reload(facts),
        say`Check: the log has lines with Shorewall:${at.chain}:DROP for others, and calls still come in. Undo: delete the lines, and reload.`,
      ),
  };
}

function head({ isIpv6 }: RemedyFacts): Message[] {
  const file = isIpv6 ? "/etc/shorewall6/rules" : "/etc/shorewall/rules";
  return [
    say`The rules are Shorewall's own, and what iptables adds beside them is lost with its next start. In ${file}, first behind ?SECTION NEW:`,
  ];
}

function reload({ isIpv6 }: RemedyFacts): string {
  const program = isIpv6 ? "shorewall6" : "shorewall";
  return `${program} check && ${program} reload`;
}

function rulesFor(at: Shorewall, facts: RemedyFacts, action: Action): MessageValue[] {
  const isFromAnywhere = action === "DROP" && facts.peerZone === "internet";
  const from = zoneAndHosts(at.from, isFromAnywhere ? [] : initiators(facts), facts);
  const to = zoneAndHosts(at.to, responders(facts), facts);
  return serviceChunks(facts).map((service) => code`${action}:info ${from} ${to} ${portsOf(service)}`);
}

/** What stays at the firewall's own address was decided on its way to the firewall: where the host is, only the zones' file says. */
function forwards(at: Shorewall, facts: RemedyFacts, outside: string): MessageValue[] {
  const from = zoneAndHosts(at.from, initiators(facts), facts);
  const to = joined([say`<the host's zone>`, joined(responders(facts), ",")], ":");
  return serviceChunks(facts).map((service) => code`DNAT:info ${from} ${to} ${portsOf(service)} - ${outside}`);
}

function portsOf({ transport, ports }: Service): string {
  return `${transport} ${multiportList(ports)}`;
}

/** `net:192.0.2.0/24,198.51.100.7`; addresses of IPv6 stand in brackets. */
function zoneAndHosts(zone: string, hosts: readonly MessageValue[], { isIpv6 }: RemedyFacts): MessageValue {
  const name = zone === "fw" ? "$FW" : zone;
  if (hosts.length === 0) return name;
  const list = joined(hosts, ",");
  return isIpv6 ? code`${name}:[${list}]` : code`${name}:${list}`;
}
