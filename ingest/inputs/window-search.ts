/**
 * Where in a file the records of a time window are, without parsing the rest: a binary search over its lines' times. It
 * assumes that lines are in order but for MARGIN_MS (relays that deliver late, an hour that a change of clocks repeats);
 * whoever leaves out what lies outside must look through it (`outside-scan.ts`).
 */
import type { FileHandle } from "node:fs/promises";
import { LF } from "../bytes.ts";
import { NO_VERDICT, PARSED } from "../format.ts";
import { LogRecord } from "../record.ts";
import type { RecordWindow } from "./input-reader.ts";
import type { LineParsers } from "./line-parsers.ts";
import { bytesAt, lineStartAfter } from "./plain-file.ts";
import type { ByteRange } from "./source.ts";

/** In smaller files there is nothing to win. */
export const MIN_SEARCH_BYTES = 4 << 20;
/** What is searched to so many bytes. */
const GRAIN_BYTES = 65_536;
/** So much is looked at for one time. */
const PROBE_BYTES = 16_384;
/** Where few lines are a firewall's. */
const WIDE_PROBE_BYTES = 1 << 20;
const HOUR_MS = 3_600_000;
export const MARGIN_MS = 2 * HOUR_MS;

/** The part to parse; the whole file where its order cannot be trusted. */
export async function rangeOfWindow(
  file: FileHandle,
  size: number,
  parsers: LineParsers,
  { sinceMs, untilMs }: RecordWindow,
): Promise<ByteRange> {
  const whole = { start: 0, end: size };
  const record = new LogRecord();
  const timeAt = async (offset: number) => {
    const near = firstTime(await bytesAt(file, offset, PROBE_BYTES), offset > 0, parsers, record);
    if (!Number.isNaN(near)) return near;
    return firstTime(await bytesAt(file, offset, WIDE_PROBE_BYTES), offset > 0, parsers, record);
  };
  const first = await timeAt(0);
  const last = await timeAt(Math.max(0, size - PROBE_BYTES));
  // Without times at both ends there is no telling, and a file that runs backwards is in no order at all.
  if (!(first <= last + MARGIN_MS)) return whole;
  const start = sinceMs === null ? 0 : await boundary(timeAt, size, (ms) => ms < sinceMs - MARGIN_MS);
  const end = untilMs === null ? size : await boundary(timeAt, size, (ms) => ms < untilMs + MARGIN_MS);
  if (start === null || end === null || start > end) return whole;
  const from = start === 0 ? 0 : await lineStartAfter(file, start, size);
  // What is parsed always holds a record, so that the format is never in doubt.
  const to = Math.min(size, Math.max(end, from) + GRAIN_BYTES);
  if (from >= size) return whole;
  return { start: from, end: to >= size ? size : await lineStartAfter(file, to, size) };
}

/** The last grain that is known to lie before the first line for which `isBefore` fails; null where times are missing. */
async function boundary(
  timeAt: (offset: number) => Promise<number>,
  size: number,
  isBefore: (ms: number) => boolean,
): Promise<number | null> {
  let low = 0;
  let high = Math.max(0, Math.floor((size - PROBE_BYTES) / GRAIN_BYTES));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const ms = await timeAt(middle * GRAIN_BYTES);
    if (Number.isNaN(ms)) return null;
    if (isBefore(ms)) low = middle;
    else high = middle - 1;
  }
  return low * GRAIN_BYTES;
}

/** Time of the first record in the bytes, or NaN. `torn`: they may begin inside a line. */
function firstTime(bytes: Uint8Array, torn: boolean, parsers: LineParsers, record: LogRecord): number {
  let start = torn ? bytes.indexOf(LF) + 1 : 0;
  for (let lf = bytes.indexOf(LF, start); lf >= 0; lf = bytes.indexOf(LF, start)) {
    const status = parsers.parse(bytes, start, lf, record);
    if ((status === PARSED || status === NO_VERDICT) && !Number.isNaN(record.timeMs)) return record.timeMs;
    start = lf + 1;
  }
  return Number.NaN;
}
