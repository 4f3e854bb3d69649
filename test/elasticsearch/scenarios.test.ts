/** Every scenario of test/scenarios again, from documents: the result must be the one that its logs give. */
import { Readable } from "node:stream";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { runAudit, zoneRules } from "../../cmd/run-audit.ts";
import { shipDocument } from "../../ingest/elasticsearch/ship-document.ts";
import { SHIPPED_MAPPINGS } from "../../ingest/elasticsearch/template.ts";
import { findInputs } from "../../ingest/inputs.ts";
import { readInput } from "../../ingest/read.ts";
import type { AuditResult } from "../../rules/result.ts";
import { auditOf, loadScenario, logPaths, NOW_MS, type Scenario, scenarioNames } from "../scenarios/scenario.ts";
import { askFor, settingsFor } from "./ask.ts";
import { verdictOf } from "./program.ts";
import type { SharedServer } from "./shared-servers.ts";

const server = inject("elasticsearch").at(-1) as SharedServer;
const prefix = `${inject("indexPrefix")}-scenario`;
const names = scenarioNames();
/** One index for all, since an index takes longer to make than a scenario to audit; each scenario is an alias of its part. */
const index = `${prefix}s`;
const aliasOf = (name: string) => `${prefix}-${names.indexOf(name)}`;

/** Lines of `_bulk` for all records of the scenario. */
async function documentsOf(scenario: Scenario): Promise<string[]> {
  const { site } = scenario;
  const lines: string[] = [];
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
      const document = shipDocument(record, format, place, input.name, input.modifiedMs);
      lines.push(`{"create":{}}\n${JSON.stringify({ ...document, scenario: scenario.name })}\n`);
    });
  }
  return lines;
}

const parsed = ({ evidence }: AuditResult) => evidence.inputs.reduce((sum, { lines }) => sum + lines.parsed, 0);

describe.skipIf(server === undefined)("The same verdict from documents", () => {
  const empty = new Set<string>();

  beforeAll(async () => {
    const properties = { ...SHIPPED_MAPPINGS.properties, scenario: { type: "keyword" } };
    const aliases = Object.fromEntries(names.map((name) => [aliasOf(name), { filter: { term: { scenario: name } } }]));
    await askFor(server, "PUT", `/${index}`, { mappings: { dynamic: false, properties }, aliases });
    const lines: string[] = [];
    for (const name of names) {
      const own = await documentsOf(loadScenario(name));
      if (own.length === 0) empty.add(name);
      lines.push(...own);
    }
    for (let at = 0; at < lines.length; at += 5000)
      await askFor(server, "POST", `/${index}/_bulk?refresh=true`, lines.slice(at, at + 5000).join(""));
  });

  test.concurrent.each(names)("%s", async (name) => {
    if (empty.has(name)) return;
    const scenario = loadScenario(name);
    const fromLogs = await auditOf(scenario, logPaths(scenario));
    const gaps: string[] = [];
    const fromDocuments = await runAudit({
      site: scenario.site,
      inputNames: [],
      elasticsearch: { settings: settingsFor(server), index: aliasOf(name), mapping: null },
      window: { sinceMs: null, untilMs: null },
      read: { only: null, stdin: Readable.from([]), threads: 1 },
      nowMs: NOW_MS,
      onUnreadable: (error) => gaps.push(error.message),
    });
    expect(gaps).toEqual([]);
    expect(verdictOf(fromDocuments)).toEqual(verdictOf(fromLogs));
    expect(parsed(fromDocuments)).toBe(parsed(fromLogs));
  });
});
