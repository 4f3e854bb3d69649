import { describe, expect, it } from "vitest";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { readBsdTime } from "../../ingest/clocks/timestamps.ts";

const encoder = new TextEncoder();

/** The times of lines that one device wrote one after the other; null where a line has none. */
function timesOf(...texts: string[]): (string | null)[] {
  const clock = new DeviceClock("UTC", Date.UTC(2026, 9, 5));
  return texts.map((text) => {
    const ms = readBsdTime(encoder.encode(text), 0, text.length, clock, { end: 0 });
    return Number.isNaN(ms) ? null : new Date(ms).toISOString();
  });
}

describe("a time without a year", () => {
  it("is none where the day, the hour or the minute is none, whatever line stood before", () => {
    const [whole, day, next, hour, minute] = timesOf(
      "Feb  1 10:00:05",
      "Jan 33 10:00:05",
      "Jul  4 08:04:00",
      "Jul  3 40:04:00",
      "Jul  4 07:68:00",
    );
    expect([whole, next]).toEqual(["2026-02-01T10:00:05.000Z", "2026-07-04T08:04:00.000Z"]);
    expect([day, hour, minute]).toEqual([null, null, null]);
  });

  it("is read behind one that is none", () => {
    expect(timesOf("Jan 33 11:00:05", "Feb  1 11:00:07")).toEqual([null, "2026-02-01T11:00:07.000Z"]);
  });
});
