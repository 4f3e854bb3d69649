/** netfilter's commands: which it is, and how it takes ports. */
import { hostOf, type RemedyFacts, type Service } from "../findings/remedy-facts.ts";
import { formatRanges, type PortRanges } from "../matching/port-ranges.ts";
import { code, type Message, say } from "../messages/message.ts";

/** iptables' multiport match and ufw take so many ports in a rule; a range counts as two. */
const MAX_PORTS = 15;

/** At most as many ports as one rule takes. */
export function portChunks(ports: PortRanges): PortRanges[] {
  const chunks: PortRanges[number][][] = [];
  let room = 0;
  for (const interval of ports) {
    const size = interval[0] === interval[1] ? 1 : 2;
    if (room < size) {
      chunks.push([]);
      room = MAX_PORTS;
    }
    (chunks.at(-1) as PortRanges[number][]).push(interval);
    room -= size;
  }
  return chunks;
}

/** The services so that each fits into one rule. */
export function serviceChunks({ services }: RemedyFacts): Service[] {
  return services.flatMap(({ transport, ports }) =>
    portChunks(ports).map((chunk): Service => ({ transport, ports: chunk })),
  );
}

/** `5060,10000:20000` */
export function multiportList(ports: PortRanges): string {
  return formatRanges(ports, ",", ":");
}

/** The ports as lists of which each fits into one rule. */
export function multiportLists(ports: PortRanges): string[] {
  return portChunks(ports).map(multiportList);
}

/** What both tools change is the running kernel's alone. */
export const KEPT = say`Keep it over a restart: netfilter-persistent save, or where the machine's rules are written (/etc/nftables.conf).`;

/** A helper stays with the conversations that it was given to, and registrations live as long as their keepalives. */
export const helperOff = [
  say`Delete the rules that give the helper to this traffic: iptables -t raw -S | grep -i 'helper sip' ; nft list ruleset | grep -E 'ct helper|type "sip"'`,
  say`sysctl -w net.netfilter.nf_conntrack_helper=0      # kernels before 6.0`,
  say`What it holds already it keeps until it is forgotten:`,
  "conntrack -D -p udp --dport 5060",
];

/** Linux forgets UDP after 30 s, and after 120 s what went both ways for a while. */
export const udpTimeouts = [
  "sysctl -w net.netfilter.nf_conntrack_udp_timeout=60",
  say`sysctl -w net.netfilter.nf_conntrack_udp_timeout_stream=300      # keep both in /etc/sysctl.d`,
];

/** The command for the family of a finding's host. */
export function iptablesFor({ isIpv6 }: { isIpv6: boolean }): "iptables" | "ip6tables" {
  return isIpv6 ? "ip6tables" : "iptables";
}

export type Chain = "FORWARD" | "INPUT" | "OUTPUT";

/** A packet that is forwarded has two interfaces; what the machine itself receives or sends has one. */
export function chainOf({ from, to, isForwarded }: Pick<RemedyFacts, "from" | "to" | "isForwarded">): Chain {
  if (isForwarded) return "FORWARD";
  if (from !== null && to === null) return "INPUT";
  return from === null && to !== null ? "OUTPUT" : "FORWARD";
}

/** In words that ringfence reads again. */
export const LOG_PREFIX = { close: "ringfence-drop: ", open: "ringfence-accept: " } as const;

/** The same with the provider as the peer: those of the site file, or a place to fill in. */
export function provided(facts: RemedyFacts): RemedyFacts {
  const peers = facts.provider.length > 0 ? facts.provider : null;
  return { ...facts, peers, peerZone: "provider", examplePeer: "192.0.2.0/24" };
}

/** The same with the site's own networks as the peers. */
export function forInside(facts: RemedyFacts): RemedyFacts {
  return { ...facts, peers: facts.inside, peerZone: "internal" };
}

/** Telephones and users come to the machine's own firewall by the interface by which strangers do. */
export function sharesTheWay(facts: RemedyFacts): boolean {
  return chainOf(facts) === "INPUT" && facts.peerZone === "internet";
}

/** Forgets what is open, one line a transport. */
export function forgetLines(facts: RemedyFacts): Message[] {
  return facts.services.map((service) => forgetLine(facts, service));
}

/** A range of ports cannot be said, so then all of the protocol. Whom a forward handed it on to stands only in what is expected back. */
function forgetLine(facts: RemedyFacts, { transport, ports }: Service): Message {
  const [first, ...more] = ports;
  const isSingle = first !== undefined && more.length === 0 && first[0] === first[1];
  return code`conntrack -D -p ${transport} --reply-src ${hostOf(facts)}${isSingle ? ` --reply-port-src ${first[0]}` : ""}`;
}

/** netfilter's rules hold no names. */
export function vendorAddresses({ vendorHosts }: RemedyFacts): Message[] {
  return vendorHosts === null
    ? []
    : [
        say`The vendor names ${vendorHosts}: these rules hold addresses only, so look the name up again where they change.`,
      ];
}
