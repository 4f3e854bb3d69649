/** IANA protocol numbers and the names that logs and ECS use for them (iana.org/assignments/protocol-numbers). */

export const ICMP = 1;
export const IGMP = 2;
export const IPIP = 4;
export const TCP = 6;
export const UDP = 17;
export const IPV6 = 41;
export const GRE = 47;
export const ESP = 50;
export const AH = 51;
export const ICMPV6 = 58;
export const OSPF = 89;
export const PIM = 103;
export const VRRP = 112;
export const SCTP = 132;
export const UDPLITE = 136;
/** A line that names no protocol. */
export const PROTOCOL_UNKNOWN = -1;

const names = new Map<number, string>([
  [0, "hopopt"],
  [ICMP, "icmp"],
  [IGMP, "igmp"],
  [IPIP, "ipip"],
  [TCP, "tcp"],
  [UDP, "udp"],
  [IPV6, "ipv6"],
  [33, "dccp"],
  [43, "ipv6-route"],
  [44, "ipv6-frag"],
  [45, "idrp"],
  [46, "rsvp"],
  [GRE, "gre"],
  [ESP, "esp"],
  [AH, "ah"],
  [53, "swipe"],
  [55, "mobile"],
  [ICMPV6, "ipv6-icmp"],
  [60, "ipv6-opts"],
  [66, "rvd"],
  [77, "sun-nd"],
  [88, "eigrp"],
  [OSPF, "ospf"],
  [97, "etherip"],
  [PIM, "pim"],
  [108, "ipcomp"],
  [VRRP, "vrrp"],
  [115, "l2tp"],
  [125, "fire"],
  [SCTP, "sctp"],
  [UDPLITE, "udplite"],
  [240, "pfsync"],
]);

const numbers = new Map<string, number>([
  ...[...names].map(([number, name]): [string, number] => [name, number]),
  ["icmpv6", ICMPV6],
  ["icmp6", ICMPV6],
  ["carp", VRRP],
  ["ospfigp", OSPF],
  ["options", 0],
  ["fragment", 44],
  ["ipencap", IPIP],
]);

/** ECS `network.transport` word, or null where IANA's number has no common name. */
export function protocolName(number: number): string | null {
  return names.get(number) ?? null;
}

/** IANA number of a name in any case, or -1. */
export function protocolNumber(name: string): number {
  return numbers.get(name.toLowerCase()) ?? PROTOCOL_UNKNOWN;
}
