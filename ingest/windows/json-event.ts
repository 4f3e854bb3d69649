/**
 * A Windows event as JSON, in any of the shapes that collectors write: flat (NXLog), nested (Winlogbeat's
 * `winlog.event_data`, with or without dots in the keys), `Event`/`System`/`EventData` as in XML, and `Data` as a list of
 * names with texts. Only the last part of a key counts. Wazuh's `eventdata` has the names with a small first letter, which
 * elsewhere (`network.direction`) may mean something else.
 */
import { ascii, equals, isOneOf } from "../bytes.ts";
import { isOfStranger } from "../documents/strangers.ts";
import {
  JSON_BROKEN,
  JSON_CLOSE_OBJECT,
  JSON_END,
  JSON_LITERAL,
  JSON_OPEN_ARRAY,
  JSON_OPEN_OBJECT,
  JSON_STRING,
  JsonScanner,
  unescapeJson,
} from "../lexing/json-scan.ts";
import { EVENT_ID, type EventFields, eventField, fieldNameAt } from "./event-fields.ts";

const NAME_KEYS = ["Name", "@Name", "-Name", "key"].map(ascii);
const EVENT_DATA = ascii("eventdata");
/** OpenTelemetry has the event's number in `event_id.id`: three levels below the name `event_id` where names are texts. */
const NUMBER = ascii("id");
const TEXT_KEYS = ["text", "#text", "_", "$t", "Value", "id", "stringValue", "intValue"].map(ascii);
/** What its exporter to files puts around the text of a named value: `{"key":"channel","value":{"stringValue":"Security"}}`. */
const VALUE = ascii("value");

/** More than the scanner follows into. */
const MAX_OBJECTS = 66;
/** Longer than any field's name. */
const MAX_NAME_BYTES = 32;

const scanner = new JsonScanner();
const capitalised = new Uint8Array(MAX_NAME_BYTES);

/** By depth: the field that the object there stands for or names, and its text. */
const fields = new Int32Array(MAX_OBJECTS);
const textStarts = new Int32Array(MAX_OBJECTS);
const textEnds = new Int32Array(MAX_OBJECTS);

/** Reads the object in `[start, end)`; false where it is no whole JSON object. `into` must have been cleared for it. */
export function readJsonEvent(bytes: Uint8Array, start: number, end: number, into: EventFields): boolean {
  scanner.open(bytes, start, end);
  /** Depth of Wazuh's `eventdata`, or 0. */
  let small = 0;
  /** Of the object at hand that a stranger may have written, or 0. */
  let strangerDepth = 0;
  /** The field whose texts the innermost list holds, as Elasticsearch answers where it is asked for fields. */
  let list = -1;
  let listDepth = 0;
  for (;;) {
    const event = scanner.next();
    if (event === JSON_END) return true;
    if (event === JSON_BROKEN) return false;
    const { keyStart, keyEnd, depth } = scanner;
    if (event === JSON_OPEN_OBJECT) {
      const isValue = equals(bytes, VALUE, keyStart, keyEnd);
      fields[depth] = isValue ? (fields[depth - 1] as number) : fieldOf(bytes, keyStart, keyEnd);
      textStarts[depth] = -1;
      if (strangerDepth === 0 && isOfStranger(bytes, keyStart, keyEnd)) strangerDepth = depth;
      if (equals(bytes, EVENT_DATA, keyStart, keyEnd)) small = depth;
    } else if (event === JSON_OPEN_ARRAY) {
      list = isOfStranger(bytes, keyStart, keyEnd) ? -1 : fieldOf(bytes, keyStart, keyEnd);
      listDepth = depth;
      fields[depth] = -1;
    } else if (event === JSON_CLOSE_OBJECT) {
      if (depth < small) small = 0;
      if (depth < strangerDepth) strangerDepth = 0;
      const field = fields[depth + 1] as number;
      const textStart = textStarts[depth + 1] as number;
      if (field >= 0 && textStart >= 0) put(bytes, textStart, textEnds[depth + 1] as number, field, into);
    } else if (event === JSON_STRING || event === JSON_LITERAL) {
      const { valueStart, valueEnd } = scanner;
      if (isOneOf(bytes, NAME_KEYS, keyStart, keyEnd)) {
        const isNumber = depth > 3 && fields[depth - 3] === EVENT_ID && equals(bytes, NUMBER, valueStart, valueEnd);
        fields[depth] = isNumber ? EVENT_ID : eventField(bytes, valueStart, valueEnd);
      } else if (isOneOf(bytes, TEXT_KEYS, keyStart, keyEnd)) {
        textStarts[depth] = valueStart;
        textEnds[depth] = valueEnd;
      } else if (keyEnd === 0) {
        if (list >= 0 && depth === listDepth && strangerDepth === 0) put(bytes, valueStart, valueEnd, list, into);
      } else {
        if (strangerDepth > 0 || isOfStranger(bytes, keyStart, keyEnd)) continue;
        const own = small > 0 ? smallFieldOf(bytes, keyStart, keyEnd) : fieldOf(bytes, keyStart, keyEnd);
        if (own >= 0) put(bytes, valueStart, valueEnd, own, into);
      }
    }
  }
}

function put(bytes: Uint8Array, start: number, end: number, field: number, into: EventFields): void {
  into.take(field, unescapeJson(bytes, start, end, into.text, into.room));
}

function fieldOf(bytes: Uint8Array, start: number, end: number): number {
  return eventField(bytes, fieldNameAt(bytes, start, end), end);
}

/** Field of a name whose first letter was made small. */
function smallFieldOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length === 0 || length > MAX_NAME_BYTES) return -1;
  for (let i = 0; i < length; i++) capitalised[i] = bytes[start + i] as number;
  capitalised[0] = (capitalised[0] as number) & 0xdf;
  return eventField(capitalised, 0, length);
}
