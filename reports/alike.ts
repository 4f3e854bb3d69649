/** Findings that tell of one thing at many hosts: sixty telephones, bound one by one, that one rule keeps from their provider. */
import type { FindingResult } from "../rules/result.ts";

/** So many are read sooner than the reader is sent elsewhere. */
const MOST_IN_FULL = 3;

/** Each finding that differs from others in its host alone, where these are many, with the first of them. */
export function likesOf(findings: readonly FindingResult[]): ReadonlyMap<FindingResult, FindingResult> {
  const groups = Map.groupBy(findings, everythingButHost);
  return new Map(
    [...groups.values()]
      .filter((alike) => alike.length > MOST_IN_FULL)
      .flatMap(([first, ...others]) => others.map((other) => [other, first as FindingResult] as const)),
  );
}

/** What rests on the same, was decided by the same, and is cured alike. */
function everythingButHost(finding: FindingResult): string {
  const { kind, severity, confidence, catalog, requirement, policy, check, direction, peerZone } = finding;
  const { transport, ports, rules, firewalls, endedAt, stopped, baseline, expiredWaiver } = finding;
  const rest = [kind, severity, confidence, catalog, requirement, policy, check, direction, peerZone];
  return JSON.stringify([...rest, transport, ports, rules, firewalls, endedAt, stopped, baseline, expiredWaiver]);
}
