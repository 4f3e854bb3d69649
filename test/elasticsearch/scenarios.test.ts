/** Every scenario of test/scenarios again, from documents that ringfence ships: the result must be the one that its logs give. */
import { beforeAll, describe, expect, inject, test } from "vitest";
import { shipDocument } from "../../ingest/elasticsearch/shipping/ship-document.ts";
import { SHIPPED_MAPPINGS } from "../../ingest/elasticsearch/shipping/template.ts";
import type { AuditResult } from "../../rules/result.ts";
import { auditOf, loadScenario, logPaths, scenarioNames } from "../scenarios/scenario.ts";
import { verdictOf } from "./program.ts";
import { auditStored, storeScenarios } from "./scenario-index.ts";
import type { SharedServer } from "./shared-servers.ts";

const server = inject("elasticsearch").at(-1) as SharedServer;
const index = `${inject("indexPrefix")}-scenarios`;
const names = scenarioNames();

const parsed = ({ evidence }: AuditResult) => evidence.inputs.reduce((sum, { lines }) => sum + lines.parsed, 0);

describe.skipIf(server === undefined)("The same verdict from documents", () => {
  let stored: Set<string>;

  beforeAll(async () => {
    stored = await storeScenarios(server, index, names, SHIPPED_MAPPINGS, ({ record, format, place, input }) =>
      shipDocument(record, format, place, input.name, input.modifiedMs),
    );
  });

  test.concurrent.each(names)("%s", async (name) => {
    if (!stored.has(name)) return;
    const scenario = loadScenario(name);
    const fromLogs = await auditOf(scenario, logPaths(scenario));
    const fromDocuments = await auditStored(server, `${index}-${names.indexOf(name)}`, scenario);
    expect(verdictOf(fromDocuments)).toEqual(verdictOf(fromLogs));
    expect(parsed(fromDocuments)).toBe(parsed(fromLogs));
  });
});
