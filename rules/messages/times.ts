/** Moments as the result prints them. */
import { DateTime } from "luxon";

export const HOUR_MS = 3_600_000;

/** UTC milliseconds as ISO 8601 with the site's offset, to the second. */
export class Times {
  readonly #zone: string;
  /** Findings fall into the same hours over and over. */
  readonly #hours = new Map<number, string>();

  constructor(zone: string) {
    this.#zone = zone;
  }

  iso(ms: number): string | null {
    if (!Number.isFinite(ms)) return null;
    return DateTime.fromMillis(Math.floor(ms / 1000) * 1000, { zone: this.#zone }).toISO({
      suppressMilliseconds: true,
    });
  }

  /** Within a sentence, to the minute: `2026-10-03 10:00 +02:00`. */
  said(ms: number): string {
    return DateTime.fromMillis(ms, { zone: this.#zone }).toFormat("yyyy-MM-dd HH:mm ZZ");
  }

  /** ISO 8601 of an hour's start. */
  hour(startMs: number): string {
    let text = this.#hours.get(startMs);
    if (text === undefined) {
      text = this.iso(startMs) as string;
      this.#hours.set(startMs, text);
    }
    return text;
  }
}
