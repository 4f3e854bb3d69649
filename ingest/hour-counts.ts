/** Counts by flow and hour: an open-addressing table, since most flows live in few of a month's hours. */

const EMPTY = -1;

/** Entries in the order of their flows: those of a flow from `starts[flow]` up to `starts[flow + 1]`. */
export interface HourIndex {
  starts: Int32Array;
  hours: Int32Array;
  counts: Float64Array;
}

/** A flow's entries, hours ascending. */
export function hoursIn({ starts, hours, counts }: HourIndex, flow: number): [hour: number, count: number][] {
  const entries: [number, number][] = [];
  for (let at = starts[flow] as number; at < (starts[flow + 1] as number); at++) {
    entries.push([hours[at] as number, counts[at] as number]);
  }
  return entries.sort((a, b) => a[0] - b[0]);
}

export class HourCounts {
  #flows = new Int32Array(4096).fill(EMPTY);
  #hours = new Int32Array(4096);
  #counts = new Float64Array(4096);
  #size = 0;

  /** `hour`: UTC hours since the epoch. */
  add(flow: number, hour: number, count: number): void {
    const mask = this.#flows.length - 1;
    for (let slot = slotOf(flow, hour) & mask; ; slot = (slot + 1) & mask) {
      if (this.#flows[slot] === flow && this.#hours[slot] === hour) {
        this.#counts[slot] = (this.#counts[slot] as number) + count;
        return;
      }
      if (this.#flows[slot] === EMPTY) {
        this.#flows[slot] = flow;
        this.#hours[slot] = hour;
        this.#counts[slot] = count;
        if (++this.#size * 2 > this.#flows.length) this.#grow();
        return;
      }
    }
  }

  /** Where each flow's entries stand, for reading many of them; holds until the next `add`. `flows`: how many there are. */
  index(flows: number): HourIndex {
    const starts = new Int32Array(flows + 1);
    this.visit((flow) => {
      starts[flow + 1] = (starts[flow + 1] as number) + 1;
    });
    for (let flow = 0; flow < flows; flow++) {
      starts[flow + 1] = (starts[flow + 1] as number) + (starts[flow] as number);
    }
    const next = starts.slice();
    const hours = new Int32Array(this.#size);
    const counts = new Float64Array(this.#size);
    this.visit((flow, hour, count) => {
      const at = next[flow] as number;
      hours[at] = hour;
      counts[at] = count;
      next[flow] = at + 1;
    });
    return { starts, hours, counts };
  }

  visit(receive: (flow: number, hour: number, count: number) => void): void {
    for (let slot = 0; slot < this.#flows.length; slot++) {
      const flow = this.#flows[slot] as number;
      if (flow !== EMPTY) receive(flow, this.#hours[slot] as number, this.#counts[slot] as number);
    }
  }

  /** All entries as triples of flow, hour and count. */
  toTriples(): Float64Array {
    const triples = new Float64Array(this.#size * 3);
    let at = 0;
    this.visit((flow, hour, count) => {
      triples[at++] = flow;
      triples[at++] = hour;
      triples[at++] = count;
    });
    return triples;
  }

  #grow(): void {
    const old = { flows: this.#flows, hours: this.#hours, counts: this.#counts };
    this.#flows = new Int32Array(old.flows.length * 2).fill(EMPTY);
    this.#hours = new Int32Array(old.flows.length * 2);
    this.#counts = new Float64Array(old.flows.length * 2);
    const mask = this.#flows.length - 1;
    for (let i = 0; i < old.flows.length; i++) {
      if (old.flows[i] === EMPTY) continue;
      let slot = slotOf(old.flows[i] as number, old.hours[i] as number) & mask;
      while (this.#flows[slot] !== EMPTY) slot = (slot + 1) & mask;
      this.#flows[slot] = old.flows[i] as number;
      this.#hours[slot] = old.hours[i] as number;
      this.#counts[slot] = old.counts[i] as number;
    }
  }
}

function slotOf(flow: number, hour: number): number {
  const hash = Math.imul(flow, 0x9e3779b1) ^ Math.imul(hour, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
