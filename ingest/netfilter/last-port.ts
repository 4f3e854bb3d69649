/**
 * The destination's port where nothing follows it. The kernel writes more behind TCP's and UDP's ports, so that a line that ends
 * with one is cut, and perhaps within it (packet.ts); but where most lines of an input end so, somebody wrote them anew.
 */
import { ascii, findBytes, parsePort } from "../bytes.ts";
import { endMostly } from "../lexing/line-ends.ts";
import type { LogRecord } from "../record.ts";

/** A port, what goes on behind it, or else the end of the line, be it inside a document. */
const PORTS = /\bPROTO=(?:TCP|UDP)\b[^\n]{0,256}?\bDPT=\d+(?<more>[ \t]+[\w.[(])?/g;
const DESTINATION_PORT = ascii(" DPT=");

/** Whether most packets in the first bytes of an input end with their ports. */
export function endsWithPorts(head: Uint8Array): boolean {
  return endMostly(head, PORTS);
}

/** Takes the port that ends the line, where it is one. */
export function takeLastPort(bytes: Uint8Array, start: number, end: number, into: LogRecord): void {
  if (into.destinationPort >= 0 || into.fragmentOffset > 0) return;
  const at = findBytes(bytes, DESTINATION_PORT, start, end);
  if (at >= 0) into.destinationPort = parsePort(bytes, at + DESTINATION_PORT.length, end);
}
