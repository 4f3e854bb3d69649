import { describe, expect, it } from "vitest";
import { DeviceClock } from "../../ingest/clocks/device-clock.ts";
import { readLocalisedTime } from "../../ingest/clocks/localised-time.ts";

const clock = new DeviceClock("Europe/Berlin", Date.parse("2026-12-31T12:00:00Z"));

function read(text: string): string | null {
  const bytes = new TextEncoder().encode(text);
  const ms = readLocalisedTime(bytes, 0, bytes.length, clock);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

describe("readLocalisedTime", () => {
  it.each([
    ["2026-07-03T17:10:30.5Z", "2026-07-03T17:10:30.500Z"],
    ["2026-07-03 19:10:30", "2026-07-03T17:10:30.000Z"],
    ["/Date(1783098630000)/", "2026-07-03T17:10:30.000Z"],
    // American month first, by its AM and PM
    ["7/3/2026 7:10:30 PM", "2026-07-03T17:10:30.000Z"],
    ["7/3/2026 7:10:30\u202fPM", "2026-07-03T17:10:30.000Z"],
    ["7/3/2026 12:00:00 AM", "2026-07-02T22:00:00.000Z"],
    // British, French, Spanish; Australian with its small letters
    ["03/07/2026 19:10:30", "2026-07-03T17:10:30.000Z"],
    ["3/07/2026 7:10:30 pm", "2026-07-03T17:10:30.000Z"],
    // a number above 12 decides
    ["7/31/2026 19:10:30", "2026-07-31T17:10:30.000Z"],
    ["31/07/2026 7:10:30 PM", "2026-07-31T17:10:30.000Z"],
    ["03.07.2026 19:10:30", "2026-07-03T17:10:30.000Z"],
    ["03.07.26 19:10", "2026-07-03T17:10:00.000Z"],
    ["3-7-2026 19:10:30", "2026-07-03T17:10:30.000Z"],
    ["2026/07/03 19:10:30", "2026-07-03T17:10:30.000Z"],
    ["Jul 3, 2026 @ 19:10:30.250", "2026-07-03T17:10:30.250Z"],
    ["2026-07-03 19:10:30 +0200", "2026-07-03T17:10:30.000Z"],
    ["2026-07-03 19:10:30.250 -03:00", "2026-07-03T22:10:30.250Z"],
    ["Fri Jul 03 19:10:30 2026", "2026-07-03T17:10:30.000Z"],
    ["Fri Jul  3 19:10:30 2026", "2026-07-03T17:10:30.000Z"],
    ["Jux 3, 2026 @ 19:10:30.250", null],
    ["32.07.2026 19:10:30", null],
    ["7/3/2026 13:10:30 PM", null],
    ["yesterday", null],
    ["", null],
  ])("%j is %s", (text, iso) => {
    expect(read(text)).toBe(iso);
  });
});
