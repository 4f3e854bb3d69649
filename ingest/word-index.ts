/** Words known beforehand (keys, actions, subtypes) to small numbers, straight from bytes. */
import { ascii } from "./bytes.ts";

/** What `WordIndex.find` gives for a word that it does not know. */
export const UNKNOWN_WORD = -1;

const SLOTS_PER_WORD = 8;

/**
 * A hash table over length, first, middle and last byte, with a full comparison at the end: no string is made, and most
 * unknown words meet an empty slot at once.
 */
export class WordIndex {
  readonly #mask: number;
  /** Index of the word, plus one; 0: empty. */
  readonly #slots: Uint16Array;
  readonly #words: Uint8Array[] = [];
  readonly #values: Int32Array;

  /** Each word with its number, which must not be negative. */
  constructor(entries: readonly (readonly [word: string, value: number])[]) {
    let size = 16;
    while (size < entries.length * SLOTS_PER_WORD) size *= 2;
    this.#mask = size - 1;
    this.#slots = new Uint16Array(size);
    this.#values = new Int32Array(entries.length);
    for (const [word, value] of entries) {
      const bytes = ascii(word);
      if (bytes.length === 0 || this.find(bytes, 0, bytes.length) !== UNKNOWN_WORD)
        throw new Error(`empty or repeated word: ${word}`);
      let slot = hash(bytes, 0, bytes.length) & this.#mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask;
      this.#values[this.#words.length] = value;
      this.#slots[slot] = this.#words.push(bytes);
    }
  }

  /** Number of the word that fills `[start, end)`, or `UNKNOWN_WORD`. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length <= 0) return UNKNOWN_WORD;
    let slot = hash(bytes, start, end) & this.#mask;
    for (;;) {
      const index = this.#slots[slot] as number;
      if (index === 0) return UNKNOWN_WORD;
      const word = this.#words[index - 1] as Uint8Array;
      if (word.length === length) {
        let i = 0;
        while (i < length && word[i] === bytes[start + i]) i++;
        if (i === length) return this.#values[index - 1] as number;
      }
      slot = (slot + 1) & this.#mask;
    }
  }
}

function hash(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const first = bytes[start] as number;
  const middle = bytes[start + (length >> 1)] as number;
  const last = bytes[end - 1] as number;
  return first * 37 + middle * 151 + last * 11 + length * 67;
}
