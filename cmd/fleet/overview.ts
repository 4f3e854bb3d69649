/** One line a customer, worst first: what the overview across customers shows in every form. */
import { phrases } from "../../reports/phrases.ts";
import { systemNames } from "../../reports/systems.ts";
import { nothingRead } from "../../reports/verdict.ts";
import { type AuditResult, type LanguageId, SEVERITIES, type Severity } from "../../rules/result.ts";
import type { FleetCustomer } from "./config.ts";

/**
 * `done`; `incomplete`: some input could not be read; `failed`: no report; `not-run`: left out of this run, shown as it
 * was last.
 */
export type CustomerStatus = "done" | "incomplete" | "failed" | "not-run";

export interface CustomerRow {
  name: string;
  slug: string;
  status: CustomerStatus;
  /** The run that its reports are of; null where there are none. */
  run: string | null;
  /** What went wrong, and what the reader should know. */
  messages: string[];
  /** Findings that nobody has accepted, by severity; null where nothing was audited. */
  findings: Record<Severity, number> | null;
  waived: number;
  /** Since the baseline; null without one. */
  changes: { new: number; gone: number; notSeenAgain: number } | null;
  /** Claims of the most severe findings, in the overview's language; new ones since the baseline first. */
  worst: { severity: Severity; title: string; isNew: boolean }[];
  from: string | null;
  to: string | null;
  /** Reports, relative to the overview. */
  files: string[];
}

/** `overview.json`. */
export interface FleetOverview {
  schemaVersion: "1";
  tool: { name: "ringfence"; version: string };
  run: string;
  language: LanguageId;
  customers: CustomerRow[];
  /** What concerns several customers. */
  warnings: string[];
}

const MOST_TOLD = 3;

/** What an audit comes to. */
export function auditedRow(
  { name, slug }: Pick<FleetCustomer, "name" | "slug">,
  result: AuditResult,
  outcome: Pick<CustomerRow, "status" | "run" | "messages" | "files">,
): CustomerRow {
  const counted = result.findings.filter(({ waived }) => !waived);
  const findings = Object.fromEntries(
    SEVERITIES.map((severity) => [severity, counted.filter((one) => one.severity === severity).length]),
  ) as Record<Severity, number>;
  const gone = result.baseline?.gone ?? [];
  return {
    name,
    slug,
    ...outcome,
    findings,
    waived: result.findings.length - counted.length,
    changes: result.baseline && {
      new: counted.filter(({ baseline }) => baseline === "new").length,
      gone: gone.filter(({ state }) => state === "gone").length,
      notSeenAgain: gone.filter(({ state }) => state === "not-seen-again").length,
    },
    worst: [...counted]
      .sort(
        (a, b) => rank(a.severity) - rank(b.severity) || Number(b.baseline === "new") - Number(a.baseline === "new"),
      )
      .slice(0, MOST_TOLD)
      .map(({ severity, title, baseline }) => ({ severity, title, isNew: baseline === "new" })),
    from: result.evidence.from,
    to: result.evidence.to,
  };
}

/** What the provider should know of an audit beside its findings, in the language of the result and of its reader. */
export function notesOf(result: AuditResult): string[] {
  const { evidence, deployments } = result;
  const systems = systemNames(deployments);
  const unseen = nothingRead(result) ? [] : systems.filter((_, index) => !deployments[index]?.seen);
  return [
    ...evidence.inputs.flatMap(({ name, format, warnings, lines }) => {
      if (warnings.length > 0) return warnings.map((warning) => `${name}: ${warning}`);
      if (format !== null || lines.outsideWindow > 0) return [];
      return [lines.read === 0 ? phrases.overview.emptyInput(name) : phrases.overview.unknownInput(name)];
    }),
    ...unseen.map((system) => phrases.overview.systemNotSeen(system)),
  ];
}

export function emptyRow(
  { name, slug }: Pick<FleetCustomer, "name" | "slug">,
  status: CustomerStatus,
  messages: string[],
): CustomerRow {
  return {
    name,
    slug,
    status,
    run: null,
    messages,
    findings: null,
    waived: 0,
    changes: null,
    worst: [],
    from: null,
    to: null,
    files: [],
  };
}

/** Failures first, since nobody knows how bad they are; then by the most severe findings, new ones before known ones. */
export function worstFirst(rows: readonly CustomerRow[]): CustomerRow[] {
  return [...rows].sort((a, b) => compareKeys(keyOf(a), keyOf(b)) || a.name.localeCompare(b.name, "en"));
}

function keyOf({ status, findings, changes }: CustomerRow): number[] {
  const counts = SEVERITIES.map((severity) => -(findings?.[severity] ?? 0));
  return [status === "failed" ? 0 : 1, ...counts, -(changes?.new ?? 0), findings === null ? 1 : 0];
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
