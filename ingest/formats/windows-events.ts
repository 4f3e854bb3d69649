/**
 * Windows filtering platform events of the Security log (Vista, Server 2008 and later), exported as XML (wevtutil, Event
 * Viewer), JSON (of collectors and evtx converters, pretty-printed or not), CSV (Event Viewer, PowerShell), text
 * (wevtutil, Splunk, `Format-List`), syslog (Snare, Eventlog to Syslog, OSSEC, WinCollect) or CEF (ArcSight).
 * https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/audit-filtering-platform-connection
 *
 *   <Event><System><EventID>5157</EventID><TimeCreated SystemTime='2026-07-03T17:10:30.1234567Z'/>...</System><EventData>
 *   <Data Name='Direction'>%%14592</Data><Data Name='SourceAddress'>198.51.100.9</Data>...<Data Name='LayerRTID'>44</Data>...
 *
 * Gaps: PowerShell's Export-Clixml is FOREIGN. No TCP flags, no sizes. One attempt can give 5152 (the packet) and 5157 (the
 * connection), with nothing in either that ties them: both count. 5156 comes once a side for loopback.
 */
import { parseAddress } from "../address.ts";
import { ascii, equals, findBytes, isDigit, LESS, OPEN_BRACE, parsePort, SPACE, startsWith, textOf } from "../bytes.ts";
import { DeviceClock } from "../clocks/device-clock.ts";
import { readLocalisedTime } from "../clocks/localised-time.ts";
import { epochOrIsoTime } from "../documents/wrapped-line.ts";
import { Envelope, readEnvelope } from "../envelopes/envelope.ts";
import { FOREIGN, type LineStatus, type LogFormat, MALFORMED, NO_VERDICT, PARSED, STRUCTURE } from "../format.ts";
import { ICMP, ICMPV6, protocolNumber } from "../protocols.ts";
import {
  DIRECTION_FORWARD,
  DIRECTION_IN,
  DIRECTION_OUT,
  DIRECTION_UNKNOWN,
  LogRecord,
  PHASE_END,
  PHASE_PACKET,
  type RecordDirection,
  type Span,
  VERDICT_ALLOW,
  VERDICT_DENY,
  VERDICT_NONE,
  type Verdict,
} from "../record.ts";
import { cefEventAt, readCefEvent } from "../windows/cef-event.ts";
import { CsvEvents } from "../windows/csv-event.ts";
import { eventEnd, skipLead } from "../windows/event-boundary.ts";
import {
  APPLICATION,
  CHANNEL,
  COMPUTER,
  DESTINATION_ADDRESS,
  DESTINATION_PORT,
  DIRECTION,
  EVENT_ID,
  EVENT_TIME,
  EventFields,
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
} from "../windows/event-fields.ts";
import { readEventMessage } from "../windows/event-message.ts";
import { flatEventAt, readFlatEvent } from "../windows/flat-event.ts";
import { readInnerEvent } from "../windows/inner-event.ts";
import { readJsonEvent } from "../windows/json-event.ts";
import { readSnareEvent, snareMarkAt } from "../windows/snare-event.ts";
import { readTextEvent, TEXT_EVENT, textEventAt } from "../windows/text-event.ts";
import {
  isLocalFirst,
  isOwnConnection,
  LAYER_ACCEPT,
  LAYER_CONNECT,
  LAYER_OTHER,
  layerOfId,
} from "../windows/wfp-orientation.ts";
import { findEvent, isXmlStructure, readXmlEvent, startsEvent } from "../windows/xml-event.ts";

const FIRST_ID = 5150;
const IDS_BEGIN = ascii("515");
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
const TYPE_LINE = ascii("#TYPE ");
/** Words that any cut JSON event still shows. */
const EVENT_WORDS = ['"EventID"', '"event_id"', '"event_data"', '"EventData"', '"EventTime"'].map(ascii);

/** One input's reader; a spreadsheet's heading lasts from its row on. */
class EventReader {
  /** Whether the last record was an event of the Security log, of whatever id. */
  isEvent = false;
  readonly #clock: DeviceClock;
  readonly #utc: DeviceClock;
  readonly #fields = new EventFields();
  readonly #csv = new CsvEvents();
  readonly #envelope = new Envelope();

  constructor(clock: DeviceClock) {
    this.#clock = clock;
    this.#utc = new DeviceClock("UTC", clock.referenceMs);
  }

  read(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
    into.reset(bytes);
    this.isEvent = false;
    let from = skipLead(bytes, start, end);
    while (from < end && (bytes[from] as number) <= SPACE) from = skipLead(bytes, from + 1, end);
    let to = end;
    while (to > from && isTrail(bytes[to - 1] as number)) to--;
    if (from === to) return STRUCTURE;
    this.#fields.clear(to - from);
    const first = bytes[from];
    if (first === OPEN_BRACE) return this.#readJson(bytes, from, to, into);
    if (first === LESS && !isDigit(bytes[from + 1])) return this.#readXml(bytes, from, to, into);
    return this.#readText(bytes, from, to, into);
  }

  #readXml(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
    const isStructure = isXmlStructure(bytes, start, end);
    const from = isStructure ? findEvent(bytes, start, end) : start;
    if (from < 0) return STRUCTURE;
    if (!startsEvent(bytes, from, end)) return FOREIGN;
    return readXmlEvent(bytes, from, end, this.#fields) ? this.#interpret(into) : MALFORMED;
  }

  #readJson(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
    if (readJsonEvent(bytes, start, end, this.#fields)) return this.#interpret(into);
    for (const word of EVENT_WORDS) if (findBytes(bytes, word, start, end) >= 0) return MALFORMED;
    return FOREIGN;
  }

  /** An event as text or from Snare, a row of a spreadsheet, its heading, or a collector's envelope around an event. */
  #readText(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
    if (textEventAt(bytes, start, end) === TEXT_EVENT) {
      // Event Viewer copies the event twice; its XML has the exact time, in UTC.
      const xmlAt = findEvent(bytes, start, end);
      if (xmlAt >= 0) return this.#readXml(bytes, xmlAt, end, into);
      readTextEvent(bytes, start, end, this.#fields);
      return this.#interpret(into);
    }
    const snareAt = snareMarkAt(bytes, start, end);
    if (snareAt >= 0) return readSnareEvent(bytes, snareAt, end, this.#fields) ? this.#interpret(into) : FOREIGN;
    const cefAt = cefEventAt(bytes, start, end);
    if (cefAt >= 0) return this.#readCef(bytes, start, cefAt, end, into);
    if (this.#csv.hasHeading) {
      const isWhole = this.#csv.readRow(bytes, start, end, this.#fields);
      if (this.#fields.decimal(EVENT_ID) >= 0) return isWhole ? this.#interpret(into) : MALFORMED;
    }
    if (startsWith(bytes, TYPE_LINE, start, end) || this.#csv.readHeading(bytes, start, end)) return STRUCTURE;
    readEnvelope(bytes, start, end, this.#clock, this.#envelope);
    const { payload } = this.#envelope;
    this.#fields.clear(end - payload);
    const flatAt = flatEventAt(bytes, payload, end);
    if (flatAt >= 0) return this.#readFlat(bytes, payload, flatAt, end, into);
    if (payload === start) return FOREIGN;
    if (bytes[payload] === OPEN_BRACE) return this.#readJson(bytes, payload, end, into);
    return startsEvent(bytes, payload, end) ? this.#readXml(bytes, payload, end, into) : FOREIGN;
  }

  /** An event of a connector, whose header's time stands for one that it leaves out. */
  #readCef(bytes: Uint8Array, start: number, at: number, end: number, into: LogRecord): LineStatus {
    if (!readCefEvent(bytes, at, end, this.#fields)) return FOREIGN;
    readEnvelope(bytes, start, at, this.#clock, this.#envelope);
    into.timeMs = this.#envelope.timeMs;
    return this.#interpret(into);
  }

  /** An event's text alone, of which the header in front tells time and host. */
  #readFlat(bytes: Uint8Array, start: number, at: number, end: number, into: LogRecord): LineStatus {
    const { host, timeMs } = this.#envelope;
    if (!readFlatEvent(bytes, start, at, end, host, this.#fields)) return FOREIGN;
    into.timeMs = timeMs;
    return this.#interpret(into);
  }

  #interpret(into: LogRecord): LineStatus {
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

function isTrail(byte: number): boolean {
  return byte <= SPACE || byte === 0x2c || byte === 0x5d;
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

/** What a Security log without a single event of ours in its first bytes is worth: they may follow. */
const OTHER_EVENT_SHARE = 0.05;

/** The share of the head's records that are events of ours, other events of the same log counting a little. */
function sniff(head: Uint8Array): number {
  const reader = new EventReader(new DeviceClock("UTC", 0));
  const record = new LogRecord();
  let records = 0;
  let ours = 0;
  for (let start = 0; start < head.length; ) {
    const next = eventEnd(head, start, head.length);
    const isCut = next < 0 && start > 0;
    const end = next < 0 ? head.length : next;
    const status = isCut ? STRUCTURE : reader.read(head, start, end, record);
    if (status !== STRUCTURE) records++;
    if (status === PARSED || status === NO_VERDICT) ours++;
    else if (!isCut && reader.isEvent) ours += OTHER_EVENT_SHARE;
    start = end;
  }
  return records === 0 ? 0 : ours / records;
}

export const windowsEvents: LogFormat = {
  id: "windows-events",
  platform: "windows",
  title: "Windows Security log, filtering platform events 5152 to 5159",
  reference:
    "https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/audit-filtering-platform-connection",
  samples: [
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>5157</EventID><TimeCreated SystemTime='2026-07-03T17:10:30.1234567Z'/><Channel>Security</Channel><Computer>PBX01.example.com</Computer></System><EventData><Data Name='ProcessID'>4</Data><Data Name='Application'>\\device\\harddiskvolume2\\pbx\\server.exe</Data><Data Name='Direction'>%%14592</Data><Data Name='SourceAddress'>198.51.100.9</Data><Data Name='SourcePort'>40001</Data><Data Name='DestAddress'>192.168.10.5</Data><Data Name='DestPort'>5061</Data><Data Name='Protocol'>6</Data><Data Name='FilterRTID'>70001</Data><Data Name='LayerName'>%%14610</Data><Data Name='LayerRTID'>44</Data></EventData></Event>",
    '{"@timestamp":"2026-07-03T17:10:31.250Z","winlog":{"channel":"Security","computer_name":"PBX01.example.com","event_id":"5156","event_data":{"Application":"\\\\device\\\\harddiskvolume2\\\\pbx\\\\server.exe","Direction":"%%14593","SourceAddress":"192.168.10.5","SourcePort":"50001","DestAddress":"203.0.113.7","DestPort":"5060","Protocol":"17","FilterRTID":"70002","LayerRTID":"48"}}}',
    '{"EventTime":"2026-07-03 19:10:32","Hostname":"PBX01.example.com","EventID":5152,"Channel":"Security","Application":"-","Direction":"%%14592","SourceAddress":"198.51.100.9","SourcePort":"40002","DestAddress":"192.168.10.5","DestPort":"5060","Protocol":"17","FilterRTID":"70003","LayerRTID":"13"}',
    "Keywords,Date and Time,Source,Event ID,Task Category",
    'Audit Success,7/3/2026 7:10:33 PM,Microsoft-Windows-Security-Auditing,5156,Filtering Platform Connection,"The Windows Filtering Platform has permitted a connection.\n\nApplication Information:\n\tProcess ID:\t\t4\n\tApplication Name:\tSystem\n\nNetwork Information:\n\tDirection:\t\tInbound\n\tSource Address:\t\t192.168.10.20\n\tSource Port:\t\t50100\n\tDestination Address:\t192.168.10.5\n\tDestination Port:\t\t445\n\tProtocol:\t\t6\n\nFilter Information:\n\tFilter Run-Time ID:\t70004\n\tLayer Name:\t\tReceive/Accept\n\tLayer Run-Time ID:\t44"',
  ],
  unit: "sessions",
  shows: [
    "Every connection that was allowed (5156) or blocked (5157) with the program that it was for, and every dropped packet (5152, 5153).",
    "Which side opened it, the host, the filter's run-time id and, on newer builds, the filter's origin.",
    "Programs that listen on or bind a port (5154, 5158), or were kept from it (5155, 5159): read, but no verdict on traffic.",
  ],
  hides: [
    "TCP flags, sizes and packet counts, and how long a connection lived.",
    "Whether a dropped packet (5152) and a blocked connection (5157) were one attempt: with both subcategories on it counts twice.",
    "Which firewall rule it was: the run-time id is valid only until the filters are rebuilt.",
    "For older systems, by a field of its own, which address of an inbound connection is the local one: ports and addresses tell.",
  ],
  enable: [
    'Allowed traffic: `auditpol /set /subcategory:"{0CCE9226-69AE-11D9-BED3-505054503030}" /success:enable` (Filtering Platform Connection).',
    "Denied traffic: the same subcategory with `/failure:enable`.",
    'Default deny and single packets: `auditpol /set /subcategory:"{0CCE9225-69AE-11D9-BED3-505054503030}" /failure:enable` (Filtering Platform Packet Drop).',
    'Export: `wevtutil qe Security /q:"*[System[EventID>=5152 and EventID<=5159]]" /f:xml /e:Events > events.xml`.',
    "Other exports are read alike: `wevtutil /f:text`, `Get-WinEvent` with `Export-Csv` or `Format-List`, Event Viewer's CSV and XML, Winlogbeat, NXLog, Wazuh, Splunk, Snare, Eventlog to Syslog, WinCollect, ArcSight, OpenTelemetry, Fluent Bit, Microsoft Sentinel, EvtxECmd.",
  ],
  sniff,
  // The ids begin so; texts that name none have a sentence.
  mayBe: (bytes, start, end) => findBytes(bytes, IDS_BEGIN, start, end) >= 0 || flatEventAt(bytes, start, end) >= 0,
  recordEnd: eventEnd,
  open: ({ clock }) => {
    const reader = new EventReader(clock);
    return (bytes, start, end, into) => reader.read(bytes, start, end, into);
  },
};
