/** Keys and values of flows in growing typed arrays, with the hash that finds a flow by its key. */
import { hashKey, KEY_INTS, sameKey } from "./flow-key.ts";
import { addValues, clearValues, type LineBase } from "./flow-values.ts";
import { grownInts } from "./growing.ts";
import { ValueRows } from "./value-rows.ts";

const FIRST_CAPACITY = 1024;
const NO_LINES_BEFORE: LineBase = () => 0;

/** The columns as plain data, for another thread. */
export interface PortableColumns {
  size: number;
  /** Longer than the flows need. */
  keys: Int32Array<ArrayBuffer>;
  slots: Int32Array<ArrayBuffer>;
  values: readonly Float64Array<ArrayBuffer>[];
}

export class FlowColumns {
  keys: Int32Array<ArrayBuffer>;
  readonly values: ValueRows;
  size: number;
  /** A flow's index plus one; 0: free. */
  #slots: Int32Array<ArrayBuffer>;

  /** `content`: becomes these columns' own. */
  constructor(content: PortableColumns | null = null) {
    this.size = content?.size ?? 0;
    this.keys = content?.keys ?? new Int32Array(FIRST_CAPACITY * KEY_INTS);
    this.#slots = content?.slots ?? new Int32Array(FIRST_CAPACITY * 4);
    this.values = new ValueRows(content?.values);
  }

  /** The columns' own arrays. */
  toPortable(): PortableColumns {
    return { size: this.size, keys: this.keys, slots: this.#slots, values: this.values.segments };
  }

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
    this.values.resize(this.size);
    clearValues(this.values.segment(flow), ValueRows.offset(flow));
    return flow;
  }

  /**
   * Gives each flow another key and adds up those whose keys have become the same; `rewrite` changes a key in place.
   * Returns the new index of each flow. Where it stands only rows that are done are written over.
   */
  rewriteKeys(rewrite: (key: Int32Array) => void): Int32Array {
    const { values } = this;
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
        values.copyRow(flow, target);
      } else {
        const [to, from] = [ValueRows.offset(target), ValueRows.offset(flow)];
        addValues(values.segment(target), to, values.segment(flow), from, NO_LINES_BEFORE);
      }
      moved[flow] = target;
    }
    values.resize(this.size);
    return moved;
  }

  /** The next flow's index, with its key and its slot but without values. */
  #place(key: Int32Array): number {
    const flow = this.size++;
    if (this.size * KEY_INTS > this.keys.length) this.keys = grownInts(this.keys, this.keys.length * 2);
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
