/**
 * Looks through a part of a file that a search found to lie outside the time window: counts its line ends, so that later
 * lines keep their numbers, and reads a record of every SAMPLE_BYTES, in case the file is not in order after all.
 */
import { LF } from "../bytes.ts";
import { MALFORMED, NO_VERDICT, PARSED } from "../format.ts";
import { LogRecord } from "../record.ts";
import type { RecordWindow } from "./input-reader.ts";
import type { LineParsers } from "./line-parsers.ts";
import { MARGIN_MS } from "./window-search.ts";

const SAMPLE_BYTES = 16_384;
/** So close to the window no sample may be: the search kept twice that. */
const NEAR_MS = MARGIN_MS / 2;

/** Line ends in the part, or null where something in it may belong to the window. */
export async function lineEndsOutside(
  chunks: AsyncIterable<Uint8Array>,
  parsers: LineParsers,
  { sinceMs, untilMs }: RecordWindow,
): Promise<number | null> {
  const record = new LogRecord();
  const isOutside = (ms: number) =>
    (sinceMs !== null && ms < sinceMs - NEAR_MS) || (untilMs !== null && ms >= untilMs + NEAR_MS);
  let lineEnds = 0;
  let torn = false;
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += SAMPLE_BYTES) {
      const sample = chunk.subarray(from, from + SAMPLE_BYTES);
      if (!sampleIsOutside(sample, torn, parsers, record, isOutside)) return null;
      torn = true;
    }
    for (let lf = chunk.indexOf(LF); lf >= 0; lf = chunk.indexOf(LF, lf + 1)) lineEnds++;
  }
  return lineEnds;
}

/** By its first record; false where there is none that can be read, but one that should. `torn`: it may begin in a line. */
function sampleIsOutside(
  bytes: Uint8Array,
  torn: boolean,
  parsers: LineParsers,
  record: LogRecord,
  isOutside: (ms: number) => boolean,
): boolean {
  let malformed = false;
  let start = torn ? bytes.indexOf(LF) + 1 : 0;
  for (let lf = bytes.indexOf(LF, start); lf >= 0; lf = bytes.indexOf(LF, start)) {
    const status = parsers.parse(bytes, start, lf, record);
    if (status === PARSED || status === NO_VERDICT) return isOutside(record.timeMs);
    if (status === MALFORMED) malformed = true;
    start = lf + 1;
  }
  return !malformed;
}
