/** Addresses to small numbers, with their words kept once. Number 0 is the unspecified address, from the start. */
import type { AddressWords } from "./address.ts";
import { hashAddress } from "./flow-selection.ts";

export class AddressTable {
  #words = new Uint32Array(4 * 1024);
  #slots = new Int32Array(4096);
  #size = 0;
  /** Addresses that somebody has looked at. */
  readonly #shown: (AddressWords | undefined)[] = [];

  constructor() {
    this.intern(new Uint32Array(4));
  }

  /** A table with these addresses in this order, four words each. */
  static fromWords(words: Uint32Array): AddressTable {
    const table = new AddressTable();
    for (let at = 0; at < words.length; at += 4) table.intern(words.subarray(at, at + 4));
    return table;
  }

  /** All addresses in the order of their numbers, four words each. */
  toWords(): Uint32Array {
    return this.#words.slice(0, this.#size * 4);
  }

  get size(): number {
    return this.#size;
  }

  intern(address: ArrayLike<number>): number {
    const mask = this.#slots.length - 1;
    const words = this.#words;
    for (let slot = hashAddress(address) & mask; ; slot = (slot + 1) & mask) {
      const id = (this.#slots[slot] as number) - 1;
      if (id < 0) return this.#add(address, slot);
      const at = id * 4;
      if (
        words[at + 3] === address[3] &&
        words[at + 2] === address[2] &&
        words[at + 1] === address[1] &&
        words[at] === address[0]
      )
        return id;
    }
  }

  /** The address, the same object each time: not to be changed. */
  at(id: number): AddressWords {
    if (id >= this.#shown.length) this.#shown.length = this.#size;
    let address = this.#shown[id];
    if (address === undefined) {
      address = this.#words.slice(id * 4, id * 4 + 4);
      this.#shown[id] = address;
    }
    return address;
  }

  #add(address: ArrayLike<number>, slot: number): number {
    const id = this.#size++;
    if (this.#size * 4 > this.#words.length) {
      const words = new Uint32Array(this.#words.length * 2);
      words.set(this.#words);
      this.#words = words;
    }
    for (let word = 0; word < 4; word++) this.#words[id * 4 + word] = address[word] as number;
    this.#slots[slot] = id + 1;
    if (this.#size * 2 > this.#slots.length) this.#growSlots();
    return id;
  }

  #growSlots(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.#size; id++) {
      let slot = hashAddress(this.#words.subarray(id * 4, id * 4 + 4)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.#slots = slots;
  }
}
