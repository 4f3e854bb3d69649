/** A netfilter LOG line without its envelope: kernel stamp, prefix, packet. Shared by all formats that carry such lines. */
import { FOREIGN, type LineStatus, NO_VERDICT, PARSED } from "../format.ts";
import { TCP } from "../protocols.ts";
import { type LogRecord, TCP_CWR, TCP_ECE, TCP_SYN, VERDICT_DENY, VERDICT_NONE } from "../record.ts";
import { readHeadless, readKernelNotice } from "./notice.ts";
import { findPacket, readPacket } from "./packet.ts";
import { type PrefixReader, skipKernelStamp } from "./prefix.ts";

/** Reads `[start, end)` into a record that has been reset to `bytes`. */
export function readNetfilterLine(
  bytes: Uint8Array,
  start: number,
  end: number,
  prefixes: PrefixReader,
  into: LogRecord,
): LineStatus {
  const packetAt = findPacket(bytes, start, end);
  if (packetAt < 0) return readWithoutPacket(bytes, start, end, into);
  return readAt(bytes, skipKernelStamp(bytes, start, packetAt), packetAt, end, prefixes, into);
}

/** The same for a line whose prefix `[prefixAt, packetAt)` and packet have been found. */
export function readAt(
  bytes: Uint8Array,
  prefixAt: number,
  packetAt: number,
  end: number,
  prefixes: PrefixReader,
  into: LogRecord,
): LineStatus {
  const status = readPacket(bytes, packetAt, end, into);
  if (status !== PARSED) return status;
  prefixes.read(bytes, prefixAt, packetAt, into);
  return judge(into);
}

/** A line in which `findPacket` found none. */
export function readWithoutPacket(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
  const status = readKernelNotice(bytes, skipKernelStamp(bytes, start, end), end, into);
  return status === FOREIGN ? readHeadless(bytes, start, end) : status;
}

/** Status of a record whose packet and verdict are known; denied TCP that opens nothing is out of state. */
export function judge(into: LogRecord): LineStatus {
  if (into.verdict === VERDICT_NONE) return NO_VERDICT;
  if (into.verdict === VERDICT_DENY && into.protocol === TCP && into.tcpFlags >= 0) {
    if ((into.tcpFlags & ~(TCP_ECE | TCP_CWR)) !== TCP_SYN) into.outOfState = true;
  }
  return PARSED;
}
