/** TCP flags written as letters (pf, Windows), in any order. */
import { TCP_CWR, TCP_FLAG_LETTERS } from "../record.ts";

const flagOfLetter = new Uint8Array(256);
for (let bit = 0; bit < TCP_FLAG_LETTERS.length; bit++) flagOfLetter[TCP_FLAG_LETTERS.charCodeAt(bit)] = 1 << bit;
// pf's own manual writes W where the program prints C.
flagOfLetter["W".charCodeAt(0)] = TCP_CWR;

/** Flag bits of the letters that fill `[start, end)`, 0 for none at all, or -1 where one is no flag. */
export function parseTcpFlags(bytes: Uint8Array, start: number, end: number): number {
  let flags = 0;
  for (let i = start; i < end; i++) {
    const flag = flagOfLetter[bytes[i] as number] as number;
    if (flag === 0) return -1;
    flags |= flag;
  }
  return flags;
}
