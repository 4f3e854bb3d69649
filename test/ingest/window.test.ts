import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { countFlows } from "../../ingest/flows/count.ts";
import { findInputs } from "../../ingest/inputs/inputs.ts";
import { describeFlow } from "../flows/reference.ts";
import { SELECT_ALL } from "../flows/select-all.ts";
import { lineAt, payload, readAll } from "./logs.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-window-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "fw.log");

const HOUR = 3_600_000;
const START = Date.UTC(2026, 9, 1);
/** 1 MB of a line every 15 seconds: 29 hours or so. */
const LINES = 7000;
const STEP = 15_000;

const ordered = Array.from({ length: LINES }, (_, i) => lineAt(START + i * STEP, 5000 + (i % 50)));
const SEARCH = { minSearchBytes: 1 };
const NO_SEARCH = { minSearchBytes: Number.POSITIVE_INFINITY };

async function both(window: { sinceMs: number | null; untilMs: number | null }, zone = "UTC") {
  const fast = await readAll([file], { ...window, ...SEARCH, zone });
  const slow = await readAll([file], { ...window, ...NO_SEARCH, zone });
  return { fast, slow, warnings: fast.reports[0]?.warnings ?? [] };
}

describe("--since and --until", () => {
  it("leave out most of an ordered file, say so, and keep records, line numbers and offsets", async () => {
    writeFileSync(file, ordered.join(""));
    const { fast, slow, warnings } = await both({ sinceMs: START + 20 * HOUR, untilMs: START + 21 * HOUR });
    expect(fast.documents).toEqual(slow.documents);
    expect(fast.documents).toHaveLength(240);
    expect(warnings).toEqual([
      expect.stringMatching(/^skipped 0\.[67] MB \(4\d\d\d lines\) before --since: they are not in the counts$/),
      expect.stringMatching(/^skipped 0\.2 MB \(\d+ lines\) after --until: they are not in the counts$/),
    ]);
    const { lines } = fast.reports[0] as (typeof fast.reports)[0];
    expect(lines.read).toBe(lines.parsed + lines.outsideWindow);
    expect(lines.read).toBeLessThan(3000);
    expect(slow.reports[0]?.lines.read).toBe(LINES);
  });

  it("read something even where nothing is inside, so that the format is known", async () => {
    writeFileSync(file, ordered.join(""));
    for (const window of [
      { sinceMs: START + 1000 * HOUR, untilMs: null },
      { sinceMs: null, untilMs: START - 1000 * HOUR },
    ]) {
      const { fast } = await both(window);
      expect(fast.documents).toEqual([]);
      expect(fast.reports[0]?.lines.outsideWindow).toBeGreaterThan(0);
    }
  });

  it.each([
    ["the newest first", () => [...ordered].reverse()],
    ["a newer rotation before an older", () => [...ordered.slice(4000), ...ordered.slice(0, 4000)]],
    [
      "an old rotation in the middle",
      () => [...ordered.slice(0, 3000), ...ordered.slice(5000), ...ordered.slice(3000, 5000)],
    ],
    [
      "an hour delivered late",
      () => [
        ...ordered.slice(0, 1000),
        ...ordered.slice(1240, 6500),
        ...ordered.slice(1000, 1240),
        ...ordered.slice(6500),
      ],
    ],
  ])("give the same with %s", async (_title, arrange) => {
    writeFileSync(file, arrange().join(""));
    for (let hour = 0; hour < 30; hour += 3) {
      const { fast, slow } = await both({ sinceMs: START + hour * HOUR, untilMs: START + (hour + 4) * HOUR });
      expect(fast.documents).toEqual(slow.documents);
    }
  });

  it("give the same for any window over any order of long runs, foreign lines between", async () => {
    const foreign = "<38>1 2026-10-05T10:00:00+02:00 fw sshd 9 - - hello\n".repeat(300);
    // Shorter runs may stand between two samples of what is skipped (outside-scan.ts).
    const run = fc.record({
      from: fc.nat(LINES - 200),
      length: fc.integer({ min: 200, max: 2000 }),
      foreign: fc.boolean(),
    });
    const hour = fc.option(fc.integer({ min: -5, max: 35 }), { nil: null });
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 6 }), hour, hour, async (runs, since, until) => {
        const text = runs.map(
          (one) => ordered.slice(one.from, one.from + one.length).join("") + (one.foreign ? foreign : ""),
        );
        writeFileSync(file, text.join(""));
        const { fast, slow } = await both({
          sinceMs: since === null ? null : START + since * HOUR,
          untilMs: until === null ? null : START + until * HOUR,
        });
        expect(fast.documents).toEqual(slow.documents);
      }),
      { numRuns: 40 },
    );
  });

  it("give the same over New Year and a change of clocks in dates without year and zone", async () => {
    const lines: string[] = [];
    for (let ms = Date.UTC(2026, 9, 24); ms < Date.UTC(2026, 9, 26); ms += 15_000) {
      const local = new Date(ms).toLocaleString("sv-SE", { timeZone: "Europe/Berlin" });
      lines.push(`Oct ${local.slice(8, 10)} ${local.slice(11)} fw filterlog[1]: ${payload()}\n`);
    }
    writeFileSync(file, lines.join(""));
    const { fast, slow, warnings } = await both(
      { sinceMs: Date.UTC(2026, 9, 25, 0, 30), untilMs: null },
      "Europe/Berlin",
    );
    expect(fast.documents).toEqual(slow.documents);
    expect(warnings).toHaveLength(1);
  });

  it("keep Windows headers, and records without a time", async () => {
    const header = "#Version: 1.5\n#Fields: date time action protocol src-ip dst-ip src-port dst-port size\n";
    const row = (ms: number) => {
      const iso = new Date(ms).toISOString();
      return `${iso.slice(0, 10)} ${iso.slice(11, 19)} DROP UDP 203.0.113.9 192.168.10.5 5080 5060 440\n`;
    };
    const rows = Array.from({ length: LINES }, (_, i) => row(START + i * STEP));
    writeFileSync(file, header + rows.join(""));
    const windows = await both({ sinceMs: START + 20 * HOUR, untilMs: START + 22 * HOUR });
    expect(windows.fast.documents).toEqual(windows.slow.documents);
    expect(windows.warnings).toHaveLength(2);
    const bare = `${payload()}\n`.repeat(200);
    writeFileSync(file, [...ordered.slice(0, 500), bare, ...ordered.slice(500)].join(""));
    const undated = await both({ sinceMs: START + 20 * HOUR, untilMs: null });
    expect(undated.fast.documents).toEqual(undated.slow.documents);
  });

  it("give the same on several threads", async () => {
    writeFileSync(file, ordered.join(""));
    const count = async (threads: number, minSearchBytes: number) => {
      const { table, reports } = await countFlows({
        inputs: await findInputs([file], 0),
        selection: { ...SELECT_ALL, sinceMs: START + 15 * HOUR, untilMs: null },
        zone: "UTC",
        only: null,
        stdin: Readable.from([]),
        threads,
        minPieceBytes: 100_000,
        minSearchBytes,
        onUnreadable: (error) => {
          throw error;
        },
      });
      const flows = [...table.flows()].map((flow) => describeFlow(flow) + JSON.stringify(flow.examples())).sort();
      return { flows, warnings: reports[0]?.warnings };
    };
    const slow = await count(1, Number.POSITIVE_INFINITY);
    for (const threads of [1, 2, 4]) {
      const fast = await count(threads, 1);
      expect(fast.flows).toEqual(slow.flows);
      expect(fast.warnings).toEqual([expect.stringMatching(/^skipped 0\.5 MB/)]);
    }
  });
});
