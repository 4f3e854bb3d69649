/** One event of UniFi's CEF. */
import { parseAddress } from "../address.ts";
import {
  ascii,
  COLON,
  equals,
  findBytes,
  isDigit,
  parseDecimal,
  parsePort,
  SPACE,
  startsWith,
  textOf,
} from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import { readIsoTime, type TimeCursor } from "../clocks/timestamps.ts";
import { Envelope, readEnvelope } from "../envelopes/envelope.ts";
import { FOREIGN, type LineStatus, MALFORMED, NO_VERDICT, PARSED, STRUCTURE } from "../format.ts";
import { CEF_ESCAPES, CefHeader, readCefHeader } from "../lexing/cef.ts";
import { UNKNOWN_WORD, WordIndex } from "../lexing/word-index.ts";
import { protocolNumber, SCTP, TCP, UDP } from "../protocols.ts";
import {
  DIRECTION_FORWARD,
  DIRECTION_IN,
  DIRECTION_OUT,
  INSPECTION_IPS,
  INSPECTION_OTHER,
  LONE_DESTINATION,
  LONE_NONE,
  LONE_SOURCE,
  type LogRecord,
  PHASE_END,
  type RecordDirection,
  type Span,
  VERDICT_ALLOW,
  VERDICT_DENY,
  VERDICT_NONE,
  type Verdict,
} from "../record.ts";
import * as field from "./unifi-fields.ts";

const MARK = ascii("|Ubiquiti|UniFi Network|");
const OBJECT = ascii('{"');
const CEF = ascii("CEF:");
/** What a relay that writes RFC 5424 takes for the program's name. */
const CEF_NAME = ascii("CEF");
const FIREWALL = ascii("Firewall");
const INTRUSION = ascii("IDS");
const acts = new WordIndex([
  ["blocked", VERDICT_DENY],
  ["Blocked", VERDICT_DENY],
  ["allowed", VERDICT_ALLOW],
  ["Allowed", VERDICT_ALLOW],
]);
const ways = new WordIndex([
  ["incoming", DIRECTION_IN],
  ["inbound", DIRECTION_IN],
  ["outgoing", DIRECTION_OUT],
  ["outbound", DIRECTION_OUT],
]);
/** Numbers of events; lines of Network 9.3 name no type of policy. */
const THREAT_DETECTED = 200;
const THREAT_BLOCKED = 201;
const BLOCKED_BY_FIREWALL = 203;

const cursor: TimeCursor = { end: 0 };

/** Fills records from the lines of one input. */
export class UnifiReader {
  readonly #clock: DeviceClock;
  readonly #envelope = new Envelope();
  readonly #header = new CefHeader();
  readonly #fields = new field.UnifiFields();
  #scratch: Uint8Array = new Uint8Array(0);

  constructor(clock: DeviceClock) {
    this.#clock = clock;
  }

  read(bytes: Uint8Array, lineStart: number, lineEnd: number, into: LogRecord): LineStatus {
    into.reset(bytes);
    let start = lineStart;
    let end = lineEnd;
    while (start < end && (bytes[start] as number) <= SPACE) start++;
    while (end > start && (bytes[end - 1] as number) <= SPACE) end--;
    if (start === end) return STRUCTURE;
    const mark = findBytes(bytes, MARK, start, end);
    // A document around a line is for its collector's reader to take apart.
    if (mark < 0 || findBytes(bytes, OBJECT, start, mark) >= 0) return FOREIGN;
    const header = this.#header;
    const versionAt = mark > start ? mark - 1 : mark;
    if (!readCefHeader(bytes, versionAt, end, header)) return MALFORMED;
    this.#fields.read(bytes, header, end);
    if (!this.#fields.has(field.PROTOCOL)) return FOREIGN;
    const eventId = parseDecimal(bytes, header.signature.start, header.signature.end);
    readEnvelope(bytes, start, versionAt, this.#clock, this.#envelope);
    if (this.#isOfProgram(bytes, versionAt)) return FOREIGN;
    const host = this.#hostOfEnvelope(bytes, versionAt);
    const text = this.#unescape(bytes, start, end);
    into.text = text;
    if (host !== null)
      into.observer.set(host.start - (text === bytes ? 0 : start), host.end - (text === bytes ? 0 : start));
    else this.#copy(field.HOST, into.observer);
    return this.#fill(text, eventId, into);
  }

  /** Whether the event stands in what some other program says: then it may be a stranger's text. */
  #isOfProgram(bytes: Uint8Array, versionAt: number): boolean {
    const { program, payload } = this.#envelope;
    if (program.isEmpty || equals(bytes, CEF_NAME, program.start, program.end)) return false;
    // A relay has put a blank into the gateway's time: `2026-07-03T19: 10:38.124Z`.
    if (isDigit(bytes[program.start])) return false;
    return !startsWith(bytes, CEF, payload, versionAt);
  }

  /**
   * Null where the syslog header names none: then `CEF:0` or nothing stands where a host would. Of several names, a relay's
   * and the gateway's, the last one before the event counts.
   */
  #hostOfEnvelope(bytes: Uint8Array, versionAt: number): Span | null {
    const { host, program } = this.#envelope;
    if (host.isEmpty || startsWith(bytes, CEF, host.start, host.end)) return null;
    if (!program.isEmpty && bytes[program.end] !== COLON) return host;
    let end = beforeBlanks(bytes, host.end, versionAt);
    if (startsWith(bytes, CEF, end - CEF.length, end)) end = beforeBlanks(bytes, host.end, end - CEF.length);
    let start = end;
    while (start > host.start && bytes[start - 1] !== SPACE) start--;
    host.set(start, end);
    return host;
  }

  /** The line, or where values hold escapes a copy of it without them, to which all spans then refer. */
  #unescape(bytes: Uint8Array, start: number, end: number): Uint8Array {
    if (!this.#fields.hasEscapes) return bytes;
    if (this.#scratch.length < end - start) this.#scratch = new Uint8Array(2 * (end - start));
    this.#scratch.set(bytes.subarray(start, end));
    this.#fields.unescape(this.#scratch, start, CEF_ESCAPES);
    return this.#scratch;
  }

  #fill(bytes: Uint8Array, eventId: number, into: LogRecord): LineStatus {
    const fields = this.#fields;
    into.timeMs = readIsoTime(bytes, fields.start(field.UTC_TIME), fields.end(field.UTC_TIME), this.#clock, cursor);
    if (Number.isNaN(into.timeMs)) into.timeMs = this.#envelope.timeMs;
    this.#copy(field.ACTION, into.action);
    this.#copy(field.IN_INTERFACE, into.ingress);
    this.#copy(field.OUT_INTERFACE, into.egress);
    this.#copy(field.POLICY_NAME, into.ruleName);
    this.#copy(field.APPLICATION, into.application);
    this.#copy(field.SESSION, into.sessionId);
    into.protocol = this.#protocol(bytes);
    if (!this.#fillAddresses(bytes, into) || !this.#fillPorts(bytes, into)) return MALFORMED;
    into.direction = this.#direction(bytes);
    into.phase = PHASE_END;
    into.sourceIsInitiator = true;
    const flows = this.#number(bytes, field.FLOW_COUNT);
    if (flows > 1) into.count = flows;
    this.#fillVolume(bytes, into);
    return this.#judge(bytes, eventId, into);
  }

  #protocol(bytes: Uint8Array): number {
    const start = this.#fields.start(field.PROTOCOL);
    const end = this.#fields.end(field.PROTOCOL);
    const number = parseDecimal(bytes, start, end);
    return number >= 0 ? (number <= 255 ? number : -1) : protocolNumber(textOf(bytes, start, end));
  }

  /** False where an address is none. Many lines name one side by its alias only. */
  #fillAddresses(bytes: Uint8Array, into: LogRecord): boolean {
    const fields = this.#fields;
    const hasSource = fields.has(field.SOURCE);
    const hasDestination = fields.has(field.DESTINATION);
    const source = parseAddress(bytes, fields.start(field.SOURCE), fields.end(field.SOURCE), into.source);
    const destination = parseAddress(
      bytes,
      fields.start(field.DESTINATION),
      fields.end(field.DESTINATION),
      into.destination,
    );
    if ((hasSource && source === 0) || (hasDestination && destination === 0)) return false;
    if (hasSource && hasDestination) into.ipVersion = source;
    else into.loneAddress = hasSource ? LONE_SOURCE : hasDestination ? LONE_DESTINATION : LONE_NONE;
    return into.ipVersion === 0 || source === destination;
  }

  #fillPorts(bytes: Uint8Array, into: LogRecord): boolean {
    const { protocol } = into;
    if (protocol !== TCP && protocol !== UDP && protocol !== SCTP) return true;
    const fields = this.#fields;
    if (fields.has(field.SOURCE_PORT)) {
      into.sourcePort = parsePort(bytes, fields.start(field.SOURCE_PORT), fields.end(field.SOURCE_PORT));
      if (into.sourcePort < 0) return false;
    }
    if (fields.has(field.DESTINATION_PORT)) {
      into.destinationPort = parsePort(bytes, fields.start(field.DESTINATION_PORT), fields.end(field.DESTINATION_PORT));
      if (into.destinationPort < 0) return false;
    }
    return true;
  }

  /** By the site's edge, as the gateway knows it. */
  #direction(bytes: Uint8Array): RecordDirection {
    const way = ways.find(bytes, this.#fields.start(field.WAY), this.#fields.end(field.WAY));
    return way === UNKNOWN_WORD ? DIRECTION_FORWARD : (way as RecordDirection);
  }

  #fillVolume(bytes: Uint8Array, into: LogRecord): void {
    into.bytes = this.#number(bytes, field.SENT_BYTES);
    into.packets = this.#number(bytes, field.SENT_PACKETS);
    into.replyBytes = this.#number(bytes, field.RECEIVED_BYTES);
    into.replyPackets = this.#number(bytes, field.RECEIVED_PACKETS);
    if (into.bytes < 0 && into.replyBytes < 0) into.bytes = this.#number(bytes, field.TOTAL_BYTES);
    if (into.packets < 0 && into.replyPackets < 0) into.packets = this.#number(bytes, field.TOTAL_PACKETS);
  }

  #judge(bytes: Uint8Array, eventId: number, into: LogRecord): LineStatus {
    const fields = this.#fields;
    const typeStart = fields.start(field.POLICY_TYPE);
    const typeEnd = fields.end(field.POLICY_TYPE);
    const verdict = this.#verdict(bytes, eventId);
    const isFirewall = fields.has(field.POLICY_TYPE)
      ? equals(bytes, FIREWALL, typeStart, typeEnd)
      : eventId === BLOCKED_BY_FIREWALL;
    if (isFirewall) {
      into.verdict = verdict;
      return verdict === VERDICT_NONE ? NO_VERDICT : PARSED;
    }
    const isThreat = eventId === THREAT_DETECTED || eventId === THREAT_BLOCKED;
    into.inspection = isThreat || startsWith(bytes, INTRUSION, typeStart, typeEnd) ? INSPECTION_IPS : INSPECTION_OTHER;
    into.inspectionVerdict = verdict;
    this.#copy(field.SIGNATURE_ID, into.ruleId);
    this.#copy(fields.has(field.SIGNATURE) ? field.SIGNATURE : field.MESSAGE, into.reason);
    return NO_VERDICT;
  }

  #verdict(bytes: Uint8Array, eventId: number): Verdict {
    const start = this.#fields.start(field.ACTION);
    const end = this.#fields.end(field.ACTION);
    const verdict = acts.find(bytes, start, end);
    if (verdict !== UNKNOWN_WORD) return verdict as Verdict;
    if (start !== 0) return VERDICT_NONE;
    if (eventId === THREAT_DETECTED) return VERDICT_ALLOW;
    return eventId === THREAT_BLOCKED || eventId === BLOCKED_BY_FIREWALL ? VERDICT_DENY : VERDICT_NONE;
  }

  #copy(from: number, to: Span): void {
    if (this.#fields.has(from)) to.set(this.#fields.start(from), this.#fields.end(from));
  }

  #number(bytes: Uint8Array, from: number): number {
    return parseDecimal(bytes, this.#fields.start(from), this.#fields.end(from));
  }
}

function beforeBlanks(bytes: Uint8Array, start: number, end: number): number {
  let i = end;
  while (i > start && bytes[i - 1] === SPACE) i--;
  return i;
}
