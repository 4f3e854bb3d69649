import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { SHIPPED_MAPPINGS } from "../../ingest/elasticsearch/template.ts";
import { type Asked, type Fault, faultProxy } from "./fault-proxy.ts";
import { demoLogs, demoSite, resultOf, ringfence, verdictOf } from "./program.ts";
import {
  availableVersions,
  openSearchIsAvailable,
  type Server,
  startElasticsearch,
  startOpenSearch,
} from "./server.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const ours = availableVersions().filter((version) => version !== "ELASTICSEARCH_URL");
const index = "logs-ringfence-faults";
const log = demoLogs.find((file) => file.includes("pfsense")) as string;
const site = ["--site", demoSite, "--json"];

const isCount = ({ body }: Asked) => body.includes('"composite"');
const error = (type: string, reason: string) => ({ error: { type, reason, root_cause: [{ type, reason }] } });

describe.skipIf(ours.length === 0)("What goes wrong on the way", () => {
  let server: Server;
  let healthy: object;

  beforeAll(async () => {
    server = await startElasticsearch(ours.at(-1) as string);
    const shipped = await ringfence(["ship", log, "--elasticsearch", server.url, "--index", index]);
    expect(shipped.stderr).toMatch(/made logs-ringfence-faults/);
    await fetch(`${server.url}/${index}/_refresh`, { method: "POST" });
    healthy = verdictOf(resultOf(await audit(server.url)));
  });
  afterAll(async () => server?.stop());

  const audit = (url: string) => ringfence(["audit", "--elasticsearch", url, "--index", index, ...site]);

  async function auditThrough(faultOf: (asked: Asked) => Fault) {
    const proxy = await faultProxy(server.url, faultOf);
    try {
      return await audit(proxy.url);
    } finally {
      await proxy.stop();
    }
  }

  test.each<[string, (asked: Asked) => Fault]>([
    [
      "too much to do for a while",
      ({ number }) =>
        number % 4 === 0 ? { status: 429, body: error("es_rejected_execution_exception", "queue") } : null,
    ],
    ["connections that break", (asked) => (isCount(asked) && asked.number % 5 === 0 ? "drop" : null)],
    [
      "a snapshot that expires",
      (() => {
        let expired = 0;
        return (asked) =>
          isCount(asked) && ++expired === 3
            ? { status: 404, body: error("search_context_missing_exception", "gone") }
            : null;
      })(),
    ],
  ])("%s: waits, asks again, and misses nothing", async (_, faultOf) => {
    const run = await auditThrough(faultOf);
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(verdictOf(resultOf(run))).toEqual(healthy);
  });

  test.each<[string, (asked: Asked) => Fault, RegExp]>([
    [
      "shards that fail",
      (asked) =>
        isCount(asked) ? { change: (answer) => ({ ...answer, _shards: { total: 5, failed: 2, failures: [] } }) } : null,
      /2 of 5 shards did not answer/,
    ],
    [
      "searches that are stopped",
      (asked) => (isCount(asked) ? { change: (answer) => ({ ...answer, timed_out: true }) } : null),
      /stopped searches before their end/,
    ],
    [
      "buckets that are missing",
      (asked) => (isCount(asked) ? { change: () => ({ _shards: { total: 1, failed: 0 } }) } : null),
      /Not all documents could be counted/,
    ],
    ["a server that goes away", (asked) => (isCount(asked) && asked.number > 12 ? "drop" : null), /counting broke off/],
  ])("%s: the result says that it is incomplete, and so does the status", async (_, faultOf, limit) => {
    const run = await auditThrough(faultOf);
    expect(run.status).toBe(3);
    expect(run.stderr).toMatch(limit);
    expect(resultOf(run).evidence.limits.join("\n")).toMatch(limit);
  });

  test.each<[string, Fault, RegExp]>([
    [
      "a proxy without the product's header",
      { status: 200, body: {}, product: false },
      /does not say that it is Elasticsearch/,
    ],
    [
      "another major's media type",
      { status: 400, body: error("media_type_header_exception", "Accept version must be 9") },
      /refuses the media type of Elasticsearch 8 and 9/,
    ],
    [
      "no right to read",
      { status: 403, body: error("security_exception", "unauthorized") },
      /forbids it.*\n.*view_index_metadata/,
    ],
  ])("%s: says so, status 3", async (_, fault, message) => {
    const run = await auditThrough(() => fault);
    expect(run.stderr).toMatch(message);
    expect(run).toMatchObject({ status: 3, stdout: "" });
  });

  test("what the server has no room for is sent again, what is too large in parts", async () => {
    let refusals = 0;
    const proxy = await faultProxy(server.url, ({ path, body }) => {
      if (!path.endsWith("/_bulk")) return null;
      if (body.length > 1_000_000) return { status: 413, body: {} };
      if (++refusals % 2 === 0) return null;
      const created = body.split("\n").filter((line) => line.startsWith('{"create"'));
      return {
        status: 200,
        body: { errors: true, items: created.map(() => ({ create: { status: 429, error: { type: "busy" } } })) },
      };
    });
    const target = ["--elasticsearch", proxy.url, "--index", "logs-ringfence-room"];
    const run = await ringfence(["ship", ...demoLogs, ...target]);
    await proxy.stop();
    expect(run.stderr).toMatch(/(\d+) records: \1 documents stored, 0 there already\n/);
    expect(refusals).toBeGreaterThan(2);
  });
});

describe.skipIf(ours.length === 0)("A cluster", () => {
  test("that lost a node: what is left is judged, and said to be incomplete", async () => {
    const first = await startElasticsearch(ours.at(-1) as string);
    const second = await startElasticsearch(ours.at(-1) as string, { joins: first });
    try {
      const target = ["--elasticsearch", first.url, "--index", "spread"];
      const settings = { number_of_shards: 2, number_of_replicas: 0 };
      await fetch(`${first.url}/spread`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ mappings: SHIPPED_MAPPINGS, settings }),
      });
      await ringfence(["ship", log, ...target]);
      await fetch(`${first.url}/spread/_refresh`, { method: "POST" });
      expect(await ringfence(["audit", ...target, ...site])).toMatchObject({ status: 0 });
      await second.interrupt();
      const run = await ringfence(["audit", ...target, ...site]);
      expect(run.status).toBe(3);
      expect(resultOf(run).evidence.limits.join("\n")).toMatch(/spread is incomplete: .*shards/);
    } finally {
      await second.stop();
      await first.stop();
    }
  });
});

test.skipIf(!openSearchIsAvailable())("OpenSearch is named, whatever it is asked", async () => {
  const server = await startOpenSearch();
  try {
    const target = ["--elasticsearch", server.url, "--index", "logs"];
    for (const command of [
      ["audit", ...site],
      ["ship", log],
    ]) {
      const run = await ringfence([...command, ...target]);
      expect(run.stderr).toMatch(/is OpenSearch 2\.11\.0, which ringfence does not speak to/);
      expect(run).toMatchObject({ status: 3, stdout: "" });
    }
  } finally {
    await server.stop();
  }
});
