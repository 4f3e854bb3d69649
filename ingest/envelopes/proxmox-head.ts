/**
 * The head of a line in Proxmox VE's /var/log/pve-firewall.log, which its own pvefw-logger writes around a packet of
 * netfilter's shape: `101 4 tap101i0-IN 20/Jun/2026:13:09:14 +0200 policy DROP: IN=...`: guest, level, chain, time.
 */
import { COLON, findByte, isDigit, parseDecimal, SLASH, SPACE } from "../bytes.ts";
import { civilMs } from "../clocks/device-clock.ts";
import { monthAt, readOffset, type TimeCursor, twoDigits } from "../clocks/timestamps.ts";
import { Span } from "../record.ts";

/** `20/Jun/2026:13:09:14`, then a blank and the offset. */
const TIME_LENGTH = 20;

export class ProxmoxHead {
  /** UTC milliseconds. */
  timeMs = Number.NaN;
  readonly chain = new Span();
  /** First byte of the prefix. */
  end = 0;
}

const cursor: TimeCursor = { end: 0 };

/** Reads the head at `start`; false where there is none. */
export function readProxmoxHead(bytes: Uint8Array, start: number, end: number, into: ProxmoxHead): boolean {
  if (!isDigit(bytes[start])) return false;
  const guestEnd = findByte(bytes, SPACE, start, Math.min(end, start + 12));
  const levelEnd = findByte(bytes, SPACE, guestEnd + 1, Math.min(end, guestEnd + 4));
  if (parseDecimal(bytes, start, guestEnd) < 0 || parseDecimal(bytes, guestEnd + 1, levelEnd) < 0) return false;
  const chainEnd = findByte(bytes, SPACE, levelEnd + 1, Math.min(end, levelEnd + 64));
  const timeAt = chainEnd + 1;
  const timeEnd = timeAt + TIME_LENGTH;
  if (timeEnd > end || bytes[timeAt + 2] !== SLASH || bytes[timeAt + 6] !== SLASH || bytes[timeAt + 11] !== COLON)
    return false;
  const timeMs = civilMs(
    parseDecimal(bytes, timeAt + 7, timeAt + 11),
    monthAt(bytes, timeAt + 3),
    twoDigits(bytes, timeAt),
    twoDigits(bytes, timeAt + 12),
    twoDigits(bytes, timeAt + 15),
    twoDigits(bytes, timeAt + 18),
  );
  const offsetMinutes = readOffset(bytes, timeEnd + 1, end, cursor);
  if (Number.isNaN(timeMs) || Number.isNaN(offsetMinutes)) return false;
  into.timeMs = timeMs - offsetMinutes * 60_000;
  into.chain.set(levelEnd + 1, chainEnd);
  into.end = cursor.end;
  return true;
}
