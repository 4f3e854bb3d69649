/**
 * Times as Windows programs write them: ISO 8601, .NET's JSON (`/Date(1783098630000)/`), and the short date and long time
 * of the user's culture (`7/3/2026 7:10:30 PM`, `03.07.2026 19:10:30`, `2026/07/03 19:10:30`); and as Kibana does
 * (`Jul 3, 2026 @ 19:10:30.123`) and Snare (`Fri Jul 03 19:10:30 2026`). Not for the hot path.
 */
import { ascii, textOf } from "../bytes.ts";
import type { DeviceClock } from "./device-clock.ts";
import { readIsoTime, type TimeCursor } from "./timestamps.ts";

const NET_JSON = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/;
/** ISO 8601 but for a blank before the offset, as Fluent Bit writes it. */
const SPACED_OFFSET = /^(\d{4}-\d\d-\d\d[ T][\d:.]+) ([+-]\d\d:?\d\d|Z)$/;
const CULTURE =
  /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4}),?\s+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d+)?(?:\s*([AaPp])\.?[Mm]\.?)?$/;
const KIBANA =
  /^(?<name>[A-Z][a-z]{2}) (?<day>\d{1,2}), (?<year>\d{4}) @ (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?<fraction>\.\d{3})?$/;
/** C's asctime(). */
const WEEKDAY_FIRST =
  /^[A-Z][a-z]{2} (?<name>[A-Z][a-z]{2}) +(?<day>\d{1,2}) (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d) (?<year>\d{4})$/;
const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
const MAX_CHARS = 48;

const cursor: TimeCursor = { end: 0 };

/** UTC milliseconds of the time that fills `[start, end)`, or NaN. */
export function readLocalisedTime(bytes: Uint8Array, start: number, end: number, clock: DeviceClock): number {
  const iso = readIsoTime(bytes, start, end, clock, cursor);
  if (!Number.isNaN(iso) && cursor.end === end) return iso;
  if (end - start > MAX_CHARS) return Number.NaN;
  // Newer systems put a narrow no-break space before AM.
  const text = textOf(bytes, start, end)
    .replace(/[\u00a0\u202f\u200e]/g, " ")
    .trim();
  const spaced = SPACED_OFFSET.exec(text);
  if (spaced) {
    const joined = ascii(`${spaced[1]}${spaced[2]}`);
    return readIsoTime(joined, 0, joined.length, clock, cursor);
  }
  const net = NET_JSON.exec(text);
  if (net) return Number(net[1]);
  const named = (KIBANA.exec(text) ?? WEEKDAY_FIRST.exec(text))?.groups;
  if (named) {
    const { name = "", day, year, hour, minute, second, fraction = "0" } = named;
    const month = MONTHS.indexOf(name) / 3 + 1;
    return clock.fromLocal(
      Number(year),
      month,
      Number(day),
      Number(hour),
      Number(minute),
      Number(second),
      Number(fraction) * 1000,
    );
  }
  const parts = CULTURE.exec(text);
  if (!parts) return Number.NaN;
  const [, first, separator, second, third, hour, minute, seconds = "0", half] = parts;
  const [year, month, day] = dateOf(String(first), String(separator), String(second), String(third), half, clock);
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return Number.NaN;
    hours = (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  }
  return clock.fromLocal(year, month, day, hours, Number(minute), Number(seconds));
}

/**
 * Year, month and day. With slashes, both orders exist: a number above 12 decides, or what other dates of the input tell; else
 * `AM` and `PM` in capitals are American (month first), and all others (en-GB, fr, es, en-AU's `am`) put the day first.
 */
function dateOf(
  first: string,
  separator: string,
  second: string,
  third: string,
  half: string | undefined,
  { dateOrder }: DeviceClock,
): [year: number, month: number, day: number] {
  if (first.length === 4) return [Number(first), Number(second), Number(third)];
  const year = third.length <= 2 ? 2000 + Number(third) : Number(third);
  const [a, b] = [Number(first), Number(second)];
  const isUsual = dateOrder === null ? half === "A" || half === "P" : dateOrder === "month first";
  const isAmerican = separator === "/" && a <= 12 && (b > 12 || isUsual);
  return isAmerican ? [year, a, b] : [year, b, a];
}
