/**
 * Windows Defender Firewall's text log `pfirewall.log` (XP SP2 to Windows 11 and Server 2025): W3C style, one line a dropped
 * packet, an allowed connection, or (XP, 2003) an opened or closed one.
 * https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-server-2003/cc758040(v=ws.10)
 *
 *   #Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path
 *   2026-07-03 19:10:30 DROP TCP 198.51.100.9 192.168.10.5 40001 5061 52 S 1000200030 0 64240 - - - RECEIVE
 *
 * Gaps: no host name, no rule, no interface; local time without its zone unless the header says UTC.
 */
import { parseAddress } from "../address.ts";
import {
  ascii,
  COLON,
  CR,
  DASH,
  DIGIT_0,
  equals,
  findByte,
  HASH,
  isDigit,
  parseDecimal,
  SPACE,
  startsWith,
  textOf,
} from "../bytes.ts";
import { DATE_BYTES, DateColumns, TIME_BYTES } from "../clocks/date-columns.ts";
import { DeviceClock } from "../clocks/device-clock.ts";
import { Envelope, readEnvelope } from "../envelopes/envelope.ts";
import { FOREIGN, type LineStatus, type LogFormat, MALFORMED, NO_VERDICT, PARSED, STRUCTURE } from "../format.ts";
import { isOurs, shareOfOurs, sniffingClock } from "../lexing/sniff-lines.ts";
import { parseTcpFlags } from "../lexing/tcp-flags.ts";
import { BAD, W3cFields } from "../lexing/w3c-fields.ts";
import { ICMP, ICMPV6, protocolNumber, SCTP, TCP, UDP, UDPLITE } from "../protocols.ts";
import {
  DIRECTION_FORWARD,
  DIRECTION_IN,
  DIRECTION_OUT,
  DIRECTION_UNKNOWN,
  LogRecord,
  PHASE_END,
  type RecordDirection,
  TCP_CWR,
  TCP_ECE,
  TCP_SYN,
  VERDICT_ALLOW,
  VERDICT_DENY,
  VERDICT_NONE,
  type Verdict,
} from "../record.ts";

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

const FIELDS_DIRECTIVE = ascii("#Fields:");
const TIME_DIRECTIVE = ascii("#Time Format:");
const UTC = ascii("UTC");

/** So far a collector's header may reach. */
const MAX_HEAD_BYTES = 512;

const LOST_EVENTS = 0;
const OPENED_OUT = 1;
const OPENED_IN = 2;
const CLOSED = 3;
const DECIDED = 4;

interface Action {
  word: Uint8Array;
  kind: 0 | 1 | 2 | 3 | 4;
  verdict: Verdict;
}

/** Actions in the order of their frequency; OPEN, OPEN-INBOUND and CLOSE are XP's and Server 2003's. */
const ACTIONS: readonly Action[] = [
  { word: ascii("DROP"), kind: DECIDED, verdict: VERDICT_DENY },
  { word: ascii("ALLOW"), kind: DECIDED, verdict: VERDICT_ALLOW },
  { word: ascii("OPEN"), kind: OPENED_OUT, verdict: VERDICT_ALLOW },
  { word: ascii("CLOSE"), kind: CLOSED, verdict: VERDICT_NONE },
  { word: ascii("OPEN-INBOUND"), kind: OPENED_IN, verdict: VERDICT_ALLOW },
  { word: ascii("INFO-EVENTS-LOST"), kind: LOST_EVENTS, verdict: VERDICT_NONE },
];

const PATHS: readonly { word: Uint8Array; direction: RecordDirection }[] = [
  { word: ascii("RECEIVE"), direction: DIRECTION_IN },
  { word: ascii("SEND"), direction: DIRECTION_OUT },
  { word: ascii("-"), direction: DIRECTION_UNKNOWN },
  { word: ascii("FORWARD"), direction: DIRECTION_FORWARD },
  { word: ascii("UNKNOWN"), direction: DIRECTION_UNKNOWN },
];

const TCP_WORD = ascii("TCP");
const UDP_WORD = ascii("UDP");
const ICMP_WORD = ascii("ICMP");

/** One file's reader: its column order and clock last from one header to the next. */
class FirewallLogReader {
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
    if (fields.has(bytes, INFO)) into.reason.set(fields.start(INFO), fields.end(INFO));
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
   * `pid` that older rows lack).
   */
  #readPath(bytes: Uint8Array, into: LogRecord): boolean {
    const fields = this.#fields;
    if (!fields.names(PATH)) return fields.count >= fields.declared;
    const direction = fields.reaches(PATH) ? directionOf(bytes, fields.start(PATH), fields.end(PATH)) : -1;
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

/** `dddd-dd-dd ` at `start`. */
function isDate(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start > 10 &&
    isDigit(bytes[start]) &&
    bytes[start + 4] === DASH &&
    bytes[start + 7] === DASH &&
    (bytes[start + 10] as number) <= SPACE
  );
}

/** Where date, time and action stand behind something else, or -1. */
function rowAt(bytes: Uint8Array, start: number, end: number): number {
  const bound = Math.min(end, start + MAX_HEAD_BYTES);
  for (let i = start + 1; i < bound; i++) {
    const before = bytes[i - 1] as number;
    if ((before > SPACE && before !== COLON) || !isDate(bytes, i, end)) continue;
    const actionStart = i + DATE_BYTES + TIME_BYTES + 2;
    const actionEnd = findByte(bytes, SPACE, actionStart, end);
    if (bytes[actionStart - 1] === SPACE && actionAt(bytes, actionStart, actionEnd) !== null) return i;
  }
  return -1;
}

function actionAt(bytes: Uint8Array, start: number, end: number): Action | null {
  for (let i = 0; i < ACTIONS.length; i++) {
    const action = ACTIONS[i] as Action;
    if (equals(bytes, action.word, start, end)) return action;
  }
  return null;
}

/** Direction of a path word, or -1 where it is none. */
function directionOf(bytes: Uint8Array, start: number, end: number): RecordDirection | -1 {
  for (let i = 0; i < PATHS.length; i++) {
    const path = PATHS[i] as (typeof PATHS)[number];
    if (equals(bytes, path.word, start, end)) return path.direction;
  }
  return -1;
}

/** IANA number of a protocol's name or number, or -1. */
function protocolAt(bytes: Uint8Array, start: number, end: number): number {
  if (equals(bytes, UDP_WORD, start, end)) return UDP;
  if (equals(bytes, TCP_WORD, start, end)) return TCP;
  if (equals(bytes, ICMP_WORD, start, end)) return ICMP;
  const number = parseDecimal(bytes, start, end);
  if (number >= 0) return number <= 255 ? number : -1;
  return protocolNumber(textOf(bytes, start, end));
}

/** The share of the head's lines that the Windows firewall wrote; its own header counts as one. */
function sniff(head: Uint8Array): number {
  const reader = new FirewallLogReader(sniffingClock());
  const record = new LogRecord();
  return shareOfOurs(head, (start, end) => {
    const status = reader.read(head, start, end, record);
    return isOurs(status) ?? (startsWith(head, FIELDS_DIRECTIVE, start, end) ? true : null);
  });
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

export const windows: LogFormat = {
  id: "windows",
  platform: "windows",
  title: "Windows Defender Firewall text log (pfirewall.log)",
  reference:
    "https://learn.microsoft.com/en-us/windows/security/operating-system-security/network-security/windows-firewall/configure-logging",
  samples: [
    "#Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path pid",
    "2026-07-03 19:10:30 DROP TCP 198.51.100.9 192.168.10.5 40001 5061 52 S 1000200030 0 64240 - - - RECEIVE 4",
    "2026-07-03 19:10:31 ALLOW UDP 192.168.10.5 203.0.113.7 5060 5060 0 - - - - - - - SEND 2204",
    "2026-07-03 19:10:32 INFO-EVENTS-LOST - - - - - - - - - - - - 12 - -",
  ],
  unit: "packets",
  shows: [
    "Every dropped packet with addresses, ports, size, TCP flags and ICMP type, and each allowed connection once, if both are switched on.",
    "Which side opened an allowed connection, and how many events the logger itself lost.",
  ],
  hides: [
    "The host's name, the rule, the interface, the application, and the zone of its times.",
    "How much an allowed connection carried, and how long it lived.",
    "Packets that stealth mode or another filter on the host dropped, and days of traffic: the file holds 32 MB at most.",
  ],
  enable: [
    "Allowed traffic, for each profile: `Set-NetFirewallProfile -All -LogAllowed True -LogMaxSizeKilobytes 32767`.",
    "Denied traffic and the default deny: `Set-NetFirewallProfile -All -LogBlocked True`; both are off by default.",
    "In the console: Windows Defender Firewall with Advanced Security > Properties > each profile > Logging > Customize.",
    "The file: `%SystemRoot%\\System32\\LogFiles\\Firewall\\pfirewall.log`, its predecessor with `.old` behind.",
  ],
  sniff,
  hasHeaders: true,
  open: ({ clock }) => {
    const reader = new FirewallLogReader(clock);
    return (bytes, start, end, into) => reader.read(bytes, start, end, into);
  },
};
