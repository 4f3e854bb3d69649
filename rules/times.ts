/** Moments as the result prints them. */
import { DateTime } from "luxon";

/** UTC milliseconds as ISO 8601 with the site's offset, to the second. */
export class Times {
  readonly #zone: string;

  constructor(zone: string) {
    this.#zone = zone;
  }

  iso(ms: number): string | null {
    if (!Number.isFinite(ms)) return null;
    return DateTime.fromMillis(Math.floor(ms / 1000) * 1000, { zone: this.#zone }).toISO({
      suppressMilliseconds: true,
    });
  }
}
