/** Where a row of a pfirewall.log begins, which may stand behind what a collector wrote. */
import { COLON, DASH, findByte, isDigit, SPACE } from "../bytes.ts";
import { DATE_BYTES, TIME_BYTES } from "../clocks/date-columns.ts";
import { actionAt } from "./firewall-words.ts";

/** So far a collector's header may reach. */
const MAX_HEAD_BYTES = 512;

/** `dddd-dd-dd ` at `start`. */
export function isDate(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start > 10 &&
    isDigit(bytes[start]) &&
    bytes[start + 4] === DASH &&
    bytes[start + 7] === DASH &&
    (bytes[start + 10] as number) <= SPACE
  );
}

/** Where date, time and action stand behind something else, or -1. */
export function rowAt(bytes: Uint8Array, start: number, end: number): number {
  const bound = Math.min(end, start + MAX_HEAD_BYTES);
  for (let i = start + 1; i < bound; i++) {
    const before = bytes[i - 1] as number;
    if ((before > SPACE && before !== COLON) || !isDate(bytes, i, end)) continue;
    const actionStart = i + DATE_BYTES + TIME_BYTES + 2;
    const actionEnd = findByte(bytes, SPACE, actionStart, end);
    if (bytes[actionStart - 1] === SPACE && actionAt(bytes, actionStart, actionEnd) !== null) return i;
  }
  return -1;
}
