/** Remedies at EdgeOS and VyOS, in their configuration mode. */
import type { Vyatta } from "../findings/front-end.ts";
import {
  afterOpening,
  beforeOpening,
  exemptions,
  hostOf,
  initiators,
  type RemedyFacts,
  responders,
} from "../findings/remedy-facts.ts";
import { formatRanges } from "../matching/port-ranges.ts";
import { code, joined, type Message, type MessageValue, say, steps } from "../messages/message.ts";
import { forgetLines, provided, serviceChunks, vendorAddresses } from "./netfilter-commands.ts";

type Action = "accept" | "drop";
type RuleSet = Pick<Vyatta, "isBaseChain" | "isRecent"> & { path: MessageValue };

export function vyatta(at: Vyatta) {
  const number = freeNumber(at);
  return {
    close: (facts: RemedyFacts): Message =>
      steps(
        OWN_RULES,
        "configure",
        ...rulesFor(at, facts, "drop", number),
        COMMIT,
        ...exemptions(facts),
        say`If the rule that lets it in, and its destination NAT, serve nothing else, delete them instead.`,
        say`This ends connections that are open:`,
        ...forgetLines(facts).map((line) => code`sudo ${line}`),
        say`Check: the log has lines with ${at.ruleSet}-<number>-D. Undo: ${undo(at)}`,
      ),
    open: (facts: RemedyFacts): Message =>
      steps(
        ...beforeOpening(facts),
        OWN_RULES,
        "configure",
        ...(facts.outside === null
          ? rulesFor(at, facts, "accept", number)
          : rulesFor(forwardSetOf(at), facts, "accept", say`<free number>`)),
        COMMIT,
        ...translations(facts),
        ...afterOpening(facts),
        say`Replies need a rule of that set that accepts established and related packets.`,
        ...vendorAddresses(facts),
        say`Check: the log has lines with <number>-A. Undo: ${undo(facts.outside === null ? at : forwardSetOf(at))}`,
      ),
    narrow: (facts: RemedyFacts): Message =>
      steps(
        OWN_RULES,
        say`First the provider comes in, and then nobody:`,
        "configure",
        ...rulesFor(at, provided(facts), "accept", number),
        ...rulesFor(at, facts, "drop", say`<the next free number>`),
        COMMIT,
        say`Check: the log has lines with ${at.ruleSet}-<number>-D for others, and calls still come in. Undo: ${undo(at)}`,
      ),
  };
}

const OWN_RULES = say`The rules are EdgeOS' or VyOS' own, and what iptables or nft adds beside them is lost with the next commit. So:`;
const COMMIT = "commit; save; exit";

function freeNumber({ decidedBy }: Vyatta): Message {
  return decidedBy === null ? say`<free number>` : say`<free number below ${decidedBy}>`;
}

/** What decided is the set for packets to the firewall itself: once translated they meet the one for those that go on. */
function forwardSetOf(at: Vyatta): RuleSet {
  const path = at.isBaseChain ? at.path.replace(/ input .*$/, " forward filter") : null;
  return path === null
    ? { ...at, path: code`${at.path.replace(/ [^ ]+$/, "")} ${say`<set for what goes in, such as WAN_IN>`}` }
    : { ...at, path };
}

function undo({ path }: RuleSet): Message {
  return say`configure; delete ${path} rule <number>; commit; save.`;
}

/** A rule takes one address at each end. */
function rulesFor(at: RuleSet, facts: RemedyFacts, action: Action, number: Message): MessageValue[] {
  const isFromAnywhere = action === "drop" && facts.peerZone === "internet";
  const froms = isFromAnywhere ? [null] : initiators(facts);
  const isOn = at.isBaseChain && facts.from !== null;
  return serviceChunks(facts).flatMap(({ transport, ports }) =>
    froms.flatMap((from) =>
      responders(facts).flatMap((to) => [
        code`edit ${at.path} rule ${number}`,
        `set action ${action}`,
        `set description "ringfence ${transport} ${formatRanges(ports, ",")}"`,
        ...(isOn ? [`set inbound-interface name ${facts.from}`] : []),
        `set protocol ${transport}`,
        ...(from === null ? [] : [code`set source address ${from}`]),
        code`set destination address ${to}`,
        `set destination port ${formatRanges(ports, ",")}`,
        // Of what is accepted only the first packet of a conversation, or every packet of a call would be logged.
        ...(action === "accept" ? [`set state new${at.isRecent ? "" : " enable"}`] : []),
        `set log${at.isRecent ? "" : " enable"}`,
        "top",
      ]),
    ),
  );
}

/** What stays at the firewall's own address reaches no host inside until it is translated. */
function translations(facts: RemedyFacts): Message[] {
  const { outside, services } = facts;
  return outside === null
    ? []
    : services.map(
        ({ transport, ports }) =>
          say`And a destination NAT (EdgeOS: service nat; VyOS: nat destination): ${transport.toUpperCase()}, source ${joined(initiators(facts), ", ")}, destination ${outside}, port ${formatRanges(ports)}, to ${hostOf(facts)}, same port.`,
      );
}
