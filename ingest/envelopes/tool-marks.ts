/** What tools put in front of each line that they show, kept off the way of the common headers (envelope.ts). */
import { ascii, CLOSE_BRACKET, COLON, DASH, findByte, OPEN_BRACKET, QUOTE, SPACE, startsWith, TAB } from "../bytes.ts";

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
  while (i < end && isOfName(bytes[i] as number)) i++;
  if (i === start || i === end) return start;
  if (bytes[i] === COLON || bytes[i] === TAB) return i + 1;
  while (i < end && bytes[i] === SPACE) i++;
  return bytes[i] === BAR && bytes[i + 1] === SPACE ? i + 2 : start;
}

function isOfName(byte: number): boolean {
  return byte >= DASH && byte <= 0x7a && byte !== COLON && (byte < 0x3b || byte >= 0x41) && byte !== OPEN_BRACKET;
}
