/** What a finding tells a remedy. Log text goes into commands that people paste: only what cannot do harm there passes. */
import { formatPrefix, type Prefix, prefixContains, prefixFromText } from "../../ingest/address.ts";
import { formatRanges, mergedRanges, type PortRanges, portRanges } from "../matching/port-ranges.ts";
import { joined, type Message, type MessageValue, say } from "../messages/message.ts";
import type { PlatformName, Zone } from "../result.ts";
import { isInside } from "../site/parties.ts";
import { type Network, providerBindings, type Site } from "../site/site.ts";
import type { FindingDraft } from "./finding.ts";
import { contextKey, type FindingContext } from "./finding-context.ts";
import { type FrontEnd, frontEndOf } from "./front-end.ts";
import { insideOf, leadsToInternet } from "./shared-way.ts";

export interface Service {
  transport: "tcp" | "udp";
  ports: PortRanges;
}

/** Facts of a finding at one kind of firewall; who opens the traffic is the initiator. */
export interface RemedyFacts {
  host: string;
  isIpv6: boolean;
  inbound: boolean;
  /** Peers to name one by one, or null where they are too many. */
  peers: string[] | null;
  /** The busiest of them. */
  examplePeer: string;
  peerZone: Zone;
  /** Host names by which the vendor knows the peers. */
  vendorHosts: string | null;
  services: Service[];
  /** Interfaces toward the initiator and toward the responder, as logged; null: not logged, or no name that a shell takes. */
  from: string | null;
  to: string | null;
  /** Nothing tells that none but the Internet comes in by the interface toward initiators. */
  isWayShared: boolean;
  /** Further interfaces toward initiators. */
  alsoFrom: string[];
  /** Lasting ids of the rules that decided. */
  rules: string[];
  /** The program that wrote netfilter's rules, where they show it. */
  frontEnd: FrontEnd | null;
  /** FortiGate's number of the policy that decided most of it; null: not logged, or the implicit one. */
  policy: string | null;
  /** The numbers of all that decided, ascending, which says nothing of their order in the policy table. */
  policies: string[];
  /** All that was denied were packets back to who opens such a conversation. */
  isReply: boolean;
  /** It is audio, which either end may begin. */
  isMedia: boolean;
  /** The vendor wants nobody let in from outside. */
  isForbidden: boolean;
  /** Some came to an outside address, and so are meant for hosts behind the firewall. */
  isForwarded: boolean;
  /** Outside IPv4 address of the firewall to which the packets came, and where no forward took them on. */
  outside: string | null;
  /** The site's provider networks and trunks, of the host's family. */
  provider: string[];
  /** The same of both families, and the inside networks: for rules that hold addresses of both. */
  allProvider: string[];
  allInside: string[];
  /** The inside networks of the host's family, or all that are ever inside where the site names none. */
  inside: string[];
  /** The vendor's ports for media on the host. */
  media: PortRanges;
  /** Those at its peers that the evidence is about; empty: the vendor names none of them. */
  peerMedia: PortRanges;
}

/** So many peers are named one by one. */
const MAX_PEERS = 16;
/** Names of interfaces and rules that mean the same in every shell. */
const HARMLESS = /^[\w.:@-]+$/;
/** Policy 0 is the implicit deny, which nobody edits. */
const POLICY_NUMBER = /^[1-9]\d*$/;
/** What FortiGate writes where a packet has no interface. */
const NO_INTERFACE = /^unknown/i;

export function factsOf(draft: FindingDraft, platform: PlatformName, site: Site): RemedyFacts {
  const contexts = [...draft.contexts.values()]
    .filter((one) => one.platform === platform)
    .sort((a, b) => b.count - a.count || (contextKey(a) < contextKey(b) ? -1 : 1));
  const named = (pick: (context: FindingContext) => string): string[] => [
    ...new Set(contexts.map(pick).filter((name) => HARMLESS.test(name) && !NO_INTERFACE.test(name))),
  ];
  const [from = null, ...alsoFrom] = named((context) => context.from);
  const isIpv6 = draft.host.includes(":");
  const peers = [...draft.peers]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([peer]) => peer)
    .filter((peer) => peer.includes(":") === isIpv6);
  const texts = (prefixes: readonly Prefix[]) => [...new Set(prefixes.map(formatPrefix))].sort();
  const networksOf = (isWanted: (network: Network) => boolean) => site.networks.filter(isWanted);
  const trunks = site.deployments.flatMap(providerBindings).map(({ prefix }) => prefix);
  const allProvider = texts([...networksOf(({ zone }) => zone === "provider").map(({ prefix }) => prefix), ...trunks]);
  const allInside = texts(networksOf(({ zone }) => isInside(zone)).map(({ prefix }) => prefix));
  const policies = [...new Set(contexts.map(({ ruleId }) => ruleId))].filter((id) => POLICY_NUMBER.test(id));
  return {
    host: draft.host,
    isIpv6,
    inbound: draft.direction === "in",
    peers: namedPeers(
      draft,
      peers,
      networksOf(({ zone }) => zone === draft.peerZone),
    ),
    examplePeer: peers[0] ?? "any",
    peerZone: draft.peerZone,
    vendorHosts: draft.remedyHosts ?? null,
    services: servicesOf(draft),
    from,
    to: named(({ to }) => to)[0] ?? null,
    isWayShared: from !== null && !leadsToInternet(from, draft, site),
    alsoFrom: alsoFrom.sort(),
    rules: [...new Set(contexts.map(({ rule }) => rule))].filter((rule) => HARMLESS.test(rule)).sort(),
    frontEnd: platform === "iptables" ? frontEndOf(contexts, isIpv6) : null,
    policy: policies[0] ?? null,
    policies: policies.toSorted((a, b) => Number(a) - Number(b)),
    isReply: contexts.length > 0 && contexts.every((one) => one.isReply),
    isMedia: draft.isMedia === true,
    isForbidden: draft.isForbidden === true,
    isForwarded: contexts.some(({ outside }) => outside !== null),
    outside: isIpv6 ? null : (contexts.find((one) => !one.isReply && one.outside !== null)?.outside ?? null),
    provider: allProvider.filter((text) => text.includes(":") === isIpv6),
    allProvider,
    allInside,
    inside: insideOf(allInside, isIpv6),
    media: mergedRanges(mediaOf(draft)),
    peerMedia: mergedRanges(hitBy(draft, draft.peerMediaPorts ?? [])),
  };
}

/** One by one while they are few; but a provider's audio comes from another of his servers each time. */
function namedPeers({ isMedia, peerZone }: FindingDraft, peers: string[], networks: readonly Network[]) {
  const around = networksAround(peers, networks);
  const few = peers.length > 0 && peers.length <= MAX_PEERS ? peers : null;
  return isMedia && peerZone === "provider" ? (around ?? few) : (few ?? around);
}

/** The site's networks that hold all the peers, the narrowest for each; null where some lie in none. */
function networksAround(peers: readonly string[], networks: readonly Network[]): string[] | null {
  const narrow = [...networks].sort((a, b) => b.prefix.bits - a.prefix.bits);
  const found = new Set<string>();
  for (const peer of peers) {
    const { words } = prefixFromText(peer) ?? {};
    const network = words && narrow.find(({ prefix }) => prefixContains(prefix, words));
    if (!network) return null;
    found.add(formatPrefix(network.prefix));
  }
  return found.size > 0 ? [...found].sort() : null;
}

function servicesOf({ ports, remedyPorts }: FindingDraft): Service[] {
  return [...ports]
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .filter(([transport]) => transport === "tcp" || transport === "udp")
    .map(([transport, seen]) => ({
      transport: transport as Service["transport"],
      ports: remedyPorts ? mergedRanges([...remedyPorts, ...portRanges([...seen])]) : portRanges([...seen]),
    }));
}

/** Of the vendor's ranges those that the evidence is about, where it is about any. */
function mediaOf(draft: FindingDraft): PortRanges {
  const { mediaPorts = [] } = draft;
  const hit = hitBy(draft, mediaPorts);
  return hit.length > 0 ? hit : mediaPorts;
}

function hitBy({ ports }: FindingDraft, ranges: PortRanges): PortRanges {
  const seen = [...ports.values()].flatMap((some) => [...some]);
  return ranges.filter(([low, high]) => seen.some((port) => low <= port && port <= high));
}

/** The host as a single address; of a block, a place to fill in. */
export function hostOf({ host }: RemedyFacts): MessageValue {
  const whole = /^(.+)\/(?:32|128)$/.exec(host);
  if (whole) return whole[1] as string;
  return host.includes("/") ? say`<the host in ${host}>` : host;
}

/** Who opens the traffic, by address: a list of addresses, or a place to fill in. */
export function initiators(facts: RemedyFacts): MessageValue[] {
  return facts.inbound ? peersOf(facts) : [facts.host];
}

export function responders(facts: RemedyFacts): MessageValue[] {
  return facts.inbound ? [facts.host] : peersOf(facts);
}

const PEERS: Readonly<Record<Zone, Message>> = {
  internal: say`internal peers`,
  dmz: say`dmz peers`,
  vpn: say`vpn peers`,
  provider: say`provider peers`,
  internet: say`internet peers`,
};

/** The peers by address, or a place to fill in. */
export function peersOf({ peers, peerZone, examplePeer }: RemedyFacts): MessageValue[] {
  return peers ?? [say`<the ${PEERS[peerZone]}, such as ${examplePeer}>`];
}

/** What to know before a rule is made for packets that reached no host of the inside, or were on their way back. */
export function beforeOpening(facts: RemedyFacts): Message[] {
  const { host, isReply, isMedia, outside, peerZone } = facts;
  if (isReply && isMedia) return bothWays(facts);
  if (isReply)
    return [
      say`The packets denied were on their way back: where the opening passes they do too, without a rule. Let the opening pass, if it does not yet:`,
    ];
  if (outside === null) return [];
  return isInside(peerZone)
    ? [say`Inside, the peers had better call ${host} by its own address (DNS, settings of the telephones). Else:`]
    : [
        say`The packets came to ${outside}, and no port forward took them on. One is needed only where the peers are to begin: what answers the host's own packets gets in without.`,
      ];
}

function bothWays(facts: RemedyFacts): Message[] {
  const [from, to] = [joined(responders(facts), ", "), joined(initiators(facts), ", ")];
  return facts.services.map(
    ({ transport, ports }) =>
      say`Audio may begin at either end, so let both ways pass: what was denied (${transport.toUpperCase()}, source ${from}, port ${formatRanges(ports)}, destination ${to}, any port), and:`,
  );
}

/** Where the opening passes already. */
export function afterOpening({ isReply, isMedia }: RemedyFacts): Message[] {
  return isReply && !isMedia
    ? [
        say`If it passes already, the firewall had forgotten the conversation, or changed a port on the way out: compare its UDP timeout with the keepalive, and the source ports on both sides.`,
      ]
    : [];
}

/** A block against everybody would stop those whom the vendor wants let in, where there are any. */
export function exemptions({ peerZone, isForbidden, isWayShared, from }: RemedyFacts): Message[] {
  if (peerZone !== "internet") return [];
  return [
    ...(isForbidden
      ? []
      : [
          say`Whoever may come from outside on these ports (the provider, say) needs a rule before it that lets them pass.`,
        ]),
    ...(isWayShared
      ? [say`Where telephones and users come in by ${from ?? ""} too, a rule before it must let them pass.`]
      : []),
  ];
}
