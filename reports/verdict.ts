/** What a result comes to, in sentences for somebody who owns the phone system and not the firewall. */
import type { AuditResult, FindingKind, FindingResult } from "../rules/result.ts";
import { firewallNames } from "./firewalls.ts";
import { countBySeverity, type Outline, severities } from "./outline.ts";
import { phrases } from "./phrases.ts";

export interface Verdict {
  level: "unknown" | "good" | "notice" | "warning" | "bad" | "worst";
  headline: string;
  /** What is wrong and what that means, class by class, the gravest first; none where nothing was found. */
  points: { kind: FindingKind; wrong: string; means: string }[];
  /** Why no finding is no proof; null where there are findings or nothing was read. */
  caveat: string | null;
}

/** The verdict on all findings that nobody has accepted. */
export function verdictOf(result: AuditResult, outline: Outline): Verdict {
  const findings = outline.classes.flatMap((one) => one.findings);
  const points = outline.classes
    .filter((one) => one.findings.length > 0)
    .sort((a, b) => worstOf(a.findings) - worstOf(b.findings))
    .map(({ kind, findings: ofKind }) => ({
      kind,
      wrong: phrases.wrong[kind](ofKind.length),
      means: ofKind.some(isExposure) ? phrases.meansInternet : phrases.means[kind],
    }));
  const { level, headline } = judgement(result, findings);
  const left = result.findingsLeftOut > 0 ? ` ${phrases.headline.leftOut(result.findingsLeftOut)}` : "";
  return { level, headline: headline + left, points, caveat: findings.length === 0 ? caveatOf(result) : null };
}

/** 0 is the gravest; they come most severe first. */
function worstOf([first]: readonly FindingResult[]): number {
  return first ? severities.indexOf(first.severity) : severities.length;
}

/** The phone system stands open to the Internet, as far as the logs show to this day. */
function isExposure({ kind, peerZone, direction, severity, stopped, endedAt }: FindingResult): boolean {
  const isFromInternet = peerZone === "internet" && direction === "in";
  return kind === "open-but-unneeded" && isFromInternet && !stopped && endedAt === null && severity !== "info";
}

function judgement(result: AuditResult, findings: FindingResult[]): Pick<Verdict, "level" | "headline"> {
  const { headline } = phrases;
  if (findings.length === 0) {
    if (nothingRead(result))
      return { level: "unknown", headline: nothingInWindow(result) ? headline.nothingInWindow : headline.nothingRead };
    if (noSystemSeen(result)) return { level: "unknown", headline: headline.noSystemSeen };
    if (result.findingsLeftOut > 0) return { level: "unknown", headline: headline.noneChosen };
    return { level: "good", headline: result.findings.length > 0 ? headline.onlyWaived : headline.none };
  }
  const going = findings.filter(({ endedAt }) => endedAt === null);
  const ended = findings.length - going.length;
  if (going.length === 0) return { level: "warning", headline: headline.onlyEnded(ended) };
  const { level, headline: ofGoing } = urgencyOf(going);
  return { level, headline: ended > 0 ? `${ofGoing} ${headline.ended(ended)}` : ofGoing };
}

function urgencyOf(findings: FindingResult[]): Pick<Verdict, "level" | "headline"> {
  const { headline } = phrases;
  const { critical, high, medium, low } = countBySeverity(findings);
  if (critical > 0) return { level: "worst", headline: headline.critical(critical, findings.length - critical) };
  if (high > 0) return { level: "bad", headline: headline.high(high, findings.length - high) };
  if (medium + low > 0) return { level: "warning", headline: headline.moderate(findings.length) };
  return { level: "notice", headline: headline.info(findings.length) };
}

/** No line of any input was recognised. */
export function nothingRead({ evidence }: AuditResult): boolean {
  return evidence.inputs.every(({ lines }) => lines.parsed === 0);
}

/** No line lies in the chosen window, though there are some outside it. */
export function nothingInWindow(result: AuditResult): boolean {
  return nothingRead(result) && result.evidence.inputs.some(({ lines }) => lines.outsideWindow > 0);
}

/** No line names any host of the phone systems: nothing says that their traffic passes these firewalls. */
export function noSystemSeen({ deployments }: AuditResult): boolean {
  return deployments.length > 0 && deployments.every(({ seen }) => !seen);
}

/** Firewalls that keep silent about what they allow or deny. */
export function blindFirewalls({ evidence }: AuditResult): { toAllows: string[]; toDenies: string[] } {
  return {
    toAllows: evidence.firewalls.filter(({ logsAllows }) => !logsAllows).map(({ name }) => name),
    toDenies: evidence.firewalls.filter(({ logsDenies }) => !logsDenies).map(({ name }) => name),
  };
}

function caveatOf(result: AuditResult): string | null {
  if (nothingRead(result)) return null;
  const { gap } = phrases;
  const unseen = [...result.requirements, ...result.policies].filter(({ state }) => state === "not-seen").length;
  const { toAllows, toDenies } = blindFirewalls(result);
  const gaps = [
    unseen > 0 ? gap.unseen(unseen) : "",
    toAllows.length > 0 ? gap.blindToAllows(firewallNames(toAllows), toAllows.length) : "",
    toDenies.length > 0 ? gap.blindToDenies(firewallNames(toDenies), toDenies.length) : "",
  ].filter((one) => one !== "");
  return gaps.length > 0 ? phrases.notProven(gaps.join("; ")) : phrases.outsideTheLogs;
}
