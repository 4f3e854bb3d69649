/**
 * Lines of web servers (Common Log Format and its kin), which quote what strangers sent them: `"GET / HTTP/1.1" 404 5 "-" "..."`.
 * A format that looks for its line behind headers that nobody knows must not find it there.
 */
import { ascii, BACKSLASH, DOT, findBytes, isDigit, QUOTE, SPACE } from "../bytes.ts";

const VERSION = ascii(" HTTP/");

/** Whether a request and its status stand in `[start, end)`. */
export function isAccessLog(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = findBytes(bytes, VERSION, start, end); at >= 0; at = findBytes(bytes, VERSION, at + 1, end)) {
    let i = at + VERSION.length;
    while (i < end && (isDigit(bytes[i]) || bytes[i] === DOT)) i++;
    if (bytes[i] === BACKSLASH) i++;
    if (i + 2 < end && bytes[i] === QUOTE && bytes[i + 1] === SPACE && isDigit(bytes[i + 2])) return true;
  }
  return false;
}
