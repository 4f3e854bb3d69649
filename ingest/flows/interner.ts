/** Byte strings to small numbers, so that repeated texts (interfaces, rules, devices) cost one comparison a line. */
import { copyOf, textOf } from "../bytes.ts";
import type { Span } from "../record.ts";

/** Texts beyond this many are all interned as OVERFLOW: free text must not grow memory with the log. */
const MAX_TEXTS = 65_536;
const MAX_TEXT_BYTES = 512;
const RECENT_SLOTS = 256;
const OVERFLOW = "(more)";

export class Interner {
  /** Text by number; number 0 is the empty text. */
  readonly texts: string[] = [""];
  #bytes: Uint8Array[] = [new Uint8Array(0)];
  #slots = new Int32Array(1024);
  #overflow = -1;
  /** Number of the text that was last seen, by a few bits of it. */
  readonly #recent = new Int32Array(RECENT_SLOTS);

  /** Number of the span's text; 0 for an empty span. */
  intern(bytes: Uint8Array, span: Span): number {
    const { start } = span;
    const length = Math.min(span.end - start, MAX_TEXT_BYTES);
    if (length <= 0) return 0;
    // Few texts take turns: the one with this end and length is most often the same as last time.
    const recentAt = ((bytes[start + length - 1] as number) ^ (length << 3)) & (RECENT_SLOTS - 1);
    const recent = this.#recent[recentAt] as number;
    const recentBytes = this.#bytes[recent] as Uint8Array;
    if (recentBytes.length === length && sameBytes(recentBytes, bytes, start)) return recent;
    const number = this.#lookUp(bytes, start, length);
    this.#recent[recentAt] = number;
    return number;
  }

  #lookUp(bytes: Uint8Array, start: number, length: number): number {
    let hash = length;
    for (let i = 0; i < length; i++) hash = Math.imul(hash ^ (bytes[start + i] as number), 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (this.#slots[slot] as number) - 1;
      if (number < 0) return this.#add(bytes, start, length, slot);
      const known = this.#bytes[number] as Uint8Array;
      if (known.length === length && sameBytes(known, bytes, start)) return number;
    }
  }

  /** Number of a text that is not in a log line. */
  internText(text: string): number {
    const bytes = new TextEncoder().encode(text);
    return this.intern(bytes, { start: 0, end: bytes.length } as Span);
  }

  #add(bytes: Uint8Array, start: number, length: number, slot: number): number {
    if (this.texts.length >= MAX_TEXTS) {
      if (this.#overflow < 0) {
        this.#overflow = this.texts.length;
        this.texts.push(OVERFLOW);
        this.#bytes.push(new Uint8Array(0));
      }
      return this.#overflow;
    }
    const number = this.texts.length;
    this.texts.push(textOf(bytes, start, start + length));
    this.#bytes.push(copyOf(bytes, start, start + length));
    this.#slots[slot] = number + 1;
    if (this.texts.length * 2 > this.#slots.length) this.#grow();
    return number;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 1; number < this.#bytes.length; number++) {
      const bytes = this.#bytes[number] as Uint8Array;
      if (bytes.length === 0) continue;
      let hash = bytes.length;
      for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
      hash ^= hash >>> 15;
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
  }
}

function sameBytes(known: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}
