/**
 * Columns of a blank-separated log whose `#Fields:` header names them in any order (W3C extended log format,
 * https://www.w3.org/TR/WD-logfile.html). Splits without allocation.
 */
import { DASH, parseDecimal, SPACE, textOf } from "../bytes.ts";

/** What `decimal` says of a column that is not there or says `-`. */
const NONE = -1;
/** What `decimal` says of a column that is no number. */
export const BAD = -2;

/** More columns than this are counted but not kept. */
const MAX_COLUMNS = 64;
/** Place of a column that the header lacks: beyond all that are kept, where nothing ever stands. */
const NOWHERE = MAX_COLUMNS;

/** Where the known columns of a row stand. Known columns are numbered by their place in the list of names. */
export class W3cFields {
  readonly #names: readonly string[];
  /** Place in a row of each known column. */
  readonly #placeOf: Uint8Array;
  readonly #starts = new Int32Array(MAX_COLUMNS + 1);
  readonly #ends = new Int32Array(MAX_COLUMNS + 1);
  /** Columns that the header names, known or not. */
  declared = 0;
  /** Tokens of the last row. */
  count = 0;

  /** `names`: the known columns, in the order that holds for a file without a header. */
  constructor(names: readonly string[]) {
    this.#names = names;
    this.#placeOf = new Uint8Array(names.length);
    this.declare(names);
  }

  /** Takes the columns' order from names. */
  declare(names: readonly string[]): void {
    this.declared = names.length;
    this.#placeOf.fill(NOWHERE);
    for (let place = Math.min(names.length, MAX_COLUMNS) - 1; place >= 0; place--) {
      const column = this.#names.indexOf((names[place] as string).toLowerCase());
      if (column >= 0) this.#placeOf[column] = place;
    }
  }

  /** Takes the columns' order from what follows `#Fields:`. */
  declareFrom(bytes: Uint8Array, start: number, end: number): void {
    this.declare(
      textOf(bytes, start, end)
        .split(/[ \t]+/)
        .filter((name) => name !== ""),
    );
  }

  /** Whether the header names the column. */
  names(column: number): boolean {
    return this.#placeOf[column] !== NOWHERE;
  }

  /** Splits the row `[start, end)`, which neither begins nor ends with a blank. */
  split(bytes: Uint8Array, start: number, end: number): void {
    const starts = this.#starts;
    const ends = this.#ends;
    let place = 0;
    for (let i = start; i < end; ) {
      starts[place] = i++;
      while (i < end && (bytes[i] as number) > SPACE) i++;
      ends[place] = i++;
      while (i < end && (bytes[i] as number) <= SPACE) i++;
      if (place < MAX_COLUMNS) place++;
    }
    this.count = place;
  }

  /** First byte of the column; meaningless where the row does not reach it. */
  start(column: number): number {
    return this.#starts[this.#placeOf[column] as number] as number;
  }

  /** First byte after the column; its start where the row does not reach it. */
  end(column: number): number {
    const place = this.#placeOf[column] as number;
    return (place < this.count ? this.#ends[place] : this.#starts[place]) as number;
  }

  /** The same of the row's last token, whatever column it stands in. */
  get lastStart(): number {
    return this.#starts[this.count - 1] as number;
  }

  get lastEnd(): number {
    return this.#ends[this.count - 1] as number;
  }

  /** Whether the row reaches the column. */
  reaches(column: number): boolean {
    return (this.#placeOf[column] as number) < this.count;
  }

  /** Whether the row has the column and it does not say `-`, none. */
  has(bytes: Uint8Array, column: number): boolean {
    const place = this.#placeOf[column] as number;
    if (place >= this.count || place === NOWHERE) return false;
    const start = this.#starts[place] as number;
    return bytes[start] !== DASH || (this.#ends[place] as number) - start !== 1;
  }

  /** Decimal of a column: NONE where it says none, BAD for anything else. */
  decimal(bytes: Uint8Array, column: number): number {
    if (!this.has(bytes, column)) return NONE;
    const place = this.#placeOf[column] as number;
    const value = parseDecimal(bytes, this.#starts[place] as number, this.#ends[place] as number);
    return value < 0 ? BAD : value;
  }
}
