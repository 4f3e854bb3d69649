/** One packet as ulogd's output plugins tell it, key by key in any order; what needs several keys waits for the end. */
import { parseAddress } from "../address.ts";
import { ascii, DIGIT_0, equals, parseDecimal } from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import { readIsoTime, type TimeCursor } from "../clocks/timestamps.ts";
import { FOREIGN, type LineStatus, MALFORMED } from "../format.ts";
import { TCP } from "../protocols.ts";
import {
  DIRECTION_FORWARD,
  DIRECTION_IN,
  DIRECTION_OUT,
  DIRECTION_UNKNOWN,
  type LogRecord,
  Span,
  TCP_CWR,
  TCP_ECE,
  VERDICT_ALLOW,
  VERDICT_DENY,
} from "../record.ts";
import { judge } from "./line.ts";
import type { PrefixReader } from "./prefix.ts";
import * as keys from "./ulogd-fields.ts";

const ALLOWED = ascii("allowed");
const BLOCKED = ascii("blocked");
const TRUE = ascii("true");
/** ulogd's word for a device that was given no name. */
const UNNAMED_DEVICE = ascii("Netfilter");
const AF_INET = 2;
const IPV6_HEADER_BYTES = 40;
const FRAGMENT_MORE = 0x2000;
const FRAGMENT_OFFSET = 0x1fff;
/** The two bits of the TCP header that ulogd still calls reserved. */
const RESERVED_ECE = 1;
const RESERVED_CWR = 2;

const cursor: TimeCursor = { end: 0 };

/** One is reused for all lines of an input. */
export class UlogdPacket {
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
  #nextHeader = -1;
  #family = -1;

  constructor(clock: DeviceClock, prefixes: PrefixReader) {
    this.#clock = clock;
    this.#prefixes = prefixes;
  }

  clear(): void {
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
    this.#nextHeader = -1;
    this.#family = -1;
  }

  /** Where the text of a field goes, or null where it is none: then `take` wants its value. */
  textOf(field: number, into: LogRecord): Span | null {
    switch (field) {
      case keys.ULOGD_DEVICE:
        return into.observer;
      case keys.ULOGD_PREFIX:
        this.#isPacket = true;
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

  /** Takes the value `[start, end)`; `flag`: the bit of a TCP flag's key. */
  take(field: number, flag: number, bytes: Uint8Array, start: number, end: number, into: LogRecord): void {
    switch (field) {
      case keys.ULOGD_OTHER:
        break;
      case keys.ULOGD_TIMESTAMP:
        into.timeMs = readIsoTime(bytes, start, end, this.#clock, cursor);
        break;
      case keys.ULOGD_SOURCE:
        into.ipVersion = parseAddress(bytes, start, end, into.source);
        if (into.ipVersion === 0) this.#isBadAddress = true;
        break;
      case keys.ULOGD_DESTINATION:
        this.#hasDestination = parseAddress(bytes, start, end, into.destination) !== 0;
        if (!this.#hasDestination) this.#isBadAddress = true;
        break;
      case keys.ULOGD_IPV4_SOURCE:
        if (this.#family === AF_INET) into.ipVersion = parseAddress(bytes, start, end, into.source);
        break;
      case keys.ULOGD_IPV4_DESTINATION:
        if (this.#family === AF_INET) this.#hasDestination = parseAddress(bytes, start, end, into.destination) !== 0;
        break;
      case keys.ULOGD_TCP_FLAG: {
        const isSet = parseDecimal(bytes, start, end) > 0 || equals(bytes, TRUE, start, end);
        this.#addFlags(isSet ? flag : 0);
        break;
      }
      default:
        this.#takeNumber(field, parseDecimal(bytes, start, end), into);
    }
  }

  #addFlags(flags: number): void {
    this.#tcpFlags = Math.max(this.#tcpFlags, 0) | flags;
  }

  #takeNumber(field: number, value: number, into: LogRecord): void {
    if (value < 0) return;
    switch (field) {
      case keys.ULOGD_FAMILY:
        this.#family = value;
        break;
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
      case keys.ULOGD_NEXT_HEADER:
        if (value <= 255) this.#nextHeader = value;
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
      case keys.ULOGD_IPV6_ID:
        into.ipId = value;
        break;
      case keys.ULOGD_FRAGMENT:
        into.fragmentOffset = (value & FRAGMENT_OFFSET) * 8;
        into.moreFragments = (value & FRAGMENT_MORE) !== 0;
        break;
      case keys.ULOGD_IPV6_FRAGMENT:
        // In bytes; whether more follow, ulogd leaves out.
        if (value <= 65535) into.fragmentOffset = value;
        break;
      case keys.ULOGD_TCP_RESERVED:
        this.#addFlags(((value & RESERVED_ECE) !== 0 ? TCP_ECE : 0) | ((value & RESERVED_CWR) !== 0 ? TCP_CWR : 0));
        break;
      case keys.ULOGD_ICMP_TYPE:
        if (value <= 255) into.icmpType = value;
        break;
      case keys.ULOGD_ICMP_CODE:
        if (value <= 255) into.icmpCode = value;
        break;
    }
  }

  /** The record of all keys that were taken; `text` holds its texts. */
  finish(text: Uint8Array, into: LogRecord): LineStatus {
    if (!this.#isPacket) return FOREIGN;
    if (this.#isBadAddress) return MALFORMED;
    if (into.ipVersion === 0 || !this.#hasDestination) return FOREIGN;
    into.text = text;
    if (equals(text, UNNAMED_DEVICE, into.observer.start, into.observer.end)) into.observer.set(0, 0);
    // The kernel's own time in UTC; `timestamp` is the same in local time, before 2.0.8 without its offset.
    if (this.#seconds >= 0) into.timeMs = this.#seconds * 1000 + this.#microseconds / 1000;
    if (into.bytes < 0) into.bytes = this.#packetLength;
    // Of a later fragment of IPv6 ulogd tells the protocol here alone.
    if (into.protocol < 0) into.protocol = this.#nextHeader;
    if (into.protocol === TCP) into.tcpFlags = this.#tcpFlags;
    if (into.fragmentOffset > 0) into.forgetTransport();
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
