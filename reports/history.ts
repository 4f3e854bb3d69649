/** What became of an earlier audit's findings, and of the site's waivers. */
import type { AuditResult, GoneFinding, WaiverResult } from "../rules/result.ts";
import type { NumberedFinding, NumberedFindings } from "./numbered.ts";
import { phrases } from "./phrases.ts";
import { spanText } from "./times.ts";

export interface History {
  /** Findings that nobody has accepted, the most severe first. */
  fresh: NumberedFinding[];
  persisting: NumberedFinding[];
  gone: GoneFinding[];
  notSeenAgain: GoneFinding[];
  /** All of that in one sentence. */
  summary: string;
}

/** Null without a baseline. */
export function historyOf({ baseline }: AuditResult, { worstFirst }: NumberedFindings): History | null {
  if (baseline === null) return null;
  const fresh = worstFirst.filter(({ finding }) => finding.baseline === "new");
  const persisting = worstFirst.filter(({ finding }) => finding.baseline === "persisting");
  const gone = baseline.gone.filter(({ state }) => state === "gone");
  const notSeenAgain = baseline.gone.filter(({ state }) => state === "not-seen-again");
  const counts = [fresh, persisting, gone, notSeenAgain].map(({ length }) => length);
  return {
    fresh,
    persisting,
    gone,
    notSeenAgain,
    summary: phrases.changes(spanText(baseline.from, baseline.to), counts),
  };
}

/** Waivers that do not do their work: expired ones, and those that no finding matches. */
export function idleWaivers({ waivers }: AuditResult): WaiverResult[] {
  return waivers.filter(({ state }) => state !== "active");
}

/** The finding's pattern, and where it holds. */
export function waiverTarget({ finding, cidr }: WaiverResult): string {
  return cidr === null ? finding : `${finding} (${cidr})`;
}
