/**
 * Entries of ulogd2's OPRINT output: a line that says where one begins, then a key a line, which `formats/ulogd.ts` reads
 * together. https://git.netfilter.org/ulogd2/tree/output/ulogd_output_OPRINT.c
 *
 *   ===>PACKET BOUNDARY
 *   raw.pktlen=60
 *   oob.prefix=in-drop
 */
import { ascii, findByte, LF, startsWith } from "../bytes.ts";
import type { RecordEnd } from "../inputs/lines.ts";
import { Span } from "../record.ts";
import type { Entries } from "./wrapped-line.ts";

const BOUNDARY = ascii("===>PACKET BOUNDARY");
/** A longer entry is none: ulogd has some sixty keys. */
const MAX_ENTRY_BYTES = 65_536;

/** One is reused for all entries of an input. */
export class OprintText implements Entries {
  count = 0;
  bytes: Uint8Array = new Uint8Array(0);
  readonly lines: readonly Span[] = [new Span()];
  readonly host = new Span();
  /** ulogd tells the time among the keys. */
  readonly timeMs = Number.NaN;
  readonly recordEnd: RecordEnd = entryEnd;

  /** What an input with these first bytes is, or null. */
  static open(head: Uint8Array): OprintText | null {
    return startsWith(head, BOUNDARY, 0, head.length) ? new OprintText() : null;
  }

  isRemark(): boolean {
    return false;
  }

  read(bytes: Uint8Array, start: number, end: number): boolean {
    const isEntry = startsWith(bytes, BOUNDARY, start, end);
    this.bytes = bytes;
    this.count = isEntry ? 1 : 0;
    (this.lines[0] as Span).set(Math.min(end, findByte(bytes, LF, start, end) + 1), end);
    return isEntry;
  }
}

/** Where the next entry begins, or -1 while none has. */
function entryEnd(bytes: Uint8Array, from: number, limit: number): number {
  const bound = Math.min(limit, from + MAX_ENTRY_BYTES);
  for (let lf = findByte(bytes, LF, from, bound); lf < bound; lf = findByte(bytes, LF, lf + 1, bound))
    if (startsWith(bytes, BOUNDARY, lf + 1, limit)) return lf + 1;
  return bound === limit ? -1 : findByte(bytes, LF, from, limit) + 1;
}
