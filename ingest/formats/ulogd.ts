/**
 * ulogd2's JSON output of packets that nftables' `log group N` or iptables' NFLOG target handed to user space.
 * https://git.netfilter.org/ulogd2/tree/output/ulogd_output_JSON.c
 *
 *   {"timestamp":"2026-07-03T19:10:30.118004+0200","dvc":"Netfilter","oob.prefix":"in-drop ","oob.hook":1,"ip.protocol":6,
 *    local time, newer versions with offset                       log prefix            0 pre, 1 in, 2 forward, 3 out, 4 post
 *    "src_ip":"198.51.100.9","dest_ip":"192.0.2.10","src_port":40001,"dest_port":5061,"tcp.syn":1,"action":"blocked"}
 *
 * Gaps: connection tracking events (NFCT) are FOREIGN; no DSCP for IPv6, whose `ip6.priority` ulogd takes from the wrong
 * bits on little-endian machines.
 */
import { parseAddress } from "../address.ts";
import { ascii, DIGIT_0, equals, findBytes, OPEN_BRACE, parseDecimal, SPACE } from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import { readIsoTime, type TimeCursor } from "../clocks/timestamps.ts";
import { Envelope, readEnvelope } from "../envelopes/envelope.ts";
import { FOREIGN, type LineParser, type LineStatus, type LogFormat, MALFORMED, STRUCTURE } from "../format.ts";
import { JSON_BROKEN, JSON_END, JSON_LITERAL, JSON_STRING, JsonScanner } from "../lexing/json-scan.ts";
import { Scratch } from "../lexing/scratch.ts";
import { shareOfLines } from "../lexing/sniff-lines.ts";
import { judge } from "../netfilter/line.ts";
import { PrefixReader } from "../netfilter/prefix.ts";
import * as keys from "../netfilter/ulogd-fields.ts";
import { TCP } from "../protocols.ts";
import {
  DIRECTION_FORWARD,
  DIRECTION_IN,
  DIRECTION_OUT,
  DIRECTION_UNKNOWN,
  type LogRecord,
  Span,
  VERDICT_ALLOW,
  VERDICT_DENY,
} from "../record.ts";

const PACKET_KEY = ascii('"oob.');
const ALLOWED = ascii("allowed");
const BLOCKED = ascii("blocked");
const TRUE = ascii("true");
/** ulogd's word for a device that was given no name. */
const UNNAMED_DEVICE = ascii("Netfilter");
const IPV6_HEADER_BYTES = 40;
const FRAGMENT_MORE = 0x2000;
const FRAGMENT_OFFSET = 0x1fff;

const cursor: TimeCursor = { end: 0 };

/** Reads one object into a record; keys come in any order, so what needs several of them waits for the end. */
class Reader {
  readonly #scanner = new JsonScanner();
  readonly #scratch = new Scratch();
  readonly #prefixes: PrefixReader;
  readonly #clock: DeviceClock;
  readonly #prefix = new Span();
  readonly #action = new Span();
  readonly #inIndex = new Span();
  readonly #outIndex = new Span();
  #isPacket = false;
  #isBadAddress = false;
  #hasDestination = false;
  #hook = -1;
  #seconds = -1;
  #microseconds = 0;
  #tcpFlags = -1;
  #packetLength = -1;

  constructor(clock: DeviceClock, prefixes: PrefixReader) {
    this.#clock = clock;
    this.#prefixes = prefixes;
  }

  /** `host`: as a header in front names it, for documents that do not. */
  read(bytes: Uint8Array, start: number, end: number, host: Span, into: LogRecord): LineStatus {
    this.#reset();
    const scanner = this.#scanner;
    scanner.open(bytes, start, end);
    for (let event = scanner.next(); event !== JSON_END; event = scanner.next()) {
      if (event === JSON_BROKEN) return MALFORMED;
      if (scanner.depth === 1 && (event === JSON_STRING || event === JSON_LITERAL)) this.#take(bytes, into);
    }
    const status = this.#finish(into);
    if (into.observer.isEmpty && !host.isEmpty && status !== FOREIGN && status !== MALFORMED) {
      const hostStart = this.#scratch.appendJson(bytes, host.start, host.end);
      into.text = this.#scratch.bytes;
      into.observer.set(hostStart, this.#scratch.length);
    }
    return status;
  }

  #reset(): void {
    this.#scratch.clear();
    this.#prefix.set(0, 0);
    this.#action.set(0, 0);
    this.#inIndex.set(0, 0);
    this.#outIndex.set(0, 0);
    this.#isPacket = false;
    this.#isBadAddress = false;
    this.#hasDestination = false;
    this.#hook = -1;
    this.#seconds = -1;
    this.#microseconds = 0;
    this.#tcpFlags = -1;
    this.#packetLength = -1;
  }

  #take(bytes: Uint8Array, into: LogRecord): void {
    const { keyStart, keyEnd, valueStart, valueEnd } = this.#scanner;
    const { field, flag } = keys.ulogdKey(bytes, keyStart, keyEnd);
    const text = this.#textOf(field, into);
    if (text !== null) {
      if (field === keys.ULOGD_PREFIX) this.#isPacket = true;
      const start = this.#scratch.appendJson(bytes, valueStart, valueEnd);
      text.set(start, this.#scratch.length);
    } else if (field === keys.ULOGD_TIMESTAMP) {
      into.timeMs = readIsoTime(bytes, valueStart, valueEnd, this.#clock, cursor);
    } else if (field === keys.ULOGD_SOURCE) {
      into.ipVersion = parseAddress(bytes, valueStart, valueEnd, into.source);
      if (into.ipVersion === 0) this.#isBadAddress = true;
    } else if (field === keys.ULOGD_DESTINATION) {
      this.#hasDestination = parseAddress(bytes, valueStart, valueEnd, into.destination) !== 0;
      if (!this.#hasDestination) this.#isBadAddress = true;
    } else if (field === keys.ULOGD_TCP_FLAG) {
      const isSet = parseDecimal(bytes, valueStart, valueEnd) > 0 || equals(bytes, TRUE, valueStart, valueEnd);
      this.#tcpFlags = Math.max(this.#tcpFlags, 0) | (isSet ? flag : 0);
    } else if (field !== keys.ULOGD_OTHER) {
      this.#takeNumber(field, parseDecimal(bytes, valueStart, valueEnd), into);
    }
  }

  /** Where a field's text goes, or null where it is no text. */
  #textOf(field: number, into: LogRecord): Span | null {
    switch (field) {
      case keys.ULOGD_DEVICE:
        return into.observer;
      case keys.ULOGD_PREFIX:
        return this.#prefix;
      case keys.ULOGD_IN:
        return into.ingress;
      case keys.ULOGD_OUT:
        return into.egress;
      case keys.ULOGD_IN_INDEX:
        return this.#inIndex;
      case keys.ULOGD_OUT_INDEX:
        return this.#outIndex;
      case keys.ULOGD_ACTION:
        return this.#action;
      default:
        return null;
    }
  }

  #takeNumber(field: number, value: number, into: LogRecord): void {
    if (value < 0) return;
    switch (field) {
      case keys.ULOGD_SECONDS:
        this.#seconds = value;
        break;
      case keys.ULOGD_MICROSECONDS:
        this.#microseconds = value;
        break;
      case keys.ULOGD_HOOK:
        this.#isPacket = true;
        this.#hook = value;
        break;
      case keys.ULOGD_SOURCE_PORT:
        if (value <= 65535) into.sourcePort = value;
        break;
      case keys.ULOGD_DESTINATION_PORT:
        if (value <= 65535) into.destinationPort = value;
        break;
      case keys.ULOGD_PROTOCOL:
        if (value <= 255) into.protocol = value;
        break;
      case keys.ULOGD_TOS:
        if (value <= 255) into.dscp = value >> 2;
        break;
      case keys.ULOGD_LENGTH:
        into.bytes = value;
        break;
      case keys.ULOGD_PAYLOAD_LENGTH:
        into.bytes = value + IPV6_HEADER_BYTES;
        break;
      case keys.ULOGD_PACKET_LENGTH:
        this.#isPacket = true;
        this.#packetLength = value;
        break;
      case keys.ULOGD_ID:
        into.ipId = value;
        break;
      case keys.ULOGD_FRAGMENT:
        into.fragmentOffset = (value & FRAGMENT_OFFSET) * 8;
        into.moreFragments = (value & FRAGMENT_MORE) !== 0;
        break;
      case keys.ULOGD_ICMP_TYPE:
        if (value <= 255) into.icmpType = value;
        break;
      case keys.ULOGD_ICMP_CODE:
        if (value <= 255) into.icmpCode = value;
        break;
    }
  }

  #finish(into: LogRecord): LineStatus {
    if (!this.#isPacket) return FOREIGN;
    if (this.#isBadAddress) return MALFORMED;
    if (into.ipVersion === 0 || !this.#hasDestination) return FOREIGN;
    const text = this.#scratch.bytes;
    into.text = text;
    if (equals(text, UNNAMED_DEVICE, into.observer.start, into.observer.end)) into.observer.set(0, 0);
    // The kernel's own time in UTC; `timestamp` is the same in local time, before 2.0.8 without its offset.
    if (this.#seconds >= 0) into.timeMs = this.#seconds * 1000 + this.#microseconds / 1000;
    if (into.bytes < 0) into.bytes = this.#packetLength;
    if (into.protocol === TCP) into.tcpFlags = this.#tcpFlags;
    if (into.fragmentOffset > 0) {
      into.sourcePort = -1;
      into.destinationPort = -1;
    }
    this.#nameInterfaces(text, into);
    into.direction = this.#directionOf(into);
    this.#prefixes.read(text, this.#prefix.start, this.#prefix.end, into);
    const { start, end } = this.#action;
    const isAllowed = equals(text, ALLOWED, start, end);
    if (isAllowed || equals(text, BLOCKED, start, end)) {
      into.verdict = isAllowed ? VERDICT_ALLOW : VERDICT_DENY;
      into.verdictAssumed = false;
      into.action.set(start, end);
    }
    return judge(into);
  }

  /** Without the IFINDEX plugin there are only the kernel's numbers, 0 for none. */
  #nameInterfaces(text: Uint8Array, into: LogRecord): void {
    if (into.ingress.isEmpty && isIndex(text, this.#inIndex)) into.ingress.set(this.#inIndex.start, this.#inIndex.end);
    if (into.egress.isEmpty && isIndex(text, this.#outIndex)) into.egress.set(this.#outIndex.start, this.#outIndex.end);
  }

  #directionOf(into: LogRecord): LogRecord["direction"] {
    if (!into.ingress.isEmpty) return into.egress.isEmpty ? DIRECTION_IN : DIRECTION_FORWARD;
    if (!into.egress.isEmpty) return DIRECTION_OUT;
    if (this.#hook < 0 || this.#hook > 4) return DIRECTION_UNKNOWN;
    if (this.#hook === 2) return DIRECTION_FORWARD;
    return this.#hook < 2 ? DIRECTION_IN : DIRECTION_OUT;
  }
}

function isIndex(text: Uint8Array, span: Span): boolean {
  return !span.isEmpty && !(span.end - span.start === 1 && text[span.start] === DIGIT_0);
}

const open: LogFormat["open"] = ({ clock, prefixVerdicts }): LineParser => {
  const reader = new Reader(clock, new PrefixReader(prefixVerdicts));
  const envelope = new Envelope();
  const noHost = new Span();
  return (bytes, lineStart, end, into) => {
    into.reset(bytes);
    let start = lineStart;
    while (start < end && (bytes[start] as number) <= SPACE) start++;
    if (start === end) return STRUCTURE;
    if (bytes[start] === OPEN_BRACE) return reader.read(bytes, start, end, noHost, into);
    // A syslog daemon that reads ulogd's file and passes it on.
    if (findBytes(bytes, PACKET_KEY, start, end) < 0) return FOREIGN;
    readEnvelope(bytes, start, end, clock, envelope);
    const { payload, host } = envelope;
    return bytes[payload] === OPEN_BRACE ? reader.read(bytes, payload, end, host, into) : FOREIGN;
  };
};

export const ulogd: LogFormat = {
  id: "ulogd",
  platform: "iptables",
  title: "Linux netfilter through ulogd2 (JSON)",
  reference: "https://www.netfilter.org/projects/ulogd/",
  samples: [
    '{"timestamp":"2026-07-03T19:10:30.118004+0200","dvc":"Netfilter","raw.pktlen":60,"oob.prefix":"input-drop ","oob.time.sec":1783098630,"oob.time.usec":118004,"oob.in":"eth0","oob.out":"","oob.hook":1,"oob.family":2,"oob.protocol":2048,"ip.protocol":6,"ip.tos":0,"ip.ttl":57,"ip.totlen":60,"ip.id":7,"ip.fragoff":16384,"src_port":40001,"dest_port":5061,"tcp.syn":1,"src_ip":"198.51.100.9","dest_ip":"192.0.2.10"}',
    '{"timestamp":"2026-07-03T19:10:31","dvc":"Netfilter","raw.pktlen":172,"oob.prefix":"rtp","oob.hook":2,"oob.ifindex_in":3,"oob.ifindex_out":2,"action":"allowed","ip.protocol":17,"ip.tos":184,"ip.totlen":172,"udp.sport":16402,"udp.dport":10234,"src_ip":"192.168.10.5","dest_ip":"203.0.113.7"}',
  ],
  unit: "packets",
  shows: [
    "What the kernel's LOG target shows (see iptables), with exact times in UTC.",
    "The verdict, where the stack sets a label and `boolean_label` is on.",
  ],
  hides: ["The verdict of packets without label whose prefix has no clear word for it.", "DSCP of IPv6 packets."],
  enable: [
    'Rules of your own: `nft add rule ... log group 0 prefix "name-accept " accept`, and `name-drop` with `drop`; the last rule of a chain logs the default deny.',
    "In ulogd.conf, use the stack `log1:NFLOG,base1:BASE,ifi1:IFINDEX,ip2str1:IP2STR,mac2str1:HWHDR,json1:JSON`.",
  ],
  sniff: (head) => shareOfLines(head, open),
  open,
};
