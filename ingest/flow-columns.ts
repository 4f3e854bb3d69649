/** Keys and values of flows in growing typed arrays, with the hash that finds a flow by its key. */
import { hashKey, KEY_INTS, sameKey } from "./flow-key.ts";
import { addValues, clearValues, type LineBase, VALUE_FLOATS } from "./flow-values.ts";
import { grownFloats, grownInts } from "./growing.ts";

const FIRST_CAPACITY = 1024;
const NO_LINES_BEFORE: LineBase = () => 0;

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
    const flow = this.#place(key);
    clearValues(this.values, flow * VALUE_FLOATS);
    return flow;
  }

  /**
   * Gives each flow another key and adds up those whose keys have become the same; `rewrite` changes a key in place.
   * Returns the new index of each flow. Where it stands only rows that are done are written over.
   */
  rewriteKeys(rewrite: (key: Int32Array) => void): Int32Array {
    const moved = new Int32Array(this.size);
    const key = new Int32Array(KEY_INTS);
    this.#slots.fill(0);
    this.size = 0;
    for (let flow = 0; flow < moved.length; flow++) {
      for (let i = 0; i < KEY_INTS; i++) key[i] = this.keys[flow * KEY_INTS + i] as number;
      rewrite(key);
      let target = this.find(key);
      if (target < 0) {
        target = this.#place(key);
        this.values.copyWithin(target * VALUE_FLOATS, flow * VALUE_FLOATS, (flow + 1) * VALUE_FLOATS);
      } else addValues(this.values, target * VALUE_FLOATS, this.values, flow * VALUE_FLOATS, NO_LINES_BEFORE);
      moved[flow] = target;
    }
    return moved;
  }

  /** The next flow's index, with its key and its slot but without values. */
  #place(key: Int32Array): number {
    const flow = this.size++;
    if (this.size * KEY_INTS > this.keys.length) {
      this.keys = grownInts(this.keys, this.keys.length * 2);
      this.values = grownFloats(this.values, this.values.length * 2);
    }
    for (let i = 0; i < KEY_INTS; i++) this.keys[flow * KEY_INTS + i] = key[i] as number;
    if (this.size * 2 > this.#slots.length) this.#growSlots();
    else this.#fillSlot(flow);
    return flow;
  }

  #growSlots(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let flow = 0; flow < this.size; flow++) this.#fillSlot(flow);
  }

  #fillSlot(flow: number): void {
    const mask = this.#slots.length - 1;
    let slot = hashKey(this.keys, flow * KEY_INTS) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = flow + 1;
  }
}
