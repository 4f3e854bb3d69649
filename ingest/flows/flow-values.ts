/** What is counted of a flow: sums, minima, maxima and the earliest lines, in one interleaved Float64Array. */
import { type LogRecord, PHASE_END, PHASE_INTERIM, PHASE_PACKET, PHASE_START } from "../record.ts";
import type { LinePointer } from "./flow.ts";

// What most lines change comes first, close together: a line then costs one or two misses of the processor's cache.
export const COUNT = 0;
export const RECORDS = 1;
export const BYTES = 2;
export const PACKETS = 3;
export const FIRST = 4;
export const LAST = 5;
export const LARGEST = 6;
/** The latest of the examples comes first: it alone is compared with most lines. */
const EXAMPLES = 7;
const EXAMPLE_FLOATS = 4;
const MAX_EXAMPLES = 3;
export const STARTS = EXAMPLES + MAX_EXAMPLES * EXAMPLE_FLOATS;
export const INTERIMS = STARTS + 1;
export const UNANSWERED = STARTS + 2;
export const REWRITTEN = STARTS + 3;
export const LOST = STARTS + 4;
export const SHORTEST = STARTS + 5;
export const SHAPED = STARTS + 6;
export const VALUE_FLOATS = STARTS + 7;
const SUMS = [COUNT, RECORDS, BYTES, PACKETS, STARTS, INTERIMS, UNANSWERED, REWRITTEN, LOST, SHAPED];

/** Where the example of this rank stands, 0 being the earliest. */
function exampleAt(at: number, rank: number): number {
  return at + EXAMPLES + (MAX_EXAMPLES - 1 - rank) * EXAMPLE_FLOATS;
}

export function clearValues(values: Float64Array, at: number): void {
  values.fill(0, at, at + VALUE_FLOATS);
  values[at + FIRST] = Number.NaN;
  values[at + LAST] = Number.NaN;
  values[at + SHORTEST] = Number.NaN;
  for (let rank = 0; rank < MAX_EXAMPLES; rank++) values[exampleAt(at, rank)] = Number.NaN;
}

/** Adds one record. A session's start and interim lines are kept apart from its end, which alone counts. */
export function countRecord(values: Float64Array, at: number, record: LogRecord): void {
  const weight = record.count;
  add(values, at + RECORDS, 1);
  if (record.lostEvents !== 0) add(values, at + LOST, record.lostEvents);
  if (record.phase === PHASE_START) add(values, at + STARTS, weight);
  else if (record.phase === PHASE_INTERIM) add(values, at + INTERIMS, weight);
  else {
    add(values, at + COUNT, weight);
    if (record.bytes > 0) add(values, at + BYTES, record.bytes * weight);
    const packets = record.packets >= 0 ? record.packets : record.phase === PHASE_PACKET ? 1 : 0;
    add(values, at + PACKETS, packets * weight);
    if (record.phase === PHASE_END && record.packets > 0 && record.replyPackets === 0)
      add(values, at + UNANSWERED, weight);
    if (record.sourceNatPort >= 0 && record.sourceNatPort !== record.sourcePort) add(values, at + REWRITTEN, weight);
    if (record.shaperDroppedBytes !== 0) add(values, at + SHAPED, record.shaperDroppedBytes * weight);
    if (record.phase === PHASE_PACKET && record.bytes > (values[at + LARGEST] as number))
      values[at + LARGEST] = record.bytes;
    if (record.phase === PHASE_END && record.durationMs >= 0) shorten(values, at, record.durationMs);
  }
  widen(values, at, record.timeMs, record.timeMs);
}

/** What many records add up to that agree in all that a record can say of itself but these numbers. */
export interface Tally {
  records: number;
  /** Sums over the records that show them. */
  bytes: number;
  packets: number;
  /** Session ends with packets sent and none received. */
  unanswered: number;
  /** Lines with a translated source port other than the own. */
  rewritten: number;
  largestPacketBytes: number;
  shaperDroppedBytes: number;
  /** Of the session ends that say how long they lasted; NaN where none does. */
  shortestSessionMs: number;
  lostEvents: number;
  /** UTC milliseconds; NaN where the records carry no time. */
  firstMs: number;
  lastMs: number;
  /** UTC hours since the epoch with the records of each; of those that carry a time. */
  hours: readonly (readonly [hour: number, records: number])[];
}

/** Adds many records at once; of `record` only the phase and the weight count here. */
export function countTally(values: Float64Array, at: number, record: LogRecord, tally: Tally): void {
  const weight = record.count;
  add(values, at + RECORDS, tally.records);
  add(values, at + LOST, tally.lostEvents);
  if (record.phase === PHASE_START) add(values, at + STARTS, weight * tally.records);
  else if (record.phase === PHASE_INTERIM) add(values, at + INTERIMS, weight * tally.records);
  else {
    add(values, at + COUNT, weight * tally.records);
    add(values, at + BYTES, weight * tally.bytes);
    add(values, at + PACKETS, weight * tally.packets);
    add(values, at + UNANSWERED, weight * tally.unanswered);
    add(values, at + REWRITTEN, weight * tally.rewritten);
    add(values, at + SHAPED, weight * tally.shaperDroppedBytes);
    if (record.phase === PHASE_PACKET)
      values[at + LARGEST] = Math.max(values[at + LARGEST] as number, tally.largestPacketBytes);
    if (record.phase === PHASE_END) shorten(values, at, tally.shortestSessionMs);
  }
  widen(values, at, tally.firstMs, tally.lastMs);
}

/** Adds the flow at `fromAt`; `lineBase` is added to the line numbers of its examples. */
export function addValues(
  values: Float64Array,
  at: number,
  from: Float64Array,
  fromAt: number,
  lineBase: LineBase,
): void {
  for (const field of SUMS) add(values, at + field, from[fromAt + field] as number);
  values[at + LARGEST] = Math.max(values[at + LARGEST] as number, from[fromAt + LARGEST] as number);
  shorten(values, at, from[fromAt + SHORTEST] as number);
  widen(values, at, from[fromAt + FIRST] as number, from[fromAt + LAST] as number);
  for (let rank = 0; rank < MAX_EXAMPLES; rank++) {
    const example = exampleAt(fromAt, rank);
    const timeMs = from[example] as number;
    if (Number.isNaN(timeMs)) break;
    const input = from[example + 1] as number;
    keepExample(
      values,
      at,
      timeMs,
      input,
      (from[example + 2] as number) + lineBase(input),
      from[example + 3] as number,
    );
  }
}

/** Adds `lineBase` to the line numbers of the examples. */
export function shiftLines(values: Float64Array, at: number, lineBase: LineBase): void {
  for (let rank = 0; rank < MAX_EXAMPLES; rank++) {
    const example = exampleAt(at, rank);
    if (Number.isNaN(values[example])) break;
    add(values, example + 2, lineBase(values[example + 1] as number));
  }
}

/** Lines before the piece of an input that a partial table has seen. */
export type LineBase = (input: number) => number;

function add(values: Float64Array, at: number, amount: number): void {
  values[at] = (values[at] as number) + amount;
}

function shorten(values: Float64Array, at: number, durationMs: number): void {
  if (!Number.isNaN(durationMs) && !((values[at + SHORTEST] as number) <= durationMs))
    values[at + SHORTEST] = durationMs;
}

function widen(values: Float64Array, at: number, firstMs: number, lastMs: number): void {
  if (Number.isNaN(firstMs)) return;
  if (!((values[at + FIRST] as number) <= firstMs)) values[at + FIRST] = firstMs;
  if (!((values[at + LAST] as number) >= lastMs)) values[at + LAST] = lastMs;
}

/**
 * Keeps the earliest examples by time, then by input and line, so that their choice does not depend on the order of
 * reading. Returns whether the line was kept.
 */
export function keepExample(
  values: Float64Array,
  at: number,
  timeMs: number,
  input: number,
  line: number,
  offset: number,
): boolean {
  const sortableMs = Number.isNaN(timeMs) ? Number.MAX_VALUE : timeMs;
  let rank = MAX_EXAMPLES;
  while (rank > 0 && !precedes(values, exampleAt(at, rank - 1), sortableMs, input, line)) rank--;
  if (rank === MAX_EXAMPLES) return false;
  const slot = exampleAt(at, rank);
  // Those after it move on, and the latest is lost.
  values.copyWithin(at + EXAMPLES, at + EXAMPLES + EXAMPLE_FLOATS, slot + EXAMPLE_FLOATS);
  values[slot] = sortableMs;
  values[slot + 1] = input;
  values[slot + 2] = line;
  values[slot + 3] = offset;
  return true;
}

/** Whether the example at `slot` comes before the given place; an empty slot does not. */
function precedes(values: Float64Array, slot: number, timeMs: number, input: number, line: number): boolean {
  const kept = values[slot] as number;
  if (kept !== timeMs) return kept < timeMs;
  const keptInput = values[slot + 1] as number;
  return keptInput !== input ? keptInput < input : (values[slot + 2] as number) <= line;
}

export function examplesOf(values: Float64Array, at: number): LinePointer[] {
  const pointers: LinePointer[] = [];
  for (let rank = 0; rank < MAX_EXAMPLES; rank++) {
    const slot = exampleAt(at, rank);
    if (Number.isNaN(values[slot])) break;
    pointers.push({
      input: values[slot + 1] as number,
      line: values[slot + 2] as number,
      offset: values[slot + 3] as number,
    });
  }
  return pointers;
}
