/** Accepted findings: they stay in every report, marked, and never count as a pass. */
import { DateTime } from "luxon";
import { type Prefix, prefixContains, prefixFromText } from "../../ingest/address.ts";
import type { FindingResult, WaiverResult } from "../result.ts";
import type { Waiver } from "./site.ts";

/** A finding with all its peers, of which the result shows but the busiest. */
export interface WaivableFinding {
  finding: FindingResult;
  peers: readonly string[];
}

/** Marks what is waived and what was until its waiver expired; says of each waiver what became of it. */
export function applyWaivers(
  findings: readonly WaivableFinding[],
  waivers: readonly Waiver[],
  zone: string,
  nowMs: number,
): WaiverResult[] {
  const results = waivers.map((waiver): WaiverResult => {
    const { finding: pattern, cidr, reason, owner, expires } = waiver;
    const expired = hasExpired(waiver, zone, nowMs);
    const matched = findings.filter(({ finding, peers }) => matchesId(pattern, finding.id) && withinBlock(cidr, peers));
    for (const { finding } of matched) {
      if (!expired) finding.waived ??= { reason, owner, expires };
      else finding.expiredWaiver ??= { reason, owner, expires };
    }
    const state = expired ? "expired" : matched.length > 0 ? "active" : "orphaned";
    return { finding: pattern, cidr: waiver.cidrText, reason, owner, expires, state, matched: matched.length };
  });
  // A waiver that was renewed stands beside its old one: the finding does not count again.
  for (const { finding } of findings) if (finding.waived !== null) finding.expiredWaiver = null;
  return results;
}

/** Whether the text is a day of the calendar, as waivers write it: `2027-03-31`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && DateTime.fromISO(text).isValid;
}

/** A waiver holds to the end of its last day in the site's zone. */
export function hasExpired(waiver: Pick<Waiver, "expires">, zone: string, nowMs: number): boolean {
  return DateTime.fromISO(waiver.expires, { zone }).endOf("day").toMillis() < nowMs;
}

/** `*` stands for any text, slashes included, `?` for one character. */
export function matchesId(pattern: string, id: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(id);
}

/** A block waives only findings of which every peer lies in it; one that was folded, with its whole prefix. */
function withinBlock(cidr: Prefix | null, peers: readonly string[]): boolean {
  if (!cidr) return true;
  return (
    peers.length > 0 &&
    peers.every((peer) => {
      const prefix = prefixFromText(peer);
      return prefix !== null && prefix.bits >= cidr.bits && prefixContains(cidr, prefix.words);
    })
  );
}
