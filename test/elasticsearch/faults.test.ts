import { beforeAll, describe, expect, inject, test } from "vitest";
import { askFor } from "./ask.ts";
import { type Asked, type Fault, faultProxy } from "./fault-proxy.ts";
import { demoLogs, demoSite, documentsAt, resultOf, ringfence, verdictOf } from "./program.ts";
import type { SharedServer } from "./shared-servers.ts";

// The proxy speaks plain HTTP.
const server = inject("elasticsearch").findLast(({ url }) => url.startsWith("http:")) as SharedServer;
const index = `${inject("indexPrefix")}-faults`;
const log = demoLogs.find((file) => file.includes("pfsense")) as string;
const site = ["--site", demoSite, "--json"];

const isCount = ({ body }: Asked) => body.includes('"composite"');
const error = (type: string, reason: string) => ({ error: { type, reason, root_cause: [{ type, reason }] } });

describe.skipIf(server === undefined)("What goes wrong on the way", () => {
  let healthy: object;
  const audit = (url: string) => ringfence(["audit", ...documentsAt({ url }, index), ...site], server.environment);

  beforeAll(async () => {
    const shipped = await ringfence(["ship", log, ...documentsAt(server, index)], server.environment);
    expect(shipped.stderr).toContain(`made ${index}`);
    await askFor(server, "POST", `/${index}/_refresh`);
    healthy = verdictOf(resultOf(await audit(server.url)));
  });

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
      "another cluster that is skipped",
      (asked) =>
        isCount(asked)
          ? { change: (answer) => ({ ...answer, _clusters: { total: 3, successful: 2, skipped: 1 } }) }
          : null,
      /1 of 3 clusters did not answer/,
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
    const run = await ringfence(["ship", ...demoLogs, ...documentsAt(proxy, `${index}-room`)], server.environment);
    await proxy.stop();
    expect(run.stderr).toMatch(/(\d+) records: \1 documents stored, 0 there already\n/);
    expect(refusals).toBeGreaterThan(2);
  });
});
