/**
 * Headers that viewers and collectors put in front of a line when they give it out: columns between tabs (the log pages of
 * OPNsense and pfSense), Papertrail's archives, Wazuh's archive, LogRhythm, Loki's labels, Grafana's text. Kept off the way of the common ones (envelope.ts).
 */
import {
  ascii,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  findByte,
  findBytes,
  GREATER,
  isDigit,
  isOneOf,
  LESS,
  OPEN_BRACE,
  OPEN_BRACKET,
  parseDecimal,
  SLASH,
  SPACE,
  TAB,
} from "../bytes.ts";
import { DeviceClock } from "../clocks/device-clock.ts";
import { readIsoTime, readSpacedIsoTime, type TimeCursor, twoDigits } from "../clocks/timestamps.ts";
import type { EnvelopeFields } from "./envelope-fields.ts";
import { readYearFirst, YEAR_FIRST_BYTES } from "./rare-times.ts";

const SEVERITIES = "Emergency Alert Critical Error Warning Notice Informational Debug".split(" ").map(ascii);
const MAX_COLUMN_BYTES = 48;
const ARROW = ascii("->");
const MAX_ARCHIVE_BYTES = 512;
const MAX_LABEL_BYTES = 1024;

/**
 * Behind a time that ends at `at`: the severity perhaps, the program, its process id perhaps, and the message, as OPNsense
 * exports its logs (`\tInformational\tfilterlog\t4,,,...`) and as pfSense's page copies (`\tfilterlog\t72237\t4,,,...`).
 * False where there are no such columns.
 */
export function readTabColumns(bytes: Uint8Array, at: number, end: number, into: EnvelopeFields): boolean {
  let programAt = afterBlanks(bytes, at, end);
  let columnEnd = columnEndAt(bytes, programAt, end);
  if (isOneOf(bytes, SEVERITIES, programAt, columnEnd)) {
    programAt = afterBlanks(bytes, columnEnd, end);
    columnEnd = columnEndAt(bytes, programAt, end);
  }
  if (columnEnd === programAt || isDigit(bytes[programAt])) return false;
  const nameEnd =
    bytes[columnEnd - 1] === CLOSE_BRACKET ? findByte(bytes, OPEN_BRACKET, programAt, columnEnd) : columnEnd;
  let payload = afterBlanks(bytes, columnEnd, end);
  const idEnd = columnEndAt(bytes, payload, end);
  if (parseDecimal(bytes, payload, idEnd) >= 0) payload = afterBlanks(bytes, idEnd, end);
  into.program.set(programAt, nameEnd);
  into.payload = payload;
  return true;
}

/** Where the column that begins at `start` ends, behind which stands a tab; `start` where none does, or a blank is in it. */
function columnEndAt(bytes: Uint8Array, start: number, end: number): number {
  const bound = Math.min(end, start + MAX_COLUMN_BYTES);
  let i = start;
  while (i < bound && (bytes[i] as number) > SPACE) i++;
  const tabAt = findByte(bytes, TAB, i, bound);
  return tabAt < bound && afterBlanks(bytes, i, tabAt) === tabAt ? i : start;
}

function afterBlanks(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && (bytes[i] === SPACE || bytes[i] === TAB)) i++;
  return i;
}

/**
 * `2026 Jul 03 19:10:30 (fw) 192.0.2.1->/var/log/kern.log `, which Wazuh's archives.log puts in front of each line: time and
 * agent, or the sender behind the arrow. Returns the first byte of the line; -1 where there is none.
 */
export function readArchiveHead(
  bytes: Uint8Array,
  start: number,
  end: number,
  clock: DeviceClock,
  into: EnvelopeFields,
): number {
  const timeMs = readYearFirst(bytes, start, end, clock);
  if (Number.isNaN(timeMs)) return -1;
  const hostAt = start + YEAR_FIRST_BYTES + 1;
  const bound = Math.min(end, hostAt + MAX_ARCHIVE_BYTES);
  const arrow = findBytes(bytes, ARROW, hostAt, bound);
  const after = arrow + ARROW.length;
  const lineAt = findByte(bytes, SPACE, after, bound) + 1;
  if (arrow < 0 || lineAt > bound) return -1;
  into.timeMs = timeMs;
  // `(agent) address->file`, `manager->file`, `manager->sender`.
  if (bytes[hostAt] === OPEN_PARENTHESIS) into.host.set(hostAt + 1, findByte(bytes, CLOSE_PARENTHESIS, hostAt, arrow));
  else if (bytes[after] === SLASH) into.host.set(hostAt, arrow);
  else into.host.set(after, lineAt - 1);
  return lineAt;
}

const COLLECTED_BYTES = "07 03 2026 19:10:30 ".length;

/**
 * `07 03 2026 19:10:30 192.0.2.1 <KERN:WARN> `, which LogRhythm puts in front of each line: the month first, then the sender
 * and its facility. Returns the first byte of the line; -1 where there is none.
 */
export function readLogRhythmHead(
  bytes: Uint8Array,
  start: number,
  end: number,
  clock: DeviceClock,
  into: EnvelopeFields,
): number {
  const hostAt = start + COLLECTED_BYTES;
  if (bytes[start + 2] !== SPACE || bytes[start + 5] !== SPACE || bytes[hostAt - 1] !== SPACE) return -1;
  const hostEnd = findByte(bytes, SPACE, hostAt, Math.min(end, hostAt + MAX_COLUMN_BYTES));
  const facilityEnd = findByte(bytes, GREATER, hostEnd, Math.min(end, hostEnd + MAX_FACILITY_BYTES));
  if (bytes[hostEnd + 1] !== LESS || bytes[facilityEnd] !== GREATER || bytes[facilityEnd + 1] !== SPACE) return -1;
  const [month, day, hour, minute, second] = [0, 3, 11, 14, 17].map((at) => twoDigits(bytes, start + at)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  into.timeMs = clock.fromLocal(parseDecimal(bytes, start + 6, start + 10), month, day, hour, minute, second);
  if (Number.isNaN(into.timeMs)) return -1;
  into.host.set(hostAt, hostEnd);
  return facilityEnd + 2;
}

/** ` <AUTHPRIV:WARNING>` has no more. */
const MAX_FACILITY_BYTES = 24;
const OPEN_PARENTHESIS = 0x28;
const CLOSE_PARENTHESIS = 0x29;

/** Columns in front of the message: id, generated_at, received_at, source_id, source_name, source_ip, facility, severity, program. */
const PAPERTRAIL_COLUMNS = 9;
const NAME_COLUMN = 4;
const PROGRAM_COLUMN = 8;
const UTC = new DeviceClock("UTC", 0);
const cursor: TimeCursor = { end: 0 };

/**
 * The columns of Papertrail's archives (https://www.papertrail.com/help/permanent-log-archives/): puts time, host and program
 * into `into` and returns the first byte of the message; -1 where there are no such columns.
 */
export function readPapertrailColumns(bytes: Uint8Array, start: number, end: number, into: EnvelopeFields): number {
  const idEnd = findByte(bytes, TAB, start, Math.min(end, start + 24));
  if (bytes[idEnd] !== TAB || parseDecimal(bytes, start, Math.min(idEnd, start + 9)) < 0) return -1;
  const bound = Math.min(end, start + MAX_LABEL_BYTES);
  // Older archives have a blank in front of the offset.
  const timeMs = readSpacedIsoTime(bytes, idEnd + 1, bound, UTC, cursor);
  if (Number.isNaN(timeMs)) return -1;
  let at = start;
  for (let column = 0; column < PAPERTRAIL_COLUMNS; column++) {
    const columnEnd = findByte(bytes, TAB, at, bound);
    if (columnEnd >= bound) return -1;
    if (column === NAME_COLUMN) into.host.set(at, columnEnd);
    else if (column === PROGRAM_COLUMN) into.program.set(at, findByte(bytes, OPEN_BRACKET, at, columnEnd));
    at = columnEnd + 1;
  }
  into.timeMs = timeMs;
  return at;
}

/** `1783098630118`, and the tab behind it. */
const EPOCH_COLUMN_BYTES = 14;

/**
 * The two times in front of the line in what Grafana downloads as text, `1783098630118\t2026-07-03T17:10:30.118Z\t`: puts the
 * time into `into` and returns the first byte of the line; -1 where there are no such columns.
 */
export function readGrafanaColumns(bytes: Uint8Array, start: number, end: number, into: EnvelopeFields): number {
  const timeAt = start + EPOCH_COLUMN_BYTES;
  if (timeAt >= end || bytes[timeAt - 1] !== TAB || parseDecimal(bytes, start, timeAt - 1) < 0) return -1;
  const timeMs = readIsoTime(bytes, timeAt, end, UTC, cursor);
  if (Number.isNaN(timeMs) || bytes[cursor.end] !== TAB) return -1;
  into.timeMs = timeMs;
  return cursor.end + 1;
}

/** Behind the labels, `{job="syslog"} `, that Loki's logcli puts between time and line; `at` where there are none. */
export function afterLabels(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at + 1] as number;
  if (bytes[at] !== OPEN_BRACE || (first | 0x20) < 0x61 || (first | 0x20) > 0x7a) return at;
  const close = findByte(bytes, CLOSE_BRACE, at, Math.min(end, at + MAX_LABEL_BYTES));
  return bytes[close] === CLOSE_BRACE && bytes[close + 1] === SPACE ? close + 2 : at;
}
