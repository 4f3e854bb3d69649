import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { lineAt, payload } from "./logs.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-commands-"));
afterAll(() => rmSync(folder, { recursive: true }));
const MAIN = fileURLToPath(new URL("../../cmd/main.ts", import.meta.url));
const START = Date.UTC(2026, 9, 1);

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

function place(name: string, files: Record<string, string>): string {
  const own = join(folder, name);
  mkdirSync(own);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(own, file), content);
  return own;
}

const SITE = ["--catalog", "agfeo", "--host", "192.168.10.5"];

describe("a folder with other files", () => {
  it("is read, and the others are named in one line", () => {
    const own = place("mixed", { "fw.log": lineAt(START), "README.md": "# Logs\n", "notes.txt": "hello\n" });
    const audit = run("audit", own, ...SITE);
    expect(audit.status).toBe(0);
    expect(audit.stderr.trim()).toBe(
      `ringfence: not firewall logs: ${join(own, "notes.txt")}, ${join(own, "README.md")}`,
    );
    expect(run("parse", own, "--quiet")).toMatchObject({ status: 0, stderr: "" });
  });

  it("fails where nothing is a log", () => {
    expect(run("audit", place("none", { "README.md": "# Logs\n" }), ...SITE).status).toBe(3);
  });
});

describe("a relay's file", () => {
  const second = (i: number) => String(i % 60).padStart(2, "0");
  const forti = (i: number) =>
    `<189>date=2026-10-01 time=10:00:${second(i)} devname="fgt" logid="0000000013" type="traffic" subtype="forward" srcip=10.1.0.${i % 200} srcport=5060 dstip=192.0.2.1 dstport=5060 proto=17 action="accept"\n`;
  const windows = (i: number) =>
    `{"EventTime":"2026-10-01 10:00:${second(i)}","Hostname":"pbx","EventID":5157,"Channel":"Security","SourceAddress":"203.0.113.9","SourcePort":"5080","DestAddress":"192.0.2.1","DestPort":"5060","Protocol":"17","Direction":"%%14592"}\n`;
  const kernel = () =>
    "Oct  1 10:05:00 gw kernel: DROP IN=eth0 OUT= SRC=203.0.113.9 DST=192.0.2.1 LEN=60 PROTO=UDP SPT=5080 DPT=5060 LEN=40\n";
  const kinds = { fortigate: forti, "windows-events": windows, iptables: kernel };

  it.each([
    ["fortigate", "iptables"],
    ["fortigate", "windows-events"],
    ["windows-events", "iptables"],
    ["iptables", "fortigate"],
  ] as const)("of %s may come to %s only after the first 64 KB", (first, then) => {
    const lines = Array.from({ length: 700 }, (_, i) => kinds[first](i));
    const own = place(`relay-${first}-${then}`, { "relay.log": lines.join("") + kinds[then](0) });
    const { stdout, stderr } = run("parse", own);
    expect(stderr).toContain(`${first}+${then}: 701 lines, 701 records`);
    expect(JSON.parse(stdout.trimEnd().split("\n").at(-1) as string)).toMatchObject({
      destination: { ip: "192.0.2.1", port: 5060 },
      ringfence: { line: 701 },
    });
  });
});

describe("standard input", () => {
  it("shows its records while its writer is still at it", async () => {
    const child = spawn(process.execPath, [MAIN, "parse", "-"]);
    child.stdin.write(lineAt(START));
    const [shown] = await once(child.stdout, "data");
    expect(JSON.parse(String(shown)).destination.port).toBe(5060);
    child.stdin.end(lineAt(START, 5061));
    const [more] = await once(child.stdout, "data");
    expect(JSON.parse(String(more))).toMatchObject({ destination: { port: 5061 }, ringfence: { line: 2 } });
    expect(await once(child, "close")).toEqual([0, null]);
  });
});

describe.skipIf(process.platform === "win32")("a pipe that has a name", () => {
  it("is read once, and its evidence is shown all the same", () => {
    const line = lineAt(START).replace("block", "pass");
    const own = place("pipe", { "fw.log": line.repeat(20) });
    const pipe = join(own, "pipe");
    const command = `mkfifo "$1" && (cat "$2" > "$1" & "$3" "$4" audit "$1" --catalog agfeo --host 192.168.10.5 --json)`;
    const audit = spawnSync("sh", ["-c", command, "sh", pipe, join(own, "fw.log"), process.execPath, MAIN], {
      encoding: "utf8",
      timeout: 60_000,
    });
    expect(audit).toMatchObject({ status: 0, stderr: "" });
    const [finding] = JSON.parse(audit.stdout).findings;
    expect(finding).toMatchObject({ kind: "open-but-unneeded", packets: 20 });
    expect(finding.examples[0].text).toBe(line.trimEnd());
  });
});

describe("a window over a big file", () => {
  const lines = Array.from({ length: 40_000 }, (_, i) => lineAt(START + i * 10_000, 5060 + (i % 3)));
  const inside = "2026-10-05T00:00:00Z";

  it("gives the findings of the whole, says what it left out, and shows the right lines", () => {
    const big = join(place("big", { "fw.log": lines.join("") }), "fw.log");
    const small = join(
      place("small", { "fw.log": lines.filter((_, i) => START + i * 10_000 >= Date.parse(inside)).join("") }),
      "fw.log",
    );
    const audit = (file: string) => {
      const { status, stdout, stderr } = run("audit", file, ...SITE, "--since", inside, "--tz", "UTC", "--json");
      return { status, stderr, result: JSON.parse(stdout) };
    };
    const [fast, whole] = [audit(big), audit(small)];
    expect(fast.status).toBe(0);
    expect(fast.stderr).toMatch(/fw\.log: skipped 5\.\d MB \(\d+ lines\) before --since: they are not in the counts/);
    const essence = (result: { findings: { id: string; packets: number }[]; noise: unknown }) => ({
      findings: result.findings.map(({ id, packets }) => ({ id, packets })),
      noise: result.noise,
    });
    expect(essence(fast.result)).toEqual(essence(whole.result));
    const { stdout } = run("parse", big, "--since", inside, "--tz", "UTC", "--quiet");
    const first = JSON.parse(stdout.slice(0, stdout.indexOf("\n")));
    expect(first["@timestamp"]).toBe("2026-10-05T00:00:00.000Z");
    expect(first.ringfence.line).toBe(34_561);
    expect(stdout.split("\n")).toHaveLength(40_000 - 34_560 + 1);
  });
});

describe("firewalls[].timezone", () => {
  it("moves that firewall's times, and no other's", () => {
    const line = (host: string) => `Jul  5 10:00:00 ${host} filterlog[1]: ${payload()}\n`;
    const own = place("zones", {
      "relay.log": line("berlin") + line("kolkata"),
      "site.yaml": [
        "site: Muster GmbH",
        "timezone: Europe/Berlin",
        "firewalls:",
        "  - {name: berlin, platform: pfsense, interfaces: {igb0: internet}}",
        "  - {name: kolkata, platform: opnsense, timezone: Asia/Kolkata, interfaces: {igb0: internet}}",
        "deployments:",
        "  - {catalog: agfeo, hosts: {pbx: [192.168.10.5]}}",
        "",
      ].join("\n"),
    });
    const { stdout, stderr } = run("audit", join(own, "relay.log"), "--site", join(own, "site.yaml"), "--json");
    expect(stderr).toBe("");
    const { evidence } = JSON.parse(stdout);
    expect(Date.parse(evidence.from)).toBe(Date.parse("2026-07-05T04:30:00Z"));
    expect(Date.parse(evidence.to)).toBe(Date.parse("2026-07-05T08:00:00Z"));
  });
});
