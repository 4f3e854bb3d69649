/** What only happens to a server of one's own: it goes away, loses a node, or is another product. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { SHIPPED_MAPPINGS } from "../../ingest/elasticsearch/shipping/template.ts";
import { ask, askFor } from "./ask.ts";
import type { Distribution } from "./distribution.ts";
import { faultProxy } from "./fault-proxy.ts";
import { demoLogs, demoSite, documentsAt, resultOf, ringfence } from "./program.ts";
import { type Server, startServer } from "./server.ts";

const { newest, openSearch } = inject("ownServers");
const site = ["--site", demoSite, "--json"];
const log = demoLogs.find((file) => file.includes("pfsense")) as string;

/** pf's lines; every tenth packet is logged twice in the same words, as a firewall does that is hit twice. */
function lines(count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const at = new Date(Date.UTC(2026, 9, 12) + Math.floor(i / 10) * 977).toISOString();
    const port = 20_000 + ((i % 10 === 9 ? i - 1 : i) % 40_000);
    return `<134>1 ${at} fw01 filterlog 9 - - 4,,,1000000103,igb0,match,block,in,4,0x0,,57,1,0,DF,17,udp,440,192.0.2.9,198.51.100.5,${port},5060,420`;
  });
}

describe.skipIf(newest === null)("A cluster of our own", () => {
  let server: Server;
  const folder = mkdtempSync(join(tmpdir(), "ringfence-outages-"));
  const to = (index: string) => documentsAt(server, index);
  const countOf = async (index: string) => {
    await ask(server, "POST", `/${index}/_refresh`).catch(() => null);
    const answer = await ask(server, "GET", `/${index}/_count`).catch(() => null);
    return answer?.status === 200 ? (answer.body as { count: number }).count : 0;
  };

  beforeAll(async () => {
    server = await startServer(newest as Distribution);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await server?.stop();
  });

  test("that goes away: shipping waits, says so, loses nothing and doubles nothing", async () => {
    const file = join(folder, "fw.log");
    const all = lines(80_000);
    writeFileSync(file, `${all.join("\n")}\n`);
    const shipping = ringfence(["ship", file, ...to("away")]);
    for (let count = 0; count === 0; count = await countOf("away")) await sleep(50);
    await server.interrupt();
    const givenUp = await ringfence(["ship", ...demoLogs, ...to("late"), "--wait", "0"]);
    expect(givenUp.stderr).toMatch(/refuses the connection.*shipping again sends only the rest/);
    expect(givenUp.status).toBe(3);
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

  test("that loses a node: what is left is judged, and said to be incomplete", async () => {
    const second = await startServer(newest as Distribution, { joins: server });
    try {
      const settings = { number_of_shards: 2, number_of_replicas: 0 };
      await askFor(server, "PUT", "/spread", { mappings: SHIPPED_MAPPINGS, settings });
      await ringfence(["ship", log, ...to("spread")]);
      await askFor(server, "POST", "/spread/_refresh");
      expect(await ringfence(["audit", ...to("spread"), ...site])).toMatchObject({ status: 0 });
      // The node ends when the counting has begun: what it held is missing from then on.
      let counts = 0;
      const proxy = await faultProxy(server.url, async ({ body }) => {
        if (body.includes('"composite"') && ++counts === 2) await second.interrupt();
        return null;
      });
      const midway = await ringfence(["audit", ...documentsAt(proxy, "spread"), ...site]);
      await proxy.stop();
      expect(counts).toBeGreaterThan(2);
      const afterwards = await ringfence(["audit", ...to("spread"), ...site]);
      for (const run of [midway, afterwards]) {
        expect(run.status).toBe(3);
        expect(resultOf(run).evidence.limits.join("\n")).toMatch(/spread is incomplete: .*shards/);
      }
      // The reason is the server's own word, and differs with the moment: not connected, disconnected, already closed.
      expect(midway.stderr).toMatch(/1 of 2 shards did not answer \(spread: .+\)\.\n/);
      expect(midway.stderr).toMatch(/Not all documents could be counted/);
    } finally {
      await second.stop();
    }
  });
});

test.skipIf(openSearch === null)("OpenSearch is named, whatever it is asked", async () => {
  const server = await startServer(openSearch as Distribution);
  try {
    for (const command of [
      ["audit", ...site],
      ["ship", log],
    ]) {
      const run = await ringfence([...command, ...documentsAt(server, "logs")]);
      expect(run.stderr).toMatch(/is OpenSearch 2\.11\.0, which ringfence does not speak to/);
      expect(run).toMatchObject({ status: 3, stdout: "" });
    }
  } finally {
    await server.stop();
  }
});
