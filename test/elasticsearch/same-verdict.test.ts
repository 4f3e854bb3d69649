import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { siteFromFlags } from "../../cmd/site-options.ts";
import { countFlows } from "../../ingest/count.ts";
import { connect } from "../../ingest/elasticsearch/connection.ts";
import { type PullOptions, pullFlows } from "../../ingest/elasticsearch/pull.ts";
import { FlowSelector } from "../../ingest/flow-selection.ts";
import { FlowTable } from "../../ingest/flows.ts";
import { findInputs } from "../../ingest/inputs.ts";
import { prepareSite } from "../../rules/selection.ts";
import { flowTexts } from "./flow-texts.ts";
import { demoLogs, demoSite, resultOf, ringfence, verdictOf } from "./program.ts";
import { availableVersions, type Server, startElasticsearch } from "./server.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const versions = availableVersions().filter((version) => version !== "8.7.1");
// Without a server there must still be a suite, to be skipped.
const suites = versions.length === 0 ? ["absent"] : versions;
const index = `logs-ringfence-verdict${process.pid}`;
const site = ["--site", demoSite, "--json"];
const window = ["--since", "2026-10-13T06:00", "--until", "2026-10-15T18:30"];

describe.skipIf(versions.length === 0).each(suites)("Elasticsearch %s", (version) => {
  let server: Server;
  let source: string[];

  beforeAll(async () => {
    server = await startElasticsearch(version);
    source = ["--elasticsearch", server.url, "--index", index];
    const shipped = await ringfence(["ship", ...demoLogs, ...source, "--tz", "Europe/Berlin"]);
    expect(shipped).toMatchObject({ status: 0 });
    await fetch(`${server.url}/${index}/_refresh`, { method: "POST" });
  });
  afterAll(async () => server?.stop());

  test("what is shipped twice is there once", async () => {
    const again = await ringfence(["ship", ...demoLogs, ...source, "--tz", "Europe/Berlin"]);
    expect(again.stderr).toMatch(/\b0 documents stored, \d{4} there already/);
    expect(again.status).toBe(0);
  });

  test.each([
    ["everything", []],
    ["a part of the time", window],
  ])("the same verdict on files and on documents: %s", async (_, flags) => {
    const fromFiles = resultOf(await ringfence(["audit", ...demoLogs, ...site, ...flags]));
    const run = await ringfence(["audit", ...source, ...site, ...flags]);
    expect(run.stderr).toBe("");
    const fromDocuments = resultOf(run);
    expect(verdictOf(fromDocuments)).toEqual(verdictOf(fromFiles));
    expect(fromFiles.findings.length).toBeGreaterThan(10);
    const lines = (result: typeof fromFiles) =>
      result.evidence.inputs.reduce((sum, { lines: { parsed } }) => sum + parsed, 0);
    expect(lines(fromDocuments)).toBe(lines(fromFiles));
  });

  test("half of the logs from files and half from documents", async () => {
    const [first, second, ...rest] = demoLogs as [string, string, ...string[]];
    const part = `${index}-part`;
    const shipped = await ringfence([
      "ship",
      ...rest,
      "--elasticsearch",
      server.url,
      "--index",
      part,
      "--site",
      demoSite,
    ]);
    expect(shipped).toMatchObject({ status: 0 });
    await fetch(`${server.url}/${part}/_refresh`, { method: "POST" });
    const mixed = await ringfence(["audit", first, second, "--elasticsearch", server.url, "--index", part, ...site]);
    const files = await ringfence(["audit", ...demoLogs, ...site]);
    expect(verdictOf(resultOf(mixed))).toEqual(verdictOf(resultOf(files)));
  });

  test("evidence names its documents and shows the lines that the files hold", async () => {
    const { findings } = resultOf(await ringfence(["audit", ...source, ...site]));
    const lines = new Set(demoLogs.flatMap((file) => readFileSync(file, "utf8").split(/\r?\n/)));
    const examples = findings.flatMap((finding) => finding.examples);
    expect(examples.length).toBeGreaterThan(20);
    for (const example of examples) {
      expect(example).toMatchObject({ line: null, offset: null, input: expect.stringMatching(/^\S+\/_doc\/\S+$/) });
      expect(lines).toContain(example.text);
    }
  });

  const { selection } = prepareSite(siteFromFlags({ site: demoSite }), { sinceMs: null, untilMs: null });
  const pull = async (options: Partial<PullOptions>) => {
    const login = { kind: "none" } as const;
    const settings = { url: server.url, cloudId: null, login, caFile: null, caFingerprint: null, timeoutMs: 60_000 };
    const engine = await connect(settings);
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
