/** Events in whatever they were exported as: finds out what it is, and has its fields read. */
import { ascii, findBytes, isDigit, LESS, OPEN_BRACE, SPACE, startsWith } from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import { Envelope, readEnvelope } from "../envelopes/envelope.ts";
import { FOREIGN, type LineStatus, MALFORMED, STRUCTURE } from "../format.ts";
import { isAccessLog } from "../lexing/access-log.ts";
import type { LogRecord } from "../record.ts";
import { CEF_MARK_BYTES, cefEventAt, readCefEvent } from "./cef-event.ts";
import { CsvEvents } from "./csv-event.ts";
import { skipLead } from "./event-boundary.ts";
import { EVENT_ID, EventFields } from "./event-fields.ts";
import { EventInterpreter } from "./event-record.ts";
import { flatEventAt, readFlatEvent } from "./flat-event.ts";
import { readJsonEvent } from "./json-event.ts";
import { readSnareEvent, snareMarkAt } from "./snare-event.ts";
import { readTextEvent } from "./text-event.ts";
import { TEXT_EVENT, textEventAt } from "./text-event-start.ts";
import { findEvent, isXmlStructure, readXmlEvent, startsEvent } from "./xml-event.ts";

const TYPE_LINE = ascii("#TYPE ");
/** Words that any cut JSON event still shows. */
const EVENT_WORDS = ['"EventID"', '"event_id"', '"event_data"', '"EventData"', '"EventTime"'].map(ascii);

/** One input's reader; a spreadsheet's heading lasts from its row on. */
export class EventReader {
  readonly #clock: DeviceClock;
  readonly #fields = new EventFields();
  readonly #interpreter: EventInterpreter;
  readonly #csv = new CsvEvents();
  readonly #envelope = new Envelope();

  constructor(clock: DeviceClock) {
    this.#clock = clock;
    this.#interpreter = new EventInterpreter(this.#fields, clock);
  }

  /** Whether the last record was an event of the Security log, of whatever id. */
  get isEvent(): boolean {
    return this.#interpreter.isEvent;
  }

  read(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
    into.reset(bytes);
    this.#interpreter.isEvent = false;
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
    return readXmlEvent(bytes, from, end, this.#fields) ? this.#interpreter.interpret(into) : MALFORMED;
  }

  #readJson(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
    if (readJsonEvent(bytes, start, end, this.#fields)) return this.#interpreter.interpret(into);
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
      return this.#interpreter.interpret(into);
    }
    const snareAt = snareMarkAt(bytes, start, end);
    if (snareAt >= 0)
      return readSnareEvent(bytes, snareAt, end, this.#fields) ? this.#interpreter.interpret(into) : FOREIGN;
    const cefAt = cefEventAt(bytes, start, end);
    if (cefAt >= 0) return this.#readCef(bytes, start, cefAt, end, into);
    if (this.#csv.hasHeading) {
      const isWhole = this.#csv.readRow(bytes, start, end, this.#fields);
      if (this.#fields.decimal(EVENT_ID) >= 0) return isWhole ? this.#interpreter.interpret(into) : MALFORMED;
    }
    if (startsWith(bytes, TYPE_LINE, start, end) || this.#csv.readHeading(bytes, start, end)) return STRUCTURE;
    readEnvelope(bytes, start, end, this.#clock, this.#envelope);
    const { payload } = this.#envelope;
    this.#fields.clear(end - payload);
    const flatAt = flatEventAt(bytes, payload, end);
    if (flatAt >= 0 && isAccessLog(bytes, payload, end)) return FOREIGN;
    if (flatAt >= 0) return this.#readFlat(bytes, flatAt, end, into);
    if (payload === start) return FOREIGN;
    if (bytes[payload] === OPEN_BRACE) return this.#readJson(bytes, payload, end, into);
    return startsEvent(bytes, payload, end) ? this.#readXml(bytes, payload, end, into) : FOREIGN;
  }

  /** An event of a connector, whose header's time stands for one that it leaves out. Elsewhere it is some text of a stranger. */
  #readCef(bytes: Uint8Array, start: number, at: number, end: number, into: LogRecord): LineStatus {
    const { host, program } = this.#envelope;
    readEnvelope(bytes, start, end, this.#clock, this.#envelope);
    const cefAt = at - CEF_MARK_BYTES;
    // Where no program stands before it, it looks like one, and where no host does, like that.
    if (cefAt !== this.#envelope.payload && cefAt !== program.start && cefAt !== host.start) return FOREIGN;
    if (!readCefEvent(bytes, at, end, this.#fields)) return FOREIGN;
    into.timeMs = this.#envelope.timeMs;
    return this.#interpreter.interpret(into);
  }

  /** An event's text alone, of which the header in front tells time and host. */
  #readFlat(bytes: Uint8Array, at: number, end: number, into: LogRecord): LineStatus {
    if (!readFlatEvent(bytes, this.#envelope, at, end, this.#fields)) return FOREIGN;
    into.timeMs = this.#envelope.timeMs;
    return this.#interpreter.interpret(into);
  }
}

function isTrail(byte: number): boolean {
  return byte <= SPACE || byte === 0x2c || byte === 0x5d;
}
