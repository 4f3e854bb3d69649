/** The moment before which an input's lines were written: it decides the year of dates that have none. */
import type { Input } from "../inputs/inputs.ts";
import { dateInName } from "../inputs/rotation.ts";

const DAY_MS = 86_400_000;
/** A file named after the first day that it holds is no longer than a month. */
const LONGEST_FILE_MS = 40 * DAY_MS;

/**
 * `innerMs`: what a compressed file says of the log inside; a copied file's own time is that of the copy. A date in the
 * name bounds both.
 */
export function newestMoment(input: Input, innerMs: number | null): number {
  const modifiedMs = innerMs ?? input.modifiedMs;
  const namedMs = input.path === null ? null : dateInName(input.path);
  return namedMs === null ? modifiedMs : Math.min(modifiedMs, namedMs + LONGEST_FILE_MS);
}
