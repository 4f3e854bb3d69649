/**
 * Months as programs write them that follow the locale of the host: `journalctl` on a German machine has `Mär`, `Mai`, `Okt`
 * and `Dez`. English ones are read without this (timestamps.ts).
 */
import { DOT, isDigit, SPACE, textOf } from "../bytes.ts";

/** German, Dutch, French, Spanish, Italian, Portuguese; `?` stands for a letter that is no ASCII, in whatever encoding. */
const MONTHS = new Map<string, number>(
  (
    [
      [1, "ene gen janv"],
      [2, "fev f?vr"],
      [3, "m?r mrz mrt mars"],
      [4, "abr avr avril"],
      [5, "mai mei mag"],
      [6, "giu juin"],
      [7, "lug juil"],
      [8, "ago ao?t"],
      [9, "set sept"],
      [10, "okt ott out"],
      [12, "dez dic d?c"],
    ] as const
  ).flatMap(([month, names]) => names.split(" ").map((name): [string, number] => [name, month])),
);
const MIN_BYTES = 3;
const MAX_BYTES = 6;

export class MonthName {
  month = 0;
  /** The blank behind the name. */
  end = 0;
}

/** Reads the name at `start` that a day follows; false where there is none that is known. */
export function readMonthName(bytes: Uint8Array, start: number, end: number, into: MonthName): boolean {
  let blank = start + MIN_BYTES;
  while (blank < end && blank < start + MAX_BYTES && bytes[blank] !== SPACE) blank++;
  if (bytes[blank] !== SPACE) return false;
  // Elsewhere than before a day, no text is made of it: most lines that come here are not dated so.
  if (!isDigit(bytes[blank + 1]) && !(bytes[blank + 1] === SPACE && isDigit(bytes[blank + 2]))) return false;
  const nameEnd = bytes[blank - 1] === DOT ? blank - 1 : blank;
  const name = textOf(bytes, start, nameEnd)
    .toLowerCase()
    .replace(/[^a-z]/g, "?");
  into.month = MONTHS.get(name) ?? 0;
  into.end = blank;
  return into.month > 0;
}
