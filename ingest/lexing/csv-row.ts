/** Rows of comma-separated values (RFC 4180, and what spreadsheets make of it with semicolons and tabs), cell by cell. */
import { COMMA, LF, QUOTE, SEMICOLON, SPACE, TAB } from "../bytes.ts";
import { Span } from "../record.ts";

const MAX_CELLS = 256;

/** The cells of one row, without their quotes; one is reused for all rows. */
export class CsvRow {
  /** Holds the texts of all cells. */
  text: Uint8Array = new Uint8Array(4096);
  count = 0;
  readonly #cells: Span[] = [];

  cell(column: number): Span {
    return this.#cells[column] as Span;
  }

  /** Reads the row in `[start, end)`, up to MAX_CELLS cells; false where a quote stays open. */
  read(bytes: Uint8Array, start: number, end: number, delimiter: number): boolean {
    if (this.text.length < end - start) this.text = new Uint8Array(2 * (end - start));
    const { text } = this;
    this.count = 0;
    let to = 0;
    for (let i = start; i <= end && this.count < MAX_CELLS; i++) {
      const cellStart = to;
      while (i < end && bytes[i] === SPACE) i++;
      if (bytes[i] === QUOTE && i < end) {
        let isOpen = true;
        for (i++; i < end; i++) {
          const byte = bytes[i] as number;
          if (byte === QUOTE) {
            if (bytes[i + 1] !== QUOTE || i + 1 >= end) {
              isOpen = false;
              break;
            }
            i++;
          }
          text[to++] = byte;
        }
        if (isOpen) return false;
        i++;
        while (i < end && bytes[i] !== delimiter) i++;
      } else {
        while (i < end && bytes[i] !== delimiter) text[to++] = bytes[i++] as number;
        while (to > cellStart && (text[to - 1] as number) <= SPACE) to--;
      }
      this.#place(cellStart, to);
    }
    return true;
  }

  #place(start: number, end: number): void {
    const cell = this.#cells[this.count] ?? new Span();
    cell.set(start, end);
    this.#cells[this.count++] = cell;
  }
}

/**
 * Index just past the row that begins at `from` and past its line end, or -1 where `limit` comes first. Quotes count only
 * at the start of a cell; a line end within them belongs to the row.
 */
export function csvRowEnd(bytes: Uint8Array, from: number, limit: number): number {
  let isQuoted = false;
  let last = COMMA;
  for (let i = from; i < limit; i++) {
    const byte = bytes[i] as number;
    if (byte === QUOTE) {
      if (isQuoted) isQuoted = false;
      else isQuoted = last === QUOTE || last === COMMA || last === SEMICOLON || last === TAB;
    } else if (byte === LF && !isQuoted) return i + 1;
    last = byte;
  }
  return -1;
}
