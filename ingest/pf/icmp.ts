/** ICMP type and code out of the words that pfSense's and OPNsense's filterlog print for them. */
import { ascii, COMMA, equals, findByte, findBytes, isDigit, parseDecimal, startsWith } from "../bytes.ts";
import { ICMP, ICMPV6 } from "../protocols.ts";
import type { LogRecord } from "../record.ts";

const DATALENGTH = ascii("datalength=");
const UNKNOWN = ascii("unknown(");
const TO_HOST = ascii(" to host ");
const REDIRECT_TOS = ascii("redirect,redirect-tos");
const UNREACHABLE = ascii(" unreachable");

interface Keyword {
  word: Uint8Array;
  type: number;
  /** -1: not told by the word alone. */
  code: number;
}

const keywords = (rows: readonly (readonly [string, number, number])[]): readonly Keyword[] =>
  rows.map(([word, type, code]) => ({ word: ascii(word), type, code }));

/** How pfSense's print-icmp.c begins each tail; a word that begins another comes after it. */
const PFSENSE_KEYWORDS = keywords([
  ["request,", 8, -1],
  ["reply,", 0, -1],
  ["unreachproto,", 3, 2],
  ["unreachport,", 3, 3],
  ["needfrag,", 3, 4],
  ["unreach,", 3, -1],
  ["redirect,", 5, -1],
  ["routeradv", 9, -1],
  ["timexceed,time exceeded in-transit", 11, 0],
  ["timexceed,ip reassembly time exceeded", 11, 1],
  ["timexceed,", 11, -1],
  ["paramprob, parameter problem - octet", 12, 0],
  ["paramprob,", 12, -1],
  ["maskreply,", 18, -1],
  ["tstampreply,", 14, -1],
  ["tstamp,", 13, -1],
  ["source quench", 4, -1],
  ["router solicitation", 10, -1],
  ["information request", 15, -1],
  ["information reply", 16, -1],
  ["address mask request", 17, -1],
]);

/** Texts after `unreach,net A unreachable` and the like, with ICMP's code for a net, a host or neither. */
const UNREACHABLE_CODES = (
  [
    [" - source route failed", -1, -1, 5],
    [" - source host isolated", -1, -1, 8],
    [" - unknown", 6, 7, -1],
    [" - admin prohibited filter", -1, 13, -1],
    [" - admin prohibited", 9, 10, -1],
    [" - tos prohibited", 11, 12, -1],
    [" - host precedence violation", -1, 14, -1],
    [" - precedence cutoff", -1, 15, -1],
    ["", 0, 1, -1],
  ] as const
).map(([text, net, host, neither]) => ({ text: ascii(text), net, host, neither }));

const OPNSENSE_TYPES = keywords([
  ["echorep", 0, -1],
  ["unreach", 3, -1],
  ["squench", 4, -1],
  ["redir", 5, -1],
  ["althost", 6, -1],
  ["echoreq", 8, -1],
  ["routeradv", 9, -1],
  ["routersol", 10, -1],
  ["timex", 11, -1],
  ["paramprob", 12, -1],
  ["timereq", 13, -1],
  ["timerep", 14, -1],
  ["inforeq", 15, -1],
  ["inforep", 16, -1],
  ["maskreq", 17, -1],
  ["maskrep", 18, -1],
  ["trace", 30, -1],
  ["dataconv", 31, -1],
  ["mobredir", 32, -1],
  ["ipv6-where", 33, -1],
  ["ipv6-here", 34, -1],
  ["mobregreq", 35, -1],
  ["mobregrep", 36, -1],
  ["skip", 39, -1],
  ["photuris", 40, -1],
]);

const OPNSENSE_TYPES_V6 = keywords([
  ["unreach", 1, -1],
  ["toobig", 2, -1],
  ["timex", 3, -1],
  ["paramprob", 4, -1],
  ["echoreq", 128, -1],
  ["echorep", 129, -1],
  ["listqry", 130, -1],
  ["listenrep", 131, -1],
  ["listendone", 132, -1],
  ["routersol", 133, -1],
  ["routeradv", 134, -1],
  ["neighbrsol", 135, -1],
  ["neighbradv", 136, -1],
  ["redir", 137, -1],
  ["routrrenum", 138, -1],
  ["niqry", 139, -1],
  ["nirep", 140, -1],
  ["listenrepv2", 143, -1],
  ["mtraceresp", 200, -1],
  ["mtrace", 201, -1],
]);

const OPNSENSE_CODES = keywords([
  ["net-unr", 3, 0],
  ["host-unr", 3, 1],
  ["proto-unr", 3, 2],
  ["port-unr", 3, 3],
  ["needfrag", 3, 4],
  ["srcfail", 3, 5],
  ["net-unk", 3, 6],
  ["host-unk", 3, 7],
  ["isolate", 3, 8],
  ["net-prohib", 3, 9],
  ["host-prohib", 3, 10],
  ["net-tos", 3, 11],
  ["host-tos", 3, 12],
  ["filter-prohib", 3, 13],
  ["host-preced", 3, 14],
  ["cutoff-preced", 3, 15],
  ["redir-net", 5, 0],
  ["redir-host", 5, 1],
  ["redir-tos-net", 5, 2],
  ["redir-tos-host", 5, 3],
  ["normal-adv", 9, 0],
  ["common-adv", 9, 16],
  ["transit", 11, 0],
  ["reassemb", 11, 1],
  ["badhead", 12, 0],
  ["optmiss", 12, 1],
  ["badlen", 12, 2],
  ["unknown-ind", 40, 1],
  ["auth-fail", 40, 2],
  ["decrypt-fail", 40, 3],
]);

const OPNSENSE_CODES_V6 = keywords([
  ["noroute-unr", 1, 0],
  ["admin-unr", 1, 1],
  ["beyond-unr", 1, 2],
  ["addr-unr", 1, 3],
  ["port-unr", 1, 4],
  ["transit", 3, 0],
  ["reassemb", 3, 1],
  ["badhead", 4, 0],
  ["nxthdr", 4, 1],
  ["redironlink", 137, 0],
  ["redirrouter", 137, 1],
]);

/** Sets type and code from the tail `[start, end)` of an ICMP or ICMPv6 packet; both stay -1 where it tells neither. */
export function readIcmp(bytes: Uint8Array, start: number, end: number, into: LogRecord): void {
  if (startsWith(bytes, DATALENGTH, start, end)) readOpnsense(bytes, start, end, into);
  else if (into.protocol === ICMP) readPfsense(bytes, start, end, into);
}

/** `datalength=N,type,code,id,seq,mtu` (OPNsense 2026), or `datalength=N` alone before it. */
function readOpnsense(bytes: Uint8Array, start: number, end: number, into: LogRecord): void {
  const typeAt = findByte(bytes, COMMA, start, end) + 1;
  if (typeAt > end) return;
  const typeEnd = findByte(bytes, COMMA, typeAt, end);
  const isV6 = into.protocol === ICMPV6;
  const type = find(isV6 ? OPNSENSE_TYPES_V6 : OPNSENSE_TYPES, bytes, typeAt, typeEnd);
  if (type !== null) into.icmpType = type.type;
  else if (startsWith(bytes, UNKNOWN, typeAt, typeEnd)) {
    into.icmpType = octet(parseDecimal(bytes, typeAt + UNKNOWN.length, typeEnd - 1));
  }
  if (into.icmpType < 0 || typeEnd >= end) return;
  const codeEnd = findByte(bytes, COMMA, typeEnd + 1, end);
  const code = find(isV6 ? OPNSENSE_CODES_V6 : OPNSENSE_CODES, bytes, typeEnd + 1, codeEnd);
  if (code === null) into.icmpCode = octet(parseDecimal(bytes, typeEnd + 1, codeEnd));
  else if (code.type === into.icmpType) into.icmpCode = code.code;
}

function find(table: readonly Keyword[], bytes: Uint8Array, start: number, end: number): Keyword | null {
  for (const keyword of table) if (equals(bytes, keyword.word, start, end)) return keyword;
  return null;
}

function readPfsense(bytes: Uint8Array, start: number, end: number, into: LogRecord): void {
  for (const { word, type, code } of PFSENSE_KEYWORDS) {
    if (!startsWith(bytes, word, start, end)) continue;
    into.icmpType = type;
    into.icmpCode = code >= 0 ? code : codeInText(bytes, start, start + word.length, end, into);
    return;
  }
}

/** Code of the kinds that pfSense spells out in a sentence, or -1. */
function codeInText(bytes: Uint8Array, start: number, textAt: number, end: number, into: LogRecord): number {
  switch (into.icmpType) {
    case 3:
      return unreachableCode(bytes, textAt, end);
    case 5:
      if (bytes[textAt + 8] === 0x2d && !startsWith(bytes, REDIRECT_TOS, start, end)) return -1;
      return (
        (startsWith(bytes, REDIRECT_TOS, start, end) ? 2 : 0) + (findBytes(bytes, TO_HOST, textAt, end) >= 0 ? 1 : 0)
      );
    case 11:
    case 12:
      return gluedNumber(bytes, end, into.bytes);
    default:
      return -1;
  }
}

function unreachableCode(bytes: Uint8Array, start: number, end: number): number {
  const at = findBytes(bytes, UNREACHABLE, start, end);
  if (at < 0) return -1;
  const scope = bytes[start];
  for (const { text, net, host, neither } of UNREACHABLE_CODES) {
    if (!startsWith(bytes, text, at + UNREACHABLE.length, end)) continue;
    return scope === 0x6e ? net : scope === 0x68 ? host : neither;
  }
  return -1;
}

/**
 * The number that ends the tail without the ICMP length, which print-icmp.c appends with no comma: `code 264` of a
 * packet of 84 bytes is code 2 and length 64. The header is 20 bytes, or more with IP options.
 */
function gluedNumber(bytes: Uint8Array, end: number, ipBytes: number): number {
  let digitsAt = end;
  while (digitsAt > end - 8 && isDigit(bytes[digitsAt - 1])) digitsAt--;
  for (let headerBytes = 20; headerBytes <= 60; headerBytes += 4) {
    const length = ipBytes - headerBytes;
    if (length < 0) return -1;
    const lengthDigits = length < 10 ? 1 : length < 100 ? 2 : length < 1000 ? 3 : length < 10_000 ? 4 : 5;
    const split = end - lengthDigits;
    if (split > digitsAt && parseDecimal(bytes, split, end) === length)
      return octet(parseDecimal(bytes, digitsAt, split));
  }
  return -1;
}

function octet(value: number): number {
  return value > 255 ? -1 : value;
}
