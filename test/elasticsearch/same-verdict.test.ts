import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { siteFromFlags } from "../../cmd/site-options.ts";
import { type PullOptions, pullFlows } from "../../ingest/elasticsearch/pull.ts";
import { connect } from "../../ingest/elasticsearch/server/connection.ts";
import { countFlows } from "../../ingest/flows/count.ts";
import { FlowSelector } from "../../ingest/flows/flow-selection.ts";
import { FlowTable } from "../../ingest/flows/flows.ts";
import { findInputs } from "../../ingest/inputs/inputs.ts";
import { prepareSite } from "../../rules/matching/selection.ts";
import { askFor, settingsFor } from "./ask.ts";
import { faultProxy } from "./fault-proxy.ts";
import { flowTexts } from "./flow-texts.ts";
import { demoLogs, demoSite, documentsAt, resultOf, ringfence, verdictOf } from "./program.ts";
import type { SharedServer } from "./shared-servers.ts";

const servers = inject("elasticsearch");
const newest = servers.at(-1) as SharedServer;
const index = `${inject("indexPrefix")}-verdict`;
const site = ["--site", demoSite, "--json"];
const window = ["--since", "2026-10-13T06:00", "--until", "2026-10-15T18:30"];

const files = async (...flags: string[]) => resultOf(await ringfence(["audit", ...demoLogs, ...site, ...flags]));

async function ship(server: SharedServer, name: string, logs: readonly string[]): Promise<void> {
  const run = await ringfence(["ship", ...logs, ...documentsAt(server, name), "--site", demoSite], server.environment);
  expect(run).toMatchObject({ status: 0 });
  await askFor(server, "POST", `/${name}/_refresh`);
}

describe.skipIf(servers.length === 0)("Documents that ringfence shipped", () => {
  const source = newest ? documentsAt(newest, index) : [];
  const audit = (...args: string[]) => ringfence(["audit", ...args, ...site], newest.environment);

  beforeAll(() => ship(newest, index, demoLogs));

  test.each(servers)("the same verdict on files and on documents, Elasticsearch $version", async (server) => {
    if (server !== newest) await ship(server, index, demoLogs);
    const run = await ringfence(["audit", ...documentsAt(server, index), ...site], server.environment);
    expect(run).toMatchObject({ status: 0, stderr: "" });
    const fromFiles = await files();
    const fromDocuments = resultOf(run);
    expect(verdictOf(fromDocuments)).toEqual(verdictOf(fromFiles));
    expect(fromFiles.findings.length).toBeGreaterThan(10);
    const lines = (result: typeof fromFiles) =>
      result.evidence.inputs.reduce((sum, { lines: { parsed } }) => sum + parsed, 0);
    expect(lines(fromDocuments)).toBe(lines(fromFiles));
  });

  test("the same verdict on a part of the time", async () => {
    const run = await audit(...source, ...window);
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(verdictOf(resultOf(run))).toEqual(verdictOf(await files(...window)));
  });

  test("what is shipped twice is there once", async () => {
    const again = await ringfence(["ship", ...demoLogs, ...source, "--site", demoSite], newest.environment);
    expect(again.stderr).toMatch(/\b0 documents stored, \d{4} there already/);
    expect(again.status).toBe(0);
  });

  test("half of the logs from files and half from documents", async () => {
    const [first, second, ...rest] = demoLogs as [string, string, ...string[]];
    await ship(newest, `${index}-part`, rest);
    const mixed = await audit(first, second, ...documentsAt(newest, `${index}-part`));
    expect(verdictOf(resultOf(mixed))).toEqual(verdictOf(await files()));
  });

  test("evidence names its documents and shows the lines that the files hold", async () => {
    const { findings } = resultOf(await audit(...source));
    const lines = new Set(demoLogs.flatMap((file) => readFileSync(file, "utf8").split(/\r?\n/)));
    const examples = findings.flatMap((finding) => finding.examples);
    expect(examples.length).toBeGreaterThan(20);
    for (const example of examples) {
      expect(example).toMatchObject({ line: null, offset: null, input: expect.stringMatching(/^\S+\/_doc\/\S+$/) });
      expect(lines).toContain(example.text);
    }
  });

  const { selection } = prepareSite(siteFromFlags({ site: demoSite }), { sinceMs: null, untilMs: null });
  const pull = async (options: Partial<PullOptions>, url = newest.url) => {
    const engine = await connect(settingsFor({ ...newest, url }));
    const table = new FlowTable(new FlowSelector(selection));
    const report = await pullFlows(engine, table, { index, selection, input: 0, ...options });
    await engine.close();
    expect([...report.gaps, ...report.warnings]).toEqual([]);
    return table;
  };

  // However the counting is cut into requests, the same flows come out of it.
  test.each<[string, Partial<PullOptions>]>([
    ["ports told apart by classes only", { exactLimit: 0 }],
    ["small slices of time and small pages", { exactLimit: 0, sliceDocuments: 60, pageSize: 50 }],
    ["both ports told apart, small pages", { pageSize: 100 }],
  ])("the same flows: %s", async (_, options) => {
    expect(flowTexts(await pull(options))).toEqual(flowTexts(await pull({})));
  });

  test("a page that is lost on the way is asked for again from where the one before ended", async () => {
    const lost: string[] = [];
    const proxy = await faultProxy(newest.url, ({ body }) => {
      if (!body.includes('"after":') || lost.length === 3) return null;
      lost.push(body);
      return "drop";
    });
    const flows = flowTexts(await pull({ pageSize: 100 }, proxy.url));
    await proxy.stop();
    expect(lost).toHaveLength(3);
    expect(flows).toEqual(flowTexts(await pull({})));
  });

  test("the same flows as from files, field by field", async () => {
    const inputs = await findInputs(demoLogs, Date.now());
    const { table } = await countFlows({
      inputs,
      selection,
      zone: "Europe/Berlin",
      only: null,
      stdin: Readable.from([]),
      threads: 1,
      onUnreadable: (error) => {
        throw error;
      },
    });
    expect(flowTexts(await pull({}), "exact")).toEqual(flowTexts(table, "exact"));
    expect(flowTexts(await pull({ exactLimit: 0 }), "folded")).toEqual(flowTexts(table, "folded"));
  });
});
