/** Who writes netfilter's lines, and what such a line begins with where somebody else passed it on. */
import { ascii, findByte, parseHex, SPACE, startsWith } from "../bytes.ts";
import { findPacket } from "./packet.ts";
import { skipKernelStamp } from "./prefix.ts";

export const KERNEL = ascii("kernel");
/** Programs that write for the kernel. */
export const LOGGERS = [KERNEL, ascii("ulogd"), ascii("klogd")];

/**
 * Whether `[start, end)`, a message of some other program, is the kernel's from its first byte on: a packet without a prefix,
 * which the journal took for the program's name, or the kernel's stamp. Elsewhere it is what the program quotes of a stranger.
 */
export function startsAsKernels(bytes: Uint8Array, start: number, end: number): boolean {
  return skipKernelStamp(bytes, start, end) > start || findPacket(bytes, start, end) === start;
}

const MONITORED = ascii("PACKET: ");
const TRACE_ID_DIGITS = 8;

/**
 * Whether the line is one of `xtables-monitor --trace`, `PACKET: 2 9b1c52b6 IN=eth0 ...`: it shows a packet in its own words, and
 * again at each chain.
 */
export function isMonitored(bytes: Uint8Array, start: number, end: number): boolean {
  if (!startsWith(bytes, MONITORED, start, end)) return false;
  const idAt = findByte(bytes, SPACE, start + MONITORED.length, end) + 1;
  const idEnd = idAt + TRACE_ID_DIGITS;
  return idEnd < end && bytes[idEnd] === SPACE && parseHex(bytes, idAt, idEnd) >= 0;
}
