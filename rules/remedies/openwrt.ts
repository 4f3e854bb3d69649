/** Remedies at OpenWrt, whose firewall writes its rules from /etc/config/firewall. */
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
import { code, type Message, type MessageValue, say, steps } from "../messages/message.ts";
import { chainOf, forgetLines, LOG_PREFIX, provided, vendorAddresses } from "./netfilter-commands.ts";

/** `zone`: the one whose rules decided. */
export function openwrt(zone: string) {
  return {
    close: (facts: RemedyFacts): Message =>
      steps(
        OWN_RULES,
        ...rulesFor(zone, facts, "close"),
        APPLY,
        ...exemptions(facts),
        say`If the rule that lets it in, and its port forward (config redirect), serve nothing else, delete them instead.`,
        say`This ends connections that are open (package conntrack):`,
        ...forgetLines(facts),
        say`Check: logread has lines with ringfence-drop. ${UNDO}`,
      ),
    open: (facts: RemedyFacts): Message =>
      steps(
        ...beforeOpening(facts),
        OWN_RULES,
        ...(facts.outside === null ? rulesFor(zone, facts, "open") : redirects(zone, facts, facts.outside)),
        APPLY,
        ...afterOpening(facts),
        ...vendorAddresses(facts),
        say`Check: logread has lines with ringfence-accept. ${UNDO}`,
      ),
    narrow: (facts: RemedyFacts): Message =>
      steps(
        OWN_RULES,
        say`Each rule goes before those above it: the provider comes in, and nobody else.`,
        ...rulesFor(zone, facts, "close"),
        ...rulesFor(zone, provided(facts), "open"),
        APPLY,
        say`Check: logread has lines with ringfence-drop for others, and calls still come in. ${UNDO}`,
      ),
  };
}

const OWN_RULES = say`The rules are OpenWrt's own, and what nft or iptables adds beside them is lost with its next start. So:`;
const UNDO = say`Undo: uci show firewall | grep ringfence names them; uci delete, uci commit firewall, service firewall restart.`;
const APPLY = "uci commit firewall && service firewall restart";
const TARGETS = { close: "DROP", open: "ACCEPT" } as const;

function rulesFor(zone: string, facts: RemedyFacts, what: "close" | "open"): MessageValue[] {
  const sources = what === "close" && facts.peerZone === "internet" ? [] : initiators(facts);
  const chain = chainOf(facts);
  return facts.services.flatMap(({ transport, ports }) =>
    section("rule", [
      ["name", `ringfence ${transport} ${formatRanges(ports, ",")}`],
      ["family", facts.isIpv6 ? "ipv6" : "ipv4"],
      // The machine's own packets have no zone that they come from; what it receives goes to none.
      ...(chain === "OUTPUT" ? [] : ([["src", zone]] as const)),
      ...(chain === "INPUT" ? [] : ([["dest", chain === "OUTPUT" ? zone : "*"]] as const)),
      ["proto", transport],
      ...sources.map((source) => ["src_ip", source, "list"] as const),
      ...responders(facts).map((responder) => ["dest_ip", responder, "list"] as const),
      ...ports.map((range) => ["dest_port", formatRanges([range]), "list"] as const),
      ["target", TARGETS[what]],
      ["log", LOG_PREFIX[what]],
    ]),
  );
}

/** What stays at the firewall's own address needs a redirect, whose packets pass the zone then; it takes one range of ports. */
function redirects(zone: string, facts: RemedyFacts, outside: string): MessageValue[] {
  return facts.services.flatMap(({ transport, ports }) =>
    ports.flatMap((range) =>
      section("redirect", [
        ["name", `ringfence ${transport} ${formatRanges([range])}`],
        ["src", zone],
        ["proto", transport],
        ...initiators(facts).map((source) => ["src_ip", source, "list"] as const),
        ["src_dip", outside],
        ["src_dport", formatRanges([range])],
        ["dest_ip", hostOf(facts)],
        ["target", "DNAT"],
        ["log", LOG_PREFIX.open],
      ]),
    ),
  );
}

/** A section in front of all others. */
function section(
  type: "rule" | "redirect",
  options: readonly (readonly [name: string, value: MessageValue, kind?: "list"])[],
): MessageValue[] {
  const at = `firewall.@${type}[-1]`;
  return [
    `uci add firewall ${type}`,
    ...options.map(([name, value, kind]) =>
      kind === "list" ? code`uci add_list ${at}.${name}='${value}'` : code`uci set ${at}.${name}='${value}'`,
    ),
    `uci reorder ${at}=0`,
  ];
}
