/** The record of an event of the filtering platform, from its fields. */
import { parseAddress } from "../address.ts";
import { ascii, equals, parsePort, textOf } from "../bytes.ts";
import { DeviceClock } from "../clocks/device-clock.ts";
import { epochOrIsoTime } from "../clocks/document-time.ts";
import { readLocalisedTime } from "../clocks/localised-time.ts";
import { FOREIGN, type LineStatus, MALFORMED, NO_VERDICT, PARSED } from "../format.ts";
import { ICMP, ICMPV6, protocolNumber } from "../protocols.ts";
import {
  DIRECTION_FORWARD,
  DIRECTION_IN,
  DIRECTION_OUT,
  DIRECTION_UNKNOWN,
  type LogRecord,
  PHASE_END,
  PHASE_PACKET,
  type RecordDirection,
  type Span,
  VERDICT_ALLOW,
  VERDICT_DENY,
  VERDICT_NONE,
  type Verdict,
} from "../record.ts";
import {
  APPLICATION,
  CHANNEL,
  COMPUTER,
  DESTINATION_ADDRESS,
  DESTINATION_PORT,
  DIRECTION,
  EVENT_ID,
  EVENT_TIME,
  type EventFields,
  FILTER_ID,
  FILTER_ORIGIN,
  LAYER_ID,
  MESSAGE,
  PROTOCOL,
  SOURCE_ADDRESS,
  SOURCE_PORT,
  SYSTEM_TIME,
  TIME_CREATED,
  TIMESTAMP,
} from "./event-fields.ts";
import { readEventMessage } from "./event-message.ts";
import { readInnerEvent } from "./inner-event.ts";
import {
  isLocalFirst,
  isOwnConnection,
  LAYER_ACCEPT,
  LAYER_CONNECT,
  LAYER_OTHER,
  layerOfId,
} from "./wfp-orientation.ts";

const FIRST_ID = 5150;
/** What each event says, from 5150 on; 5150 and 5151 speak of MAC addresses, 5154, 5155, 5158 and 5159 of local sockets. */
const VERDICTS: readonly Verdict[] = [
  VERDICT_NONE,
  VERDICT_NONE,
  VERDICT_DENY,
  VERDICT_DENY,
  VERDICT_NONE,
  VERDICT_NONE,
  VERDICT_ALLOW,
  VERDICT_DENY,
  VERDICT_NONE,
  VERDICT_NONE,
];
const FIRST_CONNECTION_ID = 5156;

const DIRECTIONS: readonly { word: Uint8Array; direction: RecordDirection }[] = (
  [
    ["%%14592", DIRECTION_IN],
    ["%%14593", DIRECTION_OUT],
    ["Inbound", DIRECTION_IN],
    ["Outbound", DIRECTION_OUT],
    ["Eingehend", DIRECTION_IN],
    ["Ausgehend", DIRECTION_OUT],
    ["%%14594", DIRECTION_FORWARD],
    ["Forward", DIRECTION_FORWARD],
    ["inbound", DIRECTION_IN],
    ["outbound", DIRECTION_OUT],
  ] as const
).map(([word, direction]) => ({ word: ascii(word), direction }));

const SECURITY = ascii("security");
const NONE = ascii("-");

/** One input's. */
export class EventInterpreter {
  /** Whether the last record was an event of the Security log, of whatever id. */
  isEvent = false;
  readonly #fields: EventFields;
  readonly #clock: DeviceClock;
  readonly #utc: DeviceClock;

  /** `fields`: where those of the event at hand are put. */
  constructor(fields: EventFields, clock: DeviceClock) {
    this.#fields = fields;
    this.#clock = clock;
    this.#utc = new DeviceClock("UTC", clock.referenceMs);
  }

  /** Fills the record of the event at hand, whose time may be known already. */
  interpret(into: LogRecord): LineStatus {
    const fields = this.#fields;
    if (!fields.has(SOURCE_ADDRESS)) readInnerEvent(fields);
    const id = fields.decimal(EVENT_ID);
    if (id < 0 || !isSecurity(fields)) return FOREIGN;
    this.isEvent = true;
    const verdict = VERDICTS[id - FIRST_ID];
    if (verdict === undefined) return FOREIGN;
    if (!fields.has(SOURCE_ADDRESS) && fields.has(MESSAGE)) readEventMessage(fields);
    into.text = fields.text;
    into.verdict = verdict;
    this.#show(EVENT_ID, into.action);
    this.#show(COMPUTER, into.observer);
    this.#show(APPLICATION, into.application);
    this.#show(FILTER_ID, into.ruleId);
    this.#show(FILTER_ORIGIN, into.reason);
    if (!this.#readTime(into)) return MALFORMED;
    into.protocol = protocolOf(fields);
    if (into.protocol > 255) return MALFORMED;
    if (verdict === VERDICT_NONE) {
      into.sourcePort = parsePort(fields.text, fields.start(SOURCE_PORT), fields.end(SOURCE_PORT));
      return NO_VERDICT;
    }
    into.phase = id >= FIRST_CONNECTION_ID ? PHASE_END : PHASE_PACKET;
    return this.#readPeers(id, into) ? PARSED : MALFORMED;
  }

  #show(field: number, span: Span): void {
    const fields = this.#fields;
    const start = fields.start(field);
    const end = fields.end(field);
    if (!equals(fields.text, NONE, start, end)) span.set(start, end);
  }

  /** The event's own time before the document's; false where there is one that cannot be read. */
  #readTime(into: LogRecord): boolean {
    const fields = this.#fields;
    for (const field of [SYSTEM_TIME, TIME_CREATED, EVENT_TIME]) {
      if (!fields.has(field)) continue;
      into.timeMs = this.#timeIn(field, field === SYSTEM_TIME ? this.#utc : this.#clock);
      return !Number.isNaN(into.timeMs);
    }
    if (fields.has(TIMESTAMP)) into.timeMs = this.#timeIn(TIMESTAMP, this.#clock);
    return true;
  }

  /** Seconds since 1970 where it is no date. */
  #timeIn(field: number, clock: DeviceClock): number {
    const { text } = this.#fields;
    const [start, end] = [this.#fields.start(field), this.#fields.end(field)];
    const ms = readLocalisedTime(text, start, end, clock);
    return Number.isNaN(ms) ? epochOrIsoTime(text, start, end) : ms;
  }

  #readPeers(id: number, into: LogRecord): boolean {
    const fields = this.#fields;
    const { text } = fields;
    const source = parseAddress(text, fields.start(SOURCE_ADDRESS), fields.end(SOURCE_ADDRESS), into.source);
    const destination = parseAddress(
      text,
      fields.start(DESTINATION_ADDRESS),
      fields.end(DESTINATION_ADDRESS),
      into.destination,
    );
    if (source === 0 || source !== destination) return false;
    into.ipVersion = source;
    into.sourcePort = parsePort(text, fields.start(SOURCE_PORT), fields.end(SOURCE_PORT));
    into.destinationPort = parsePort(text, fields.start(DESTINATION_PORT), fields.end(DESTINATION_PORT));
    const layer = layerOfId(fields.decimal(LAYER_ID));
    into.direction = directionOf(text, fields.start(DIRECTION), fields.end(DIRECTION));
    if (into.direction === DIRECTION_UNKNOWN && layer !== LAYER_OTHER)
      into.direction = layer === LAYER_CONNECT ? DIRECTION_OUT : DIRECTION_IN;
    if (id >= FIRST_CONNECTION_ID) orient(layer, into);
    if (into.protocol === ICMP || into.protocol === ICMPV6) readIcmp(into);
    return true;
  }
}

/** Puts the side that opened the connection first. */
function orient(layer: number, into: LogRecord): void {
  const { protocol, source, sourcePort, destination, destinationPort } = into;
  const isOwn = layer === LAYER_OTHER && isOwnConnection(source, sourcePort, destination, destinationPort);
  if (layer === LAYER_CONNECT || (into.direction === DIRECTION_IN && isOwn)) into.direction = DIRECTION_OUT;
  else if (layer === LAYER_ACCEPT) into.direction = DIRECTION_IN;
  into.sourceIsInitiator = into.direction !== DIRECTION_UNKNOWN;
  if (into.direction !== DIRECTION_IN || !isLocalFirst(protocol, source, sourcePort, destination, destinationPort))
    return;
  for (let word = 0; word < 4; word++) {
    const kept = source[word] as number;
    source[word] = destination[word] as number;
    destination[word] = kept;
  }
  into.sourcePort = destinationPort;
  into.destinationPort = sourcePort;
}

/** The filtering platform keeps the ICMP type where the local port would be, and the code in place of the remote one. */
function readIcmp(into: LogRecord): void {
  const isIn = into.direction === DIRECTION_IN;
  const type = isIn ? into.destinationPort : into.sourcePort;
  const code = isIn ? into.sourcePort : into.destinationPort;
  into.icmpType = type <= 255 ? type : -1;
  into.icmpCode = code <= 255 ? code : -1;
  into.sourcePort = -1;
  into.destinationPort = -1;
}

/** Whether the event is of the Security channel, or names none. */
function isSecurity(fields: EventFields): boolean {
  const start = fields.start(CHANNEL);
  const length = fields.end(CHANNEL) - start;
  if (length === 0) return true;
  if (length !== SECURITY.length) return false;
  for (let i = 0; i < length; i++) if (((fields.text[start + i] as number) | 0x20) !== SECURITY[i]) return false;
  return true;
}

/** IANA number; some tables have the name. */
function protocolOf(fields: EventFields): number {
  const number = fields.decimal(PROTOCOL);
  if (number >= 0 || !fields.has(PROTOCOL)) return number;
  return protocolNumber(textOf(fields.text, fields.start(PROTOCOL), fields.end(PROTOCOL)));
}

function directionOf(bytes: Uint8Array, start: number, end: number): RecordDirection {
  for (const { word, direction } of DIRECTIONS) if (equals(bytes, word, start, end)) return direction;
  return DIRECTION_UNKNOWN;
}
