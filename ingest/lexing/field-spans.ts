/** Where the values of a line's known keys stand: the meeting point of a lexer and the format that reads its fields. */
import { BACKSLASH } from "../bytes.ts";

const UPPER_N = 0x4e;

export class FieldSpans {
  /** First byte of each field's value; 0: the line has no such field (a value never starts a line). */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Some value holds escapes; `unescape` removes them. */
  hasEscapes = false;
  readonly #escaped: Uint8Array;
  readonly #lastWins: number;

  /** `lastWins`: the one field of which the last occurrence counts; of all others the first does. */
  constructor(count: number, lastWins: number) {
    this.starts = new Int32Array(count);
    this.ends = new Int32Array(count);
    this.#escaped = new Uint8Array(count);
    this.#lastWins = lastWins;
  }

  clear(): void {
    this.starts.fill(0);
    if (!this.hasEscapes) return;
    this.hasEscapes = false;
    this.#escaped.fill(0);
  }

  has(field: number): boolean {
    return this.starts[field] !== 0;
  }

  start(field: number): number {
    return this.starts[field] as number;
  }

  end(field: number): number {
    return this.starts[field] === 0 ? 0 : (this.ends[field] as number);
  }

  /** Notes a value unless it is empty, `N/A`, or a repetition: what an attacker appends never replaces a field. */
  put(bytes: Uint8Array, field: number, start: number, end: number): void {
    if (end <= start || (this.starts[field] !== 0 && field !== this.#lastWins)) return;
    if (end - start === 3 && bytes[start] === UPPER_N && bytes[start + 1] === 0x2f && bytes[start + 2] === 0x41) return;
    this.starts[field] = start;
    this.ends[field] = end;
  }

  /** The same for a value in which backslashes are escapes; `times`: how often it was escaped. */
  putEscaped(bytes: Uint8Array, field: number, start: number, end: number, times = 1): void {
    this.put(bytes, field, start, end);
    if (this.starts[field] !== start) return;
    this.#escaped[field] = times;
    this.hasEscapes = true;
  }

  /** Gives `field` the value of `from` where it has none of its own. */
  adopt(field: number, from: number): void {
    if (this.starts[field] !== 0 || this.starts[from] === 0) return;
    this.starts[field] = this.starts[from] as number;
    this.ends[field] = this.ends[from] as number;
    this.#escaped[field] = this.#escaped[from] as number;
  }

  /**
   * Removes the escapes of all values in place, in a copy of the line that begins at `bytes[0]` while the spans still
   * count from `origin`. Only a backslash before one of `escapable` goes: firmware that does not escape writes paths too.
   */
  unescape(bytes: Uint8Array, origin: number, escapable: Uint8Array): void {
    for (let field = 0; field < this.starts.length; field++) {
      if (this.starts[field] === 0) continue;
      const start = (this.starts[field] as number) - origin;
      let end = (this.ends[field] as number) - origin;
      for (let times = this.#escaped[field] as number; times > 0; times--)
        end = removeEscapes(bytes, start, end, escapable);
      this.starts[field] = start;
      this.ends[field] = end;
    }
  }
}

/** Returns where the value ends now. */
function removeEscapes(bytes: Uint8Array, start: number, end: number, escapable: Uint8Array): number {
  let to = start;
  for (let i = start; i < end; i++) {
    if (bytes[i] === BACKSLASH && i + 1 < end && escapable.includes(bytes[i + 1] as number)) i++;
    bytes[to++] = bytes[i] as number;
  }
  return to;
}
