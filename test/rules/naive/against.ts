/** Runs the whole program and the naive judge on the same events, and says what each found. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { judgeRun } from "../../../cmd/run-audit.ts";
import { siteFromFlags } from "../../../cmd/site-options.ts";
import type { AuditResult } from "../../../rules/result.ts";
import { wholeResultOf } from "../../nothing-lost.ts";
import { type FirewallEvent, lineOf, WINDOWS_HEADER } from "./events.ts";
import { judge } from "./judge.ts";
import { type NaiveSite, siteText } from "./site.ts";

/** `pieces`: files into which each firewall's log is cut. */
export async function verdictsOn(
  site: NaiveSite,
  events: readonly FirewallEvent[],
  pieces: number,
): Promise<{ program: unknown; naive: unknown }> {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-naive-"));
  try {
    return { program: verdictOf(await audited(folder, site, events, pieces)), naive: naiveVerdictOf(site, events) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function audited(
  folder: string,
  site: NaiveSite,
  events: readonly FirewallEvent[],
  pieces: number,
): Promise<AuditResult> {
  const siteFile = join(folder, "site.yaml");
  writeFileSync(siteFile, siteText(site));
  const inputNames = site.firewalls.flatMap((firewall, index) =>
    Array.from({ length: pieces }, (_, piece) => {
      const own = events.filter((event, at) => event.firewall === index && at % pieces === piece);
      const head = firewall.platform === "windows" ? [WINDOWS_HEADER] : [];
      const name = join(folder, `${index}-${piece}.log`);
      writeFileSync(name, [...head, ...own.map((event) => lineOf(event, firewall)), ""].join("\n"));
      return own.length > 0 ? [name] : [];
    }).flat(),
  );
  const run = await judgeRun({
    site: siteFromFlags({ site: siteFile }),
    inputNames,
    window: { sinceMs: null, untilMs: null },
    read: { only: null, stdin: Readable.from([]), threads: 1 },
    nowMs: Date.UTC(2026, 9, 2),
    onUnreadable: (error) => {
      throw error;
    },
  });
  return wholeResultOf(run);
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
