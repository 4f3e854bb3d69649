/** The terminal UI in German: no screen holds a sentence of the English one, and filters know the words of both. */
import { describe, expect, it } from "vitest";
import { waivedIn } from "../../cmd/tui/action.ts";
import { announcements } from "../../cmd/tui/announce.ts";
import type { State } from "../../cmd/tui/state.ts";
import { views } from "../../cmd/tui/views.ts";
import { german } from "../../reports/languages/de.ts";
import { english } from "../../reports/languages/en.ts";
import { localise } from "../../rules/messages/localise.ts";
import { auditDemo } from "../readme/demo-result.ts";
import { applied, openedOn, pressed, screenOf } from "./driving.ts";
import { sampleFlows } from "./sample-flows.ts";

const result = localise(await auditDemo(), "de");
const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 140, rows: 40 },
];

/** With flows, which no saved audit has. */
function opened(size: (typeof SIZES)[number]): State {
  const judged = { phase: "whole" as const, result, flows: sampleFlows(200), waived: waivedIn(result) };
  return applied(openedOn(result, size), { type: "judged", judged, message: null });
}

/** All that can be looked at by a few keys. */
function screens(start: State): State[] {
  const lists = views.map((_, index) => pressed(start, String(index + 1)));
  const waiving = pressed(start, "1", "w");
  return [
    ...lists,
    ...lists.map((state) => pressed(state, "enter")),
    ...lists.flatMap((state) =>
      ["pagedown", "pagedown", "pagedown"].map((_, page) =>
        pressed(state, "?", ...Array.from({ length: page }, () => "pagedown")),
      ),
    ),
    ...['"/', '":', "s", "r", "v", "+", "u"].map((key) => pressed(start, "1", key)),
    waiving,
    pressed(waiving, "enter"),
    pressed(start, "1", "/", '"nowhere', "enter"),
    pressed(start, "1", ":", '"nothing', "enter"),
  ];
}

/** Whole phrases, long enough not to stand in a German one by chance. */
function sentencesOf(words: object, others: object): string[] {
  return Object.entries(words).flatMap(([key, own]): string[] => {
    const other: unknown = Reflect.get(others, key);
    if (typeof own === "string") return own !== other && own.includes(" ") ? [own] : [];
    return typeof own === "object" && own !== null ? sentencesOf(own, other as object) : [];
  });
}

describe.each(SIZES)("in German, on $columns columns", (size) => {
  const start = opened(size);

  it("holds none of the English sentences", () => {
    const text = screens(start).flatMap(screenOf).join("\n");
    const { units: _, ...own } = english;
    const sentences = sentencesOf(own, german);
    expect(sentences.length).toBeGreaterThan(150);
    expect(sentences.filter((sentence) => text.includes(sentence))).toEqual([]);
  });

  it("has titles and tabs that are not cut", () => {
    for (const state of views.map((_, index) => pressed(start, String(index + 1)))) {
      const [, tabs = "", , titles = ""] = screenOf(state);
      expect(tabs).toContain(german.triage.views.evidence.title);
      expect(titles).not.toContain("…");
    }
  });

  it("has lines no wider than the screen", () => {
    for (const line of screens(start).flatMap(screenOf))
      expect([...line].length, line).toBeLessThanOrEqual(size.columns);
  });
});

describe("a filter on a German screen", () => {
  const start = opened({ columns: 80, rows: 24 });
  const shown = (view: string, filter: string) => pressed(start, view, "/", `"${filter}`, "enter").lists;

  it.each([
    ["2", "severity:critical", "severity:kritisch"],
    ["4", "state:not-seen", 'state:"nicht beobachtet"'],
    ["6", "verdict:deny", "verdict:nein"],
    ["6", "judged:refused", "judged:verwehrt"],
    ["7", "what:limit", "what:grenze"],
  ] as const)("in view %s: %s finds what %s finds", (view, code, word) => {
    const id = views[Number(view) - 1]?.id ?? "blocked";
    const [byCode, byWord] = [shown(view, code)[id].order, shown(view, word)[id].order];
    expect(byCode.length).toBeGreaterThan(0);
    expect([...byWord]).toEqual([...byCode]);
  });
});

it("speaks German to a screen reader", () => {
  const start = opened({ columns: 80, rows: 24 });
  expect(announcements(null, start)[0]).toMatch(/^Ansicht Offen: \d+ Befunde\. \? zeigt die Tasten\.$/);
});
