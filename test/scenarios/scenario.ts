/**
 * A scenario: an engineer's site, the firewall lines of one morning, and what an expert says of them. `expected.json` is
 * written from the vendors' documents and ARCHITECTURE.md, never from the program's output.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { judgeRun } from "../../cmd/run-audit.ts";
import { type SiteFlags, siteFromFlags } from "../../cmd/site-options.ts";
import type { AuditResult, FirewallResult, TrafficMeaning } from "../../rules/result.ts";
import type { Site } from "../../rules/site/site.ts";
import { wholeResultOf } from "../nothing-lost.ts";

/** One value, or any of several that an expert would accept. */
type OneOf<T> = T | T[];

/** Each key given must hold; keys left out do not matter. */
export interface FindingMatcher {
  kind?: string;
  severity?: OneOf<string>;
  confidence?: OneOf<string>;
  catalog?: string | null;
  requirement?: OneOf<string | null>;
  policy?: OneOf<string | null>;
  check?: string | null;
  host?: string;
  direction?: string;
  peerZone?: string;
  transport?: string;
  ports?: [low: number, high: number][];
  /** As counted: packets of packet logs, sessions of session logs. */
  packets?: number;
  stopped?: boolean;
  endedAt?: string | null;
  peers?: string[];
  firewalls?: string[];
  rules?: string[];
  /** Section of the vendor's document that the finding cites. */
  section?: string;
  /** Words that the title, and the reason, must contain. */
  title?: string;
  why?: string;
  /** Further requirements that must be among `alsoRequiredBy`. */
  alsoRequiredBy?: string[];
  /** Platforms that must have a remedy. */
  remedies?: string[];
  /** Words that some remedy must contain, all of them, and words that none may. */
  remedySays?: string[];
  remedyNever?: string[];
  /** Lines that the finding shows: `3`, or `core.log:3` where a case has several logs. */
  exampleLines?: (number | string)[];
}

interface StateWithReason {
  state: string;
  /** The reason must contain it; null: none is to be given. */
  reason?: string | null;
}

export interface Expected {
  findings: FindingMatcher[];
  /** Findings beyond `findings` may appear. */
  allowOther?: boolean;
  /** No finding may match any of these. */
  absent?: FindingMatcher[];
  /** By requirement id (`catalog/id` where two deployments share an id). */
  requirements?: Record<string, string | StateWithReason>;
  policies?: Record<string, string | StateWithReason>;
  noise?: {
    scannerDenials?: { packets?: number; sources?: number };
    outOfStateDenials?: { packets?: number };
    unaskedDenials?: Partial<AuditResult["noise"]["unaskedDenials"]>;
  };
  /** All that was counted, by what it means. */
  accounting?: Partial<Record<TrafficMeaning, number>>;
  /** What the result must know of each firewall's evidence, by name. */
  firewalls?: Record<string, Partial<FirewallResult>>;
  /** All hosts that nobody declared, by address, with what they were seen to do: `answers-sip udp`. */
  undeclaredHosts?: Record<string, string[]>;
  /** What the result must say of its own limits: one of `evidence.limits` contains the text. */
  limits?: string[];
  /** Which of the site's deployments the lines name, in their order. */
  seen?: boolean[];
  /** Lines that count as parsed, over all logs; all lines where the case does not say. */
  parsed?: number;
  /** The program is wrong: why, and where. The case is then expected to fail. */
  knownWrong?: string;
}

export interface Scenario {
  name: string;
  folder: string;
  logs: { name: string; text: string }[];
  site: Site;
  expected: Expected;
}

const CASES = join(import.meta.dirname, "cases");
/** Stands for today, so that dates without a year and spans before now never depend on the clock. */
export const NOW_MS = Date.parse("2026-10-02T00:00:00Z");

export function scenarioNames(): string[] {
  return readdirSync(CASES, { withFileTypes: true })
    .filter((group) => group.isDirectory())
    .flatMap((group) => readdirSync(join(CASES, group.name)).map((name) => `${group.name}/${name}`))
    .sort();
}

export function loadScenario(name: string): Scenario {
  const folder = join(CASES, name);
  const logFolder = join(folder, "logs");
  return {
    name,
    folder,
    logs: readdirSync(logFolder)
      .sort()
      .map((log) => ({ name: log, text: readFileSync(join(logFolder, log), "utf8") })),
    site: siteFromFlags(siteFlags(folder)),
    expected: JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Expected,
  };
}

export function logPaths({ folder, logs }: Scenario): string[] {
  return logs.map(({ name }) => join(folder, "logs", name));
}

function siteFlags(folder: string): SiteFlags {
  const site = join(folder, "site.yaml");
  if (existsSync(site)) return { site };
  const flags = JSON.parse(readFileSync(join(folder, "args.json"), "utf8")) as SiteFlags;
  return flags.catalogDir === undefined ? flags : { ...flags, catalogDir: join(import.meta.dirname, flags.catalogDir) };
}

/** Audits named files, or with `["-"]` what `stdin` holds. */
export async function auditOf(scenario: Scenario, inputNames: string[], stdin = ""): Promise<AuditResult> {
  const run = await judgeRun({
    site: scenario.site,
    inputNames,
    window: { sinceMs: null, untilMs: null },
    read: { only: null, stdin: Readable.from([Buffer.from(stdin)]), threads: 1 },
    nowMs: NOW_MS,
    onUnreadable: (error) => {
      throw error;
    },
  });
  return wholeResultOf(run);
}

/** Everything of a result that must not depend on how the same lines are handed over. */
export function essence(result: AuditResult): unknown {
  const { findings, requirements, policies, noise, evidence, undeclaredHosts } = result;
  return {
    undeclaredHosts,
    findings: findings.map(
      ({ id, severity, confidence, transport, ports, peers, peerCount, packets, unit, ...rest }) => ({
        id,
        severity,
        confidence,
        transport,
        ports,
        peers,
        peerCount,
        packets,
        unit,
        stopped: rest.stopped,
        rules: rest.rules,
        firewalls: rest.firewalls,
        alsoRequiredBy: rest.alsoRequiredBy,
      }),
    ),
    requirements: requirements.map(({ deployment, id, state, allowed, denied }) => ({
      deployment,
      id,
      state,
      allowed,
      denied,
    })),
    policies: policies.map(({ deployment, id, state }) => ({ deployment, id, state })),
    noise,
    accounting: result.accounting,
    firewalls: evidence.firewalls,
    parsed: evidence.inputs.reduce((sum, { lines }) => sum + lines.parsed, 0),
  };
}
