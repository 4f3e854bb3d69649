/** What filterlog says of a packet, behind the envelope: the rule, the header, ports or what stands in their place. */
import { parseAddress } from "../address.ts";
import { ascii, COMMA, equals, isDigit, PLUS, parseDecimal, parseHex, parsePort } from "../bytes.ts";
import { FOREIGN, type LineStatus, MALFORMED, NO_VERDICT, PARSED } from "../format.ts";
import { parseTcpFlags } from "../lexing/tcp-flags.ts";
import { ICMP, ICMPV6, SCTP, TCP, UDP } from "../protocols.ts";
import {
  DIRECTION_OUT,
  type LogRecord,
  TCP_CWR,
  TCP_ECE,
  TCP_SYN,
  VERDICT_ALLOW,
  VERDICT_DENY,
  VERDICT_NONE,
  type Verdict,
} from "../record.ts";
import { Columns } from "./columns.ts";
import { readExtensionHeaders } from "./extension-headers.ts";
import { readIcmp } from "./icmp.ts";
import { readPlainIpv4 } from "./plain-packet.ts";
import { HEAD_COLUMNS, RuleHead, RuleHeads } from "./rule-heads.ts";
import { directionOf, isError, isTruncation, verdictOf } from "./words.ts";

const STATE_MISMATCH = ascii("state-mismatch");
const UDP_HEADER_BYTES = 8;
const IPV6_HEADER_BYTES = 40;

const columns = new Columns();
const heads = new RuleHeads();

/** Reads what follows the envelope. `isTagged`: the line names filterlog, so it is ours even where it cannot be read. */
export function readPayload(
  bytes: Uint8Array,
  start: number,
  end: number,
  isTagged: boolean,
  into: LogRecord,
): LineStatus {
  const head = heads.find(bytes, start, end);
  if (head?.isIpv4 && readPlainIpv4(bytes, start + head.bytes.length, end, into)) {
    head.fill(into, start);
    return judge(bytes, into);
  }
  columns.split(bytes, start, end);
  if (columns.count < 9 || !isRule(bytes)) return isTagged ? readMessage(bytes, start, end) : FOREIGN;
  const verdict = verdictOf(bytes, columns.start(6), columns.end(6));
  if (verdict < 0) return isTagged ? MALFORMED : FOREIGN;

  into.verdict = verdict as Verdict;
  into.action.set(columns.start(6), columns.end(6));
  into.reason.set(columns.start(5), columns.end(5));
  into.ruleId.set(columns.start(3), columns.end(3));
  into.ruleName.set(columns.start(2), columns.end(2));
  into.direction = directionOf(bytes, columns.start(7), columns.end(7));
  (into.direction === DIRECTION_OUT ? into.egress : into.ingress).set(columns.start(4), columns.end(4));
  if (head === null && columns.count > HEAD_COLUMNS)
    heads.add(new RuleHead(bytes, start, columns, verdict as Verdict, into.direction));

  return readPacket(bytes, end, into) ? judge(bytes, into) : MALFORMED;
}

/** What the verdict means, once rule and packet are read. */
function judge(bytes: Uint8Array, into: LogRecord): LineStatus {
  const { verdict } = into;
  if (verdict === VERDICT_NONE) return NO_VERDICT;
  into.outOfState = verdict === VERDICT_DENY && isOutOfState(bytes, into);
  // pf logs the packet that creates the state (pf.conf(5), "log"), so its sender opened the conversation. TCP's own flags
  // say it better where `log (all)` shows later packets too.
  into.sourceIsInitiator = verdict === VERDICT_ALLOW && into.protocol !== TCP;
  return PARSED;
}

/** Whether a denied packet belongs to no connection that pf knows: TCP that does not open one, or pf says so. */
function isOutOfState(bytes: Uint8Array, into: LogRecord): boolean {
  if (into.tcpFlags >= 0 && (into.tcpFlags & ~(TCP_ECE | TCP_CWR)) !== TCP_SYN) return true;
  return equals(bytes, STATE_MISMATCH, into.reason.start, into.reason.end);
}

/** Whether the first column is a rule number; OPNsense leaves it empty where there is none. */
function isRule(bytes: Uint8Array): boolean {
  return columns.isEmpty(0) || parseDecimal(bytes, columns.start(0), columns.end(0)) >= 0;
}

/** filterlog also logs its own troubles (`[|pflog]`, `Failed to initialize: ...`): sound, but nothing of traffic. */
function readMessage(bytes: Uint8Array, start: number, end: number): LineStatus {
  const first = bytes[start] as number;
  return start < end && first !== COMMA && !isDigit(first) ? FOREIGN : MALFORMED;
}

/** Reads the packet from the version on. False where it is cut or is no packet. */
function readPacket(bytes: Uint8Array, end: number, into: LogRecord): boolean {
  const version = parseDecimal(bytes, columns.start(8), columns.end(8));
  if (version < 0 || version > 15) return false;
  let at = 9;
  for (; at < columns.count; at++) {
    if (isError(bytes, columns.start(at), columns.end(at))) continue;
    if (!isTruncation(bytes, columns.start(at), columns.end(at))) break;
    if (at + 1 >= columns.count || columns.isEmpty(at + 1)) return true;
  }
  if (at >= columns.count) return version !== 4 && version !== 6;
  if (at > 9) {
    // What went before has shifted the header's columns.
    columns.split(bytes, columns.start(at), end);
    at = 0;
  }
  if (version === 4) return readIpv4(bytes, at, end, into);
  if (version === 6) return readIpv6(bytes, at, end, into);
  return true;
}

function readIpv4(bytes: Uint8Array, at: number, end: number, into: LogRecord): boolean {
  if (columns.count <= at + 10) return false;
  readDscp(bytes, at, into);
  into.ipId = parseDecimal(bytes, columns.start(at + 3), columns.end(at + 3));
  into.fragmentOffset = parseDecimal(bytes, columns.start(at + 4), columns.end(at + 4));
  into.moreFragments = bytes[columns.start(at + 5)] === PLUS;
  into.protocol = parseDecimal(bytes, columns.start(at + 6), columns.end(at + 6));
  into.bytes = parseDecimal(bytes, columns.start(at + 8), columns.end(at + 8));
  if (into.fragmentOffset < 0 || into.bytes < 0) return false;
  if (!readAddresses(bytes, 4, at + 9, into)) return false;
  return into.fragmentOffset > 0 || readTail(bytes, at + 11, end, into);
}

/** Name before number here, and the payload's length instead of the packet's. */
function readIpv6(bytes: Uint8Array, at: number, end: number, into: LogRecord): boolean {
  if (columns.count <= at + 7) return false;
  readDscp(bytes, at, into);
  into.protocol = parseDecimal(bytes, columns.start(at + 4), columns.end(at + 4));
  const payloadBytes = parseDecimal(bytes, columns.start(at + 5), columns.end(at + 5));
  if (payloadBytes < 0) return false;
  into.bytes = payloadBytes + IPV6_HEADER_BYTES;
  if (!readAddresses(bytes, 6, at + 6, into)) return false;
  if (isTransport(into.protocol) || into.protocol === ICMPV6) return readTail(bytes, at + 8, end, into);
  return at + 8 >= columns.count || readExtended(bytes, columns.start(at + 8), end, into);
}

function readDscp(bytes: Uint8Array, at: number, into: LogRecord): void {
  const tos = parseHex(bytes, columns.start(at), columns.end(at));
  if (tos <= 255) into.dscp = tos >> 2;
}

function readAddresses(bytes: Uint8Array, version: 4 | 6, at: number, into: LogRecord): boolean {
  if (into.protocol < 0 || into.protocol > 255) return false;
  if (parseAddress(bytes, columns.start(at), columns.end(at), into.source) !== version) return false;
  if (parseAddress(bytes, columns.start(at + 1), columns.end(at + 1), into.destination) !== version) return false;
  into.ipVersion = version;
  return true;
}

function isTransport(protocol: number): boolean {
  return protocol === TCP || protocol === UDP || protocol === SCTP;
}

/** What follows the addresses, from column `at` on. A port column that lacks its comma is a cut line. */
function readTail(bytes: Uint8Array, at: number, end: number, into: LogRecord): boolean {
  const isPresent = at < columns.count && !columns.isEmpty(at);
  if (into.protocol === ICMP || into.protocol === ICMPV6) {
    if (isPresent) readIcmp(bytes, columns.start(at), end, into);
    return true;
  }
  if (!isTransport(into.protocol)) return true;
  if (!isPresent) return false;
  // `errormsg='tcp 8 [bad hdr length ...` or `datalength=40` in place of the ports.
  if (!isDigit(bytes[columns.start(at)])) return true;
  return readPorts(bytes, at, into);
}

function readPorts(bytes: Uint8Array, at: number, into: LogRecord): boolean {
  if (at + 2 >= columns.count) return false;
  into.sourcePort = parsePort(bytes, columns.start(at), columns.end(at));
  into.destinationPort = parsePort(bytes, columns.start(at + 1), columns.end(at + 1));
  if (into.sourcePort < 0 || into.destinationPort < 0) return false;
  if (into.protocol !== TCP) return true;
  // A line that ends here has both ports behind it, whole, but no flags; an empty column in its midst says none are set.
  if (at + 3 >= columns.count || (at + 4 >= columns.count && columns.isEmpty(at + 3))) return true;
  into.tcpFlags = parseTcpFlags(bytes, columns.start(at + 3), columns.end(at + 3));
  return into.tcpFlags >= 0;
}

/**
 * The tail of an IPv6 packet whose first header is not its transport: words for the other headers, then perhaps ports.
 * No column names the transport: TCP has flags after its ports, three columns are UDP.
 */
function readExtended(bytes: Uint8Array, start: number, end: number, into: LogRecord): boolean {
  const at = readExtensionHeaders(bytes, start, end, into);
  if (at >= end || !isDigit(bytes[at]) || at === start) return true;
  columns.split(bytes, at, end);
  if (columns.count < 3) return false;
  const isUdp = columns.count === 3 && parseDecimal(bytes, columns.start(2), columns.end(2)) >= UDP_HEADER_BYTES;
  into.protocol = isUdp ? UDP : TCP;
  return readPorts(bytes, 0, into);
}
