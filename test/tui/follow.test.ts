/** The built command in a real terminal (tmux), on logs that grow while somebody looks. */
import { createSocket } from "node:dgram";
import { appendFileSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { hasTmux, Terminal } from "./tmux.ts";

const MAIN = new URL("../../dist/cmd/main.js", import.meta.url).pathname;
const TRIAGE = `'${process.execPath}' '${MAIN}' triage`;
const SYSTEM = "--catalog agfeo --host 192.168.10.5";

let terminal: Terminal | null = null;
afterEach(() => {
  terminal?.close();
  terminal = null;
});

/** A line of pfSense's log, `minute` minutes after eight. */
function logLine(minute: number, verdict: "pass" | "block", port: number, source = "203.0.113.7"): string {
  const time = new Date(Date.UTC(2026, 9, 5, 8, minute)).toISOString().slice(0, 19);
  return `<134>1 ${time}+00:00 fw01 filterlog 93456 - - 9,,,1000000103,igb0,match,${verdict},in,4,0x0,,52,${minute},0,none,17,udp,440,${source},192.168.10.5,5060,${port},420\n`;
}

function folderWithLog(): string {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-follow-"));
  writeFileSync(
    join(folder, "fw.log"),
    Array.from({ length: 50 }, (_, minute) => logLine(minute, "block", 5060)).join(""),
  );
  return folder;
}

function start(args: string, folder: string): Terminal {
  terminal = new Terminal(`${TRIAGE} ${args}`, { columns: 140, rows: 40, folder });
  return terminal;
}

describe.skipIf(!hasTmux)("following", () => {
  it("a growing file, through its rotation, and back", async () => {
    const folder = folderWithLog();
    const log = join(folder, "fw.log");
    const t = start(`--follow fw.log ${SYSTEM}`, folder);
    await t.shows("following", "[4 Coverage", "1 Blocked 0", "2 Open 0");

    // A new finding arrives marked, in its own view; the one that is open stays.
    await t.press("2");
    await t.shows("[2 Open 0]", "Nothing was seen to be open");
    appendFileSync(log, logLine(51, "pass", 5060));
    await t.shows("following  +1 new", "[2 Open 1]", /▸ \+✖ critical/);
    await t.press("Enter");
    await t.shows("✖ CRITICAL", "Seen", "1 packet allowed");
    await t.press("G");
    await t.shows("fw.log:51");
    await t.press("g");
    expect(await t.shows("following")).not.toContain("new");
    appendFileSync(log, logLine(52, "pass", 5060));
    await t.shows("2 packets allowed");

    // Held still: the badge counts, the picture waits.
    await t.press("Escape", "f");
    await t.shows("held still (f goes on)");
    appendFileSync(log, logLine(53, "pass", 3389));
    await t.shows("held still (f goes on)  +1 new", "[2 Open 1]");
    await t.press("f");
    await t.shows("following  +1 new", "[2 Open 2]");

    // Rotated: the old lines stay known, the new file is read on.
    renameSync(log, `${log}.1`);
    writeFileSync(log, logLine(55, "pass", 80));
    await t.shows("was rotated");
    await t.press("7");
    await t.shows("fw.log (rotated, 1)", /input +fw\.log +pfsense; 1 line/);
    await t.press("6");
    await t.shows("[6 Flows", "scanner");
    await t.press("q");
    await t.shows("status 0");
    expect(t.isAlternate).toBe(false);
  });

  it("begins with a key, after the logs were read", async () => {
    const folder = folderWithLog();
    const t = start(`fw.log ${SYSTEM}`, folder);
    await t.shows("[4 Coverage", "1 of ");
    await t.press("f");
    await t.shows("following");
    await t.press("2");
    appendFileSync(join(folder, "fw.log"), logLine(51, "pass", 5060));
    await t.shows("+1 new", /▸ \+✖ critical/);
    await t.press("C-c");
    await t.shows("status 0");
  });

  it("a file that is not there yet", async () => {
    const folder = folderWithLog();
    const t = start(`--follow later.log ${SYSTEM}`, folder);
    await t.shows("waiting for it", "following");
    writeFileSync(join(folder, "later.log"), logLine(51, "pass", 5060));
    await t.shows("2 Open 1");
    await t.press("C-c");
    await t.shows("status 0");
  });

  it("what is received as syslog", async () => {
    const folder = folderWithLog();
    const t = start(`--listen udp://127.0.0.1:0 ${SYSTEM}`, folder);
    const screen = await t.shows(/listening at udp 127\.0\.0\.1 port \d+/);
    const port = Number(/port (\d+)/.exec(screen)?.[1]);
    const socket = createSocket("udp4");
    for (const message of [logLine(1, "block", 5060), logLine(2, "pass", 5060)])
      socket.send(message, port, "127.0.0.1");
    await t.shows("following", "2 Open 1");
    await t.press("2", "r");
    await t.shows("(syslog)", "was kept", "192.168.10.5");
    await t.press("Escape", "q");
    await t.shows("status 0");
    socket.close();
  });

  it("saves flows as they were filtered", async () => {
    const folder = folderWithLog();
    const t = start(`fw.log ${SYSTEM}`, folder);
    await t.shows("[4 Coverage", "6 Flows 1");
    await t.press("6", "Enter");
    await t.shows("DENIED", "Judged", "scanner: denied to strangers", "fw.log:1");
    await t.press("Escape", "/", '"judged:scanner port:5060', "Enter");
    await t.shows("1 shown, 0 hidden");
    await t.press("s", "C-u", '"flows.json', "Enter");
    await t.shows("saved 1 row to flows.json");
    expect(JSON.parse(readFileSync(join(folder, "flows.json"), "utf8")).rows[0]).toMatchObject({
      verdict: "deny",
      judged: "scanner",
      initiator: "203.0.113.7",
      responder: "192.168.10.5",
      port: 5060,
      count: 50,
      rule: "1000000103",
    });
    await t.press("C-c");
    await t.shows("status 0");
  });
});

describe.skipIf(!hasTmux)("the mouse", () => {
  /** A report as terminals send it, columns and rows from 1. */
  const report = (button: number, x: number, y: number) => `\u001b[<${button};${x};${y}M`;

  it("chooses, opens, sorts and scrolls, and is left alone afterwards", async () => {
    const folder = folderWithLog();
    const t = start(`fw.log ${SYSTEM} --mouse`, folder);
    const screen = await t.shows("[4 Coverage", "1 of ");
    expect(t.hasMouse).toBe(true);
    const tabs = screen.split("\n")[1] ?? "";
    await t.press(`"${report(0, tabs.indexOf("5 Policies") + 2, 2)}`);
    await t.shows("[5 Policies", "1 of ");
    await t.press(`"${report(65, 20, 10)}`);
    await t.shows("4 of ");
    await t.press(`"${report(0, 20, 6)}`);
    await t.shows("2 of ");
    await t.press(`"${report(0, 20, 6)}`);
    await t.shows("│", "Esc back");
    await t.press("Escape", `"${report(0, 22, 4)}`);
    await t.shows("catalog▴");
    await t.press("q");
    await t.shows("status 0");
    expect(t.hasMouse).toBe(false);
  });
});
