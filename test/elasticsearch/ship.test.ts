import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { demoLogs, demoSite, resultOf, ringfence, verdictOf } from "./program.ts";
import { availableVersions, type Server, startElasticsearch } from "./server.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const ours = availableVersions().filter((version) => version !== "ELASTICSEARCH_URL");

/** pf's lines; every tenth packet is logged twice in the same words, as a firewall does that is hit twice. */
function lines(count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const at = new Date(Date.UTC(2026, 9, 12) + Math.floor(i / 10) * 977).toISOString();
    const port = 20_000 + ((i % 10 === 9 ? i - 1 : i) % 40_000);
    return `<134>1 ${at} fw01 filterlog 9 - - 4,,,1000000103,igb0,match,block,in,4,0x0,,57,1,0,DF,17,udp,440,192.0.2.9,198.51.100.5,${port},5060,420`;
  });
}

describe.skipIf(ours.length === 0)("ringfence ship", () => {
  let server: Server;
  const folder = mkdtempSync(join(tmpdir(), "ringfence-ship-"));
  const to = (index: string) => ["--elasticsearch", server.url, "--index", index];
  const countOf = async (index: string) => {
    await fetch(`${server.url}/${index}/_refresh`, { method: "POST" }).catch(() => undefined);
    const answer = await fetch(`${server.url}/${index}/_count`).catch(() => null);
    return answer?.ok ? ((await answer.json()) as { count: number }).count : 0;
  };

  beforeAll(async () => {
    server = await startElasticsearch(ours.at(-1) as string);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await server?.stop();
  });

  test("loses nothing and doubles nothing while the server is away", async () => {
    const file = join(folder, "fw.log");
    const all = lines(80_000);
    writeFileSync(file, `${all.join("\n")}\n`);
    const shipping = ringfence(["ship", file, ...to("away")]);
    for (let count = 0; count === 0; count = await countOf("away")) await sleep(50);
    await server.interrupt();
    await sleep(1500);
    await server.resume();
    const run = await shipping;
    expect(run.stderr).toMatch(/: waiting\n(.*\n)*.*the server is there again/);
    expect(run.status).toBe(0);
    expect(await countOf("away")).toBe(all.length);
    expect(new Set(all).size).toBe(all.length * 0.9);

    const rotated = join(folder, "fw.log.1");
    renameSync(file, rotated);
    const again = await ringfence(["ship", rotated, ...to("away")]);
    expect(again.stderr).toMatch(/80000 records: 0 documents stored, 80000 there already/);
    expect(await countOf("away")).toBe(all.length);
  });

  test("into an index instead of a data stream: the same verdict", async () => {
    const shipped = await ringfence(["ship", ...demoLogs, ...to("plain"), "--plain-index", "--site", demoSite]);
    expect(shipped).toMatchObject({ status: 0 });
    expect(await countOf("plain")).toBeGreaterThan(6000);
    const site = ["--site", demoSite, "--json"];
    const fromFiles = resultOf(await ringfence(["audit", ...demoLogs, ...site]));
    const fromDocuments = resultOf(await ringfence(["audit", ...to("plain"), ...site]));
    expect(verdictOf(fromDocuments)).toEqual(verdictOf(fromFiles));
  });

  test("records without a time keep being without one", async () => {
    const file = join(folder, "kernel.log");
    const line = "IN=eth0 OUT= SRC=203.0.113.9 DST=192.168.10.5 LEN=60 PROTO=UDP SPT=40001 DPT=5060 LEN=40";
    writeFileSync(file, Array.from({ length: 5 }, () => `[UFW BLOCK] ${line}\n`).join(""));
    const shipped = await ringfence(["ship", file, ...to("timeless")]);
    expect(shipped.stderr).toMatch(/5 records: 5 documents stored/);
    await countOf("timeless");
    const host = ["--catalog", "agfeo", "--host", "192.168.10.5", "--json"];
    const fromFiles = resultOf(await ringfence(["audit", file, ...host]));
    const fromDocuments = resultOf(await ringfence(["audit", ...to("timeless"), ...host]));
    expect(fromFiles.evidence).toMatchObject({ from: null, firewalls: [{ denied: 5 }] });
    expect(verdictOf(fromDocuments)).toEqual(verdictOf(fromFiles));
  });

  test("refuses a target that could not be audited, before anything is in it", async () => {
    await fetch(`${server.url}/other/_doc?refresh=true`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ source: { ip: "192.0.2.1" } }),
    });
    const run = await ringfence(["ship", ...demoLogs, ...to("other")]);
    expect(run.stderr).toMatch(/other is there already and maps source\.ip as text, not as ip/);
    expect(run.status).toBe(3);
    expect(await countOf("other")).toBe(1);
    const audit = await ringfence(["audit", ...to("other"), "--site", demoSite, "--json"]);
    expect(audit.status).toBe(3);
  });

  test("a server that stays away: says so, and that shipping again sends the rest", async () => {
    await server.interrupt();
    const run = await ringfence(["ship", ...demoLogs, ...to("late"), "--wait", "0"]);
    expect(run.stderr).toMatch(/refuses the connection.*shipping again sends only the rest/);
    expect(run.status).toBe(3);
    await server.resume();
  });
});
