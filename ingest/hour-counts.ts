/** Counts by flow and hour: an open-addressing table, since most flows live in few of a month's hours. */

const EMPTY = -1;

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

  /** All entries by flow, hours ascending. */
  byFlow(): Map<number, [hour: number, count: number][]> {
    const lists = new Map<number, [number, number][]>();
    this.visit((flow, hour, count) => {
      const list = lists.get(flow);
      if (list) list.push([hour, count]);
      else lists.set(flow, [[hour, count]]);
    });
    for (const list of lists.values()) list.sort((a, b) => a[0] - b[0]);
    return lists;
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
