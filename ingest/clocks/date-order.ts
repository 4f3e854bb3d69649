/**
 * Whether the dates of an input put the day or the month first (`07/03/2026 19:10`), where its first bytes show: by a number above
 * 12, or because of the two moments that a date may mean one has not come yet.
 */
import { civilMs, type DateOrder } from "./device-clock.ts";

const DATE = /(?<![\w./-])(\d{1,2})([/-])(\d{1,2})\2(\d{4}),?[ \t,]+\d{1,2}:\d\d/g;
const DAY_MS = 86_400_000;
const MONTHS = 12;

/** `newestMs`: all lines were written before this moment. Null: they do not show it, or hold both. */
export function dateOrderOf(head: Uint8Array, newestMs: number): DateOrder | null {
  const isPast = (year: number, month: number, day: number) => civilMs(year, month, day, 0, 0, 0) <= newestMs + DAY_MS;
  const byNumber = new Set<DateOrder>();
  const byMoment = new Set<DateOrder>();
  for (const [, first, , second, third] of Buffer.from(head).toString("latin1").matchAll(DATE)) {
    const [a, b, year] = [Number(first), Number(second), Number(third)];
    if (a > MONTHS !== b > MONTHS) byNumber.add(a > MONTHS ? "day first" : "month first");
    const isDayFirst = isPast(year, b, a);
    if (isDayFirst !== isPast(year, a, b)) byMoment.add(isDayFirst ? "day first" : "month first");
  }
  const told = byNumber.size > 0 ? byNumber : byMoment;
  return told.size === 1 ? ([...told][0] as DateOrder) : null;
}
