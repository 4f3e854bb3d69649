/**
 * Firewall lines inside a collector's JSON: Filebeat, Logstash, Elasticsearch and Graylog exports, Splunk, Cribl, Fluent Bit,
 * Vector, Docker. The firewall's own line is the text of a key that all of them use for it; other texts (a browser's
 * name, a command line) may be a stranger's and are never read as lines. Where the collector has taken the syslog header
 * off, its own time and host name stand for it.
 */
import { ascii, DOT, equals, HASH, isOneOf, SPACE, startsWith } from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import { epochOrIsoTime } from "../clocks/document-time.ts";
import { readBsdTime, readIsoTime, type TimeCursor } from "../clocks/timestamps.ts";
import { Envelope, readEnvelope } from "../envelopes/envelope.ts";
import type { RecordEnd } from "../inputs/lines.ts";
import {
  JSON_BROKEN,
  JSON_CLOSE_OBJECT,
  JSON_END,
  JSON_LITERAL,
  JSON_OPEN_ARRAY,
  JSON_OPEN_OBJECT,
  JSON_STRING,
  JsonScanner,
} from "../lexing/json-scan.ts";
import { Scratch } from "../lexing/scratch.ts";
import { Span } from "../record.ts";
import { documentAt, isCeeLead, leadTime } from "./document-lead.ts";
import { JournalWriter } from "./journal-writer.ts";
import { LINE_NAMES } from "./line-names.ts";
import { isOfStranger } from "./strangers.ts";

export const LINE_KEYS = LINE_NAMES.map(ascii);
/** OpenTelemetry's `"body":{"stringValue":"..."}` and its named values, `{"key":"hostname","value":{"stringValue":"..."}}`. */
const BODY = ascii("body");
const KEY = ascii("key");
const VALUE = ascii("value");
const STRING_VALUE = ascii("stringValue");
const TIME_KEYS = [
  "@timestamp",
  "timestamp",
  "_time",
  "time",
  "date",
  "Timestamp",
  "TimeGenerated",
  "timereported",
  "ISODATE",
  "generated_at",
  "received_at",
  "event_time",
  "_ts",
  "__REALTIME_TIMESTAMP",
  "timeUnixNano",
  "observedTimeUnixNano",
].map(ascii);
/** NXLog's and syslog-ng's times, which are the host's own. */
const LOCAL_TIME_KEYS = ["EventTime", "DATE"].map(ascii);
export const HOST_KEYS = ["hostname", "host", "HOST", "Hostname", "HostName", "_host", "_HOSTNAME"].map(ascii);
/** Objects whose `name` or `hostname` is the host that the collector runs on. */
const COLLECTOR_KEYS = ["host", "agent", "beat"].map(ascii);
/** The object whose `name` or `hostname` is the device's in Elastic's documents. */
const OBSERVER_KEYS = ["observer"].map(ascii);
const NAMES = ["name", "hostname"].map(ascii);
/**
 * Objects whose `hostname` is the device's, not the collector's: the document itself, `log.syslog`, Splunk's `result`,
 * Datadog's `content`, Google Cloud's `jsonPayload`.
 */
const DEVICE_KEYS = ["syslog", "result", "content", "jsonPayload"].map(ascii);
const GRAYLOG = ascii("gl2_");
const SOURCE = ascii("source");
/** No firewall writes a shorter line. */
const MIN_LINE_BYTES = 24;
const MAX_LINES = 4;
const MAX_DEPTH = 4;
const cursor: TimeCursor = { end: 0 };
const envelope = new Envelope();

/** What may be a firewall's line in something around it, with what that says of it. */
export interface LinesWithin {
  /** How many texts may be the firewall's line. */
  readonly count: number;
  /** Where they stand in `bytes`; the first `count` hold. */
  readonly lines: readonly Span[];
  readonly bytes: Uint8Array;
  /** The device's name, as far as it is told. */
  readonly host: Span;
  /** The name of the host that the collector runs on: the device where it reads its own files. */
  readonly collector?: Span;
  /** The collector's time, UTC milliseconds, or NaN. */
  readonly timeMs: number;
  /** Whether it names another program than the kernel, and those that write for it, as the text's writer. */
  readonly isOfProgram?: boolean;
}

/** An input that consists of nothing but such documents, apart in a way of its own. */
export interface Entries extends LinesWithin {
  readonly recordEnd: RecordEnd;
  /** Whether `[start, end)` is what stands between documents. */
  isRemark(bytes: Uint8Array, start: number, end: number): boolean;
  /** Reads the document in `[start, end)`; false where there is no line in it. */
  read(bytes: Uint8Array, start: number, end: number): boolean;
}

/** One is reused for all lines of an input. */
export class WrappedLine implements LinesWithin {
  count = 0;
  readonly lines: readonly Span[] = Array.from({ length: MAX_LINES }, () => new Span());
  readonly host = new Span();
  readonly collector = new Span();
  timeMs = Number.NaN;
  readonly #clock: DeviceClock;
  readonly #scanner = new JsonScanner();
  readonly #scratch = new Scratch();
  readonly #writer = new JournalWriter();
  /** Whether the object at each depth tells the device's name. */
  readonly #isDevice: boolean[] = [];
  /** The key of the value at hand, or of the list that it stands in, and the depth of their object. */
  readonly #key = new Span();
  #depth = 0;
  /** The key of that object, or what stands before the last dot of the value's key. */
  readonly #object = new Span();
  readonly #list = new Span();
  /** Graylog's name for the device, which others give to a file; OpenTelemetry's name of the value at hand. */
  readonly #source = new Span();
  readonly #named = new Span();
  #isGraylog = false;
  /** The key of the object at each depth. */
  readonly #keys: readonly Span[] = Array.from({ length: MAX_DEPTH + 1 }, () => new Span());

  /** `clock`: for times without a zone that are the host's own. */
  constructor(clock: DeviceClock) {
    this.#clock = clock;
  }

  get bytes(): Uint8Array {
    return this.#scratch.bytes;
  }

  get isOfProgram(): boolean {
    return this.#writer.isProgram;
  }

  /** Whether `[start, end)` is a JSON object that may hold a line. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    const from = documentAt(bytes, start, end);
    if (from < 0) return false;
    this.count = 0;
    for (const span of [this.host, this.collector, this.#source, this.#named]) span.set(0, 0);
    this.timeMs = Number.NaN;
    this.#scratch.clear();
    this.#writer.clear();
    this.#isGraylog = false;
    let listDepth = 0;
    /** Of the object at hand that a stranger may have written, or 0. */
    let strangerDepth = 0;
    const scanner = this.#scanner;
    scanner.open(bytes, from, end);
    for (let event = scanner.next(); event !== JSON_END; event = scanner.next()) {
      // A document that is cut may hold the line whole.
      if (event === JSON_BROKEN) break;
      const { depth, keyStart, keyEnd } = scanner;
      if (event === JSON_OPEN_OBJECT) {
        this.#isDevice[depth] = depth === 1 || isOneOf(bytes, DEVICE_KEYS, keyStart, keyEnd);
        this.#keys[depth]?.set(keyStart, keyEnd);
        if (strangerDepth === 0 && isOfStranger(bytes, keyStart, keyEnd)) strangerDepth = depth;
      } else if (event === JSON_CLOSE_OBJECT) {
        if (depth < strangerDepth) strangerDepth = 0;
      } else if (event === JSON_OPEN_ARRAY) {
        this.#list.set(keyStart, keyEnd);
        listDepth = depth;
      } else if (depth <= MAX_DEPTH && strangerDepth === 0 && (event === JSON_STRING || event === JSON_LITERAL)) {
        // Elasticsearch answers with lists where it is asked for fields: `"message":["..."]`.
        const isListed = keyEnd === 0 && depth === listDepth;
        this.#key.set(isListed ? this.#list.start : keyStart, isListed ? this.#list.end : keyEnd);
        this.#depth = isListed ? depth - 1 : depth;
        this.#take(bytes, event);
      }
    }
    if (this.host.isEmpty && this.#isGraylog) this.host.set(this.#source.start, this.#source.end);
    if (isCeeLead(bytes, start, from)) this.#takeHeader(bytes, start, from);
    if (Number.isNaN(this.timeMs)) this.timeMs = leadTime(bytes, start, from);
    return this.count > 0;
  }

  #take(bytes: Uint8Array, event: number): void {
    const { valueStart, valueEnd } = this.#scanner;
    const { start, end: keyEnd } = this.#key;
    let keyStart = keyEnd;
    while (keyStart > start && bytes[keyStart - 1] !== DOT) keyStart--;
    const around = this.#keys[this.#depth] as Span;
    this.#object.set(keyStart > start ? start : around.start, keyStart > start ? keyStart - 1 : around.end);
    if (event === JSON_STRING) {
      if (isOneOf(bytes, LINE_KEYS, keyStart, keyEnd) || this.#isOf(bytes, STRING_VALUE, BODY)) {
        if (!isOfStranger(bytes, start, keyEnd)) this.#takeLine(bytes, valueStart, valueEnd);
      } else if (this.host.isEmpty && this.#namesDevice(bytes, keyStart)) {
        this.host.set(this.#scratch.appendJson(bytes, valueStart, valueEnd), this.#scratch.length);
      } else if (this.collector.isEmpty && this.#isNameOf(bytes, COLLECTOR_KEYS, keyStart)) {
        this.collector.set(this.#scratch.appendJson(bytes, valueStart, valueEnd), this.#scratch.length);
      } else if (startsWith(bytes, GRAYLOG, keyStart, keyEnd)) this.#isGraylog = true;
      else if (equals(bytes, KEY, keyStart, keyEnd)) this.#named.set(valueStart, valueEnd);
      else if (equals(bytes, SOURCE, keyStart, keyEnd))
        this.#source.set(this.#scratch.appendJson(bytes, valueStart, valueEnd), this.#scratch.length);
    }
    this.#writer.take(bytes, keyStart, keyEnd, valueStart, valueEnd, this.#object);
    if (!Number.isNaN(this.timeMs)) return;
    if (isOneOf(bytes, TIME_KEYS, keyStart, keyEnd)) this.timeMs = epochOrIsoTime(bytes, valueStart, valueEnd);
    else if (isOneOf(bytes, LOCAL_TIME_KEYS, keyStart, keyEnd))
      this.timeMs = this.#localTime(bytes, valueStart, valueEnd);
  }

  /** What the document does not tell, the syslog header in front of it does. */
  #takeHeader(bytes: Uint8Array, start: number, end: number): void {
    readEnvelope(bytes, start, end, this.#clock, envelope);
    if (Number.isNaN(this.timeMs)) this.timeMs = envelope.timeMs;
    const { host } = envelope;
    if (this.host.isEmpty && !host.isEmpty)
      this.host.set(this.#scratch.appendJson(bytes, host.start, host.end), this.#scratch.length);
  }

  #localTime(bytes: Uint8Array, start: number, end: number): number {
    const iso = readIsoTime(bytes, start, end, this.#clock, cursor);
    return Number.isNaN(iso) ? readBsdTime(bytes, start, end, this.#clock, cursor) : iso;
  }

  #isOf(bytes: Uint8Array, key: Uint8Array, object: Uint8Array): boolean {
    const { start, end } = this.#object;
    return equals(bytes, key, this.#key.start, this.#key.end) && equals(bytes, object, start, end);
  }

  #namesDevice(bytes: Uint8Array, nameAt: number): boolean {
    if (this.#isDevice[this.#depth] === true && isOneOf(bytes, HOST_KEYS, nameAt, this.#key.end)) return true;
    if (this.#isOf(bytes, STRING_VALUE, VALUE)) return isOneOf(bytes, HOST_KEYS, this.#named.start, this.#named.end);
    return this.#isNameOf(bytes, OBSERVER_KEYS, nameAt);
  }

  /** Whether the key is the name of one of these objects; `nameAt`: the last part of the key. */
  #isNameOf(bytes: Uint8Array, objects: readonly Uint8Array[], nameAt: number): boolean {
    const { start, end } = this.#object;
    return isOneOf(bytes, NAMES, nameAt, this.#key.end) && isOneOf(bytes, objects, start, end);
  }

  #takeLine(bytes: Uint8Array, valueStart: number, valueEnd: number): void {
    if (this.count === MAX_LINES || valueEnd - valueStart < MIN_LINE_BYTES) return;
    const start = this.#scratch.appendJson(bytes, valueStart, valueEnd);
    let end = this.#scratch.length;
    while (end > start && (this.bytes[end - 1] as number) <= SPACE) end--;
    // A `#Fields` header would hold for lines outside this document.
    if (this.bytes[start] === HASH) return;
    (this.lines[this.count++] as Span).set(start, end);
  }
}
