/**
 * The packet half of a netfilter LOG line, `IN=eth0 OUT= MAC=... SRC=... DST=...`, as nf_log_syslog.c prints it, and as
 * its imitators do (ulogd's LOGEMU, UniFi, Proxmox VE). Read in one pass, key by key, the first of repeated keys winning.
 */
import { type AddressWords, parseAddress } from "../address.ts";
import {
  ascii,
  CLOSE_BRACKET,
  DIGIT_0,
  DOT,
  EQUALS,
  findByte,
  GREATER,
  LESS,
  LOWER_A,
  matchesAt,
  OPEN_BRACKET,
  parseHex,
  SPACE,
} from "../bytes.ts";
import { FOREIGN, type LineStatus, MALFORMED, PARSED } from "../format.ts";
import { TCP, UDP, UDPLITE } from "../protocols.ts";
import { DIRECTION_FORWARD, DIRECTION_IN, DIRECTION_OUT, DIRECTION_UNKNOWN, type LogRecord } from "../record.ts";
import { readBridgePacket } from "./bridge-packet.ts";
import {
  ETHERNET_MAC_LENGTH,
  flagOf,
  gluedSource,
  isEthernetMac,
  isIpEthertype,
  protocolOf,
  readBareWord,
  URGENT,
} from "./packet-words.ts";

/** What of the line has been read, beyond what the record itself tells. */
const SAW_SOURCE = 1;
const SAW_DESTINATION = 2;
const SAW_PROTOCOL = 4;
const SAW_URGENT_POINTER = 8;
const SAW_OTHER_LAYER = 16;

/** `MAC` without a value: ebtables' wording. */
const BRIDGED = 0x4d4143;
/** `PROTO` by its last four bytes. */
const PROTOCOL = 0x524f544f;

const PHYS = ascii("PHYS");

/**
 * Index of the `IN=` that starts the packet, or -1. The prefix may be glued to it (`[WAN_IN-default-D]IN=eth0`), so what
 * proves it is the key that follows its value.
 */
export function findPacket(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start + 2; i < end; i++) {
    if (bytes[i] !== EQUALS || bytes[i - 1] !== 0x4e || bytes[i - 2] !== 0x49) continue;
    const at = i - 2;
    if (at - start >= PHYS.length && matchesAt(bytes, PHYS, at - PHYS.length)) continue;
    let next = findByte(bytes, SPACE, i + 1, end);
    while (next < end && bytes[next] === SPACE) next++;
    if (startsPacketKey(bytes, next, end)) return at;
    // The search goes on behind the value: a line of `IN=IN=IN=...` must not be scanned once for each of them.
    i = Math.max(i, next - 1);
  }
  return -1;
}

/** Whether one of the keys that may follow `IN=` stands at `at`: `OUT=`, `SRC=`, `MAC=`, `MACSRC=`, `PHYSIN=`. */
function startsPacketKey(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 4 > end) return false;
  const second = bytes[at + 1];
  const third = bytes[at + 2];
  switch (bytes[at]) {
    case 0x4f:
      return second === 0x55 && third === 0x54 && bytes[at + 3] === EQUALS;
    case 0x53:
      return second === 0x52 && third === 0x43 && bytes[at + 3] === EQUALS;
    case 0x4d:
      return second === 0x41 && third === 0x43;
    case 0x50:
      return second === 0x48 && third === 0x59 && bytes[at + 3] === 0x53;
    default:
      return false;
  }
}

/** Reads the packet at `[start, end)`; PARSED means that addresses were read, whatever was cut off behind them. */
export function readPacket(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
  let seen = 0;
  let tos = -1;
  let tcpFlags = 0;
  let i = start;
  while (i < end) {
    let byte = bytes[i] as number;
    if (byte === SPACE) {
      i++;
      continue;
    }
    if (byte === OPEN_BRACKET) {
      // `[SRC=...]` is the packet that an ICMP error complains of, `[8 bytes]` a count: neither is this packet.
      i = findByte(bytes, CLOSE_BRACKET, i, end) + 1;
      continue;
    }
    // DD-WRT's old kernels print a level inside the line: `<1>SRC=`.
    if (byte === LESS && bytes[i + 2] === GREATER) {
      i += 3;
      if (i >= end) break;
      byte = bytes[i] as number;
    }
    const keyAt = i;
    let key = 0;
    while (byte !== EQUALS && byte !== SPACE) {
      key = (key << 8) | byte;
      if (++i >= end) break;
      byte = bytes[i] as number;
    }
    const keyLength = i - keyAt;
    if (i >= end || byte === SPACE) {
      // `URG` that ends the line is what is left of `URGP=`.
      // The kernel writes no such word: another program quotes what a stranger sent it.
      if ((seen & SAW_PROTOCOL) !== 0 && isSmallLetter(bytes[keyAt] as number)) return FOREIGN;
      if (keyLength === 3 && into.protocol === TCP) tcpFlags |= i >= end && key === URGENT ? 0 : flagOf(key);
      else if (key === BRIDGED) return readBridged(bytes, keyAt, end, into);
      else if (readBareWord(bytes, keyAt, i, end, key, into)) seen |= SAW_OTHER_LAYER;
      continue;
    }
    const valueAt = ++i;
    if (key === 0x4d4143 && isEthernetMac(bytes, valueAt, end)) {
      if (!isIpEthertype(bytes, valueAt + ETHERNET_MAC_LENGTH - 5)) seen |= SAW_OTHER_LAYER;
      i = valueAt + ETHERNET_MAC_LENGTH;
      continue;
    }
    if (key === 0x535243 || key === 0x445354) {
      // SRC and DST
      const seal = key === 0x535243 ? SAW_SOURCE : SAW_DESTINATION;
      const isFirst = (seen & seal) === 0;
      seen |= seal;
      const address = seal === SAW_SOURCE ? into.source : into.destination;
      const version = isFirst ? readAddress(bytes, valueAt, end, address) : into.ipVersion;
      if (version === 0 || (into.ipVersion !== 0 && into.ipVersion !== version)) return MALFORMED;
      into.ipVersion = version;
      i = isFirst ? addressEnd : findByte(bytes, SPACE, valueAt, end);
      if (i >= end && (seen & SAW_PROTOCOL) === 0) return MALFORMED;
      continue;
    }
    let number = 0;
    for (; i < end; i++) {
      const digit = (bytes[i] as number) - DIGIT_0;
      if (digit >>> 0 > 9) break;
      number = (Math.imul(number, 10) + digit) | 0;
    }
    if (i === valueAt || i - valueAt > 9) number = -1;
    if (i < end && bytes[i] !== SPACE) {
      number = -1;
      do i++;
      while (i < end && bytes[i] !== SPACE);
    }
    // Of a line that is cut in its IP header, the last value may be: it says nothing.
    if (i >= end && (seen & SAW_PROTOCOL) === 0 && key !== PROTOCOL) {
      tos = -1;
      break;
    }
    // Keys by their last four bytes; where a longer key could end in the same four, its length decides.
    switch (key) {
      case 0x494e: // IN
        if (into.ingress.isEmpty) into.ingress.set(valueAt, i);
        break;
      case 0x4f5554: // OUT
        if (into.egress.isEmpty) into.egress.set(valueAt, i);
        break;
      case 0x4d4143: // MAC: AT&T's gateways glue the next key to it
        i = gluedSource(bytes, valueAt, i);
        break;
      case 0x4c454e: // LEN: the second one is UDP's own
        if (into.bytes < 0 && (seen & SAW_PROTOCOL) === 0) into.bytes = number;
        break;
      case 0x544f53: // TOS
        if (tos < 0) tos = parseHex(bytes, valueAt, i);
        break;
      case 0x50524543: // PREC
        if (keyLength === 4 && into.dscp < 0) into.dscp = dscpOf(tos, parseHex(bytes, valueAt, i));
        break;
      case 0x5443: // TC: IPv6's whole traffic class, decimal
        if (into.dscp < 0 && number <= 255) into.dscp = number < 0 ? -1 : number >> 2;
        break;
      case 0x4944: // ID: behind PROTO it is ICMP's echo identifier
        if (into.ipId < 0 && (seen & SAW_PROTOCOL) === 0) into.ipId = number;
        break;
      case PROTOCOL:
        if (keyLength !== 5 || (seen & SAW_PROTOCOL) !== 0) break;
        seen |= SAW_PROTOCOL;
        into.protocol = number >= 0 ? (number <= 255 ? number : -1) : protocolOf(bytes, valueAt, i);
        // Only fragments say where they belong.
        if (into.fragmentOffset < 0) into.fragmentOffset = 0;
        break;
      case 0x535054: // SPT: no line ends with it but one that is cut
        if (into.sourcePort < 0 && number <= 65535 && (i < end || into.destinationPort >= 0)) into.sourcePort = number;
        break;
      case 0x445054: // DPT
        if (into.destinationPort < 0 && number <= 65535 && (i < end || isWhole(into))) into.destinationPort = number;
        break;
      case 0x54595045: // TYPE: the code follows
        if (keyLength === 4 && into.icmpType < 0 && number <= 255 && i < end) into.icmpType = number;
        break;
      case 0x434f4445: // CODE
        if (keyLength === 4 && into.icmpCode < 0 && number <= 255) into.icmpCode = number;
        break;
      case 0x55524750: // URGP
        if (keyLength === 4) seen |= SAW_URGENT_POINTER;
        break;
    }
  }
  if ((seen & (SAW_SOURCE | SAW_DESTINATION)) !== (SAW_SOURCE | SAW_DESTINATION)) {
    return (seen & SAW_OTHER_LAYER) !== 0 ? FOREIGN : MALFORMED;
  }
  if (into.dscp < 0 && tos >= 0 && into.ipVersion === 4) into.dscp = dscpOf(tos, 0);
  if (into.protocol === TCP && (tcpFlags !== 0 || (seen & SAW_URGENT_POINTER) !== 0)) into.tcpFlags = tcpFlags;
  into.direction = directionOf(into);
  if (into.fragmentOffset > 0) into.forgetTransport();
  return PARSED;
}

/** The kernel prints the byte in two halves, `TOS` masked with 0x1E and `PREC` with 0xE0; DSCP is its upper six bits. */
function dscpOf(tos: number, precedence: number): number {
  if (tos > 255 || precedence < 0 || precedence > 255) return -1;
  return (Math.max(tos, 0) | precedence) >> 2;
}

/** Where `readAddress` stopped. */
let addressEnd = 0;

/** Reads the address that begins at `start` and ends at a blank, IPv4 in one pass; its version, or 0 for none. */
function readAddress(bytes: Uint8Array, start: number, end: number, into: AddressWords): 0 | 4 | 6 {
  let value = 0;
  let octet = -1;
  let dots = 0;
  let i = start;
  for (; i < end; i++) {
    const byte = bytes[i] as number;
    const digit = byte - DIGIT_0;
    if (digit >>> 0 <= 9) {
      octet = (octet < 0 ? 0 : octet * 10) + digit;
      if (octet > 255) break;
    } else if (byte === DOT && octet >= 0 && dots < 3) {
      value = (value << 8) | octet;
      octet = -1;
      dots++;
    } else break;
  }
  if (dots === 3 && octet >= 0 && octet <= 255 && (i === end || bytes[i] === SPACE)) {
    addressEnd = i;
    into[0] = 0;
    into[1] = 0;
    into[2] = 0xffff;
    into[3] = (value << 8) | octet;
    return 4;
  }
  addressEnd = findByte(bytes, SPACE, i, end);
  return parseAddress(bytes, start, addressEnd, into);
}

function isSmallLetter(byte: number): boolean {
  return byte >= LOWER_A && byte < LOWER_A + 26;
}

/**
 * Whether a line may end with its ports. The kernel prints more behind TCP's and UDP's, so that they may be cut, unless the
 * service is missing, which it never leaves out: then somebody wrote down a part of the line.
 */
function isWhole({ protocol, dscp }: LogRecord): boolean {
  return (protocol !== TCP && protocol !== UDP && protocol !== UDPLITE) || dscp < 0;
}

function readBridged(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
  into.direction = directionOf(into);
  return readBridgePacket(bytes, start, end, into);
}

function directionOf(record: LogRecord): LogRecord["direction"] {
  if (!record.ingress.isEmpty) return record.egress.isEmpty ? DIRECTION_IN : DIRECTION_FORWARD;
  return record.egress.isEmpty ? DIRECTION_UNKNOWN : DIRECTION_OUT;
}
