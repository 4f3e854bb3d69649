/**
 * IP addresses as four 32-bit words, IPv4 as IPv4-mapped IPv6 (RFC 4291 section 2.5.5.2), so that one code path
 * compares, hashes and masks both families.
 */
import { COLON, DIGIT_0, DIGIT_9, DOT, hexDigit, PERCENT } from "./bytes.ts";

/** Four words, most significant first; IPv4 is `[0, 0, 0xffff, address]`. */
export type AddressWords = Uint32Array;

const MAPPED_PREFIX = 0xffff;
/** All of IPv4, in the 128-bit form. */
const IPV4_PREFIX_BITS = 96;

const groups = new Uint16Array(8);

/**
 * Reads the address that fills `[start, end)` into `into`. A zone index (`%eth0`, `%12`) is accepted and dropped.
 * Returns 4 or 6 for the family, or 0 where the text is no address (then `into` is undefined).
 */
export function parseAddress(bytes: Uint8Array, start: number, end: number, into: AddressWords): 0 | 4 | 6 {
  for (let i = start; i < end && i < start + 5; i++) {
    const byte = bytes[i];
    if (byte === DOT) return parseIpv4(bytes, start, end, into);
    if (byte === COLON) break;
  }
  return parseIpv6(bytes, start, end, into);
}

function parseIpv4(bytes: Uint8Array, start: number, end: number, into: AddressWords): 0 | 4 {
  const value = readIpv4(bytes, start, end);
  if (value < 0) return 0;
  into[0] = 0;
  into[1] = 0;
  into[2] = MAPPED_PREFIX;
  into[3] = value;
  return 4;
}

/** Dotted decimal as an unsigned number, or -1. */
function readIpv4(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  let octet = -1;
  let dots = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte >= DIGIT_0 && byte <= DIGIT_9) {
      octet = (octet < 0 ? 0 : octet * 10) + byte - DIGIT_0;
      if (octet > 255) return -1;
    } else if (byte === DOT && octet >= 0 && dots < 3) {
      value = value * 256 + octet;
      octet = -1;
      dots++;
    } else return -1;
  }
  return dots === 3 && octet >= 0 ? value * 256 + octet : -1;
}

function parseIpv6(bytes: Uint8Array, start: number, end: number, into: AddressWords): 0 | 6 {
  let count = 0;
  let gapAt = -1;
  let i = start;
  if (bytes[i] === COLON) {
    if (i + 1 >= end || bytes[i + 1] !== COLON) return 0;
    gapAt = 0;
    i += 2;
  }
  while (i < end && bytes[i] !== PERCENT) {
    if (count === 8) return 0;
    const groupStart = i;
    let group = 0;
    let digits = 0;
    for (; i < end; i++) {
      const digit = hexDigit(bytes[i]);
      if (digit < 0) break;
      if (++digits > 4) break;
      group = group * 16 + digit;
    }
    if (i < end && bytes[i] === DOT) {
      const zoneAt = zoneStart(bytes, i, end);
      const value = readIpv4(bytes, groupStart, zoneAt);
      if (value < 0 || count > 6) return 0;
      groups[count++] = Math.floor(value / 65536);
      groups[count++] = value % 65536;
      i = zoneAt;
      break;
    }
    if (digits === 0 || digits > 4) return 0;
    groups[count++] = group;
    if (i >= end || bytes[i] === PERCENT) break;
    if (bytes[i] !== COLON) return 0;
    i++;
    if (i < end && bytes[i] === COLON) {
      if (gapAt >= 0) return 0;
      gapAt = count;
      i++;
    } else if (i >= end || bytes[i] === PERCENT) return 0;
  }
  if (gapAt < 0 ? count !== 8 : count > 7) return 0;
  const missing = 8 - count;
  for (let word = 0; word < 4; word++) {
    into[word] = groupAt(word * 2, gapAt, missing, count) * 65536 + groupAt(word * 2 + 1, gapAt, missing, count);
  }
  return 6;
}

function groupAt(index: number, gapAt: number, missing: number, count: number): number {
  if (gapAt < 0 || index < gapAt) return groups[index] as number;
  if (index < gapAt + missing) return 0;
  return index - missing < count ? (groups[index - missing] as number) : 0;
}

function zoneStart(bytes: Uint8Array, from: number, end: number): number {
  for (let i = from; i < end; i++) if (bytes[i] === PERCENT) return i;
  return end;
}

export function isIpv4(address: ArrayLike<number>): boolean {
  return address[0] === 0 && address[1] === 0 && address[2] === MAPPED_PREFIX;
}

/** Canonical text (RFC 5952; IPv4 dotted). */
export function formatAddress(address: ArrayLike<number>): string {
  if (isIpv4(address)) return formatIpv4(address[3] as number);
  const parts: number[] = [];
  for (let word = 0; word < 4; word++) {
    const value = address[word] as number;
    parts.push(value >>> 16, value & 0xffff);
  }
  let bestStart = -1;
  let bestLength = 1;
  for (let i = 0; i < 8; ) {
    let j = i;
    while (j < 8 && parts[j] === 0) j++;
    if (j - i > bestLength) {
      bestStart = i;
      bestLength = j - i;
    }
    i = j === i ? i + 1 : j;
  }
  const hex = (from: number, to: number) =>
    parts
      .slice(from, to)
      .map((part) => part.toString(16))
      .join(":");
  return bestStart < 0 ? hex(0, 8) : `${hex(0, bestStart)}::${hex(bestStart + bestLength, 8)}`;
}

function formatIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** Address from text, or null. For configuration, not for the hot path. */
export function addressFromText(text: string): AddressWords | null {
  const words = new Uint32Array(4);
  const bytes = new TextEncoder().encode(text);
  return parseAddress(bytes, 0, bytes.length, words) === 0 ? null : words;
}

/** A block of addresses: a prefix of the 128-bit form (an IPv4 `/24` is 120 bits long). */
export interface Prefix {
  words: AddressWords;
  /** 0 to 128, counted in the 128-bit form. */
  bits: number;
}

/** CIDR or single address from text (`10.0.0.0/8`, `2001:db8::/32`, `192.0.2.1`), or null. Host bits are cleared. */
export function prefixFromText(text: string): Prefix | null {
  const slash = text.indexOf("/");
  const words = addressFromText(slash < 0 ? text : text.slice(0, slash));
  if (!words) return null;
  const family = isIpv4(words) ? 32 : 128;
  if (slash < 0) return { words, bits: 128 };
  const lengthText = text.slice(slash + 1);
  const length = /^\d{1,3}$/.test(lengthText) ? Number(lengthText) : -1;
  if (length < 0 || length > family) return null;
  const bits = length + 128 - family;
  maskAddress(words, bits);
  return { words, bits };
}

/** Text of a prefix; a single address without its length. */
export function formatPrefix(prefix: Prefix): string {
  const text = formatAddress(prefix.words);
  if (prefix.bits === 128) return text;
  return `${text}/${isIpv4(prefix.words) ? prefix.bits - 96 : prefix.bits}`;
}

/** Clears all bits of `words` after the first `bits`, in place. */
export function maskAddress(words: AddressWords, bits: number): void {
  for (let word = 0; word < 4; word++) {
    const kept = Math.min(32, Math.max(0, bits - word * 32));
    words[word] = kept === 0 ? 0 : ((words[word] as number) & (-1 << (32 - kept))) >>> 0;
  }
}

/** Never across the families, though an IPv4 address has the 128-bit form of one in `::/80`. */
export function prefixContains(prefix: Prefix, address: ArrayLike<number>): boolean {
  let bits = prefix.bits;
  if (bits < IPV4_PREFIX_BITS && isIpv4(address)) return false;
  for (let word = 0; bits > 0; word++, bits -= 32) {
    const difference = ((prefix.words[word] as number) ^ (address[word] as number)) >>> 0;
    if (bits >= 32 ? difference !== 0 : difference >>> (32 - bits) !== 0) return false;
  }
  return true;
}

export function sameAddress(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a[3] === b[3] && a[2] === b[2] && a[1] === b[1] && a[0] === b[0];
}

export function isUnspecified(address: ArrayLike<number>): boolean {
  return address[3] === 0 && address[0] === 0 && address[1] === 0 && (address[2] === 0 || address[2] === MAPPED_PREFIX);
}

/** Multicast (RFC 5771, RFC 4291) or the IPv4 limited broadcast. */
export function isMulticastOrBroadcast(address: ArrayLike<number>): boolean {
  if (isIpv4(address)) {
    const value = address[3] as number;
    return value >>> 28 === 0xe || value === 0xffffffff;
  }
  return (address[0] as number) >>> 24 === 0xff;
}

/** Of one host of the Internet, as far as the address tells. */
export function isPublicAddress(address: AddressWords): boolean {
  return !isUnspecified(address) && !isMulticastOrBroadcast(address) && !isPrivateAddress(address);
}

/** Private, unique-local, link-local, shared or loopback (RFC 1918, 4193, 3927, 4291, 6598). */
export function isPrivateAddress(address: ArrayLike<number>): boolean {
  if (isIpv4(address)) {
    const value = address[3] as number;
    const first = value >>> 24;
    if (first === 10 || first === 127) return true;
    const two = value >>> 16;
    return two === 0xc0a8 || two === 0xa9fe || two >>> 4 === 0xac1 || value >>> 22 === 0x191;
  }
  const high = address[0] as number;
  if (high >>> 25 === 0x7e || high >>> 22 === 0x3fa) return true;
  return high === 0 && address[1] === 0 && address[2] === 0 && address[3] === 1;
}
