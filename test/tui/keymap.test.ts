import { describe, expect, it } from "vitest";
import type { Place } from "../../cmd/tui/command.ts";
import { keyLabel, keymap } from "../../cmd/tui/keymap.ts";

const PLACES: Place[] = ["list", "detail", "raw", "help", "prompt", "waive", "progress"];

describe("the key table", () => {
  it.each(PLACES)("gives no key two meanings in %s", (place) => {
    const keys = keymap.filter(({ places }) => places.includes(place)).flatMap(({ keys }) => keys);
    expect(keys).toEqual([...new Set(keys)]);
  });

  it.each(PLACES)("has a footer that fits 80 columns in %s", (place) => {
    const labels = keymap.flatMap(({ keys, footer }) => {
      const label = footer?.[place];
      return label === undefined ? [] : [` ${keyLabel(keys[0] as string)} ${label} `];
    });
    expect(labels.length).toBeGreaterThan(0);
    expect(labels.join("").length).toBeLessThanOrEqual(80);
  });

  it("types letters as text where text is typed", () => {
    const typing = keymap.filter(({ places }) => places.includes("prompt") || places.includes("waive"));
    for (const { keys } of typing) for (const key of keys) expect(key.length, key).toBeGreaterThan(1);
  });
});
