/** Remedies at pfSense and OPNsense: rules of the web interface, by the ids that their logs carry. */
import {
  afterOpening,
  beforeOpening,
  exemptions,
  initiators,
  type RemedyFacts,
  responders,
} from "../findings/remedy-facts.ts";
import { listOf, type Message, type MessageValue, say, steps } from "../messages/message.ts";
import { conversationLines, forwardLines } from "./web-rules.ts";

/** So many rules are named: what many let in, none of them alone is to be changed for. */
const MOST_RULES = 12;

/** What the two call things. */
interface Product {
  ruleId: (rules: Message) => Message;
  portForward: string;
  log: string;
  states: string;
}

const PFSENSE: Product = {
  ruleId: (rules) => say`tracking id ${rules}`,
  portForward: "Firewall > NAT > Port Forward",
  log: "Status > System Logs > Firewall",
  states: "Diagnostics > States",
};
const OPNSENSE: Product = {
  ruleId: (rules) => say`rid ${rules}`,
  portForward: "Firewall > NAT > Port Forward (from 26.1: Destination NAT)",
  log: "Firewall > Log Files > Live View",
  states: "Firewall > Diagnostics > States",
};

export const pfsense = { close: closeAt(PFSENSE), open: openAt(PFSENSE), narrow: narrowAt(PFSENSE) };
export const opnsense = { close: closeAt(OPNSENSE), open: openAt(OPNSENSE), narrow: narrowAt(OPNSENSE) };

function closeAt(product: Product): (facts: RemedyFacts) => Message {
  return (facts) =>
    steps(
      say`Firewall > Rules, ${placeOf(facts)}: above the rule that lets it in (${ruleOf(product, facts)}), add with action Block and logging:`,
      ...linesOf(facts, facts.peerZone === "internet" ? ["any"] : initiators(facts)),
      ...exemptions(facts),
      say`If that rule and its port forward (${product.portForward}) serve nothing else, disable them instead.`,
      say`Old states stay open: remove those of ${facts.host} (${product.states}), or in a shell:`,
      `pfctl -k ${facts.isIpv6 ? "::/0" : "0.0.0.0/0"} -k ${facts.host}`,
      say`Check: ${product.log} shows block lines for it. Undo: disable the block rule.`,
    );
}

function openAt(product: Product): (facts: RemedyFacts) => Message {
  return (facts) => (facts.outside === null ? passAt(product, facts) : forwardAt(product, facts, facts.outside));
}

function passAt(product: Product, facts: RemedyFacts): Message {
  return steps(
    ...beforeOpening(facts),
    say`Firewall > Rules, ${placeOf(facts)}: above the rule that blocks (${ruleOf(product, facts)}; the default deny always stands last), add with action Pass and logging:`,
    ...linesOf(facts, initiators(facts)),
    ...vendorHosts(facts),
    ...afterOpening(facts),
    say`Check: ${product.log} shows pass lines for it. Undo: disable the rule.`,
  );
}

/** A pass rule alone does nothing for packets that stay at the firewall's own address. */
function forwardAt(product: Product, facts: RemedyFacts, outside: string): Message {
  return steps(
    ...beforeOpening(facts),
    say`${product.portForward}, ${placeOf(facts)}: add, with a filter rule that logs:`,
    ...forwardLines(facts, outside),
    say`Check: ${product.log} shows pass lines for it. Undo: disable the port forward and its rule.`,
  );
}

function narrowAt(product: Product): (facts: RemedyFacts) => Message {
  return (facts) =>
    steps(
      facts.provider.length > 0
        ? say`Firewall > Aliases: an alias of type Network with ${facts.provider.join(", ")}.`
        : say`Firewall > Aliases: an alias of type Host or Network with the provider's addresses.`,
      say`Firewall > Rules, ${placeOf(facts)}: in the rule that lets it in (${ruleOf(product, facts)}), set Source to that alias; the same in its port forward (${product.portForward}).`,
      say`Old states stay open: remove those of ${facts.host} (${product.states}).`,
      say`Check: ${product.log} shows block lines for others, and calls still come in. Undo: Source any.`,
    );
}

function linesOf(facts: RemedyFacts, sources: readonly MessageValue[]): Message[] {
  const destinations = responders(facts);
  const rules = conversationLines(facts, sources);
  const isPlain = sources.length === 1 && destinations.length === 1;
  const isAliased = !isPlain || facts.services.some(({ ports }) => ports.length > 1);
  return isAliased ? [...rules, say`Several addresses or ports: put them into an alias (Firewall > Aliases).`] : rules;
}

/** The web interface knows interfaces by names of the site's own; the log, by the device's. */
function placeOf({ from, to, isReply }: RemedyFacts): Message {
  if (from !== null) return say`interface assigned to ${from}`;
  // Rules of an interface's own tab look at what comes in there.
  return to === null || isReply
    ? say`the interface where the traffic comes in`
    : say`tab Floating, direction out, interface assigned to ${to}`;
}

function ruleOf(product: Product, { rules }: RemedyFacts): Message {
  return rules.length > 0 ? product.ruleId(listOf(rules, MOST_RULES)) : say`the log does not name it`;
}

function vendorHosts({ vendorHosts: names }: RemedyFacts): Message[] {
  return names === null
    ? []
    : [
        say`The vendor names ${names}: an alias of type Host (Firewall > Aliases) follows the name where the addresses change.`,
      ];
}
