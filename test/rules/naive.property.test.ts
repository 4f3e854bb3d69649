/**
 * The whole program held against a naive matcher that goes row by row over single events: generated sites with all
 * catalogs, logs in four formats, NAT and IPv6, handed over in any order, in pieces and with files told twice.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { runAudit } from "../../cmd/run-audit.ts";
import { siteFromFlags } from "../../cmd/site-options.ts";
import type { AuditResult } from "../../rules/result.ts";
import { eventsArbitrary, siteArbitrary } from "./naive/arbitrary.ts";
import { type FirewallEvent, lineOf, WINDOWS_HEADER } from "./naive/events.ts";
import { judge } from "./naive/judge.ts";
import { type NaiveSite, siteText } from "./naive/site.ts";

const scratch = mkdtempSync(join(tmpdir(), "ringfence-naive-"));
const RUNS = Number(process.env.NAIVE_RUNS ?? 120);

afterAll(() => rmSync(scratch, { recursive: true }));

let round = 0;

/** The program's verdict on files that hold the events, one firewall's in `pieces` files. */
async function audited(site: NaiveSite, events: readonly FirewallEvent[], pieces: number): Promise<AuditResult> {
  round += 1;
  const siteFile = join(scratch, `${round}.yaml`);
  writeFileSync(siteFile, siteText(site));
  const inputNames = site.firewalls.flatMap((firewall, index) =>
    Array.from({ length: pieces }, (_, piece) => {
      const own = events.filter((event, at) => event.firewall === index && at % pieces === piece);
      const head = firewall.platform === "windows" ? [WINDOWS_HEADER] : [];
      const name = join(scratch, `${round}-${index}-${piece}.log`);
      writeFileSync(name, [...head, ...own.map((event) => lineOf(event, firewall)), ""].join("\n"));
      return own.length > 0 ? [name] : [];
    }).flat(),
  );
  return runAudit({
    site: siteFromFlags({ site: siteFile }),
    inputNames,
    window: { sinceMs: null, untilMs: null },
    read: { only: null, stdin: process.stdin, threads: 1 },
    nowMs: Date.UTC(2026, 9, 2),
    onUnreadable: (error) => {
      throw error;
    },
  });
}

/** What both must agree on, as text that names what differs. */
function verdictOf({ findings, requirements, noise, evidence }: AuditResult): unknown {
  const judged = findings.filter(
    ({ kind, requirement }) =>
      kind === "open-but-unneeded" || (kind === "blocked-but-required" && requirement !== null),
  );
  return {
    findings: judged.map(({ id, packets }) => `${id}: ${packets}`).sort(),
    requirements: requirements
      .filter(({ allowed, denied }) => allowed + denied > 0)
      .map(({ deployment, id, allowed, denied }) => `${deployment}/${id}: ${allowed} ${denied}`)
      .sort(),
    scannerDenials: noise.scannerDenials,
    outOfState: noise.outOfStateDenials.packets,
    parsed: evidence.inputs.reduce((sum, { lines }) => sum + lines.parsed, 0),
  };
}

function naiveVerdictOf(site: NaiveSite, events: readonly FirewallEvent[]): unknown {
  const result = judge(site, events);
  return {
    findings: [...result.findings].map(([id, count]) => `${id}: ${count}`).sort(),
    requirements: [...result.requirements]
      .filter(([, { allowed, denied }]) => allowed + denied > 0)
      .map(([id, { allowed, denied }]) => `${id}: ${allowed} ${denied}`)
      .sort(),
    scannerDenials: { packets: result.scannerDenials, sources: result.scannerSources.size },
    outOfState: result.outOfStateDenials,
    parsed: events.length,
  };
}

test("judges as somebody who reads line by line and row by row", async () => {
  const scenes = siteArbitrary().chain((site) =>
    fc.record({ site: fc.constant(site), events: eventsArbitrary(site), pieces: fc.integer({ min: 1, max: 3 }) }),
  );
  await fc.assert(
    fc.asyncProperty(scenes, async ({ site, events, pieces }) => {
      expect(verdictOf(await audited(site, events, pieces))).toEqual(naiveVerdictOf(site, events));
    }),
    { numRuns: RUNS },
  );
}, 600_000);
