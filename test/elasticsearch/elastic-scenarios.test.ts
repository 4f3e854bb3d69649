/**
 * Scenarios again, from documents as Elastic's integrations make them of pfSense's, FortiGate's and netfilter's lines: whole
 * results but for what their pipelines drop, which stands here.
 */
import { beforeAll, describe, expect, inject, test } from "vitest";
import type { AuditResult, FindingResult } from "../../rules/result.ts";
import { auditOf, loadScenario, logPaths, scenarioNames } from "../scenarios/scenario.ts";
import { ELASTIC_MAPPINGS, fortigateDocument, iptablesDocument, pfsenseDocument } from "./elastic-documents.ts";
import { verdictOf } from "./program.ts";
import { auditStored, type SeenRecord, storeScenarios } from "./scenario-index.ts";
import type { SharedServer } from "./shared-servers.ts";

const server = inject("elasticsearch").at(-1) as SharedServer;
const index = `${inject("indexPrefix")}-elastic`;
const names = scenarioNames();

/** By scenario, the parts of findings that documents cannot tell. */
const LOST: Readonly<Record<string, readonly (keyof FindingResult)[]>> = {
  // What the engine says in `msg` is full text, which can be searched and not counted.
  "deep-inspection-hits-voice/fires-fortigate-tls": ["why"],
  // Whose rules they are, firewalld's, Shorewall's or OpenWrt's, is said by the prefix alone.
  "jtel/support-access": ["remediation"],
  "pascom/onsite-other-subnet": ["remediation"],
  "pbxact/blocked-by-firewalld": ["remediation"],
  "swyxware/channels-formula": ["remediation"],
  "swyxware/mobile-internal": ["remediation"],
};

/** Of netfilter: the log prefix, by which files tell rules apart, how sure a verdict is, and what the SIP helper complained of. */
const LOST_OF_NETFILTER: readonly (keyof FindingResult)[] = ["rules", "confidence", "why"];

/** What nothing of a document tells: such scenarios have another result. */
const UNTOLD: ReadonlySet<string> = new Set([
  // Their words for what is accepted are none that the pipeline knows.
  "front-ends/openwrt",
  "front-ends/shorewall",
  "front-ends/unifi",
  // That a limit dropped it is said by the prefix alone.
  "rate-limit-hits-media/fires-iptables",
  // Later fragments carry no ports, and their offset is dropped.
  "sip-fragment-dropped/fires-iptables",
  // Of the kernel's helpers only the one for SIP is looked for.
  "sip-alg-drops/silent-iptables",
]);

function documentOf({ record, format, place }: SeenRecord): object | null {
  const line = Buffer.from(place.bytes.subarray(place.start, place.end)).toString();
  const seen = { timeMs: record.timeMs, host: record.textOf(record.observer) };
  if (format.id === "pfsense") return pfsenseDocument(line, seen);
  if (format.id === "iptables") return iptablesDocument(line, seen);
  return format.id === "fortigate" ? fortigateDocument(line, seen) : null;
}

/** The whole result, less what was lost; its texts are listed a second time in `messages`. */
function told(result: AuditResult, lost: readonly (keyof FindingResult)[]): object {
  const findings = result.findings.map((finding) => ({
    ...finding,
    ...Object.fromEntries(lost.map((key) => [key, null])),
  }));
  if (lost.length === 0) return verdictOf({ ...result, findings });
  // Of equally severe ones the surest comes first.
  if (lost.includes("confidence")) findings.sort((a, b) => (a.id < b.id ? -1 : 1));
  // A prefix that says nothing of the verdict is full text, which can be searched and not counted.
  const limits = result.evidence.limits.filter((text) => !text.includes("behind prefixes"));
  return verdictOf({ ...result, findings, messages: [], evidence: { ...result.evidence, limits } });
}

describe.skipIf(server === undefined)("The same verdict from documents of Elastic's integrations", () => {
  let stored: Set<string>;

  beforeAll(async () => {
    stored = await storeScenarios(server, index, names, ELASTIC_MAPPINGS, documentOf);
    expect(stored.size).toBeGreaterThan(190);
  });

  test.concurrent.each(names)("%s", async (name) => {
    if (!stored.has(name) || UNTOLD.has(name)) return;
    const scenario = loadScenario(name);
    const fromLogs = await auditOf(scenario, logPaths(scenario));
    const isNetfilter = fromLogs.evidence.firewalls.some(({ platform }) => platform === "iptables");
    const lost = [...(LOST[name] ?? []), ...(isNetfilter ? LOST_OF_NETFILTER : [])];
    const fromDocuments = await auditStored(server, `${index}-${names.indexOf(name)}`, scenario);
    expect(told(fromDocuments, lost)).toEqual(told(fromLogs, lost));
  });
});
