/** Keys and values of flows in growing typed arrays, with the hash that finds a flow by its key. */
import { hashKey, KEY_INTS, sameKey } from "./flow-key.ts";
import { clearValues, VALUE_FLOATS } from "./flow-values.ts";

const FIRST_CAPACITY = 1024;

export class FlowColumns {
  keys = new Int32Array(FIRST_CAPACITY * KEY_INTS);
  values = new Float64Array(FIRST_CAPACITY * VALUE_FLOATS);
  size = 0;
  #slots = new Int32Array(FIRST_CAPACITY * 4);

  /** Index of the flow, or -1. */
  find(key: Int32Array): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashKey(key, 0) & mask; ; slot = (slot + 1) & mask) {
      const flow = (this.#slots[slot] as number) - 1;
      if (flow < 0 || sameKey(this.keys, flow * KEY_INTS, key)) return flow;
    }
  }

  /** Index of a new flow with this key, which must not be there yet. */
  append(key: Int32Array): number {
    const flow = this.size++;
    if (this.size * KEY_INTS > this.keys.length) {
      const keys = new Int32Array(this.keys.length * 2);
      keys.set(this.keys);
      this.keys = keys;
      const values = new Float64Array(this.values.length * 2);
      values.set(this.values);
      this.values = values;
    }
    this.keys.set(key, flow * KEY_INTS);
    clearValues(this.values, flow * VALUE_FLOATS);
    if (this.size * 2 > this.#slots.length) this.#rehash(this.#slots.length * 2);
    else this.#place(flow);
    return flow;
  }

  #rehash(slots: number): void {
    this.#slots = new Int32Array(slots);
    for (let flow = 0; flow < this.size; flow++) this.#place(flow);
  }

  #place(flow: number): void {
    const mask = this.#slots.length - 1;
    let slot = hashKey(this.keys, flow * KEY_INTS) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = flow + 1;
  }
}
