/** Streams of JSON documents that put something in front of each (`journalctl -o json-seq`, `-o json-sse`). */
import { ascii, SPACE, startsWith } from "../bytes.ts";

/** https://html.spec.whatwg.org/multipage/server-sent-events.html */
const DATA = ascii("data:");

/** Past blanks, RFC 7464's record separator and the word of server-sent events. */
export function afterStreamLead(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && (bytes[i] as number) <= SPACE) i++;
  if (!startsWith(bytes, DATA, i, end)) return i;
  i += DATA.length;
  while (i < end && bytes[i] === SPACE) i++;
  return i;
}
