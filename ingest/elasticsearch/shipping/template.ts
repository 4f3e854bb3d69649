/** How shipped documents are mapped, and making the data stream or index that holds them. */
import { InputError } from "../../errors.ts";
import { askPatiently, type Engine, type Patience, RequestFailure } from "../server/engine.ts";

const keyword = { type: "keyword" };
const long = { type: "long" };
const integer = { type: "integer" };
const boolean = { type: "boolean" };
const endpoint = {
  properties: {
    ip: { type: "ip" },
    port: integer,
    bytes: long,
    packets: long,
    domain: keyword,
    nat: { properties: { ip: { type: "ip" }, port: integer } },
  },
};
const networkInterface = { properties: { interface: { properties: { name: keyword } } } };

/** Fields that are not listed stay in the document and are not indexed. */
export const SHIPPED_MAPPINGS = {
  dynamic: false,
  properties: {
    "@timestamp": { type: "date" },
    ecs: { properties: { version: keyword } },
    event: {
      properties: {
        kind: keyword,
        category: keyword,
        type: keyword,
        action: keyword,
        reason: { ...keyword, ignore_above: 8191 },
        module: keyword,
        duration: long,
        original: { ...keyword, index: false, doc_values: false },
      },
    },
    source: endpoint,
    destination: endpoint,
    dns: { properties: { question: { properties: { name: keyword } }, resolved_ip: { type: "ip" } } },
    network: {
      properties: {
        type: keyword,
        transport: keyword,
        iana_number: keyword,
        application: keyword,
        direction: keyword,
        bytes: long,
        packets: long,
      },
    },
    observer: {
      properties: {
        name: keyword,
        type: keyword,
        vendor: keyword,
        product: keyword,
        ingress: networkInterface,
        egress: networkInterface,
      },
    },
    rule: { properties: { id: keyword, name: { ...keyword, ignore_above: 8191 }, uuid: keyword } },
    log: { properties: { file: { properties: { path: { ...keyword, ignore_above: 8191 } } }, offset: long } },
    ringfence: {
      properties: {
        verdict: keyword,
        verdict_assumed: boolean,
        line: long,
        out_of_state: boolean,
        dscp: integer,
        tcp_flags: keyword,
        fragment: { properties: { offset: integer, more: boolean } },
        ip_id: long,
        icmp: { properties: { type: integer, code: integer } },
        phase: keyword,
        session_id: keyword,
        count: long,
        shaper_dropped_bytes: long,
        lost_events: long,
        inspection: keyword,
        inspection_verdict: keyword,
        initiator: keyword,
        source_port_rewritten: boolean,
        time_unknown: boolean,
        application: keyword,
      },
    },
  },
};

/** Above Elastic's own `logs-*-*` template (100), so that names of that form get this mapping. */
const PRIORITY = 500;

interface Resolved {
  indices?: { name: string }[];
  data_streams?: { name: string }[];
  aliases?: { name: string }[];
}

/** Makes what documents are shipped to, unless it is there. Says which of the two it is. */
export async function prepareTarget(
  engine: Engine,
  name: string,
  wanted: "data-stream" | "index",
  patience: Patience,
): Promise<"made" | "found"> {
  const ask = <T>(request: Parameters<Engine["ask"]>[0]) => askPatiently(() => engine.ask<T>(request), patience);
  if (await exists(ask, name)) {
    await checkMapping(ask, engine.name, name);
    return "found";
  }
  const template = {
    index_patterns: [name],
    priority: PRIORITY,
    ...(wanted === "data-stream" ? { data_stream: {} } : {}),
    template: { mappings: SHIPPED_MAPPINGS },
    _meta: { description: "Firewall records of ringfence ship" },
  };
  await ask({ method: "PUT", path: `/_index_template/ringfence-${name}`, body: template });
  if (wanted === "index") {
    await ask({ method: "PUT", path: `/${name}` }).catch((cause: unknown) => {
      // Somebody else, or our own request whose answer was lost, made it first.
      if (!(cause instanceof RequestFailure) || cause.type !== "resource_already_exists_exception") throw cause;
    });
  }
  return "made";
}

type Ask = <T>(request: Parameters<Engine["ask"]>[0]) => Promise<T>;

async function exists(ask: Ask, name: string): Promise<boolean> {
  try {
    const found = await ask<Resolved>({ method: "GET", path: `/_resolve/index/${name}` });
    return [found.indices, found.data_streams, found.aliases].some((list) => (list ?? []).length > 0);
  } catch (cause) {
    if (cause instanceof RequestFailure && cause.status === 404) return false;
    throw cause;
  }
}

/** Documents that are mapped otherwise could not be counted later: better to say so before they are there. */
async function checkMapping(ask: Ask, where: string, name: string): Promise<void> {
  const wanted = { "source.ip": "ip", "destination.ip": "ip", "ringfence.verdict": "keyword", "rule.id": "keyword" };
  const { fields } = await ask<{ fields: Record<string, Record<string, unknown>> }>({
    method: "GET",
    path: `/${name}/_field_caps`,
    query: { fields: Object.keys(wanted).join(",") },
  });
  for (const [field, type] of Object.entries(wanted)) {
    const found = Object.keys(fields[field] ?? {});
    if (found.length === 1 && found[0] === type) continue;
    throw new InputError(
      "unreadable",
      `${where}: ${name} is there already and maps ${field} as ${found.join(" and ") || "nothing"}, not as ${type}`,
      "ship to another --index: it is made with a mapping that fits",
    );
  }
}
