/**
 * The servers that tests share, started once for a run of vitest, since a server takes longer to start than all its tests
 * take; or the one at ELASTICSEARCH_URL, from which everything that tests made is removed in the end.
 */
import type { TestProject } from "vitest/node";
import { ask, askFor, type Reachable } from "./ask.ts";
import type { Distribution } from "./distribution.ts";
import { startable, startServer } from "./server.ts";

export interface SharedServer extends Reachable {
  readonly version: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    /** Oldest first. */
    elasticsearch: readonly SharedServer[];
    /** What a test may start for itself: the newest Elasticsearch, and OpenSearch. */
    ownServers: { newest: Distribution | null; openSearch: Distribution | null };
    /** How all names begin that tests make. */
    indexPrefix: string;
  }
}

/** The version whose shared server speaks https and asks for a login. */
const SECURE_VERSION = "8.19.21";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const indexPrefix = `ringfence-test-${process.pid}`;
  project.provide("indexPrefix", indexPrefix);
  const url = process.env.ELASTICSEARCH_URL;
  if (url !== undefined && url !== "") {
    const server = await serverAt(url);
    project.provide("elasticsearch", [server]);
    project.provide("ownServers", { newest: null, openSearch: null });
    return () => removeAll(server, indexPrefix);
  }
  const { present, absent } = startable();
  if (absent.length > 0) {
    const sentence = `Elasticsearch: ${absent.join("; ")}`;
    if (process.env.RINGFENCE_REQUIRE_ELASTICSEARCH === "1") throw new Error(sentence);
    console.warn(`Skipping tests that need what is not here. ${sentence}`);
  }
  const elastic = present.filter(({ product }) => product === "elasticsearch");
  const starting = elastic.map((each) => startServer(each, { secure: each.version === SECURE_VERSION }));
  const started = await Promise.allSettled(starting);
  const servers = started.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  const teardown = async () => {
    await Promise.all(servers.map((server) => server.stop()));
  };
  const failed = started.find((outcome) => outcome.status === "rejected");
  if (failed) {
    await teardown();
    throw failed.reason;
  }
  project.provide(
    "elasticsearch",
    servers.map(({ url, version, environment }) => ({ url, version, environment })),
  );
  const openSearch = present.find(({ product }) => product === "opensearch") ?? null;
  project.provide("ownServers", { newest: elastic.at(-1) ?? null, openSearch });
  return teardown;
}

async function serverAt(url: string): Promise<SharedServer> {
  const environment = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith("ELASTIC_") && value !== undefined ? [[name, value] as const] : [],
    ),
  );
  const nodes = await askFor<string>({ url, environment }, "GET", "/_cat/nodes?h=version");
  return { url, version: nodes.trim().split("\n")[0] ?? "", environment };
}

interface Resolved {
  indices: { name: string; data_stream?: string }[];
  data_streams: { name: string }[];
}

async function removeAll(server: SharedServer, prefix: string): Promise<void> {
  const { indices, data_streams: streams } = await askFor<Resolved>(server, "GET", `/_resolve/index/${prefix}*`);
  for (const { name } of streams) await ask(server, "DELETE", `/_data_stream/${name}`);
  for (const { name } of indices.filter((index) => index.data_stream === undefined))
    await ask(server, "DELETE", `/${name}`);
  const path = `/_index_template/ringfence-${prefix}*`;
  const found = await ask(server, "GET", path);
  const { index_templates: templates = [] } = found.body as { index_templates?: { name: string }[] };
  for (const { name } of templates) await ask(server, "DELETE", `/_index_template/${name}`);
}
