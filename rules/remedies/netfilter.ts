/** Remedies for netfilter, with the three tools that write its rules: take the one that the machine uses. */
import {
  afterOpening,
  beforeOpening,
  exemptions,
  hostOf,
  initiators,
  type RemedyFacts,
  responders,
  type Service,
} from "../findings/remedy-facts.ts";
import { formatRanges, type PortRanges } from "../matching/port-ranges.ts";
import { code, joined, type Message, type MessageValue, say, steps } from "../messages/message.ts";
import { firewalldCheck, firewalldOpening, isFirewalld } from "./firewalld.ts";
import {
  chainOf,
  forgetLines,
  forInside,
  iptablesFor,
  KEPT,
  LOG_PREFIX,
  multiportList,
  provided,
  serviceChunks,
  sharesTheWay,
  vendorAddresses,
} from "./netfilter-commands.ts";

export const iptables = {
  close: (facts: RemedyFacts) =>
    steps(
      ...(sharesTheWay(facts)
        ? [
            say`Telephones and users come in by the same interface: each line goes before those above it, so that the inside (${facts.inside.join(", ")}) still passes.`,
          ]
        : []),
      ...commandsFor(facts, "close"),
      ...exemptions(sharesTheWay(facts) ? { ...facts, isWayShared: false } : facts),
      say`Then remove the rules that let it in, if they serve nothing else: ${iptablesFor(facts)} -t nat -S PREROUTING, ${iptablesFor(facts)} -S ${chainOf(facts)}.`,
      say`This ends connections that are open, which ufw's rules let be:`,
      ...forgetLines(facts),
      KEPT,
      say`Check: ${iptablesFor(facts)} -vnL ${chainOf(facts)} counts packets in the new rule.`,
      ...undo(facts),
    ),
  open: (facts: RemedyFacts) =>
    steps(
      ...beforeOpening(facts),
      ...(facts.outside === null ? [] : translations(facts, facts.outside)),
      ...(isFirewalld(facts) ? firewalldOpening(facts) : commandsFor(facts, "open")),
      ...afterOpening(facts),
      ...(isFirewalld(facts)
        ? []
        : [say`Replies need a rule that accepts ESTABLISHED,RELATED, before any that drops.`]),
      ...vendorAddresses(facts),
      ...(isFirewalld(facts)
        ? firewalldCheck(facts)
        : [
            KEPT,
            say`Check: ${iptablesFor(facts)} -vnL ${chainOf(facts)} counts packets in the new rule.`,
            ...undo(facts),
          ]),
      ...(facts.outside === null
        ? []
        : [say`The line of the table nat: with -D PREROUTING in place of -I PREROUTING 1.`]),
    ),
  narrow,
};

/** What stays at the machine's own address reaches no host inside until it is translated. */
function translations(facts: RemedyFacts, outside: string): MessageValue[] {
  const on = facts.from === null ? "" : ` -i ${facts.from}`;
  return [
    ...serviceChunks(facts).map(
      ({ transport, ports }) =>
        code`iptables -t nat -I PREROUTING 1${on} -p ${transport} -s ${joined(initiators(facts), ",")} -d ${outside} ${matchOf(ports)} -j DNAT --to-destination ${hostOf(facts)}`,
    ),
    say`With nftables or ufw (/etc/ufw/before.rules) the same by a dnat rule in prerouting. And let pass:`,
  ];
}

/** Lets the provider in first, then nobody. */
function narrow(facts: RemedyFacts): Message {
  const provider = provided(facts);
  return steps(
    sharesTheWay(facts)
      ? say`Each line goes before those above it: the provider comes in, and the inside (${facts.inside.join(", ")}), which comes by the same interface, and nobody else.`
      : say`Each line goes before those above it: the provider comes in, and nobody else.`,
    ...(provider.peers ? [] : [say`Put in the provider's addresses:`]),
    ...serviceChunks(facts).flatMap((service) => [
      ...iptablesLines(facts, service, "close"),
      ...(sharesTheWay(facts) ? iptablesLines(forInside(facts), service, "open") : []),
      ...iptablesLines(provider, service, "open"),
    ]),
    say`The same for nftables and ufw: an accept for the provider before a drop for all.`,
    KEPT,
    say`Check: ${iptablesFor(facts)} -vnL ${chainOf(facts)} counts packets in both, and calls still come in.`,
    say`Undo: the same lines with -D ${chainOf(facts)} in place of -I ${chainOf(facts)} 1.`,
  );
}

/** Each goes before the ones above it, so that what is decided is logged first: else the next audit would not see it. */
function commandsFor(facts: RemedyFacts, what: "close" | "open"): MessageValue[] {
  const chunks = serviceChunks(facts);
  const spared = what === "close" && sharesTheWay(facts) ? [forInside(facts)] : [];
  const both = (services: readonly Service[], lines: typeof iptablesLines) =>
    services.flatMap((service) => [
      ...lines(facts, service, what),
      ...spared.flatMap((inside) => lines(inside, service, "open")),
    ]);
  return [
    ...both(chunks, iptablesLines),
    say`With nftables (usually table inet filter; see nft list ruleset):`,
    ...both(facts.services, nftLines),
    say`With ufw (where it skips an existing rule, the same line without prepend changes that one):`,
    ...both(chunks, ufwLines),
  ];
}

function iptablesLines(facts: RemedyFacts, { transport, ports }: Service, what: "close" | "open"): Message[] {
  const by = interfaces(facts).map(([option, name]) => code` -${option} ${name}`);
  const rule = code`${iptablesFor(facts)} -I ${chainOf(facts)} 1${joined(by, "")} -p ${transport}${sources(facts, what, " -s ", ",")} -d ${joined(responders(facts), ",")} ${matchOf(ports)}`;
  return [
    code`${rule} -j ${what === "close" ? "DROP" : "ACCEPT"}`,
    code`${rule} -m conntrack --ctstate NEW -j LOG --log-prefix "${LOG_PREFIX[what]}"`,
  ];
}

function matchOf(ports: PortRanges): string {
  const list = multiportList(ports);
  return ports.length === 1 ? `--dport ${list}` : `-m multiport --dports ${list}`;
}

/** In one word for the shell, which would take the quotes away. */
function nftLines(facts: RemedyFacts, { transport, ports }: Service, what: "close" | "open"): Message[] {
  const family = facts.isIpv6 ? "ip6" : "ip";
  const by = interfaces(facts).map(([option, name]) => code`${option}ifname "${name}" `);
  const from = sources(facts, what, `${family} saddr { `, ", ");
  const spaced = from === "" ? "" : code`${from} } `;
  const rule = code`insert rule inet filter ${chainOf(facts).toLowerCase()} ${joined(by, "")}${spaced}${family} daddr { ${joined(responders(facts), ", ")} } ${transport} dport { ${formatRanges(ports)} }`;
  return [
    code`nft '${rule} ${what === "close" ? "drop" : "accept"}'`,
    code`nft '${rule} ct state new log prefix "${LOG_PREFIX[what]}"'`,
  ];
}

/** ufw takes one address a rule. */
function ufwLines(facts: RemedyFacts, { transport, ports }: Service, what: "close" | "open"): Message[] {
  const chain = chainOf(facts);
  const head = chain === "FORWARD" ? "ufw route prepend" : "ufw prepend";
  const verb = what === "close" ? "deny" : "allow";
  const way = chain === "OUTPUT" ? " out" : facts.from === null ? (chain === "INPUT" ? " in" : "") : " in";
  const on = chain === "OUTPUT" ? facts.to : facts.from;
  const by = on === null ? way : `${way} on ${on}`;
  const froms = isFromAnywhere(facts, what) ? ["any"] : initiators(facts);
  return froms.flatMap((from) =>
    responders(facts).map(
      (to) => code`${head} ${verb}${by} log proto ${transport} from ${from} to ${to} port ${multiportList(ports)}`,
    ),
  );
}

function interfaces({ from, to }: RemedyFacts): [option: "i" | "o", name: string][] {
  if (from !== null) return [["i", from]];
  return to === null ? [] : [["o", to]];
}

function isFromAnywhere({ peerZone }: RemedyFacts, what: "close" | "open"): boolean {
  return what === "close" && peerZone === "internet";
}

function sources(facts: RemedyFacts, what: "close" | "open", before: string, between: string): MessageValue {
  return isFromAnywhere(facts, what) ? "" : code`${before}${joined(initiators(facts), between)}`;
}

function undo(facts: RemedyFacts): MessageValue[] {
  const chain = chainOf(facts);
  return [
    say`Undo: the same lines with -D ${chain} in place of -I ${chain} 1; nft -a list chain inet filter ${chain.toLowerCase()}, then nft delete rule inet filter ${chain.toLowerCase()} handle <its number>; ufw with delete in place of prepend.`,
  ];
}
