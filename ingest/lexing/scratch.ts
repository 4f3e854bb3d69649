/** A parser's own buffer for the texts of one record that had to be unescaped, grown where a line needs more. */
import { unescapeJson } from "./json-scan.ts";

const FIRST_SIZE = 1024;

export class Scratch {
  bytes: Uint8Array = new Uint8Array(FIRST_SIZE);
  /** Bytes in use. */
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** Appends a JSON string's text, `[start, end)` inside its quotes, and returns where it begins; it ends at `length`. */
  appendJson(from: Uint8Array, start: number, end: number): number {
    this.#reserve(end - start);
    const at = this.length;
    this.length = unescapeJson(from, start, end, this.bytes, at);
    return at;
  }

  appendByte(byte: number): void {
    this.#reserve(1);
    this.bytes[this.length++] = byte;
  }

  #reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.length + count, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}
