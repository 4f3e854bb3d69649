/**
 * A device's clock. Logs write local time, often without year or zone; a date library per line would cost more than the
 * rest of the parser, so luxon is asked once per day of log, and the answer is kept.
 */
import { DateTime, IANAZone } from "luxon";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The shortest. */
const YEAR_MS = 365 * DAY_MS;
/** Zone rules change offsets on quarters of an hour at the finest. */
const OFFSET_CELL_MS = 15 * MINUTE_MS;

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** Milliseconds since the epoch of a proleptic Gregorian civil time taken as UTC; NaN if a field is out of range. */
export function civilMs(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (!(month >= 1 && month <= 12 && day >= 1 && hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59))
    return Number.NaN;
  if (!(second >= 0 && second <= 60 && year >= 1970 && year <= 9999)) return Number.NaN;
  const monthDays =
    month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  if (day > monthDays) return Number.NaN;
  const past = year - 1;
  const days =
    365 * (year - 1970) +
    (Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) - 477) +
    (DAYS_BEFORE_MONTH[month - 1] as number) +
    (leap && month > 2 ? 1 : 0) +
    day -
    1;
  return days * DAY_MS + hour * 3_600_000 + minute * MINUTE_MS + second * 1000;
}

/** Whether luxon knows the zone: an IANA name, `utc`, `local`, or a fixed offset such as `UTC+2`. */
export function isKnownZone(zone: string): boolean {
  return DateTime.fromMillis(0, { zone }).isValid || IANAZone.isValidZone(zone);
}

export type DateOrder = "day first" | "month first";

/** A device's clock: its zone, and the moment before which its year-less lines were written. */
export class DeviceClock {
  readonly zone: string;
  /** Of dates in digits that may be read either way, where the input shows it. */
  readonly dateOrder: DateOrder | null;
  /**
   * The moment that stands around the line at hand (a relay's header, a collector's document), or NaN: where there is one, it
   * takes the reference's place. Who sets it sets it back.
   */
  aroundMs = Number.NaN;
  /** By quarter of an hour, for days on which clocks change. */
  readonly #offsets = new Map<number, number>();
  readonly #dayOffsets = new Map<number, number>();
  #referenceMs: number;
  #referenceYear: number;
  #lastCell = Number.NaN;
  #lastOffsetMs = 0;

  /**
   * `zone`: as `isKnownZone`. `referenceMs`: the newest moment the log can hold (the file's modification time, or now):
   * a year-less date more than a day after it belongs to an earlier year.
   */
  constructor(zone: string, referenceMs: number, dateOrder: DateOrder | null = null) {
    this.zone = zone;
    this.dateOrder = dateOrder;
    this.#referenceMs = referenceMs;
    this.#referenceYear = DateTime.fromMillis(referenceMs, { zone }).year;
  }

  /** Another number after every change of what a time means. */
  state = 0;

  get referenceMs(): number {
    return this.#referenceMs;
  }

  /** For a log that grows while it is read: a new year may begin. */
  advanceTo(referenceMs: number): void {
    if (referenceMs < this.#referenceMs + MINUTE_MS) return;
    this.#referenceMs = referenceMs;
    this.#referenceYear = DateTime.fromMillis(referenceMs, { zone: this.zone }).year;
    this.#lastMinute = -1;
    this.state++;
  }

  /**
   * UTC milliseconds of a local civil time; NaN if it is no date. In the hour that a change of clocks repeats, the
   * earlier instant holds: the log does not say which of the two it was.
   */
  fromLocal(
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
    fractionMs = 0,
  ): number {
    const local = civilMs(year, month, day, hour, minute, second);
    if (Number.isNaN(local)) return local;
    return local - this.#offsetMs(local) + fractionMs;
  }

  #lastMinute = -1;
  #lastMinuteMs = 0;

  /**
   * The same for a time without a year: the latest year that does not lie in the future of the reference. Lines come
   * in runs of the same minute, so the last one is remembered.
   */
  fromYearless(month: number, day: number, hour: number, minute: number, second: number, fractionMs = 0): number {
    // Beyond these, numbers of no time would stand for the minute of another.
    if (day > 31 || hour > 23 || minute > 59) return Number.NaN;
    const cell = ((month * 32 + day) * 32 + hour) * 64 + minute;
    if (cell !== this.#lastMinute || !this.allows(this.#lastMinuteMs)) {
      this.#lastMinuteMs = this.#yearlessMinute(month, day, hour, minute);
      this.#lastMinute = cell;
    }
    return second >= 0 && second <= 60 ? this.#lastMinuteMs + second * 1000 + fractionMs : Number.NaN;
  }

  #yearlessMinute(month: number, day: number, hour: number, minute: number): number {
    const hasAround = !Number.isNaN(this.aroundMs);
    const newestMs = (hasAround ? this.aroundMs : this.#referenceMs) + DAY_MS;
    let year = (hasAround ? new Date(this.aroundMs).getUTCFullYear() : this.#referenceYear) + 1;
    for (let tries = 0; tries < 9; tries++, year--) {
      const ms = this.fromLocal(year, month, day, hour, minute, 0);
      if (ms <= newestMs) return ms;
    }
    return Number.NaN;
  }

  /** Whether a date without a year may be of that moment, so that no other year need be sought for it. */
  allows(ms: number): boolean {
    const newestMs = (Number.isNaN(this.aroundMs) ? this.#referenceMs : this.aroundMs) + DAY_MS;
    return ms <= newestMs && ms > newestMs - YEAR_MS;
  }

  /**
   * The offset of a whole local day, or NaN where clocks change around it. Asking luxon once a day and not for each of its
   * quarters saves 0.1 ms for each: 75 ms for a week's log (PERFORMANCE.md).
   */
  #offsetOfDay(day: number): number {
    let offsetMs = this.#dayOffsets.get(day);
    if (offsetMs === undefined) {
      const from = DateTime.fromMillis((day - 1) * DAY_MS, { zone: this.zone }).offset;
      const to = DateTime.fromMillis((day + 2) * DAY_MS, { zone: this.zone }).offset;
      offsetMs = from === to ? from * MINUTE_MS : Number.NaN;
      this.#dayOffsets.set(day, offsetMs);
    }
    return offsetMs;
  }

  #offsetMs(localMs: number): number {
    const cell = Math.floor(localMs / OFFSET_CELL_MS);
    if (cell === this.#lastCell) return this.#lastOffsetMs;
    let offsetMs = this.#offsets.get(cell) ?? this.#offsetOfDay(Math.floor(localMs / DAY_MS));
    if (Number.isNaN(offsetMs)) {
      const civil = new Date(cell * OFFSET_CELL_MS);
      const local = DateTime.fromObject(
        {
          year: civil.getUTCFullYear(),
          month: civil.getUTCMonth() + 1,
          day: civil.getUTCDate(),
          hour: civil.getUTCHours(),
          minute: civil.getUTCMinutes(),
        },
        { zone: this.zone },
      );
      // Luxon's own choice in a repeated hour hangs on today's date.
      offsetMs = Math.max(...local.getPossibleOffsets().map((possible) => possible.offset)) * MINUTE_MS;
      this.#offsets.set(cell, offsetMs);
    }
    this.#lastCell = cell;
    this.#lastOffsetMs = offsetMs;
    return offsetMs;
  }
}
