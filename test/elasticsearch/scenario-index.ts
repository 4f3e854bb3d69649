/** Records of all scenarios as documents: one index, in which each scenario is an alias of its part. */
import { Readable } from "node:stream";
import { runAudit, zoneRules } from "../../cmd/run-audit.ts";
import type { LogFormat } from "../../ingest/format.ts";
import type { RecordPlace } from "../../ingest/inputs/input-reader.ts";
import { findInputs } from "../../ingest/inputs/inputs.ts";
import { readInput } from "../../ingest/inputs/read.ts";
import type { LogRecord } from "../../ingest/record.ts";
import type { AuditResult } from "../../rules/result.ts";
import { loadScenario, logPaths, NOW_MS, type Scenario } from "../scenarios/scenario.ts";
import { askFor, settingsFor } from "./ask.ts";
import type { SharedServer } from "./shared-servers.ts";

export interface SeenRecord {
  record: LogRecord;
  format: LogFormat;
  place: RecordPlace;
  input: { name: string; modifiedMs: number };
}

/** A document; null: the scenario cannot be told in such documents. */
export type DocumentOf = (seen: SeenRecord) => object | null;

const BATCH = 5000;

/** Documents of all records of the scenario; null where one of them makes none. */
async function documentsOf(scenario: Scenario, documentOf: DocumentOf): Promise<object[] | null> {
  const { site } = scenario;
  const documents: (object | null)[] = [];
  const inputs = await findInputs(logPaths(scenario), NOW_MS);
  const options = {
    zone: site.timezone,
    zones: zoneRules(site),
    prefixVerdicts: site.firewalls.flatMap(({ prefixes }) => prefixes),
    only: null,
    stdin: Readable.from([]),
    sinceMs: null,
    untilMs: null,
  };
  for (const [number, input] of inputs.entries()) {
    await readInput(input, number, options, (record, format, place) => {
      documents.push(documentOf({ record, format, place, input }));
    });
  }
  return documents.includes(null) ? null : (documents as object[]);
}

interface Mappings {
  properties: object;
}

/** Stores the scenarios under aliases that begin with the index's name; returns those that hold documents. */
export async function storeScenarios(
  server: SharedServer,
  index: string,
  names: readonly string[],
  { properties }: Mappings,
  documentOf: DocumentOf,
): Promise<Set<string>> {
  const aliases = Object.fromEntries(
    names.map((name, i) => [`${index}-${i}`, { filter: { term: { scenario: name } } }]),
  );
  const mappings = { dynamic: false, properties: { ...properties, scenario: { type: "keyword" } } };
  await askFor(server, "PUT", `/${index}`, { mappings, aliases, settings: { number_of_replicas: 0 } });
  const stored = new Set<string>();
  const lines: string[] = [];
  for (const name of names) {
    const documents = await documentsOf(loadScenario(name), documentOf);
    for (const document of documents ?? []) {
      stored.add(name);
      lines.push(`{"create":{}}\n${JSON.stringify({ ...document, scenario: name })}\n`);
    }
  }
  for (let at = 0; at < lines.length; at += BATCH)
    await askFor(server, "POST", `/${index}/_bulk?refresh=true`, lines.slice(at, at + BATCH).join(""));
  return stored;
}

/** The audit of a stored scenario; fails where anything is missing from its documents. */
export async function auditStored(server: SharedServer, alias: string, { site }: Scenario): Promise<AuditResult> {
  return runAudit({
    site,
    inputNames: [],
    elasticsearch: { settings: settingsFor(server), index: alias, mapping: null },
    window: { sinceMs: null, untilMs: null },
    read: { only: null, stdin: Readable.from([]), threads: 1 },
    nowMs: NOW_MS,
    onUnreadable: (error) => {
      throw error;
    },
  });
}
