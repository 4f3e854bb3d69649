/**
 * Binary circular logs. pfSense up to 2.4 kept `/var/log/filter.log` as one: a file of fixed size whose text wraps, whose
 * unused part is NUL, and whose last bytes are a footer (clog.h: magic `CLOG`, then wrap, next, max, lock).
 */
import { ascii, findBytes } from "../bytes.ts";

/** What to tell the user about such a file. */
export const CLOG_ADVICE =
  "this is a binary circular log (clog); export it on the firewall with `clog FILE > filter.txt`";

const MAGIC = ascii("CLOG");
const PROGRAM = ascii("filterlog");
const FOOTER_BYTES = 20;
const SHORTEST_FILL = 64;

/**
 * Whether a file that begins with `head` (and, where it is known, ends with `tail`) is a circular log. Its readable lines
 * still parse, but out of order and with one line torn at the seam. A full ring shows it in its tail only.
 */
export function looksLikeClog(head: Uint8Array, tail: Uint8Array = head): boolean {
  if (findBytes(tail, MAGIC, Math.max(0, tail.length - FOOTER_BYTES), tail.length) >= 0) return true;
  const fillAt = nulRun(head);
  return fillAt >= 0 && findBytes(head, PROGRAM, 0, head.length) >= 0;
}

/** Start of the first long run of NUL bytes, or -1. Text in UTF-16 has no runs. */
function nulRun(bytes: Uint8Array): number {
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    length = bytes[i] === 0 ? length + 1 : 0;
    if (length === SHORTEST_FILL) return i - length + 1;
  }
  return -1;
}
