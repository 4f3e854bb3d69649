/**
 * ulogd's keys that a record needs. A key has a name of its own and, in the Common Information Model's words that the JSON
 * output prefers, another (`src_ip` for `ip.saddr.str`).
 */
import { ascii, matchesAt } from "../bytes.ts";
import { TCP_ACK, TCP_CWR, TCP_ECE, TCP_FIN, TCP_PSH, TCP_RST, TCP_SYN, TCP_URG } from "../record.ts";

export const ULOGD_OTHER = 0;
export const ULOGD_TIMESTAMP = 1;
export const ULOGD_SECONDS = 2;
export const ULOGD_MICROSECONDS = 3;
export const ULOGD_DEVICE = 4;
export const ULOGD_PREFIX = 5;
export const ULOGD_IN = 6;
export const ULOGD_OUT = 7;
export const ULOGD_IN_INDEX = 8;
export const ULOGD_OUT_INDEX = 9;
export const ULOGD_HOOK = 10;
export const ULOGD_ACTION = 11;
export const ULOGD_SOURCE = 12;
export const ULOGD_DESTINATION = 13;
export const ULOGD_SOURCE_PORT = 14;
export const ULOGD_DESTINATION_PORT = 15;
export const ULOGD_PROTOCOL = 16;
export const ULOGD_TOS = 17;
export const ULOGD_LENGTH = 18;
export const ULOGD_PAYLOAD_LENGTH = 19;
export const ULOGD_ID = 20;
export const ULOGD_FRAGMENT = 21;
export const ULOGD_ICMP_TYPE = 22;
export const ULOGD_ICMP_CODE = 23;
export const ULOGD_TCP_FLAG = 24;
export const ULOGD_PACKET_LENGTH = 25;
export const ULOGD_TCP_RESERVED = 26;
export const ULOGD_IPV6_FRAGMENT = 27;
export const ULOGD_IPV6_ID = 28;
export const ULOGD_NEXT_HEADER = 29;
export const ULOGD_IPV4_SOURCE = 30;
export const ULOGD_IPV4_DESTINATION = 31;
export const ULOGD_FAMILY = 32;

const FIELDS: Record<string, number> = {
  timestamp: ULOGD_TIMESTAMP,
  "oob.time.sec": ULOGD_SECONDS,
  "oob.time.usec": ULOGD_MICROSECONDS,
  dvc: ULOGD_DEVICE,
  "oob.prefix": ULOGD_PREFIX,
  "oob.in": ULOGD_IN,
  "oob.out": ULOGD_OUT,
  "oob.ifindex_in": ULOGD_IN_INDEX,
  "oob.ifindex_out": ULOGD_OUT_INDEX,
  "oob.hook": ULOGD_HOOK,
  "oob.family": ULOGD_FAMILY,
  action: ULOGD_ACTION,
  src_ip: ULOGD_SOURCE,
  "ip.saddr.str": ULOGD_SOURCE,
  dest_ip: ULOGD_DESTINATION,
  "ip.daddr.str": ULOGD_DESTINATION,
  src_port: ULOGD_SOURCE_PORT,
  dest_port: ULOGD_DESTINATION_PORT,
  "tcp.sport": ULOGD_SOURCE_PORT,
  "tcp.dport": ULOGD_DESTINATION_PORT,
  "udp.sport": ULOGD_SOURCE_PORT,
  "udp.dport": ULOGD_DESTINATION_PORT,
  "sctp.sport": ULOGD_SOURCE_PORT,
  "sctp.dport": ULOGD_DESTINATION_PORT,
  "ip.protocol": ULOGD_PROTOCOL,
  "ip.tos": ULOGD_TOS,
  "ip.totlen": ULOGD_LENGTH,
  "ip6.payloadlen": ULOGD_PAYLOAD_LENGTH,
  "raw.pktlen": ULOGD_PACKET_LENGTH,
  "ip.id": ULOGD_ID,
  "ip.fragoff": ULOGD_FRAGMENT,
  "ip6.fragoff": ULOGD_IPV6_FRAGMENT,
  "ip6.fragid": ULOGD_IPV6_ID,
  "ip6.nexthdr": ULOGD_NEXT_HEADER,
  "ip.saddr": ULOGD_IPV4_SOURCE,
  "ip.daddr": ULOGD_IPV4_DESTINATION,
  "tcp.res2": ULOGD_TCP_RESERVED,
  "icmp.type": ULOGD_ICMP_TYPE,
  "icmp.code": ULOGD_ICMP_CODE,
  "icmpv6.type": ULOGD_ICMP_TYPE,
  "icmpv6.code": ULOGD_ICMP_CODE,
};

const FLAGS: Record<string, number> = {
  "tcp.fin": TCP_FIN,
  "tcp.syn": TCP_SYN,
  "tcp.rst": TCP_RST,
  "tcp.psh": TCP_PSH,
  "tcp.ack": TCP_ACK,
  "tcp.urg": TCP_URG,
  "tcp.ece": TCP_ECE,
  "tcp.cwr": TCP_CWR,
};

interface UlogdKey {
  name: Uint8Array;
  field: number;
  /** TCP flag bit, for ULOGD_TCP_FLAG. */
  flag: number;
}

const keysByLength: UlogdKey[][] = [];

function addKey(text: string, field: number, flag: number): void {
  const name = ascii(text);
  while (keysByLength.length <= name.length) keysByLength.push([]);
  keysByLength[name.length]?.push({ name, field, flag });
}

for (const [name, field] of Object.entries(FIELDS)) addKey(name, field, 0);
for (const [name, flag] of Object.entries(FLAGS)) addKey(name, ULOGD_TCP_FLAG, flag);

const OTHER: UlogdKey = { name: new Uint8Array(0), field: ULOGD_OTHER, flag: 0 };

/** What the key `[start, end)` stands for. */
export function ulogdKey(bytes: Uint8Array, start: number, end: number): UlogdKey {
  const candidates = keysByLength[end - start];
  if (candidates === undefined) return OTHER;
  for (const key of candidates) if (matchesAt(bytes, key.name, start)) return key;
  return OTHER;
}
