/**
 * IPv6 extension headers as pfSense's filterlog prints them, as words between the addresses and the ports
 * (print-ip6.c, print-ip6opts.c); OPNsense skips them.
 */
import {
  ascii,
  COLON,
  COMMA,
  DIGIT_0,
  equals,
  findByte,
  isDigit,
  PIPE,
  parseDecimal,
  SPACE,
  UPPER_T,
} from "../bytes.ts";
import type { LogRecord } from "../record.ts";

const FRAGMENT = ascii("FRAG6");

/** Each word and how many columns of its own follow it. What is not here ends the packet for filterlog. */
const WORDS: readonly { word: Uint8Array; columns: number }[] = Object.entries({
  HBH: 0,
  DSTOPT: 0,
  PAD1: 0,
  PADN: 0,
  PADNTRUNC: 0,
  RTALERT: 1,
  RTALERTTRUNC: 0,
  RTALERTINVALID: 1,
  JUMBO: 1,
  JUMBOTRUNC: 0,
  JUMBOINVALID: 1,
  HOMEADDR: 1,
  HOMEADDRTRUNC: 0,
  HOMEADDRINVALID: 1,
  BINDINGUP: 3,
  BINDINGUPTRUNC: 0,
  BINDINGUPINVALID: 1,
  BINDINGACK: 5,
  BINDINGACKTRUNC: 0,
  BINDINGACKINVALID: 1,
  BINDINGREQ: 0,
  BINDINGREQTRUNC: 0,
  TYPE: 2,
  TYPETRUNC: 1,
}).map(([word, columns]) => ({ word: ascii(word), columns }));

/**
 * Reads the words from `start` on. Returns where the transport's own columns begin, or `end` where pf prints none: after
 * a fragment, a routing header (which runs into the port without a comma) and mobility.
 */
export function readExtensionHeaders(bytes: Uint8Array, start: number, end: number, into: LogRecord): number {
  let at = start;
  while (at < end && !isDigit(bytes[at])) {
    const wordEnd = findByte(bytes, COMMA, at, end);
    if (equals(bytes, FRAGMENT, at, wordEnd)) return readFragment(bytes, wordEnd + 1, end, into);
    const columns = columnsOf(bytes, at, wordEnd);
    if (columns < 0) return end;
    at = wordEnd + 1;
    for (let skipped = 0; skipped < columns; skipped++) at = findByte(bytes, COMMA, at, end) + 1;
  }
  return at >= end || isRouting(bytes, at, end) ? end : at;
}

/** `length,type,segments,` and then `0x0,` or `TRUNC,`, where TCP has its flags (rt6_print). */
function isRouting(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  for (let skipped = 0; skipped < 3; skipped++) at = findByte(bytes, COMMA, at, end) + 1;
  return at < end && (bytes[at] === DIGIT_0 || bytes[at] === UPPER_T);
}

function columnsOf(bytes: Uint8Array, start: number, end: number): number {
  for (const { word, columns } of WORDS) if (equals(bytes, word, start, end)) return columns;
  return -1;
}

/**
 * ` 0x%08x:%d|%ld,` and, in front of a whole packet's ports, another comma. The number is the offset and flags field
 * under a mask meant for the other byte order (IP6F_OFF_MASK): its bit 0 is "more fragments", and bits 8 to 10 of the
 * offset are lost, so an offset here is a lower bound.
 */
function readFragment(bytes: Uint8Array, start: number, end: number, into: LogRecord): number {
  const columnEnd = findByte(bytes, COMMA, start, end);
  const colon = findByte(bytes, COLON, start, columnEnd);
  const pipe = findByte(bytes, PIPE, colon, columnEnd);
  const field = pipe < columnEnd ? parseDecimal(bytes, colon + 1, pipe) : -1;
  if (field < 0 || columnEnd >= end) return end;
  into.fragmentOffset = field & 0xfff8;
  into.moreFragments = (field & 1) === 1;
  if (field !== 0) return end;
  let at = columnEnd + 1;
  while (at < end && (bytes[at] === COMMA || bytes[at] === SPACE)) at++;
  return Math.min(at, end);
}
