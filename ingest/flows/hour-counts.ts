/**
 * Counts by flow and hour. Each flow has a chain of the hours in which it was seen, newest first: lines come roughly in the
 * order of their times, so that the hour looked for is nearly always the one that was counted last, or a newer one.
 */
import { grownInts } from "./growing.ts";

const FIRST_FLOWS = 1024;
const FIRST_ENTRIES = 4096;
/** Of an entry: hour and number of the next older entry as integers, then the count. */
const ENTRY_INTS = 4;
const ENTRY_FLOATS = 2;
const HOUR = 0;
const OLDER = 1;
const COUNT = 1;
/** Number 0 is no entry. */
const NONE = 0;

/** Entries in the order of their flows: those of a flow from `starts[flow]` up to `starts[flow + 1]`, hours ascending. */
export interface HourIndex {
  starts: Int32Array;
  hours: Int32Array;
  counts: Float64Array;
}

/** A flow's entries. */
export function hoursIn({ starts, hours, counts }: HourIndex, flow: number): [hour: number, count: number][] {
  const entries: [number, number][] = [];
  for (let at = starts[flow] as number; at < (starts[flow + 1] as number); at++) {
    entries.push([hours[at] as number, counts[at] as number]);
  }
  return entries;
}

/** The counts as plain data, for another thread; the arrays are longer than the entries need. */
export interface PortableHours {
  size: number;
  newest: Int32Array<ArrayBuffer>;
  last: Int32Array<ArrayBuffer>;
  entries: Int32Array<ArrayBuffer>;
  flows: Int32Array<ArrayBuffer>;
}

export class HourCounts {
  #newest: Int32Array<ArrayBuffer>;
  /** Where the flow was counted last. */
  #last: Int32Array<ArrayBuffer>;
  #ints: Int32Array<ArrayBuffer>;
  #floats: Float64Array<ArrayBuffer>;
  /** The flow of each entry: passes over all of them need not follow the chains. */
  #flows: Int32Array<ArrayBuffer>;
  #size: number;

  /** `content`: becomes these counts' own. */
  constructor(content: PortableHours | null = null) {
    this.#size = content?.size ?? 1;
    this.#newest = content?.newest ?? new Int32Array(FIRST_FLOWS);
    this.#last = content?.last ?? new Int32Array(FIRST_FLOWS);
    this.#ints = content?.entries ?? new Int32Array(FIRST_ENTRIES * ENTRY_INTS);
    this.#floats = new Float64Array(this.#ints.buffer);
    this.#flows = content?.flows ?? new Int32Array(FIRST_ENTRIES);
  }

  /** The counts' own arrays. */
  toPortable(): PortableHours {
    return {
      size: this.#size,
      newest: this.#newest,
      last: this.#last,
      entries: this.#ints,
      flows: this.#flows,
    };
  }

  /** `hour`: UTC hours since the epoch. */
  add(flow: number, hour: number, count: number): void {
    if (flow >= this.#newest.length) this.#growFlows(flow);
    const ints = this.#ints;
    let newer = NONE;
    let entry = this.#last[flow] as number;
    if (entry === NONE || (ints[entry * ENTRY_INTS + HOUR] as number) < hour) entry = this.#newest[flow] as number;
    while (entry !== NONE && (ints[entry * ENTRY_INTS + HOUR] as number) > hour) {
      newer = entry;
      entry = ints[entry * ENTRY_INTS + OLDER] as number;
    }
    if (entry === NONE || ints[entry * ENTRY_INTS + HOUR] !== hour) entry = this.#insert(flow, newer, entry, hour);
    this.#last[flow] = entry;
    const at = entry * ENTRY_FLOATS + COUNT;
    this.#floats[at] = (this.#floats[at] as number) + count;
  }

  /** The flow's hours with their counts, ascending. */
  of(flow: number): [hour: number, count: number][] {
    const hours: [number, number][] = [];
    let entry = flow < this.#newest.length ? (this.#newest[flow] as number) : NONE;
    for (; entry !== NONE; entry = this.#ints[entry * ENTRY_INTS + OLDER] as number) {
      hours.push([
        this.#ints[entry * ENTRY_INTS + HOUR] as number,
        this.#floats[entry * ENTRY_FLOATS + COUNT] as number,
      ]);
    }
    return hours.reverse();
  }

  /** All entries, in the order in which they were first counted. */
  visit(receive: (flow: number, hour: number, count: number) => void): void {
    for (let entry = 1; entry < this.#size; entry++) {
      const hour = this.#ints[entry * ENTRY_INTS + HOUR] as number;
      receive(this.#flows[entry] as number, hour, this.#floats[entry * ENTRY_FLOATS + COUNT] as number);
    }
  }

  /** A copy of all entries. `flows`: how many there are. */
  index(flows: number): HourIndex {
    const index = {
      starts: new Int32Array(flows + 1),
      hours: new Int32Array(this.#size - 1),
      counts: new Float64Array(this.#size - 1),
    };
    let at = 0;
    for (let flow = 0; flow < flows; flow++) {
      index.starts[flow] = at;
      for (const [hour, count] of this.of(flow)) {
        index.hours[at] = hour;
        index.counts[at++] = count;
      }
    }
    index.starts[flows] = at;
    return index;
  }

  /** A new entry between two others of the flow's chain, either of which may be none. */
  #insert(flow: number, newer: number, older: number, hour: number): number {
    const entry = this.#size++;
    if (entry * ENTRY_INTS === this.#ints.length) this.#growEntries();
    this.#flows[entry] = flow;
    this.#ints[entry * ENTRY_INTS + HOUR] = hour;
    this.#ints[entry * ENTRY_INTS + OLDER] = older;
    if (newer === NONE) this.#newest[flow] = entry;
    else this.#ints[newer * ENTRY_INTS + OLDER] = entry;
    return entry;
  }

  #growFlows(flow: number): void {
    const length = Math.max(2 * this.#newest.length, flow + 1);
    this.#newest = grownInts(this.#newest, length);
    this.#last = grownInts(this.#last, length);
  }

  #growEntries(): void {
    this.#ints = grownInts(this.#ints, 2 * this.#ints.length);
    this.#floats = new Float64Array(this.#ints.buffer);
    this.#flows = grownInts(this.#flows, 2 * this.#flows.length);
  }
}
