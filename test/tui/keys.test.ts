/** Every key that users expect, one after the other in a real terminal (tmux), at both ends of the sizes. */
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { writeSample } from "./sample-result.ts";
import { hasTmux, Terminal } from "./tmux.ts";

const MAIN = new URL("../../dist/cmd/main.js", import.meta.url).pathname;

let terminal: Terminal | null = null;
afterEach(() => {
  terminal?.close();
  terminal = null;
});

function start(args: string, folder: string, columns: number, rows: number): Terminal {
  terminal = new Terminal(`'${process.execPath}' '${MAIN}' ${args}`, { columns, rows, folder });
  return terminal;
}

/** Keys, and what the screen holds then. */
type Step = [keys: string[], ...wanted: (string | RegExp)[]];

const STEPS: readonly Step[] = [
  // Arrows and letters, pages, ends.
  [["Down"], "2 of 10"],
  [["j"], "3 of 10"],
  [["Up"], "2 of 10"],
  [["k"], "1 of 10"],
  [["G"], "10 of 10"],
  [["g"], "1 of 10"],
  [["End"], "10 of 10"],
  [["Home"], "1 of 10"],
  [["NPage"], "10 of 10"],
  [["PPage"], "1 of 10"],
  [["C-d"], /([2-9]|10) of 10/],
  [["C-u"], "1 of 10"],
  // The next urgent finding and the one before it.
  [["e"], /[2-9] of 10/],
  [["E"], "1 of 10"],
  // Sorting.
  [[">"], /finding▴/],
  [["z"], /finding▾/],
  [["<"], /severity▴/],
  // Filter chips; then the same pattern over all rows.
  [["/", '"severity:high !port:40001', "Enter"], "hidden by [severity:high] [!port:40001]"],
  [["Escape"], "10 findings"],
  [["n"], /[1-9] of 10/],
  [["N"], /[1-9] of 10/],
  [["g"], "1 of 10"],
  // Marks.
  [["Space"], "1 marked", "2 of 10"],
  [["j", "v"], "3 marked"],
  [["Escape"], /10 findings(?!.*marked)/],
  [["g"], "1 of 10"],
  // Views.
  [["Tab"], "[2 Open"],
  [["BTab"], "[1 Blocked"],
  [["4"], "[4 Coverage"],
  [["1"], "[1 Blocked"],
  // One layer in, one layer out.
  [["Enter"], "Confidence"],
  [["r"], /fw\.log:\d+ {2}example/],
  [["Escape"], "Confidence"],
  [["Escape"], "1 of 10"],
  [["?"], "Keys", "one down"],
  [["q"], "of 10"],
  [[":", '"coverage', "Enter"], "[4 Coverage"],
  [["1"], "[1 Blocked"],
  [["y"], "to the terminal's clipboard"],
  [["s", "C-u", '"rows.json', "Enter"], "saved 10 rows to rows.json"],
  [["f"], "a saved audit does not grow"],
  [["w"], "Waive 1 finding"],
  [["Escape"], "of 10"],
];

describe.skipIf(!hasTmux)("every key", () => {
  it.each([
    [80, 24],
    [140, 40],
  ])("at %dx%d", async (columns, rows) => {
    const folder = mkdtempSync(join(tmpdir(), "ringfence-keys-"));
    writeSample(folder);
    const t = start("triage audit.json --site site.yaml", folder, columns, rows);
    await t.shows("[1 Blocked", "1 of 10");
    for (const [keys, ...wanted] of STEPS) {
      await t.press(...keys);
      await t.shows(...wanted);
    }
    expect(JSON.parse(readFileSync(join(folder, "rows.json"), "utf8")).rows).toHaveLength(10);
    await t.press("q");
    await t.shows("status 0");
    expect([t.isAlternate, t.hasCursor]).toEqual([false, true]);
  });
});

describe.skipIf(!hasTmux)("the demo", () => {
  it("lets waivers be tried out, and keeps none", async () => {
    const temporary = mkdtempSync(join(tmpdir(), "ringfence-demo-test-"));
    terminal = new Terminal(`TMPDIR='${temporary}' '${process.execPath}' '${MAIN}' demo --triage`, {
      columns: 140,
      rows: 40,
      folder: temporary,
    });
    // Where the gravest finding is.
    await terminal.shows("[2 Open", "1 of");
    await terminal.press("w", '"trying it out', "Enter", "C-u", '"me', "Enter", "Enter");
    await terminal.shows("copy-of-site.yaml; u takes it back");
    await terminal.press("u");
    await terminal.shows("taken back from");
    await terminal.press("q");
    await terminal.shows("status 0");
    expect(readdirSync(temporary).filter((name) => name.startsWith("ringfence"))).toEqual([]);
  });
});
