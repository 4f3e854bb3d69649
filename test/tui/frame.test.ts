import { describe, expect, it } from "vitest";
import { frameOf } from "../../cmd/tui/frames/frame.ts";
import { painted, plain } from "../../cmd/tui/look.ts";
import { startState } from "../../cmd/tui/start-state.ts";
import type { State } from "../../cmd/tui/state.ts";
import { textWidth } from "../../reports/text/width.ts";
import { applied, openedOn, pressed, pressing, screenOf } from "./driving.ts";
import { sampleFlows } from "./sample-flows.ts";
import { sampleResult } from "./sample-result.ts";

const result = sampleResult(60);
const ESC = String.fromCharCode(27);

/** Flows whose device and rule try to steer the terminal. */
const hostileFlows = sampleFlows(80);
hostileFlows.snapshot.contexts = hostileFlows.snapshot.contexts.map((context) => ({
  ...context,
  observer: `${ESC}[2Jfw`,
  ruleName: `${ESC}]0;title\u0007東京 \u202egnp.exe ${"x".repeat(400)}`,
  application: `a\nb\tc${ESC}[31m`,
}));
hostileFlows.judgements.names = [`${ESC}[1mfw`, "ファイアウォール\u0301".repeat(8), "192.168.10.5", "sip-in"];

function followed(state: State): State {
  const judged = { phase: "live", result, flows: hostileFlows, waived: new Map() } as const;
  return applied(state, { type: "judged", judged, message: null });
}

/** Every kind of screen. */
const WAYS: [name: string, keys: string[]][] = [
  ["list", []],
  ["open view", ["2"]],
  ["anomalies", ["3", "space"]],
  ["coverage", ["4"]],
  ["policies", ["5"]],
  ["no flows", ["6"]],
  ["evidence", ["7"]],
  ["filter", ["2", "/", '"東京 !severity:low port:5060']],
  ["long filter", ["/", `"${"severity:high ".repeat(30)}`]],
  ["nothing found", ["/", '"zzz', "enter"]],
  ["detail", ["2", "down", "enter"]],
  ["detail of a requirement", ["4", "enter"]],
  ["detail of a policy", ["5", "enter"]],
  ["detail of a sample", ["7", "G", "enter"]],
  ["search", ["enter", "/", '"sip', "enter", "n"]],
  ["raw, reading", ["r"]],
  ["help", ["?"]],
  ["palette", [":", '"so']],
  ["waive", ["w", '"東京 reason']],
  ["waive many", ["*", "w"]],
  ["save", ["s"]],
];

function withRaw(state: State): State {
  const { state: asked, effects } = pressing(state, "r");
  const effect = effects[0];
  if (effect?.do !== "read-raw") throw new Error("no log line");
  const hostile = `${ESC}[31mred${ESC}]0;title\u0007 \u202etxet 東京 ${"x".repeat(5000)}`;
  const lines = [effect.place.text ?? "", hostile, ""].map((text, index) => ({ line: 9 + index, offset: 0, text }));
  const surroundings = { lines, focus: 0, head: [], formats: ["pfsense"], note: "The file has changed." };
  return applied(asked, { type: "raw-read", place: effect.place, surroundings });
}

function assertFits(state: State): void {
  const { lines, cursor } = frameOf(state);
  expect(lines).toHaveLength(state.rows);
  for (const line of lines) {
    const text = plain(line);
    expect(textWidth(text), text).toBeLessThanOrEqual(state.columns);
    expect(text).not.toMatch(/[\p{Cc}\u202e\u2066-\u2069]/u);
    if (state.look.ascii) expect(text).toMatch(/^[\x20-\x7e]*$/);
  }
  if (cursor) {
    expect(cursor.x).toBeLessThan(state.columns);
    expect(cursor.y).toBeLessThan(state.rows);
  }
}

describe("every screen fits its terminal and holds nothing that steers it", () => {
  for (const [columns, rows] of [
    [80, 24],
    [60, 16],
    [119, 30],
    [140, 40],
    [250, 70],
    [59, 15],
    [10, 3],
  ] as const) {
    for (const ascii of [false, true]) {
      it(`${columns}x${rows}${ascii ? " in ASCII" : ""}`, () => {
        const opened = openedOn(result, { columns, rows, look: { ascii, color: true } });
        for (const [, keys] of WAYS) assertFits(pressed(opened, ...keys));
        const live = followed(opened);
        for (const keys of [
          ["6"],
          ["6", "down", "enter"],
          ["6", "/", '"judged:refused 203', "enter"],
          ["6", ">", ">", "z"],
        ])
          assertFits(pressed(live, ...keys));
        assertFits(
          applied({ ...live, fresh: new Set([result.findings[0]?.id ?? ""]) }, { type: "resize", columns, rows }),
        );
        assertFits(pressed(live, "f"));
        assertFits(withRaw(opened));
        assertFits(pressed(withRaw(opened), "down"));
        assertFits(applied(withRaw(pressed(opened, "2", "enter")), { type: "resize", columns: 140, rows: 20 }));
      });
    }
  }
});

describe("what is seen without colours", () => {
  it("is the selection, the open view and the severity", () => {
    const state = openedOn(result, { look: { ascii: false, color: false } });
    const lines = frameOf(state).lines.map((line) => painted(line, state.look));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what terminals obey
    const colours = lines.join("").match(/\u001b\[(?:3[0-7]|9[0-7]|4[0-7]|38|48)[;m]/g);
    expect(colours).toBeNull();
    const screen = screenOf(state);
    expect(screen[1]).toContain("[1 Blocked]");
    expect(screen[4]).toMatch(/^▸ {2}✖ critical/);
  });
});

describe("what stands where", () => {
  it.each([
    ["en", ["Traffic", "Confidence", "Why", "Vendor", "Seen", "What to do on pfSense", "Evidence"]],
    ["de", ["Verkehr", "Konfidenz", "Warum", "Hersteller", "Beobachtet", "Abhilfe: pfSense", "Belege"]],
  ] as const)("says everything about a finding in the result's language, %s", (language, labels) => {
    const state = { ...openedOn({ ...sampleResult(12), language }), rows: 100 };
    const lines = screenOf(pressed(state, "enter")).map((line) => line.trim().split(/ {2,}/)[0]);
    expect(labels.filter((label) => !lines.includes(label))).toEqual([]);
  });

  it("lists at 80x24", () => {
    const screen = screenOf(pressed(openedOn(sampleResult(12)), "/", '"!severity:info', "enter", "down", "space"));
    expect(`\n${screen.join("\n")}\n`).toMatchInlineSnapshot(`
      "
       ringfence  Muster GmbH, Köln       2026-10-01 00:00 to 2026-10-07 23:59 +02:00
      [1 Blocked] 2 Open  3 Anomalies  4 Coverage  5 Policies  6 Flows  7 Evidence
       3 shown, 1 hidden by [!severity:info]  1 marked
         severity▴   finding                                                    count
         ✖ critical  SIP from the provider is denied                               17
       * ● medium    Licence server cannot be reached                          71,288
      ▸  ○ low       waived: RTP from the provider is denied: calls are s…     47,531















       3 of 3
       Enter detail  / filter  e next urgent  r raw  w waive  s save  ? help  q quit
      "
    `);
  });

  it("puts the detail beside the list at 140x40", () => {
    const screen = screenOf(pressed(openedOn(sampleResult(12), { columns: 140, rows: 40 }), "enter"));
    expect(screen[4]).toMatch(/^▸ {2}✖ critical .* │ ✖ CRITICAL {2}SIP from the provider is denied$/);
  });

  it("says that it is being read, how far and how fast", () => {
    const start = startState({
      columns: 80,
      rows: 24,
      look: { ascii: true, color: false },
      language: "en",
      inputs: ["fw.log"],
      siteFile: null,
      user: "",
      today: "2026-10-07",
      unfollowable: null,
    });
    const expecting = applied(start, { type: "expect", totalBytes: 200_000_000 });
    const screen = screenOf(applied(expecting, { type: "progress", bytes: 50_000_000, elapsedMs: 1000 })).join("\n");
    expect(screen).toContain("Reading fw.log");
    expect(screen).toContain("25 %");
    expect(screen).toContain("50 MB of 200 MB, 50 MB a second");
    const counted = screenOf(applied(expecting, { type: "documents", done: 1_000_000, total: 8_000_000 })).join("\n");
    expect(counted).toContain("12 %");
    expect(counted).toContain("1,000,000 of 8,000,000 documents counted");
  });

  it("says when the window is small, and when it is too small", () => {
    expect(screenOf(openedOn(result, { columns: 70, rows: 20 })).at(-2)).toContain("70x20; made for 80x24");
    expect(screenOf(openedOn(result, { columns: 50, rows: 20 }))[0]).toBe("50x20 is too small");
  });
});

describe("a hundred thousand findings", () => {
  it("move, filter and draw within a frame", () => {
    let state = openedOn(sampleResult(100_000, ["open-but-unneeded"]), { columns: 140, rows: 40 });
    const times: number[] = [];
    for (const key of ["G", "g", "pagedown", "e", "space", "/", '"s', '"i', '"p', "enter", "z", "esc"]) {
      const start = performance.now();
      state = pressed(state, key);
      frameOf(state);
      times.push(performance.now() - start);
    }
    // The median is a tenth of this on a free machine; test/tui/bench-frames.ts measures the whole way.
    expect(times.toSorted((a, b) => a - b)[times.length >> 1]).toBeLessThan(50);
  });
});
