import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, inject, test } from "vitest";
import { connect } from "../../ingest/elasticsearch/server/connection.ts";
import { FIRST_CONTACT } from "../../ingest/elasticsearch/server/engine.ts";
import { BulkSender } from "../../ingest/elasticsearch/shipping/bulk.ts";
import { prepareTarget } from "../../ingest/elasticsearch/shipping/template.ts";
import { askFor, settingsFor } from "./ask.ts";
import { demoLogs, demoSite, documentsAt, resultOf, ringfence, verdictOf } from "./program.ts";
import type { SharedServer } from "./shared-servers.ts";

const servers = inject("elasticsearch");
const server = servers.at(-1) as SharedServer;
const prefix = `${inject("indexPrefix")}-ship`;
const site = ["--site", demoSite, "--json"];

describe.skipIf(server === undefined)("ringfence ship", () => {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-ship-"));
  const to = (name: string) => documentsAt(server, `${prefix}-${name}`);
  const run = (...args: string[]) => ringfence(args, server.environment);
  const countOf = async (name: string, at = server) => {
    await askFor(at, "POST", `/${prefix}-${name}/_refresh`);
    return (await askFor<{ count: number }>(at, "GET", `/${prefix}-${name}/_count`)).count;
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  test("into an index instead of a data stream: the same verdict", async () => {
    const shipped = await run("ship", ...demoLogs, ...to("plain"), "--plain-index", "--site", demoSite);
    expect(shipped).toMatchObject({ status: 0 });
    expect(await countOf("plain")).toBeGreaterThan(6000);
    const fromFiles = resultOf(await run("audit", ...demoLogs, ...site));
    const fromDocuments = resultOf(await run("audit", ...to("plain"), ...site));
    expect(verdictOf(fromDocuments)).toEqual(verdictOf(fromFiles));
  });

  test("records without a time keep being without one", async () => {
    const file = join(folder, "kernel.log");
    const line = "IN=eth0 OUT= SRC=203.0.113.9 DST=192.168.10.5 LEN=60 PROTO=UDP SPT=40001 DPT=5060 LEN=40";
    writeFileSync(file, Array.from({ length: 5 }, () => `[UFW BLOCK] ${line}\n`).join(""));
    const shipped = await run("ship", file, ...to("timeless"));
    expect(shipped.stderr).toMatch(/5 records: 5 documents stored/);
    expect(await countOf("timeless")).toBe(5);
    const host = ["--catalog", "agfeo", "--host", "192.168.10.5", "--json"];
    const fromFiles = resultOf(await run("audit", file, ...host));
    const fromDocuments = resultOf(await run("audit", ...to("timeless"), ...host));
    expect(fromFiles.evidence).toMatchObject({ from: null, firewalls: [{ denied: 5 }] });
    expect(verdictOf(fromDocuments)).toEqual(verdictOf(fromFiles));
  });

  test("refuses a target that could not be audited, before anything is in it", async () => {
    await askFor(server, "POST", `/${prefix}-other/_doc?refresh=true`, { source: { ip: "192.0.2.1" } });
    const shipped = await run("ship", ...demoLogs, ...to("other"));
    expect(shipped.stderr).toMatch(/other is there already and maps source\.ip as text, not as ip/);
    expect(shipped.status).toBe(3);
    expect(await countOf("other")).toBe(1);
    expect(await run("audit", ...to("other"), ...site)).toMatchObject({ status: 3 });
  });

  test.each(servers)(
    "what ringfence parse prints of each format is taken as it is, Elasticsearch $version",
    async (at) => {
      const name = `${prefix}-parsed`;
      const engine = await connect(settingsFor(at));
      await prepareTarget(engine, name, "index", FIRST_CONTACT);
      const sender = new BulkSender(engine, { index: name, patienceMs: 60_000 });
      let documents = 0;
      for await (const file of glob("test/formats/cases/*/*/expected.ndjson")) {
        for (const line of readFileSync(file, "utf8")
          .split("\n")
          .filter((text) => text !== ""))
          sender.add(`${documents++}`, JSON.parse(line));
      }
      await sender.end();
      await engine.close();
      expect([...sender.reasons]).toEqual([]);
      expect(sender.counts).toEqual({ created: documents, present: 0, refused: 0 });
      expect(documents).toBeGreaterThan(100);
      expect(await countOf("parsed", at)).toBe(documents);
      const ignored = { query: { exists: { field: "_ignored" } } };
      expect((await askFor<{ count: number }>(at, "POST", `/${name}/_count`, ignored)).count).toBe(0);
      // And every one of them is understood again.
      const audited = await ringfence(["audit", ...documentsAt(at, name), ...site], at.environment);
      expect(audited).toMatchObject({ status: 0, stderr: "" });
      expect(resultOf(audited).evidence.inputs[0]?.lines).toMatchObject({ read: documents, parsed: documents });
    },
  );
});
