/**
 * The packet half of the most frequent filterlog lines in one pass: IPv4 with TCP or UDP,
 * written as the manual says. Whatever looks otherwise is left to the reader of columns in formats/pfsense.ts, which
 * gives the same result for what is read here (a property test holds them together).
 */
import { COMMA, DIGIT_0, DOT, hexDigit, PLUS } from "../bytes.ts";
import { parseTcpFlags } from "../lexing/tcp-flags.ts";
import { TCP, UDP } from "../protocols.ts";
import type { LogRecord } from "../record.ts";

const MAPPED_PREFIX = 0xffff;
const MAX_DIGITS = 9;
const PORT_DIGITS = 5;

/** Just past the column that was read last, and its comma. */
let at = 0;

/** Decimal up to a comma, or -1 for anything else; moves past the comma. */
function number(bytes: Uint8Array, end: number, maxDigits: number): number {
  const start = at;
  let value = 0;
  let i = start;
  for (; i < end; i++) {
    const digit = (bytes[i] as number) - DIGIT_0;
    if (digit >>> 0 > 9) break;
    value = value * 10 + digit;
  }
  at = i + 1;
  return i > start && i - start <= maxDigits && i < end && bytes[i] === COMMA ? value : -1;
}

/** Moves past the next comma; false where there is none. */
function skip(bytes: Uint8Array, end: number): boolean {
  let i = at;
  while (i < end && bytes[i] !== COMMA) i++;
  at = i + 1;
  return i < end;
}

/** Dotted decimal up to a comma as an unsigned number, or -1. */
function address(bytes: Uint8Array, end: number): number {
  let value = 0;
  let octet = -1;
  let dots = 0;
  let i = at;
  for (; i < end; i++) {
    const byte = bytes[i] as number;
    const digit = byte - DIGIT_0;
    if (digit >>> 0 <= 9) {
      octet = (octet < 0 ? 0 : octet * 10) + digit;
      if (octet > 255) return -1;
    } else if (byte === DOT && octet >= 0 && dots < 3) {
      value = (value << 8) | octet;
      octet = -1;
      dots++;
    } else break;
  }
  if (dots !== 3 || octet < 0 || i >= end || bytes[i] !== COMMA) return -1;
  at = i + 1;
  return ((value << 8) | octet) >>> 0;
}

/** Reads `[start, end)`, what follows the version. False where it must be read by columns; then the record is unchanged. */
export function readPlainIpv4(bytes: Uint8Array, start: number, end: number, into: LogRecord): boolean {
  // `0x0,` or `0xb8,`
  if (end - start < 20 || bytes[start] !== DIGIT_0 || bytes[start + 1] !== 0x78) return false;
  let tos = hexDigit(bytes[start + 2]);
  at = start + 3;
  if (tos >= 0 && bytes[at] !== COMMA) tos = tos * 16 + hexDigit(bytes[at++]);
  if (tos < 0 || bytes[at] !== COMMA) return false;
  at++;
  // ECN and time to live
  if (!skip(bytes, end) || !skip(bytes, end)) return false;
  const ipId = number(bytes, end, MAX_DIGITS);
  const fragmentOffset = ipId < 0 ? -1 : number(bytes, end, MAX_DIGITS);
  if (fragmentOffset !== 0) return false;
  const moreFragments = bytes[at] === PLUS;
  if (!skip(bytes, end)) return false;
  const protocol = number(bytes, end, MAX_DIGITS);
  if (protocol !== TCP && protocol !== UDP) return false;
  if (!skip(bytes, end)) return false;
  const length = number(bytes, end, MAX_DIGITS);
  if (length < 0) return false;
  const source = address(bytes, end);
  if (source < 0) return false;
  const destination = address(bytes, end);
  if (destination < 0) return false;
  const sourcePort = number(bytes, end, PORT_DIGITS);
  if (sourcePort < 0 || sourcePort > 65535) return false;
  const destinationPort = number(bytes, end, PORT_DIGITS);
  if (destinationPort < 0 || destinationPort > 65535) return false;
  let tcpFlags = -1;
  if (protocol === TCP) {
    if (!skip(bytes, end)) return false;
    const flagsAt = at;
    if (!skip(bytes, end)) return false;
    tcpFlags = parseTcpFlags(bytes, flagsAt, at - 1);
    if (tcpFlags < 0) return false;
  }
  into.dscp = tos >> 2;
  into.ipId = ipId;
  into.fragmentOffset = 0;
  into.moreFragments = moreFragments;
  into.protocol = protocol;
  into.bytes = length;
  into.ipVersion = 4;
  setIpv4(into.source, source);
  setIpv4(into.destination, destination);
  into.sourcePort = sourcePort;
  into.destinationPort = destinationPort;
  into.tcpFlags = tcpFlags;
  return true;
}

function setIpv4(words: Uint32Array, address: number): void {
  words[0] = 0;
  words[1] = 0;
  words[2] = MAPPED_PREFIX;
  words[3] = address;
}
