/**
 * rsyslog's `$RepeatedMsgReduction`, which Ubuntu switches on: behind the first of equal messages comes one line for all
 * the others, `kernel: message repeated 3 times: [ FW-DROP: IN=eth0 ...]`. rsyslog runtime/msg.c, "message repeated"
 */
import { ascii, CLOSE_BRACKET, DIGIT_0, isDigit, SPACE, startsWith } from "../bytes.ts";

const REPEATED = ascii("message repeated ");
const TIMES = ascii(" times: [");
const MAX_DIGITS = 9;

export class RepeatedMessage {
  /** How many messages the line stands for. */
  count = 1;
  /** The message itself. */
  start = 0;
  end = 0;
}

/** False where `[start, end)` is a message of its own. */
export function readRepeatedMessage(bytes: Uint8Array, start: number, end: number, into: RepeatedMessage): boolean {
  if (!startsWith(bytes, REPEATED, start, end)) return false;
  let count = 0;
  let i = start + REPEATED.length;
  const digitsAt = i;
  while (i < end && i - digitsAt < MAX_DIGITS && isDigit(bytes[i]))
    count = count * 10 + (bytes[i++] as number) - DIGIT_0;
  if (count === 0 || !startsWith(bytes, TIMES, i, end)) return false;
  i += TIMES.length;
  while (i < end && bytes[i] === SPACE) i++;
  let last = bytes[end - 1] === CLOSE_BRACKET ? end - 1 : end;
  while (last > i && bytes[last - 1] === SPACE) last--;
  into.count = count;
  into.start = i;
  into.end = last;
  return true;
}
