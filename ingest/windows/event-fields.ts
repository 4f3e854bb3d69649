/**
 * What a Windows event says of a connection, whatever it was exported as: XML, JSON and CSV readers put decoded texts
 * here under one set of field numbers, and the format reads its record from them.
 */
import { ascii, DOT, parseDecimal, startsWith } from "../bytes.ts";

export const EVENT_ID = 0;
export const CHANNEL = 1;
export const COMPUTER = 2;
/** The event's own time, in a program's rendering: local where it shows no zone. */
export const TIME_CREATED = 3;
/** The collector's rendering of it, mostly local. */
export const EVENT_TIME = 4;
/** The time of the document: for Winlogbeat the event's, for others its arrival. */
export const TIMESTAMP = 5;
export const APPLICATION = 6;
export const DIRECTION = 7;
export const SOURCE_ADDRESS = 8;
export const SOURCE_PORT = 9;
export const DESTINATION_ADDRESS = 10;
export const DESTINATION_PORT = 11;
export const PROTOCOL = 12;
export const FILTER_ORIGIN = 13;
export const FILTER_ID = 14;
export const LAYER_NAME = 15;
export const LAYER_ID = 16;
/** The event as the event log words it, in the language of the host. */
export const MESSAGE = 17;
/** The event's own time as the event log keeps it: UTC, even where an exporter dropped the `Z`. */
export const SYSTEM_TIME = 18;
/** The event, or its fields, as a document of its own. */
export const INNER = 19;
const FIELD_COUNT = 20;

/**
 * Names of the fields in XML, in the JSON of Winlogbeat, NXLog, PowerShell, Wazuh, OpenTelemetry, Splunk (which takes the last ones from
 * the message) and others, and as columns.
 */
const NAMES: readonly (readonly [field: number, ...names: string[]])[] = [
  [EVENT_ID, "EventID", "event_id", "EventId", "Id", "eventID", "EventCode"],
  [CHANNEL, "Channel", "channel", "LogName"],
  [COMPUTER, "Computer", "computer_name", "Hostname", "MachineName", "computer", "ComputerName"],
  [SYSTEM_TIME, "SystemTime", "systemTime", "system_time", "@SystemTime", "-SystemTime"],
  [TIME_CREATED, "TimeCreated", "TimeGenerated", "timeCreated"],
  [EVENT_TIME, "EventTime"],
  [TIMESTAMP, "@timestamp", "timestamp", "timeUnixNano", "_time", "time"],
  [APPLICATION, "Application", "Application_Name"],
  [DIRECTION, "Direction"],
  [SOURCE_ADDRESS, "SourceAddress", "Source_Address"],
  [SOURCE_PORT, "SourcePort", "Source_Port"],
  [DESTINATION_ADDRESS, "DestAddress", "Destination_Address"],
  [DESTINATION_PORT, "DestPort", "Destination_Port"],
  [PROTOCOL, "Protocol"],
  [FILTER_ORIGIN, "FilterOrigin", "Filter_Origin"],
  [FILTER_ID, "FilterRTID", "Filter_Run_Time_ID"],
  [LAYER_NAME, "LayerName", "Layer_Name"],
  [LAYER_ID, "LayerRTID", "Layer_Run_Time_ID"],
  [MESSAGE, "Message", "message", "full_message"],
  [INNER, "EventData", "Payload", "_raw", "original", "event_data"],
];

const encoder = new TextEncoder();
const SLOTS = 256;
const slots: { name: Uint8Array; field: number }[][] = Array.from({ length: SLOTS }, () => []);
for (const [field, ...names] of NAMES) {
  for (const text of names) {
    const name = encoder.encode(text);
    (slots[slotOf(name, 0, name.length)] as { name: Uint8Array; field: number }[]).push({ name, field });
  }
}

function slotOf(bytes: Uint8Array, start: number, end: number): number {
  return ((end - start) * 31 + (bytes[start] as number) * 7 + (bytes[end - 1] as number)) & (SLOTS - 1);
}

/** Field of the name that fills `[start, end)`, or -1. */
export function eventField(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return -1;
  for (const { name, field } of slots[slotOf(bytes, start, end)] as { name: Uint8Array; field: number }[]) {
    if (name.length !== end - start) continue;
    let i = 0;
    while (i < name.length && name[i] === bytes[start + i]) i++;
    if (i === name.length) return field;
  }
  return -1;
}

const BEATS_PREFIXES = ["winlogbeat_", "winlog_", "event_data_"].map(ascii);

/** Where a field's name begins in `[start, end)`: behind dots, and behind what Graylog puts there, `winlogbeat_winlog_event_data_`. */
export function fieldNameAt(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && bytes[at - 1] !== DOT) at--;
  if (bytes[at] === 0x77)
    for (const prefix of BEATS_PREFIXES) if (startsWith(bytes, prefix, at, end)) at += prefix.length;
  return at;
}

export class EventFields {
  /** Holds the texts of all fields. */
  text: Uint8Array = new Uint8Array(4096);
  #length = 0;
  readonly #starts = new Int32Array(FIELD_COUNT);
  readonly #ends = new Int32Array(FIELD_COUNT);

  /** Forgets the last event; the next needs no more than `bytes` bytes of text. */
  clear(bytes: number): void {
    if (this.text.length < bytes) this.text = new Uint8Array(bytes * 2);
    this.#length = 0;
    this.#starts.fill(0);
    this.#ends.fill(0);
  }

  /** Makes room for so many bytes more than the event had. */
  reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (this.text.length >= needed) return;
    const larger = new Uint8Array(2 * needed);
    larger.set(this.text.subarray(0, this.#length));
    this.text = larger;
  }

  /** Where to write the next text. */
  get room(): number {
    return this.#length;
  }

  /** Gives the text written from `room` to `end` to the field, unless it has one already: the first of a name counts. */
  take(field: number, end: number): void {
    if (this.has(field)) return;
    this.#starts[field] = this.#length;
    this.#ends[field] = end;
    this.#length = end;
  }

  /** Gives a text from elsewhere to the field. */
  takeText(text: string, field: number): void {
    const bytes = encoder.encode(text);
    this.reserve(bytes.length);
    this.text.set(bytes, this.#length);
    this.take(field, this.#length + bytes.length);
  }

  /** Gives a part of `text` to the field. */
  share(field: number, start: number, end: number): void {
    this.#starts[field] = start;
    this.#ends[field] = end;
  }

  has(field: number): boolean {
    return this.end(field) > this.start(field);
  }

  start(field: number): number {
    return this.#starts[field] as number;
  }

  end(field: number): number {
    return this.#ends[field] as number;
  }

  /** Unsigned decimal, or -1. */
  decimal(field: number): number {
    return parseDecimal(this.text, this.start(field), this.end(field));
  }
}
