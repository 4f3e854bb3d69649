/** What stands where a header begins, told by a few of its bytes: octet counts, priorities, streams, times. */
import { ascii, COLON, DASH, GREATER, isDigit, LESS, matchesAt, SPACE } from "../bytes.ts";

/** ` stdout F `: what a container runtime puts behind its time (CRI), `F` for a whole line, `P` for a part. */
const STREAMS = [" stdout ", " stderr "].map(ascii);
export const STREAM_LENGTH = " stdout F ".length;

/** Behind RFC 6587's count of octets, `217 <134>`, or `start`. */
export function skipOctetCount(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && i < start + 7 && isDigit(bytes[i])) i++;
  return i > start && bytes[i] === SPACE && bytes[i + 1] === LESS ? i + 1 : start;
}

/** Behind `<134>`, and the blanks and colons that some put there, or `start`. */
export function skipPriority(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== LESS) return start;
  let i = start + 1;
  while (i < end && i < start + 4 && isDigit(bytes[i])) i++;
  if (bytes[i] !== GREATER || i === start + 1) return start;
  i++;
  while (i < end && (bytes[i] === SPACE || bytes[i] === COLON)) i++;
  return i;
}

/** Whether `Jul  3 19:10:30 ` may stand there, behind a collector's own time. */
export function startsBsdTime(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 3] === SPACE && bytes[at + 6] === SPACE && bytes[at + 9] === COLON && bytes[at + 12] === COLON;
}

/** The same for ISO 8601. */
export function startsIsoTime(bytes: Uint8Array, at: number): boolean {
  return isDigit(bytes[at]) && bytes[at + 4] === DASH && bytes[at + 7] === DASH && bytes[at + 13] === COLON;
}

/** Whether a container runtime's words stand there. */
export function isStream(bytes: Uint8Array, at: number, end: number): boolean {
  const last = at + STREAM_LENGTH - 1;
  if (last >= end || bytes[last] !== SPACE || bytes[last - 2] !== SPACE) return false;
  return STREAMS.some((stream) => matchesAt(bytes, stream, at));
}
