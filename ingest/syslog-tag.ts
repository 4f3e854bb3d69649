/** Host and program of a BSD syslog header (RFC 3164), as devices really write them. */
import { CLOSE_BRACKET, COLON, EQUALS, findByte, LESS, OPEN_BRACKET, SPACE } from "./bytes.ts";
import type { EnvelopeFields } from "./envelope-fields.ts";

/**
 * After a BSD or ISO time: `[host] tag[pid]: payload`, where host, pid and tag may each be missing. A token that ends
 * in a colon, or in `[pid]:`, is the tag; a token with `=` or a leading bracket is already payload.
 */
export function readHostAndTag(bytes: Uint8Array, start: number, end: number, into: EnvelopeFields): void {
  let i = start;
  while (i < end && (bytes[i] === SPACE || bytes[i] === COLON)) i++;
  into.payload = i;
  const tagged = readTag(bytes, i, end, into);
  if (tagged) return;
  const hostEnd = findByte(bytes, SPACE, i, end);
  if (
    hostEnd === end ||
    bytes[i] === OPEN_BRACKET ||
    bytes[i] === LESS ||
    findByte(bytes, EQUALS, i, hostEnd) < hostEnd
  )
    return;
  into.host.set(i, hostEnd);
  i = hostEnd;
  while (i < end && bytes[i] === SPACE) i++;
  into.payload = i;
  readTag(bytes, i, end, into);
}

/** `tag[pid]: ` or `tag: ` at `start`: the program, and the payload behind it. False where there is none. */
export function readTag(bytes: Uint8Array, start: number, end: number, into: EnvelopeFields): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte === SPACE || byte === EQUALS) return false;
    if (byte === OPEN_BRACKET) {
      if (i === start) return false;
      const close = findByte(bytes, CLOSE_BRACKET, i, Math.min(end, i + 12));
      if (bytes[close] !== CLOSE_BRACKET || bytes[close + 1] !== COLON) return false;
      return acceptTag(bytes, start, i, close + 2, end, into);
    }
    if (byte === COLON) {
      const next = bytes[i + 1];
      // A colon inside a token is an IPv6 host, not the end of a tag.
      if (i === start || (i + 1 < end && next !== SPACE && next !== OPEN_BRACKET)) return false;
      return acceptTag(bytes, start, i, i + 1, end, into);
    }
  }
  return false;
}

function acceptTag(
  bytes: Uint8Array,
  start: number,
  nameEnd: number,
  after: number,
  end: number,
  into: EnvelopeFields,
): boolean {
  into.program.set(start, nameEnd);
  into.payload = after < end && bytes[after] === SPACE ? after + 1 : after;
  return true;
}
