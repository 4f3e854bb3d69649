/** How much of a file's head is of a format whose records are lines. */
import { findByte, LF } from "../bytes.ts";
import { DeviceClock } from "../clocks/device-clock.ts";
import { type LineParser, type LineStatus, NO_VERDICT, PARSED, type ParseContext, STRUCTURE } from "../format.ts";
import { LogRecord } from "../record.ts";

/** Any moment will do to tell whether lines parse; yearless dates need one after theirs. */
const REFERENCE_MS = Date.UTC(2100, 0, 1);

/** The clock of a device of which nothing but lines is known. */
export function sniffingClock(): DeviceClock {
  return new DeviceClock("UTC", REFERENCE_MS);
}

/** The share of the non-blank lines that the format's own parser reads. */
export function shareOfLines(head: Uint8Array, open: (context: ParseContext) => LineParser): number {
  const parse = open({ clock: sniffingClock() });
  const record = new LogRecord();
  return shareOfOurs(head, (start, end) => isOurs(parse(head, start, end, record)));
}

/** Whether the format has read the line; null: it is blank or says nothing of its kind. */
export function isOurs(status: LineStatus): boolean | null {
  return status === STRUCTURE ? null : status === PARSED || status === NO_VERDICT;
}

/** The share of the lines that are the format's own; `judge` gives null for what is no sign either way. */
export function shareOfOurs(head: Uint8Array, judge: (start: number, end: number) => boolean | null): number {
  let lines = 0;
  let ours = 0;
  for (let start = 0; start < head.length; ) {
    const end = findByte(head, LF, start, head.length);
    // The last line may be cut by the head's own end; it counts only where there is no other.
    const isCut = end === head.length && start > 0;
    const judged = isCut ? null : judge(start, end);
    if (judged !== null) lines++;
    if (judged) ours++;
    start = end + 1;
  }
  return lines === 0 ? 0 : ours / lines;
}
