/**
 * A Windows event as JSON, in any of the shapes that collectors write: flat (NXLog), nested (Winlogbeat's
 * `winlog.event_data`, with or without dots in the keys), `Event`/`System`/`EventData` as in XML, and `Data` as a list of
 * names with texts. Only the last part of a key counts. Wazuh's `eventdata` has the names with a small first letter, which
 * elsewhere (`network.direction`) may mean something else.
 */
import { ascii, DOT, equals, isOneOf } from "../bytes.ts";
import {
  JSON_BROKEN,
  JSON_CLOSE_OBJECT,
  JSON_END,
  JSON_LITERAL,
  JSON_OPEN_OBJECT,
  JSON_STRING,
  JsonScanner,
  unescapeJson,
} from "../lexing/json-scan.ts";
import { type EventFields, eventField } from "./event-fields.ts";

const NAME_KEYS = ["Name", "@Name", "-Name"].map(ascii);
const EVENT_DATA = ascii("eventdata");
/** OpenTelemetry has the event's number in `event_id.id`. */
const TEXT_KEYS = ["text", "#text", "_", "$t", "Value", "id"].map(ascii);

/** Longer than any field's name. */
const MAX_NAME_BYTES = 32;

const scanner = new JsonScanner();
const capitalised = new Uint8Array(MAX_NAME_BYTES);

/** Reads the object in `[start, end)`; false where it is no whole JSON object. `into` must have been cleared for it. */
export function readJsonEvent(bytes: Uint8Array, start: number, end: number, into: EventFields): boolean {
  scanner.open(bytes, start, end);
  // In the innermost object: the field that it stands for or names, and its text.
  let field = -1;
  let textStart = -1;
  let textEnd = 0;
  /** Depth of Wazuh's `eventdata`, or 0. */
  let small = 0;
  for (;;) {
    const event = scanner.next();
    if (event === JSON_END) return true;
    if (event === JSON_BROKEN) return false;
    const { keyStart, keyEnd } = scanner;
    if (event === JSON_OPEN_OBJECT) {
      field = fieldOf(bytes, keyStart, keyEnd);
      textStart = -1;
      if (equals(bytes, EVENT_DATA, keyStart, keyEnd)) small = scanner.depth;
    } else if (event === JSON_CLOSE_OBJECT) {
      if (scanner.depth < small) small = 0;
      if (field >= 0 && textStart >= 0) put(bytes, textStart, textEnd, field, into);
      field = -1;
      textStart = -1;
    } else if (event === JSON_STRING || event === JSON_LITERAL) {
      const { valueStart, valueEnd } = scanner;
      if (isOneOf(bytes, NAME_KEYS, keyStart, keyEnd)) field = eventField(bytes, valueStart, valueEnd);
      else if (isOneOf(bytes, TEXT_KEYS, keyStart, keyEnd)) {
        textStart = valueStart;
        textEnd = valueEnd;
      } else {
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
  let from = end;
  while (from > start && bytes[from - 1] !== DOT) from--;
  return eventField(bytes, from, end);
}

/** Field of a name whose first letter was made small. */
function smallFieldOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length === 0 || length > MAX_NAME_BYTES) return -1;
  for (let i = 0; i < length; i++) capitalised[i] = bytes[start + i] as number;
  capitalised[0] = (capitalised[0] as number) & 0xdf;
  return eventField(capitalised, 0, length);
}
