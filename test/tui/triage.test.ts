/** The built command in a real terminal (tmux), through a complete triage. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { textWidth } from "../../reports/text/width.ts";
import { SITE_TEXT, writeSample } from "./sample-result.ts";
import { hasTmux, Terminal } from "./tmux.ts";

const MAIN = new URL("../../dist/cmd/main.js", import.meta.url).pathname;
const TRIAGE = `'${process.execPath}' '${MAIN}' triage`;

if (!hasTmux) console.warn("SKIPPED: the whole-program tests of the terminal UI need tmux, which is not installed");

let terminal: Terminal | null = null;
afterEach(() => {
  terminal?.close();
  terminal = null;
});

function sampleFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-triage-"));
  writeSample(folder);
  return folder;
}

function start(args: string, folder: string, size = { columns: 80, rows: 24 }, env = {}): Terminal {
  terminal = new Terminal(`${TRIAGE} ${args}`, { ...size, folder, env });
  return terminal;
}

function assertWithin(screen: string, columns: number): void {
  for (const line of screen.split("\n")) expect(textWidth(line), line).toBeLessThanOrEqual(columns);
}

describe.skipIf(!hasTmux)("a complete triage", () => {
  it.each([
    [80, 24, 140, 40],
    [140, 40, 80, 24],
  ])("at %dx%d, resized to %dx%d", async (columns, rows, otherColumns, otherRows) => {
    const folder = sampleFolder();
    const site = join(folder, "site.yaml");
    const t = start("audit.json --site site.yaml", folder, { columns, rows });
    assertWithin(await t.shows("[1 Blocked", "SIP from the provider is denied", "1 of 10", "q quit"), columns);
    expect(t.isAlternate).toBe(true);

    // Filter.
    await t.press("2", "/", '"severity:high !port:40001');
    await t.shows("[2 Open", "filter /severity:high !port:40001", "3 shown, 7 hidden by [severity:high] [!port:40001]");
    await t.press("Enter", "Down");
    await t.shows("2 of 3");

    // Detail, another row, and what follows from it.
    await t.press("Enter");
    await t.shows("▲ HIGH", "Confidence", "Vendor", "section 3.2");
    await t.press("G");
    await t.shows("What to do on pfSense", "fw.log:");

    // The raw line in its surroundings, with its fields.
    await t.press("r");
    assertWithin(await t.shows(/fw\.log:\d+ {2}example 1 of 2/, "source.ip", "ringfence.verdict", "deny"), columns);
    await t.press("Right");
    await t.shows("example 2 of 2");
    await t.press("Escape", "Escape");
    await t.shows("2 of 3");

    // Resize, in the middle of things.
    t.resize(otherColumns, otherRows);
    assertWithin(
      await t.shows("[2 Open", "2 of 3", "q quit", otherColumns >= 100 ? "last seen" : "finding"),
      otherColumns,
    );
    t.resize(50, 12);
    await t.shows("50x12 is too small");
    t.resize(columns, rows);
    await t.shows("[2 Open", "2 of 3");

    // Waive, and take it back.
    await t.press("w");
    await t.shows("Waive 1 finding in site.yaml", "Reason", "Owner", "Expires");
    await t.press('"a test line of the provider', "Enter", "C-u", '"noc', "Enter", "C-u", '"2099-03-31', "Enter");
    await t.shows("waived in site.yaml; u takes it back", "waived: The");
    const waived = readFileSync(site, "utf8");
    expect(waived).toContain(
      "    reason: a test line of the provider\n    owner: noc\n    expires: 2099-03-31\n# the end\n",
    );
    expect(waived.startsWith(SITE_TEXT.replace("# the end\n", ""))).toBe(true);
    await t.press("u");
    await t.shows("taken back from site.yaml");
    expect(readFileSync(site, "utf8")).toBe(SITE_TEXT);

    // Copy, save, quit.
    await t.press("y");
    await t.shows("to the terminal's clipboard");
    expect(t.clipboard).toMatch(/^high: The .* open\/agfeo\/rule-/);
    await t.press("s", "C-u", '"view.csv', "Enter");
    await t.shows("saved 3 rows to view.csv");
    expect(readFileSync(join(folder, "view.csv"), "utf8").split("\r\n")).toHaveLength(5);
    await t.press("s", "C-u", '"view.csv', "Enter");
    await t.shows("view.csv exists");
    await t.press("Escape", "Escape");
    await t.shows("10 findings");
    await t.press("q");
    await t.shows("status 0");
    expect(t.isAlternate).toBe(false);
    expect(t.hasCursor).toBe(true);
  });
});

describe.skipIf(!hasTmux)("the terminal", () => {
  it("shows what a waiver in the site file accepts already", async () => {
    const folder = sampleFolder();
    const file = join(folder, "site.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace("open/agfeo/nothing-*", "blocked/agfeo/rule-0/*"));
    const t = start("audit.json --site site.yaml", folder, undefined, {});
    await t.shows("waived: SIP from the provider", "2 waived");
    await t.press("C-c");
    await t.shows("status 0");
  });

  it("reads logs, says what became of them, and goes to raw lines", async () => {
    const folder = sampleFolder();
    const t = start("fw.log --catalog agfeo --host 192.168.10.5", folder);
    await t.shows("[4 Coverage]", "requirements");
    await t.press("7");
    await t.shows("1,200 lines");
    await t.press("/", '"what:sample', "Enter", "r");
    await t.shows(/fw\.log:\d+/, "Esc back");
    await t.press("q", "q");
    await t.shows("status 0");
  });

  it("reads standard input and takes its keys from the terminal", async () => {
    const folder = sampleFolder();
    terminal = new Terminal(`cat fw.log | ${TRIAGE} - --catalog agfeo --host 192.168.10.5`, {
      columns: 80,
      rows: 24,
      folder,
    });
    await terminal.shows("[4 Coverage]", "requirements");
    await terminal.press("j");
    await terminal.shows("2 of ");
    await terminal.press("q");
    await terminal.shows("status 0");
  });

  it.each([
    ["begins late", "sleep 2; cat fw.log"],
    ["pauses", "head -n 500 fw.log; sleep 2; tail -n +501 fw.log"],
  ])("waits for standard input that %s", async (_, source) => {
    const size = { columns: 80, rows: 24, folder: sampleFolder() };
    terminal = new Terminal(`sh -c "${source}" | ${TRIAGE} - --catalog agfeo --host 192.168.10.5`, size);
    await terminal.shows("[4 Coverage]");
    await terminal.press("7");
    await terminal.shows("1,200 lines");
    await terminal.press("q");
    await terminal.shows("status 0");
  });

  it("is left at once while standard input goes on", async () => {
    const size = { columns: 80, rows: 24, folder: sampleFolder() };
    const command = `${TRIAGE} - --catalog agfeo --host 192.168.10.5 < <(cat fw.log; sleep 60)`;
    terminal = new Terminal(`bash -c "${command}"`, size);
    await terminal.shows("[4 Coverage]");
    await terminal.press("q");
    await terminal.shows("status 0");
  });

  it("asks for a pipe where standard input is the keyboard", async () => {
    const t = start("- --catalog agfeo --host 192.168.10.5", sampleFolder());
    await t.shows("standard input is the keyboard", "status 2");
  });

  it("is left to the shell by Ctrl-Z, as it was before, and taken back by fg", async () => {
    terminal = new Terminal("bash --norc --noprofile", { columns: 80, rows: 24, folder: sampleFolder() });
    await terminal.press(`"${TRIAGE} fw.log --catalog agfeo --host 192.168.10.5`, "Enter");
    await terminal.shows("[4 Coverage]");
    await terminal.press("C-z");
    await terminal.shows("Stopped");
    expect(terminal.isAlternate).toBe(false);
    await terminal.press('"fg', "Enter");
    await terminal.shows("[4 Coverage]");
    expect(terminal.isAlternate).toBe(true);
    await terminal.press("q");
    // What is typed before the shell prompts again may be lost with the terminal's mode.
    await terminal.shows(/[#$]\s*$/);
    await terminal.press('"echo left', "Enter");
    await terminal.shows(/^left/m);
  });

  it("is left to the pager and taken back", async () => {
    const folder = sampleFolder();
    const pager = join(folder, "pager.sh");
    writeFileSync(pager, '#!/bin/sh\necho "paging $1"\nread x\n');
    chmodSync(pager, 0o755);
    const t = start("audit.json", folder, undefined, { PAGER: pager });
    await t.shows("[1 Blocked]");
    await t.press("o");
    await t.shows("paging fw.log");
    await t.press("Enter");
    await t.shows("[1 Blocked]", "q quit");
    await t.press("q");
    await t.shows("status 0");
  });

  describe("is as it was before", () => {
    /** Runs beside the program: tells its process id, and throws once the file `crash` is there. */
    const BESIDE = `import { existsSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
if (isMainThread) writeFileSync("pid", String(process.pid));
setInterval(() => {
  if (existsSync(isMainThread ? "crash" : "crash-thread")) throw new Error("made to crash");
}, 20);
`;
    function startBeside(args: string): { t: Terminal; folder: string } {
      const folder = sampleFolder();
      writeFileSync(join(folder, "beside.mjs"), BESIDE);
      return {
        folder,
        t: start(args, folder, undefined, { NODE_OPTIONS: `--import file://${join(folder, "beside.mjs")}` }),
      };
    }

    it.each([
      ["a crash", "audit.json", "crash"],
      ["a crash of the thread that reads", "--follow fw.log --catalog agfeo --host 192.168.10.5", "crash-thread"],
    ])("after %s, with the error on it", async (_what, args, file) => {
      const { t, folder } = startBeside(`${args} --mouse`);
      await t.shows("q quit", "Blocked");
      expect(t.isAlternate).toBe(true);
      writeFileSync(join(folder, file), "");
      await t.shows("Error: made to crash", "status 1");
      expect([t.isAlternate, t.hasCursor, t.hasMouse]).toEqual([false, true, false]);
    });

    it.each(["SIGTERM", "SIGHUP", "SIGINT"] as const)("after %s", async (signal) => {
      const { t, folder } = startBeside("audit.json --mouse");
      await t.shows("[1 Blocked]");
      process.kill(Number(readFileSync(join(folder, "pid"), "utf8")), signal);
      await t.shows(/status \d+/);
      expect([t.isAlternate, t.hasCursor, t.hasMouse]).toEqual([false, true, false]);
    });
  });

  it("sees nothing but ASCII with --ascii", async () => {
    const t = start("audit.json --ascii", sampleFolder());
    await t.shows("[1 Blocked]");
    await t.press("2", "Enter");
    expect(await t.shows("HIGH", "Vendor")).toMatch(/^[\n\x20-\x7e]*$/);
    await t.press("r");
    expect(await t.shows("fw.log:")).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it.each<[Record<string, string>, boolean]>([
    [{}, true],
    [{ NO_COLOR: "1" }, false],
  ])("sees colours unless it asks for none: %o", async (env, coloured) => {
    const t = start("audit.json", sampleFolder(), undefined, { TERM: "tmux-256color", ...env });
    await t.shows("[1 Blocked]", "1 of 10");
    // Foregrounds and backgrounds; bold, faint and inverse are no colours.
    const colour = new RegExp(`${String.fromCodePoint(27)}\\[(?:[\\d;]*;)?(?:3|4|9|10)[0-8](?:[;m])`);
    expect(colour.test(t.styledScreen())).toBe(coloured);
  });

  it("gets plain lines, one after the other, with --screen-reader", async () => {
    const t = start("audit.json --screen-reader", sampleFolder());
    await t.shows("View Blocked: 10 findings.", "1 of 10: critical");
    expect(t.isAlternate).toBe(false);
    await t.press("j");
    await t.shows("1 of 10: critical", "2 of 10: high");
    await t.press("q");
    await t.shows("status 0");
  });
});

describe("without a terminal", () => {
  it("says what to use instead", () => {
    const { status, stderr } = spawnSync(process.execPath, [MAIN, "triage", "audit.json"], { encoding: "utf8" });
    expect(stderr).toContain("triage needs a terminal");
    expect(stderr).toContain("ringfence audit");
    expect(status).toBe(2);
  });
});
