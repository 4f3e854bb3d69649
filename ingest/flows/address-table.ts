/** Addresses to small numbers, with their words kept once. Number 0 is the unspecified address, from the start. */
import { type AddressWords, isIpv4 } from "../address.ts";
import { hashAddress } from "./flow-selection.ts";
import { grownWords } from "./growing.ts";

/** Of a new table, by kind of address. */
const FIRST_SLOTS = 2048;
const SHOWN_SLOTS = 2048;
/** The third word of an IPv4 address. */
const IPV4_MARK = 0xffff;

/** The table as plain data, for another thread; the arrays are longer than the addresses need. */
export interface PortableAddresses {
  size: number;
  ipv4Size: number;
  words: Uint32Array<ArrayBuffer>;
  ipv4Slots: Int32Array<ArrayBuffer>;
  slots: Int32Array<ArrayBuffer>;
}

export class AddressTable {
  #words: Uint32Array<ArrayBuffer>;
  /** Of IPv4 addresses: the address and its number plus one, side by side. */
  #ipv4Slots: Int32Array<ArrayBuffer>;
  #ipv4Size: number;
  /** Of the others: the number plus one. */
  #slots: Int32Array<ArrayBuffer>;
  #size: number;
  /** Addresses that somebody has looked at lately, by the low bits of their numbers: one object is ten times its words. */
  readonly #shown = new Array<AddressWords | undefined>(SHOWN_SLOTS).fill(undefined);
  readonly #shownIds = new Int32Array(SHOWN_SLOTS);

  /** `content`: becomes this table's own. */
  constructor(content: PortableAddresses | null = null) {
    this.#size = content?.size ?? 0;
    this.#ipv4Size = content?.ipv4Size ?? 0;
    this.#words = content?.words ?? new Uint32Array(4 * 1024);
    this.#ipv4Slots = content?.ipv4Slots ?? new Int32Array(2 * FIRST_SLOTS);
    this.#slots = content?.slots ?? new Int32Array(FIRST_SLOTS);
    if (!content) this.intern(new Uint32Array(4));
  }

  /** The table's own arrays. */
  toPortable(): PortableAddresses {
    return {
      size: this.#size,
      ipv4Size: this.#ipv4Size,
      words: this.#words,
      ipv4Slots: this.#ipv4Slots,
      slots: this.#slots,
    };
  }

  /** All addresses in the order of their numbers, four words each. */
  toWords(): Uint32Array {
    return this.#words.slice(0, this.#size * 4);
  }

  get size(): number {
    return this.#size;
  }

  intern(address: AddressWords): number {
    return isIpv4(address) ? this.#internIpv4((address[3] as number) | 0) : this.#internWords(address);
  }

  #internIpv4(address: number): number {
    const slots = this.#ipv4Slots;
    const mask = slots.length - 2;
    let at = slotOf(address) & mask;
    for (; slots[at + 1] !== 0; at = (at + 2) & mask) if (slots[at] === address) return (slots[at + 1] as number) - 1;
    const id = this.#append(0, 0, IPV4_MARK, address);
    slots[at] = address;
    slots[at + 1] = id + 1;
    if (++this.#ipv4Size * 4 > slots.length) this.#growIpv4Slots();
    return id;
  }

  #internWords(address: AddressWords): number {
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

  /** The address, most often the same object as last time: not to be changed. */
  at(id: number): AddressWords {
    const slot = id & (SHOWN_SLOTS - 1);
    let address = this.#shown[slot];
    if (address === undefined || this.#shownIds[slot] !== id) {
      address = this.#words.slice(id * 4, id * 4 + 4);
      this.#shown[slot] = address;
      this.#shownIds[slot] = id;
    }
    return address;
  }

  #add(address: AddressWords, slot: number): number {
    const [first, second, third, fourth] = address as unknown as [number, number, number, number];
    const id = this.#append(first, second, third, fourth);
    this.#slots[slot] = id + 1;
    if ((this.#size - this.#ipv4Size) * 2 > this.#slots.length) this.#growSlots();
    return id;
  }

  /** The same, put into `into`, for passes over the whole table. */
  read(id: number, into: AddressWords): AddressWords {
    for (let word = 0; word < 4; word++) into[word] = this.#words[id * 4 + word] as number;
    return into;
  }

  #append(first: number, second: number, third: number, fourth: number): number {
    const id = this.#size++;
    if (this.#size * 4 > this.#words.length) this.#words = grownWords(this.#words, this.#words.length * 2);
    const words = this.#words;
    words[id * 4] = first;
    words[id * 4 + 1] = second;
    words[id * 4 + 2] = third;
    words[id * 4 + 3] = fourth;
    return id;
  }

  #growIpv4Slots(): void {
    const old = this.#ipv4Slots;
    const slots = new Int32Array(old.length * 2);
    const mask = slots.length - 2;
    for (let from = 0; from < old.length; from += 2) {
      if (old[from + 1] === 0) continue;
      let at = slotOf(old[from] as number) & mask;
      while (slots[at + 1] !== 0) at = (at + 2) & mask;
      slots[at] = old[from] as number;
      slots[at + 1] = old[from + 1] as number;
    }
    this.#ipv4Slots = slots;
  }

  #growSlots(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (const held of this.#slots) {
      if (held === 0) continue;
      const at = (held - 1) * 4;
      let slot = hashAddress(this.#words.subarray(at, at + 4)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = held;
    }
    this.#slots = slots;
  }
}

/** An even number. */
function slotOf(address: number): number {
  const hash = Math.imul(address, 0x9e3779b1);
  return (hash ^ (hash >>> 15)) << 1;
}
