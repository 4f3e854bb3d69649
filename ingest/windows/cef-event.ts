/**
 * A Windows event as ArcSight's connectors write it: CEF, whose signature is the provider and the event's id.
 * https://learn.microsoft.com/en-us/defender-for-identity/configure-event-collection#microfocus-arcsight
 *
 *   CEF:0|Microsoft|Microsoft Windows||Microsoft-Windows-Security-Auditing:5157|The Windows Filtering Platform has blocked a
 *   connection.|Low| externalId=5157 cat=Security rt=1783098630123 dvchost=PBX01 deviceDirection=0 proto=TCP
 *   src=198.51.100.9 spt=40001 dst=192.168.10.5 dpt=5061
 */
import { ascii, COLON, equals, findBytes, startsWith } from "../bytes.ts";
import { CefHeader, readCefHeader, readCefPairs } from "../lexing/cef.ts";
import { UNKNOWN_WORD, WordIndex } from "../lexing/word-index.ts";
import {
  APPLICATION,
  CHANNEL,
  COMPUTER,
  DESTINATION_ADDRESS,
  DESTINATION_PORT,
  DIRECTION,
  EVENT_ID,
  type EventFields,
  PROTOCOL,
  SOURCE_ADDRESS,
  SOURCE_PORT,
  TIMESTAMP,
} from "./event-fields.ts";

const CEF = ascii("CEF:");
export const CEF_MARK_BYTES = CEF.length;
const PRODUCT = ascii("|Microsoft|Microsoft Windows|");
const PROVIDER = ascii("Microsoft-Windows-Security-Auditing:");
/** So far a header may reach. */
const MAX_HEAD_BYTES = 200;
const OUTBOUND = ascii("1");

const keys = new WordIndex([
  ["cat", CHANNEL],
  ["dvchost", COMPUTER],
  ["rt", TIMESTAMP],
  ["fname", APPLICATION],
  ["deviceDirection", DIRECTION],
  ["src", SOURCE_ADDRESS],
  ["c6a2", SOURCE_ADDRESS],
  ["spt", SOURCE_PORT],
  ["dst", DESTINATION_ADDRESS],
  ["c6a3", DESTINATION_ADDRESS],
  ["dpt", DESTINATION_PORT],
  ["proto", PROTOCOL],
]);
const header = new CefHeader();

/** Where such an event's version stands in `[start, end)`, or -1. */
export function cefEventAt(bytes: Uint8Array, start: number, end: number): number {
  const at = findBytes(bytes, PRODUCT, start, Math.min(end, start + MAX_HEAD_BYTES)) - 1;
  return at - CEF.length >= start && startsWith(bytes, CEF, at - CEF.length, at) ? at : -1;
}

/** Reads the event whose version stands at `at`; false where it is of another provider. */
export function readCefEvent(bytes: Uint8Array, at: number, end: number, into: EventFields): boolean {
  if (!readCefHeader(bytes, at, end, header)) return false;
  const { start, end: idEnd } = header.signature;
  if (!startsWith(bytes, PROVIDER, start, idEnd)) return false;
  const take = (field: number, from: number, to: number) => {
    into.text.set(bytes.subarray(from, to), into.room);
    into.take(field, into.room + to - from);
  };
  take(EVENT_ID, bytes.lastIndexOf(COLON, idEnd) + 1, idEnd);
  readCefPairs(bytes, header.extension, end, (keyStart, keyEnd, valueEnd) => {
    const field = keys.find(bytes, keyStart, keyEnd);
    const from = keyEnd + 1;
    if (field === DIRECTION) into.takeText(equals(bytes, OUTBOUND, from, valueEnd) ? "Outbound" : "Inbound", field);
    else if (field !== UNKNOWN_WORD && valueEnd > from) take(field, from, valueEnd);
  });
  return true;
}
