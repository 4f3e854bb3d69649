/** A log line's fields, by the parser that the audit itself used. */
import { DeviceClock, isKnownZone } from "../../../ingest/clocks/device-clock.ts";
import { ecsDocument } from "../../../ingest/ecs/ecs.ts";
import { NO_VERDICT, PARSED } from "../../../ingest/format.ts";
import { formatById } from "../../../ingest/formats.ts";
import { LogRecord } from "../../../ingest/record.ts";

export interface ParsedLine {
  /** Id of the log format; null: no format that was found in this input reads the line. */
  format: string | null;
  /** ECS names, in their document's order. */
  fields: readonly (readonly [name: string, value: string])[];
}

/** They say where the line stands, are the same for every line of a file, or say again what another says. */
const LEFT_OUT =
  /^(?:ecs\.|log\.|event\.(?:kind|category|type|module)$|network\.(?:type|iana_number)$|observer\.(?:type|vendor|product)$|ringfence\.line$)/;

/**
 * @param head the file's first lines: formats with a column header need them
 * @param zone of times that carry none
 */
export function parsedLine(
  text: string,
  formats: readonly string[],
  head: readonly string[],
  zone: string,
  referenceMs: number,
): ParsedLine {
  const encoder = new TextEncoder();
  const record = new LogRecord();
  const context = { clock: new DeviceClock(isKnownZone(zone) ? zone : "UTC", referenceMs) };
  for (const id of formats) {
    const parse = formatById(id)?.open(context);
    if (!parse) continue;
    for (const line of head) {
      const bytes = encoder.encode(line);
      parse(bytes, 0, bytes.length, record);
    }
    const bytes = encoder.encode(text);
    const status = parse(bytes, 0, bytes.length, record);
    if (status === PARSED || status === NO_VERDICT) {
      const fields = flattened(ecsDocument(record, { line: 0, format: id }), "");
      return { format: id, fields: fields.filter(([name]) => !LEFT_OUT.test(name)) };
    }
  }
  return { format: null, fields: [] };
}

function flattened(value: object, prefix: string): [name: string, value: string][] {
  return Object.entries(value).flatMap(([key, inner]): [string, string][] => {
    const name = `${prefix}${key}`;
    if (Array.isArray(inner)) return [[name, inner.join(", ")]];
    return typeof inner === "object" && inner !== null
      ? flattened(inner, `${name}.`)
      : [[name, String(inner).replace(/(T\d\d:\d\d:\d\d)\.000Z$/, "$1Z")]];
  });
}
