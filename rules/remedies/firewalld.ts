/** What opens traffic where firewalld writes the rules: what another table accepts its own still refuses. */
import { initiators, type RemedyFacts, responders } from "../findings/remedy-facts.ts";
import { formatRanges } from "../matching/port-ranges.ts";
import { code, type MessageValue, say } from "../messages/message.ts";
import { type Chain, chainOf } from "./netfilter-commands.ts";

/** Zones that stand for all, and for the machine itself; policies are for pairs of them. */
const ZONES: Readonly<Record<Chain, readonly [ingress: string, egress: string]>> = {
  FORWARD: ["ANY", "ANY"],
  INPUT: ["ANY", "HOST"],
  OUTPUT: ["HOST", "ANY"],
};

export function isFirewalld({ frontEnd }: RemedyFacts): boolean {
  return frontEnd?.program === "firewalld";
}

export function firewalldOpening(facts: RemedyFacts): MessageValue[] {
  const policy = policyOf(facts);
  const [ingress, egress] = ZONES[chainOf(facts)];
  return [
    say`The rules are firewalld's, which refuse what another table accepts:`,
    say`firewall-cmd --permanent --new-policy ${policy}      # once`,
    `firewall-cmd --permanent --policy ${policy} --add-ingress-zone ${ingress}`,
    `firewall-cmd --permanent --policy ${policy} --add-egress-zone ${egress}`,
    ...richRules(facts).map(
      (rule) =>
        code`firewall-cmd --permanent --policy ${policy} --add-rich-rule='${rule} log prefix="ringfence-accept: " accept'`,
    ),
    "firewall-cmd --reload",
  ];
}

export function firewalldCheck(facts: RemedyFacts): MessageValue[] {
  return [
    say`Check: the log has lines with ringfence-accept.`,
    say`Undo: firewall-cmd --permanent --delete-policy ${policyOf(facts)}; firewall-cmd --reload.`,
  ];
}

function policyOf(facts: RemedyFacts): string {
  return `ringfence-${chainOf(facts).toLowerCase()}`;
}

/** A rich rule takes one address at each end, and one range of ports. */
function richRules(facts: RemedyFacts): MessageValue[] {
  const family = facts.isIpv6 ? "ipv6" : "ipv4";
  return initiators(facts).flatMap((from) =>
    responders(facts).flatMap((to) =>
      facts.services.flatMap(({ transport, ports }) =>
        ports.map(
          (range) =>
            code`rule family="${family}" source address="${from}" destination address="${to}" port port="${formatRanges([range])}" protocol="${transport}"`,
        ),
      ),
    ),
  );
}
