/**
 * Windows events as rows of a spreadsheet: Event Viewer's export (five columns in the user's language and a message
 * without heading), PowerShell's `Export-Csv`, and tables whose headings are the event's own field names, with or without
 * dots in front (`winlog.event_data.SourceAddress`). The heading decides.
 */
import { COLON, COMMA, EQUALS, LF, SEMICOLON, TAB, textOf } from "../bytes.ts";
import { CsvRow } from "../lexing/csv-row.ts";
import {
  COMPUTER,
  EVENT_ID,
  type EventFields,
  eventField,
  fieldNameAt,
  MESSAGE,
  SYSTEM_TIME,
  TIME_CREATED,
} from "./event-fields.ts";

/** Headings that are no field names: Event Viewer's, by language (en, de, fr, es, it), and common ones of tools. */
const HEADINGS = new Map<string, number>([
  ["event id", EVENT_ID],
  ["eventcode", EVENT_ID],
  ["ereignis-id", EVENT_ID],
  ["id de l’événement", EVENT_ID],
  ["id de l'événement", EVENT_ID],
  ["id. del evento", EVENT_ID],
  ["id evento", EVENT_ID],
  ["date and time", TIME_CREATED],
  ["datum und uhrzeit", TIME_CREATED],
  ["date et heure", TIME_CREATED],
  ["fecha y hora", TIME_CREATED],
  ["data e ora", TIME_CREATED],
  ["description", MESSAGE],
  ["beschreibung", MESSAGE],
  // Log Analytics.
  ["timegenerated [utc]", SYSTEM_TIME],
  // Splunk's own columns: the whole event as text ends in the message.
  ["_time", TIME_CREATED],
  ["_raw", MESSAGE],
  ["host", COMPUTER],
  ["computername", COMPUTER],
]);
const IGNORED = -1;
const MIN_COLUMNS = 3;
const MAX_HEADING_BYTES = 4096;

const row = new CsvRow();

/** One file's columns. */
export class CsvEvents {
  #columns: number[] | null = null;
  #delimiter = COMMA;

  get hasHeading(): boolean {
    return this.#columns !== null;
  }

  /** Takes the row as the heading if it names an event id. */
  readHeading(bytes: Uint8Array, start: number, end: number): boolean {
    const to = Math.min(end, start + MAX_HEADING_BYTES);
    if (!mayBeHeading(bytes, start, to)) return false;
    const text = textOf(bytes, start, to);
    for (const [delimiter, character] of [
      [COMMA, ","],
      [SEMICOLON, ";"],
      [TAB, "\t"],
    ] as const) {
      const names = text.split(character).map((name) => name.trim().replace(/^"(.*)"$/s, "$1"));
      if (names.length < MIN_COLUMNS) continue;
      const columns = names.map(fieldOfHeading);
      if (!columns.includes(EVENT_ID)) continue;
      // Event Viewer appends the message and names no column for it.
      if (!columns.includes(MESSAGE)) columns.push(MESSAGE);
      this.#columns = columns;
      this.#delimiter = delimiter;
      return true;
    }
    return false;
  }

  /** Reads a row's cells; false where a quote stays open. `into` must have been cleared for it. */
  readRow(bytes: Uint8Array, start: number, end: number, into: EventFields): boolean {
    const columns = this.#columns ?? [];
    if (!row.read(bytes, start, end, this.#delimiter)) return false;
    for (let column = 0; column < row.count; column++) {
      const field = columns[column] ?? IGNORED;
      const { start: from, end: to } = row.cell(column);
      if (field === IGNORED || from === to) continue;
      into.text.set(row.text.subarray(from, to), into.room);
      into.take(field, into.room + to - from);
    }
    return true;
  }
}

/** Whether the row has cells enough, and none that only events have, so that most lines cost no text. */
function mayBeHeading(bytes: Uint8Array, start: number, end: number): boolean {
  let delimiters = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte === COMMA || byte === SEMICOLON || byte === TAB) delimiters++;
    else if (byte === COLON || byte === EQUALS || byte === LF) return false;
  }
  return delimiters >= MIN_COLUMNS - 1;
}

function fieldOfHeading(heading: string): number {
  const known = HEADINGS.get(heading.toLowerCase());
  if (known !== undefined) return known;
  const bytes = new TextEncoder().encode(heading);
  return eventField(bytes, fieldNameAt(bytes, 0, bytes.length), bytes.length);
}
