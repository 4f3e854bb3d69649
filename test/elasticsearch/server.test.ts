import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { describe, expect, test, vi } from "vitest";
import {
  availableVersions,
  openSearchIsAvailable,
  type Server,
  startElasticsearch,
  startOpenSearch,
} from "./server.ts";

// A busy machine with two cores needs its time to start a server, or two.
vi.setConfig({ testTimeout: 180_000 });

const versions = availableVersions();
const ours = versions.filter((version) => version !== "ELASTICSEARCH_URL");
const index = `ringfence-test-server-${process.pid}`;

/** Asks as every 8.x client does: a 9.x server must still understand it. */
async function ask(server: Server, method: string, path: string, body?: string | object) {
  const type = (format: string) => `application/vnd.elasticsearch+${format}; compatible-with=8`;
  const response = await fetch(new URL(path, server.url), {
    method,
    headers: {
      accept: type("json"),
      ...(body && { "content-type": type(typeof body === "string" ? "x-ndjson" : "json") }),
    },
    ...(body && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

const documents = Array.from({ length: 1000 }, (_, i) => ({
  "@timestamp": new Date(Date.UTC(2026, 0, 1, 0, 0, i)).toISOString(),
  source: { ip: `10.0.0.${i % 5}` },
  destination: { port: 5000 + (i % 2) },
  ...(i % 4 === 0 && { rule: { id: "7" } }),
}));

const mappings = {
  properties: {
    "@timestamp": { type: "date" },
    source: { properties: { ip: { type: "ip" } } },
    destination: { properties: { port: { type: "long" } } },
    rule: { properties: { id: { type: "keyword" } } },
  },
};

async function fill(server: Server, settings: object = {}) {
  await ask(server, "PUT", `/${index}`, { mappings, settings: { number_of_replicas: 0, ...settings } });
  const lines = documents.flatMap((document, i) => [{ create: { _id: `${i}` } }, document]);
  const ndjson = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  return ask(server, "POST", `/${index}/_bulk?refresh=true`, ndjson);
}

const count = {
  size: 0,
  aggs: {
    flows: {
      composite: {
        size: 1000,
        sources: [
          { source: { terms: { field: "source.ip", missing_bucket: true } } },
          { port: { terms: { field: "destination.port", missing_bucket: true } } },
          { rule: { terms: { field: "rule.id", missing_bucket: true } } },
          { hour: { date_histogram: { field: "@timestamp", fixed_interval: "1h" } } },
        ],
      },
    },
  },
};

function expectedCounts() {
  const counts = new Map<string, number>();
  for (const { source, destination, rule } of documents) {
    const key = JSON.stringify([source.ip, destination.port, rule?.id ?? null]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

describe.skipIf(versions.length === 0).each(versions)("Elasticsearch %s", (version) => {
  test("counts what was indexed, exactly", async () => {
    const server = await startElasticsearch(version);
    try {
      expect((await fill(server)).body.errors).toBe(false);
      const { status, headers, body } = await ask(server, "POST", `/${index}/_search`, count);
      expect([status, headers.get("x-elastic-product")]).toEqual([200, "Elasticsearch"]);
      type Bucket = { key: { source: string; port: number; rule: string | null }; doc_count: number };
      const buckets: Bucket[] = body.aggregations.flows.buckets;
      const counts = buckets.map(({ key, doc_count }) => [JSON.stringify([key.source, key.port, key.rule]), doc_count]);
      expect(new Map(counts as [string, number][])).toEqual(expectedCounts());
    } finally {
      await ask(server, "DELETE", `/${index}`);
      await server.stop();
    }
  });
});

describe.skipIf(ours.length === 0)("A server of our own", () => {
  const version = ours.at(-1) ?? "";

  test("keeps its data and its address when interrupted", async () => {
    const server = await startElasticsearch(version);
    try {
      await fill(server);
      await server.interrupt();
      await expect(fetch(server.url)).rejects.toThrow();
      await server.resume();
      await ask(server, "GET", `/_cluster/health/${index}?wait_for_status=green&timeout=30s`);
      expect((await ask(server, "GET", `/${index}/_count`)).body.count).toBe(1000);
    } finally {
      await server.stop();
    }
  });

  test("answers with a part when a node of its cluster is lost", async () => {
    const first = await startElasticsearch(version);
    const second = await startElasticsearch(version, { joins: first });
    try {
      await fill(first, { number_of_shards: 2 });
      await second.interrupt();
      const { status, body } = await ask(first, "POST", `/${index}/_search`, count);
      expect([status, body._shards.total, body._shards.failed]).toEqual([200, 2, 1]);
    } finally {
      await second.stop();
      await first.stop();
    }
  });

  test("lets in only whom it knows when secure", async () => {
    const server = await startElasticsearch(version, { secure: true });
    try {
      const ca = readFileSync(server.certificate ?? "");
      expect(new X509Certificate(ca).checkIP("127.0.0.1")).toBe("127.0.0.1");
      const post = (path: string, authorization: string, body: object) =>
        new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
          const headers = { authorization, "content-type": "application/json" };
          request(`${server.url}${path}`, { method: "POST", ca, headers }, async (response) => {
            let text = "";
            for await (const chunk of response) text += chunk;
            resolve({ status: response.statusCode, body: text });
          })
            .once("error", reject)
            .end(JSON.stringify(body));
        });
      const basic = (password = "") =>
        `Basic ${Buffer.from(`${server.login?.username}:${password}`).toString("base64")}`;
      const ask = (authorization: string) => post("/_field_caps?fields=*", authorization, {});
      expect((await ask(basic("wrong"))).status).toBe(401);
      expect((await ask(basic(server.login?.password))).status).toBe(200);

      const key = await post("/_security/api_key", basic(server.login?.password), { name: "reader" });
      expect((await ask(`ApiKey ${JSON.parse(key.body).encoded}`)).status).toBe(200);
      expect((await ask("ApiKey cmVhZGVyOndyb25n")).status).toBe(401);

      const grant = { grant_type: "client_credentials" };
      const token = await post("/_security/oauth2/token", basic(server.login?.password), grant);
      expect((await ask(`Bearer ${JSON.parse(token.body).access_token}`)).status).toBe(200);
    } finally {
      await server.stop();
    }
  });
});

test.skipIf(!openSearchIsAvailable())("OpenSearch says what it is", async () => {
  const server = await startOpenSearch();
  try {
    const response = await fetch(server.url);
    expect(response.headers.get("x-elastic-product")).toBe(null);
    expect(((await response.json()) as { version: object }).version).toMatchObject({ distribution: "opensearch" });
  } finally {
    await server.stop();
  }
});
