/** Words known beforehand (keys, actions, subtypes) to small numbers, straight from bytes. */
import { ascii } from "../bytes.ts";

/** What `WordIndex.find` gives for a word that it does not know. */
export const UNKNOWN_WORD = -1;

const SLOTS_PER_WORD = 8;
/** Longer words have a middle that head and tail do not cover. */
const COVERED_BYTES = 8;

// Layout of one slot: length (0: empty), first four bytes, last four bytes, index of the word.
const HEAD = 1;
const TAIL = 2;
const INDEX = 3;
const SLOT_INTS = 4;

/**
 * A hash table over length, first four and last four bytes. They decide alone for words of up to eight bytes, so that
 * most lookups compare three integers; longer words are compared to the end.
 */
export class WordIndex {
  readonly #shift: number;
  readonly #slots: Int32Array;
  readonly #words: Uint8Array[] = [];
  readonly #values: Int32Array;

  /** Each word with its number, which must not be negative. */
  constructor(entries: readonly (readonly [word: string, value: number])[]) {
    let bits = 4;
    while (1 << bits < entries.length * SLOTS_PER_WORD) bits++;
    this.#shift = 32 - bits;
    this.#slots = new Int32Array(SLOT_INTS << bits);
    this.#values = new Int32Array(entries.length);
    for (const [word, value] of entries) this.#add(ascii(word), value);
  }

  /** Number of the word that fills `[start, end)`, or `UNKNOWN_WORD`. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length <= 0) return UNKNOWN_WORD;
    const head = length < 4 ? shortWord(bytes, start, length) : fourBytes(bytes, start);
    const tail = length < 4 ? head : fourBytes(bytes, end - 4);
    const slots = this.#slots;
    for (let at = this.#slotOf(length, head, tail); slots[at] !== 0; at = this.#next(at)) {
      if (slots[at] !== length || slots[at + HEAD] !== head || slots[at + TAIL] !== tail) continue;
      const index = slots[at + INDEX] as number;
      if (length <= COVERED_BYTES || this.#matchesMiddle(bytes, start, index)) return this.#values[index] as number;
    }
    return UNKNOWN_WORD;
  }

  #add(word: Uint8Array, value: number): void {
    const { length } = word;
    if (length === 0 || this.find(word, 0, length) !== UNKNOWN_WORD) throw new Error("empty or repeated word");
    const head = length < 4 ? shortWord(word, 0, length) : fourBytes(word, 0);
    const tail = length < 4 ? head : fourBytes(word, length - 4);
    const slots = this.#slots;
    let at = this.#slotOf(length, head, tail);
    while (slots[at] !== 0) at = this.#next(at);
    const index = this.#words.push(word) - 1;
    this.#values[index] = value;
    slots.set([length, head, tail, index], at);
  }

  #slotOf(length: number, head: number, tail: number): number {
    const mixed = Math.imul(head, 0x9e3779b1) ^ Math.imul(tail + length, 0x85ebca6b);
    return (mixed >>> this.#shift) * SLOT_INTS;
  }

  #next(at: number): number {
    return at + SLOT_INTS === this.#slots.length ? 0 : at + SLOT_INTS;
  }

  #matchesMiddle(bytes: Uint8Array, start: number, index: number): boolean {
    const word = this.#words[index] as Uint8Array;
    for (let i = 4; i < word.length - 4; i++) if (word[i] !== bytes[start + i]) return false;
    return true;
  }
}

function fourBytes(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}

function shortWord(bytes: Uint8Array, start: number, length: number): number {
  let word = bytes[start] as number;
  if (length > 1) word |= (bytes[start + 1] as number) << 8;
  return length > 2 ? word | ((bytes[start + 2] as number) << 16) : word;
}
