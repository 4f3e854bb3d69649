/** The lines of a pfirewall.log, whose columns and clock the header lines before them tell. */
import { parseAddress } from "../address.ts";
import { ascii, CR, DIGIT_0, equals, findByte, HASH, SPACE, startsWith } from "../bytes.ts";
import { DATE_BYTES, DateColumns, TIME_BYTES } from "../clocks/date-columns.ts";
import { DeviceClock } from "../clocks/device-clock.ts";
import { Envelope, readEnvelope } from "../envelopes/envelope.ts";
import { FOREIGN, type LineStatus, MALFORMED, NO_VERDICT, PARSED, STRUCTURE } from "../format.ts";
import { parseTcpFlags } from "../lexing/tcp-flags.ts";
import { BAD, W3cFields } from "../lexing/w3c-fields.ts";
import { ICMP, ICMPV6, SCTP, TCP, UDP, UDPLITE } from "../protocols.ts";
import {
  DIRECTION_IN,
  DIRECTION_OUT,
  DIRECTION_UNKNOWN,
  type LogRecord,
  PHASE_END,
  type RecordDirection,
  TCP_CWR,
  TCP_ECE,
  TCP_SYN,
  VERDICT_ALLOW,
  VERDICT_DENY,
} from "../record.ts";
import { isDate, rowAt } from "./firewall-row.ts";
import { actionAt, CLOSED, directionOf, LOST_EVENTS, OPENED_IN, OPENED_OUT, protocolAt } from "./firewall-words.ts";

const DATE = 0;
const TIME = 1;
const ACTION = 2;
const PROTOCOL = 3;
const SOURCE = 4;
const DESTINATION = 5;
const SOURCE_PORT = 6;
const DESTINATION_PORT = 7;
const SIZE = 8;
const TCP_FLAGS = 9;
const ICMP_TYPE = 13;
const ICMP_CODE = 14;
const INFO = 15;
const PATH = 16;
/** The order of a file whose header was rotated or cut away; newer builds append `pid`, which nothing here needs. */
const DEFAULT_FIELDS =
  "date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path";

export const FIELDS_DIRECTIVE = ascii("#Fields:");
const TIME_DIRECTIVE = ascii("#Time Format:");
const UTC = ascii("UTC");

/** One file's reader: its column order and clock last from one header to the next. */
export class FirewallLogReader {
  readonly #fields = new W3cFields(DEFAULT_FIELDS.split(" "));
  readonly #deviceClock: DeviceClock;
  readonly #envelope = new Envelope();
  readonly #dateColumns: DateColumns;
  #hasHeader = false;
  /** A header that names no addresses is another program's (IIS writes the same style). */
  #isForeignHeader = false;

  constructor(clock: DeviceClock) {
    this.#deviceClock = clock;
    this.#dateColumns = new DateColumns(clock);
  }

  read(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
    into.reset(bytes);
    let from = start;
    let to = end;
    // The live file is pre-allocated with NUL bytes, and its last line is followed by them.
    while (to > from && isPadding(bytes[to - 1] as number)) to--;
    while (from < to && isPadding(bytes[from] as number)) from++;
    if (bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf && from + 3 <= to) from += 3;
    if (from === to) return STRUCTURE;
    if (bytes[from] === HASH) return this.#readDirective(bytes, from, to);
    if (this.#isForeignHeader) return FOREIGN;
    if (this.#hasHeader) return this.#readRow(bytes, from, to, into);
    const status = isDate(bytes, from, to) ? this.#readRow(bytes, from, to, into) : FOREIGN;
    return status === FOREIGN ? this.#readWrapped(bytes, from, to, into) : status;
  }

  #readDirective(bytes: Uint8Array, start: number, end: number): LineStatus {
    if (startsWith(bytes, FIELDS_DIRECTIVE, start, end)) {
      const fields = this.#fields;
      fields.declareFrom(bytes, start + FIELDS_DIRECTIVE.length, end);
      this.#isForeignHeader = [ACTION, SOURCE, DESTINATION].some((column) => !fields.names(column));
      this.#hasHeader = !this.#isForeignHeader;
      if (this.#isForeignHeader) return FOREIGN;
    } else if (startsWith(bytes, TIME_DIRECTIVE, start, end)) {
      const isUtc = equals(bytes, UTC, Math.max(start, end - UTC.length), end);
      this.#dateColumns.setClock(isUtc ? new DeviceClock("UTC", this.#deviceClock.referenceMs) : this.#deviceClock);
    }
    return STRUCTURE;
  }

  /** A line behind a collector's header, which must reach up to it; or behind the file's name, as `grep` has it. */
  #readWrapped(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
    const row = rowAt(bytes, start, end);
    if (row < 0) return FOREIGN;
    readEnvelope(bytes, start, row, this.#deviceClock, this.#envelope);
    const { payload, host } = this.#envelope;
    if (payload !== row && findByte(bytes, SPACE, start, row) < row) return FOREIGN;
    into.observer.set(host.start, host.end);
    return this.#readRow(bytes, row, end, into);
  }

  #readRow(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
    const fields = this.#fields;
    fields.split(bytes, start, end);
    const action = actionAt(bytes, fields.start(ACTION), fields.end(ACTION));
    if (action === null || !this.#readTime(bytes, into)) return this.#hasHeader ? MALFORMED : FOREIGN;
    if (!this.#readPath(bytes, into)) return MALFORMED;
    into.action.set(fields.start(ACTION), fields.end(ACTION));
    into.verdict = action.verdict;
    if (action.kind === LOST_EVENTS) {
      into.lostEvents = fields.decimal(bytes, INFO);
      return into.lostEvents >= 0 ? NO_VERDICT : MALFORMED;
    }
    if (!this.#readPacket(bytes, into)) return MALFORMED;
    if (fields.has(bytes, INFO) && directionOf(bytes, fields.start(INFO), fields.end(INFO)) < 0)
      into.reason.set(fields.start(INFO), fields.end(INFO));
    if (action.kind === OPENED_OUT) into.direction = DIRECTION_OUT;
    else if (action.kind === OPENED_IN) into.direction = DIRECTION_IN;
    else if (action.kind === CLOSED) {
      into.phase = PHASE_END;
      return NO_VERDICT;
    }
    into.sourceIsInitiator = action.verdict === VERDICT_ALLOW && !looksLikeAnswer(into);
    into.outOfState =
      action.verdict === VERDICT_DENY && into.tcpFlags >= 0 && (into.tcpFlags & ~(TCP_ECE | TCP_CWR)) !== TCP_SYN;
    return PARSED;
  }

  /**
   * Reads the path; false where columns were cut off: all must be there, or this known last one (a header may name a
   * `pid` that older rows lack). Its words stand nowhere else: one that ends a row in another column is the path of a row that
   * somebody made up with a dash too many or too few.
   */
  #readPath(bytes: Uint8Array, into: LogRecord): boolean {
    const fields = this.#fields;
    if (!fields.names(PATH)) return fields.count >= fields.declared;
    const own = fields.reaches(PATH) ? directionOf(bytes, fields.start(PATH), fields.end(PATH)) : -1;
    const last = own > DIRECTION_UNKNOWN ? own : directionOf(bytes, fields.lastStart, fields.lastEnd);
    const direction = last > DIRECTION_UNKNOWN ? last : own;
    if (direction < 0) return false;
    into.direction = direction as RecordDirection;
    return true;
  }

  /** The time of day and date; false where they cannot be read. A header may lack them: then there is no time. */
  #readTime(bytes: Uint8Array, into: LogRecord): boolean {
    const fields = this.#fields;
    const dateStart = fields.start(DATE);
    const timeStart = fields.start(TIME);
    if (!fields.names(DATE) || !fields.names(TIME)) return true;
    if (fields.end(DATE) - dateStart !== DATE_BYTES || fields.end(TIME) - timeStart !== TIME_BYTES) return false;
    into.timeMs = this.#dateColumns.read(bytes, dateStart, timeStart);
    return !Number.isNaN(into.timeMs);
  }

  #readPacket(bytes: Uint8Array, into: LogRecord): boolean {
    const fields = this.#fields;
    const source = parseAddress(bytes, fields.start(SOURCE), fields.end(SOURCE), into.source);
    const destination = parseAddress(bytes, fields.start(DESTINATION), fields.end(DESTINATION), into.destination);
    if (source === 0 || source !== destination) return false;
    into.ipVersion = source;
    if (fields.has(bytes, PROTOCOL)) {
      into.protocol = protocolAt(bytes, fields.start(PROTOCOL), fields.end(PROTOCOL));
      if (into.protocol < 0) return false;
      // Windows writes ICMP for both families.
      if (into.protocol === ICMP && source === 6) into.protocol = ICMPV6;
    }
    const size = fields.decimal(bytes, SIZE);
    if (size === BAD) return false;
    // Windows 10 writes 0 for what it did not measure; no IP packet is empty.
    into.bytes = size === 0 ? -1 : size;
    const { protocol } = into;
    if (protocol === ICMP || protocol === ICMPV6) return this.#readIcmp(bytes, into);
    if (protocol === TCP && !this.#readFlags(bytes, into)) return false;
    return hasPorts(protocol) ? this.#readPorts(bytes, into) : true;
  }

  #readPorts(bytes: Uint8Array, into: LogRecord): boolean {
    const source = this.#fields.decimal(bytes, SOURCE_PORT);
    const destination = this.#fields.decimal(bytes, DESTINATION_PORT);
    if (source === BAD || source > 65535 || destination === BAD || destination > 65535) return false;
    into.sourcePort = source;
    into.destinationPort = destination;
    return true;
  }

  #readFlags(bytes: Uint8Array, into: LogRecord): boolean {
    const fields = this.#fields;
    if (!fields.has(bytes, TCP_FLAGS)) return true;
    const start = fields.start(TCP_FLAGS);
    const end = fields.end(TCP_FLAGS);
    if (end === start + 1 && bytes[start] === DIGIT_0) return true;
    into.tcpFlags = parseTcpFlags(bytes, start, end);
    return into.tcpFlags >= 0;
  }

  #readIcmp(bytes: Uint8Array, into: LogRecord): boolean {
    const type = this.#fields.decimal(bytes, ICMP_TYPE);
    const code = this.#fields.decimal(bytes, ICMP_CODE);
    if (type === BAD || type > 255 || code === BAD || code > 255) return false;
    into.icmpType = type;
    into.icmpCode = code;
    return true;
  }
}

function hasPorts(protocol: number): boolean {
  return protocol === UDP || protocol === TCP || protocol === SCTP || protocol === UDPLITE || protocol < 0;
}

function isPadding(byte: number): boolean {
  return byte === 0 || byte === SPACE || byte === CR;
}

/** First port that Windows gives to its own clients since Vista. */
const FIRST_WINDOWS_CLIENT_PORT = 49_152;
/** Below it no client of any system calls from. */
const FIRST_CLIENT_PORT = 32_768;

/**
 * Some collectors write an ALLOW line for the way back too: from a service's port to a port that only Windows' own
 * clients use. It does not name the opener.
 */
function looksLikeAnswer({ sourcePort, destinationPort }: LogRecord): boolean {
  return sourcePort >= 0 && sourcePort < FIRST_CLIENT_PORT && destinationPort >= FIRST_WINDOWS_CLIENT_PORT;
}
