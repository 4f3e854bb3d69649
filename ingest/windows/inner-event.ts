/**
 * An event whose fields stand in one of its texts, as XML or JSON: Microsoft Sentinel's `EventData`, EvtxECmd's `Payload`,
 * Splunk's `_raw` and any collector's message where it takes events as XML.
 */
import { copyOf, isDigit, LESS, OPEN_BRACE, SPACE } from "../bytes.ts";
import { type EventFields, INNER, MESSAGE } from "./event-fields.ts";
import { readJsonEvent } from "./json-event.ts";
import { readXmlEvent } from "./xml-event.ts";

/** Adds what such a text says to what stands around it, which comes first. */
export function readInnerEvent(fields: EventFields): void {
  for (const field of [INNER, MESSAGE]) {
    const end = fields.end(field);
    let start = fields.start(field);
    while (start < end && (fields.text[start] as number) <= SPACE) start++;
    const first = start < end ? fields.text[start] : 0;
    // A syslog line's priority is no element.
    if ((first !== LESS || isDigit(fields.text[start + 1])) && first !== OPEN_BRACE) continue;
    const inner = copyOf(fields.text, start, end);
    fields.reserve(inner.length);
    if (first === LESS) readXmlEvent(inner, 0, inner.length, fields);
    else readJsonEvent(inner, 0, inner.length, fields);
  }
}
