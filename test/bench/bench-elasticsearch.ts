/**
 * `npm run bench:elasticsearch`: an audit of documents by counting on a real server, beside pulling every document to
 * count here, as the index grows. ELASTICSEARCH.md says what the numbers were and what follows from them.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ringfence } from "../../ingest/elasticsearch/layouts/ringfence.ts";
import { connect } from "../../ingest/elasticsearch/server/connection.ts";
import type { Engine } from "../../ingest/elasticsearch/server/engine.ts";
import type { AuditResult } from "../../rules/result.ts";
import { askFor, type Reachable, settingsFor } from "../elasticsearch/ask.ts";
import { distributions } from "../elasticsearch/distribution.ts";
import { documentsAt, main, verdictOf } from "../elasticsearch/program.ts";
import { startServer } from "../elasticsearch/server.ts";
import { countingProxy } from "./counting-proxy.ts";
import { fileOf, folder, SITE } from "./lines.ts";
import { measure } from "./measure.ts";

const { values } = parseArgs({
  options: {
    documents: { type: "string", default: "520000,5200000" },
    version: { type: "string", default: "9.2.0" },
    heap: { type: "string", default: "2g" },
  },
});

const PAGE = 10_000;

/** What a reader of documents would have to ask for: the fields that the audit counts by, without the line itself. */
const FIELDS = [
  ...Object.values(ringfence.names),
  ...Object.values(ringfence.sums).flat(),
  ...ringfence.keys.map(({ field }) => field),
].filter((field) => field !== null);

/** All documents, page by page, each read as JSON and then forgotten: less than any audit would do with them. */
async function pullAll(engine: Engine, index: string): Promise<number> {
  const { id } = await engine.ask<{ id: string }>({
    method: "POST",
    path: `/${index}/_pit`,
    query: { keep_alive: "5m" },
  });
  let pit = id;
  let after: unknown[] | null = null;
  for (let documents = 0; ; ) {
    interface Page {
      pit_id: string;
      hits: { hits: { sort: unknown[] }[] };
    }
    const page: Page = await engine.ask<Page>({
      method: "POST",
      path: "/_search",
      body: {
        size: PAGE,
        pit: { id: pit, keep_alive: "5m" },
        sort: ["_shard_doc"],
        track_total_hits: false,
        _source: false,
        fields: FIELDS,
        ...(after ? { search_after: after } : {}),
      },
    });
    pit = page.pit_id;
    const { hits } = page.hits;
    documents += hits.length;
    if (hits.length < PAGE) {
      await engine.ask({ method: "DELETE", path: "/_pit", body: { id: pit } });
      return documents;
    }
    after = hits.at(-1)?.sort ?? null;
  }
}

/** Processor time of the server so far. */
async function serverSeconds(server: Reachable): Promise<number> {
  interface Stats {
    nodes: Record<string, { process: { cpu: { total_in_millis: number } } }>;
  }
  const { nodes } = await askFor<Stats>(server, "GET", "/_nodes/stats/process");
  return Object.values(nodes).reduce((sum, { process: { cpu } }) => sum + cpu.total_in_millis, 0) / 1000;
}

/** Of this process: the client and, for a small part, the proxy. */
function ownSeconds(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function print(what: string, facts: Record<string, string>): void {
  const texts = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  process.stdout.write(`  ${what.padEnd(28)}${texts.join(", ")}\n`);
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
const seconds = (value: number) => `${value.toFixed(1)} s`;

const distribution = distributions.find(({ version }) => version === values.version);
if (!distribution) throw new Error(`no version ${values.version}: see test/elasticsearch/distribution.ts`);
const site = join(folder(), "site.yaml");
writeFileSync(site, SITE);
const server = await startServer(distribution, { heap: values.heap, lasting: true });
try {
  for (const count of values.documents.split(",").map(Number)) {
    const file = fileOf("pfsense", count);
    const index = `bench-${count}`;
    process.stdout.write(`${count.toLocaleString("en")} lines, Elasticsearch ${server.version}\n`);
    const ship = ["ship", file, ...documentsAt(server, index), "--site", site, "--quiet"];
    const shipped = await measure([process.execPath, main, ...ship]);
    await askFor(server, "POST", `/${index}/_refresh`);
    const { count: documents } = await askFor<{ count: number }>(server, "GET", `/${index}/_count`);
    interface Size {
      _all: { total: { store: { size_in_bytes: number } } };
    }
    const size = await askFor<Size>(server, "GET", `/${index}/_stats/store`);
    print("ship", {
      documents: documents.toLocaleString("en"),
      time: seconds(shipped.seconds),
      "documents/s": (documents / shipped.seconds).toFixed(0),
      index: megabytes(size._all.total.store.size_in_bytes),
    });

    const proxy = await countingProxy(server.url);
    const audit = ["audit", ...documentsAt(proxy, index), "--site", site, "--format", "json"];
    for (const which of ["audit by counting", "audit by counting again"]) {
      const before = await serverSeconds(server);
      proxy.reset();
      const counted = await measure([process.execPath, main, ...audit]);
      const bytes = proxy.bytes();
      print(which, {
        time: seconds(counted.seconds),
        received: megabytes(bytes.received),
        sent: megabytes(bytes.sent),
        "CPU here": seconds(counted.cpuSeconds ?? Number.NaN),
        "CPU there": seconds((await serverSeconds(server)) - before),
        "memory here": megabytes(counted.peakBytes ?? Number.NaN),
      });
      if (which.endsWith("again")) continue;
      const fromFile = await measure([process.execPath, main, "audit", file, "--site", site, "--format", "json"]);
      const [one, other] = [counted, fromFile].map(({ output }) => verdictOf(JSON.parse(output) as AuditResult));
      print("audit of the file itself", {
        time: seconds(fromFile.seconds),
        verdict: JSON.stringify(one) === JSON.stringify(other) ? "the same" : "ANOTHER",
      });
    }

    const engine = await connect(settingsFor({ ...proxy, environment: server.environment }));
    const before = await serverSeconds(server);
    const ownBefore = process.cpuUsage();
    proxy.reset();
    const started = performance.now();
    const pulled = await pullAll(engine, index);
    await engine.close();
    print("every document pulled", {
      documents: pulled.toLocaleString("en"),
      time: seconds((performance.now() - started) / 1000),
      received: megabytes(proxy.bytes().received),
      "CPU here": seconds(ownSeconds(ownBefore)),
      "CPU there": seconds((await serverSeconds(server)) - before),
    });
    await proxy.stop();
  }
} finally {
  await server.stop();
}
