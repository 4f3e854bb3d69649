import { describe, expect, it } from "vitest";
import type { Place } from "../../cmd/tui/keys/command.ts";
import { keyLabel, keymap } from "../../cmd/tui/keys/keymap.ts";
import { inLanguage } from "../../reports/languages.ts";
import { phrases } from "../../reports/phrases.ts";
import { LANGUAGES } from "../../rules/result.ts";

const PLACES: Place[] = ["list", "detail", "raw", "help", "prompt", "waive", "progress"];

describe("the key table", () => {
  it.each(PLACES)("gives no key two meanings in %s", (place) => {
    const keys = keymap.filter(({ places }) => places.includes(place)).flatMap(({ keys }) => keys);
    expect(keys).toEqual([...new Set(keys)]);
  });

  describe.each(LANGUAGES)("in %s", (language) => {
    it.each(PLACES)("has a footer that fits 80 columns in %s", (place) => {
      const labels = inLanguage(language, () =>
        keymap.flatMap(({ keys, footer }) => {
          const label = footer?.[place];
          return label === undefined ? [] : [` ${keyLabel(keys[0] as string)} ${phrases.keys.footer[label]} `];
        }),
      );
      expect(labels.length).toBeGreaterThan(0);
      expect(labels.join("").length).toBeLessThanOrEqual(80);
    });

    it("has a word for every key that the help tells", () => {
      const help: Readonly<Record<string, string>> = inLanguage(language, () => ({ ...phrases.keys.help }));
      for (const { command, group } of keymap)
        if (group !== undefined && command !== "view") expect(help[command], command).toMatch(/\w/);
    });
  });

  it("types letters as text where text is typed", () => {
    const typing = keymap.filter(({ places }) => places.includes("prompt") || places.includes("waive"));
    for (const { keys } of typing) for (const key of keys) expect(key.length, key).toBeGreaterThan(1);
  });
});
