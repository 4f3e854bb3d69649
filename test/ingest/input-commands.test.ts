import { spawnSync } from "node:child_process";
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
