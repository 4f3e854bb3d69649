/**
 * Counts by flow and hour. Each flow has a chain of the hours in which it was seen, newest first: lines come roughly in the
 * order of their times, so that the hour looked for is nearly always the one that was counted last, or a newer one.
 */

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

export class HourCounts {
  #newest = new Int32Array(FIRST_FLOWS);
  /** Where the flow was counted last. */
  #last = new Int32Array(FIRST_FLOWS);
  #ints = new Int32Array(FIRST_ENTRIES * ENTRY_INTS);
  #floats = new Float64Array(this.#ints.buffer);
  #size = 1;

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

  /** All entries, by flow. */
  visit(receive: (flow: number, hour: number, count: number) => void): void {
    for (let flow = 0; flow < this.#newest.length; flow++) {
      for (const [hour, count] of this.of(flow)) receive(flow, hour, count);
    }
  }

  /** All entries as triples of flow, hour and count; those of a flow in the order of the hours. */
  toTriples(): Float64Array {
    const triples = new Float64Array((this.#size - 1) * 3);
    let at = 0;
    this.visit((flow, hour, count) => {
      triples[at++] = flow;
      triples[at++] = hour;
      triples[at++] = count;
    });
    return triples;
  }

  /** A new entry between two others of the flow's chain, either of which may be none. */
  #insert(flow: number, newer: number, older: number, hour: number): number {
    const entry = this.#size++;
    if (entry * ENTRY_INTS === this.#ints.length) this.#growEntries();
    this.#ints[entry * ENTRY_INTS + HOUR] = hour;
    this.#ints[entry * ENTRY_INTS + OLDER] = older;
    if (newer === NONE) this.#newest[flow] = entry;
    else this.#ints[newer * ENTRY_INTS + OLDER] = entry;
    return entry;
  }

  #growFlows(flow: number): void {
    this.#newest = grown(this.#newest, flow + 1);
    this.#last = grown(this.#last, flow + 1);
  }

  #growEntries(): void {
    this.#ints = grown(this.#ints, this.#ints.length + 1);
    this.#floats = new Float64Array(this.#ints.buffer);
  }
}

function grown(array: Int32Array<ArrayBuffer>, atLeast: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(Math.max(2 * array.length, atLeast));
  copy.set(array);
  return copy;
}
