/** What tools put in front of each line that they show, kept off the way of the common headers (envelope.ts). */
import {
  ascii,
  CLOSE_BRACKET,
  COLON,
  DASH,
  findByte,
  findBytes,
  OPEN_BRACKET,
  parseDecimal,
  QUOTE,
  SLASH,
  SPACE,
  startsWith,
  TAB,
} from "../bytes.ts";
import { startsBsdTime, startsIsoTime } from "./header-starts.ts";
import { isFacility } from "./syslog-tag.ts";

/** `kubectl logs --prefix`. */
const POD = ascii("[pod/");
const MAX_POD_BYTES = 256;
const BAR = 0x7c;

/**
 * Behind one mark: a file's name or a line's number of `grep` (`filter.log.0:`), a service of `docker compose logs`
 * (`syslog-1  | `), a column of Kafka's console (`CreateTime:1783098630118\tnull\t`), a pod (`[pod/syslog-0/rsyslog] `), the quote
 * of a spreadsheet's only cell.
 * `start` where there is none.
 */
export function afterToolMark(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === OPEN_BRACKET) {
    if (!startsWith(bytes, POD, start, end)) return start;
    const close = findByte(bytes, CLOSE_BRACKET, start, Math.min(end, start + MAX_POD_BYTES));
    return bytes[close] === CLOSE_BRACKET && bytes[close + 1] === SPACE ? close + 2 : start;
  }
  if (bytes[start] === QUOTE) return start + 1;
  let i = start;
  for (; i < end && isOfName(bytes[i] as number); i++) {
    // `grep -C` puts a dash behind the name or number of the lines around a match.
    if (bytes[i] === DASH && (startsBsdTime(bytes, i + 1) || startsIsoTime(bytes, i + 1))) return i + 1;
  }
  if (i === start || i === end) return start;
  if (bytes[i] === COLON || bytes[i] === TAB) return i + 1;
  // rsyslog's `%pri-text%` in front of a header.
  if (isFacility(bytes, start, i)) return i + 1;
  while (i < end && bytes[i] === SPACE) i++;
  return bytes[i] === BAR && bytes[i + 1] === SPACE ? i + 2 : start;
}

const LOG = ascii(".log");

/**
 * Behind what `grep` put in front of a line without a header: a file's name, the line's number, or both. A name is known by a
 * slash or by `.log`, for a firewall's prefix may hold colons, too; `start` where there is none.
 */
export function afterFileMark(bytes: Uint8Array, start: number, end: number): number {
  const nameEnd = afterName(bytes, start, end);
  if (nameEnd === start || bytes[nameEnd] !== COLON) return start;
  if (parseDecimal(bytes, start, nameEnd) >= 0) return isText(bytes[nameEnd + 1]) ? nameEnd + 1 : start;
  const isFile = findByte(bytes, SLASH, start, nameEnd) < nameEnd || findBytes(bytes, LOG, start, nameEnd) >= 0;
  if (!isFile) return start;
  const numberEnd = afterName(bytes, nameEnd + 1, end);
  const isNumbered = bytes[numberEnd] === COLON && parseDecimal(bytes, nameEnd + 1, numberEnd) >= 0;
  return isNumbered ? numberEnd + 1 : nameEnd + 1;
}

/** `12: IN=eth0` has an administrator's prefix. */
function isText(byte: number | undefined): boolean {
  return byte !== undefined && byte > SPACE;
}

function afterName(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && isOfName(bytes[i] as number)) i++;
  return i;
}

function isOfName(byte: number): boolean {
  return byte >= DASH && byte <= 0x7a && byte !== COLON && (byte < 0x3b || byte >= 0x41) && byte !== OPEN_BRACKET;
}
