/** How much of a file's head is of a format whose records are lines. */
import { findByte, LF } from "./bytes.ts";
import { type LineParser, NO_VERDICT, PARSED, type ParseContext, STRUCTURE } from "./format.ts";
import { LogRecord } from "./record.ts";
import { DeviceClock } from "./timestamps.ts";

/** Any moment will do to tell whether lines parse; yearless dates need one after theirs. */
const REFERENCE_MS = Date.UTC(2100, 0, 1);

/** The share of the non-blank lines that the format's own parser reads. */
export function shareOfLines(head: Uint8Array, open: (context: ParseContext) => LineParser): number {
  const parse = open({ clock: new DeviceClock("UTC", REFERENCE_MS) });
  const record = new LogRecord();
  let lines = 0;
  let ours = 0;
  for (let start = 0; start < head.length; ) {
    const end = findByte(head, LF, start, head.length);
    // The last line may be cut by the head's own end; it counts only where there is no other.
    const isCut = end === head.length && start > 0;
    const status = isCut ? STRUCTURE : parse(head, start, end, record);
    if (status !== STRUCTURE) lines++;
    if (status === PARSED || status === NO_VERDICT) ours++;
    start = end + 1;
  }
  return lines === 0 ? 0 : ours / lines;
}
