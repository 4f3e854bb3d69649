/** Words of a netfilter packet that are no plain numbers or addresses: TCP flags, fragments, `MAC=`, protocol names. */
import { ascii, COLON, findByte, findBytes, matchesAt, parseDecimal, parseHex, SPACE, startsWith } from "../bytes.ts";
import { AH, ESP, GRE, ICMP, ICMPV6, IGMP, SCTP, TCP, UDP, UDPLITE } from "../protocols.ts";
import { type LogRecord, TCP_ACK, TCP_CWR, TCP_ECE, TCP_FIN, TCP_PSH, TCP_RST, TCP_SYN, TCP_URG } from "../record.ts";

/** `URG`. */
export const URGENT = 0x555247;
/** `MAC=` of Ethernet: 14 bytes as hexadecimal pairs between colons. */
export const ETHERNET_MAC_LENGTH = 41;

/** Bit of a TCP flag's three letters, or 0. */
export function flagOf(word: number): number {
  switch (word) {
    case 0x53594e: // SYN
      return TCP_SYN;
    case 0x41434b: // ACK
      return TCP_ACK;
    case 0x525354: // RST
      return TCP_RST;
    case 0x46494e: // FIN
      return TCP_FIN;
    case 0x505348: // PSH
      return TCP_PSH;
    case URGENT:
      return TCP_URG;
    case 0x454345: // ECE
      return TCP_ECE;
    case 0x435752: // CWR
      return TCP_CWR;
    default:
      return 0;
  }
}

const FRAGMENT = ascii("FRAG:");
const IDENTIFICATION = ascii("ID:");
const INCOMPLETE = ascii("INCOMPLETE");

/** Takes what a word without `=` says of the IP header. True where it says that this is no IP packet. */
export function readBareWord(
  bytes: Uint8Array,
  start: number,
  end: number,
  lineEnd: number,
  word: number,
  into: LogRecord,
): boolean {
  if (word === 0x4446) return false; // DF
  if (word === 0x4d46) {
    into.moreFragments = true;
    return false;
  }
  if (word === 0x415250) return into.ipVersion === 0; // ARP
  if (word === 0x455350 && into.protocol < 0)
    into.protocol = ESP; // IPv6 has it inside `OPT ( )` only
  else if (startsWith(bytes, FRAGMENT, start, end)) {
    const offset = parseDecimal(bytes, ...valueBehind(bytes, start + FRAGMENT.length, end, lineEnd));
    // IPv4's is in units of eight bytes, IPv6's in bytes.
    if (into.fragmentOffset < 0 && offset >= 0 && offset <= 65535) {
      into.fragmentOffset = into.ipVersion === 6 ? offset : offset * 8;
    }
  } else if (into.ipVersion === 6 && into.protocol < 0) {
    if (startsWith(bytes, IDENTIFICATION, start, end)) {
      if (into.ipId < 0)
        into.ipId = parseHex(bytes, ...valueBehind(bytes, start + IDENTIFICATION.length, end, lineEnd));
    } else if (startsWith(bytes, INCOMPLETE, start, end) && into.fragmentOffset >= 0) into.moreFragments = true;
  }
  return false;
}

/** Where the value of a word with a colon stands: behind it, or, as LOGEMU has it for IPv6, behind a blank (`FRAG: 1448`). */
function valueBehind(bytes: Uint8Array, at: number, wordEnd: number, lineEnd: number): [start: number, end: number] {
  if (at < wordEnd) return [at, wordEnd];
  return [at + 1, findByte(bytes, SPACE, at + 1, lineEnd)];
}

export function isEthernetMac(bytes: Uint8Array, at: number, end: number): boolean {
  const after = at + ETHERNET_MAC_LENGTH;
  if (after > end || (after < end && bytes[after] !== SPACE)) return false;
  return bytes[at + 2] === COLON && bytes[at + 20] === COLON && bytes[at + 35] === COLON && bytes[at + 38] === COLON;
}

const SOURCE_KEY = ascii("SRC=");

/** Where `SRC=` stands in the value `[start, end)`, or its end. */
export function gluedSource(bytes: Uint8Array, start: number, end: number): number {
  const at = findBytes(bytes, SOURCE_KEY, start, end);
  return at < 0 ? end : at;
}

const IPV4_ETHERTYPE = ascii("08:00");
const IPV6_ETHERTYPE = ascii("86:dd");

export function isIpEthertype(bytes: Uint8Array, at: number): boolean {
  return matchesAt(bytes, IPV4_ETHERTYPE, at) || matchesAt(bytes, IPV6_ETHERTYPE, at);
}

const OTHER_PROTOCOLS: readonly [Uint8Array, number][] = [
  [ascii("ICMP"), ICMP],
  [ascii("ICMPv6"), ICMPV6],
  [ascii("UDPLITE"), UDPLITE],
  [ascii("ESP"), ESP],
  [ascii("AH"), AH],
  [ascii("SCTP"), SCTP],
  [ascii("GRE"), GRE],
  [ascii("IGMP"), IGMP],
];

export function protocolOf(bytes: Uint8Array, start: number, end: number): number {
  if (end - start === 3 && bytes[start + 2] === 0x50) {
    if (bytes[start] === 0x54 && bytes[start + 1] === 0x43) return TCP;
    if (bytes[start] === 0x55 && bytes[start + 1] === 0x44) return UDP;
  }
  for (const [name, number] of OTHER_PROTOCOLS) {
    if (end - start === name.length && matchesAt(bytes, name, start)) return number;
  }
  return -1;
}
