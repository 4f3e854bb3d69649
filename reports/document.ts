/** Everything that the formats for readers (HTML, PDF, Markdown) show, computed once; they add layout and nothing else. */
import type { AuditResult, DeploymentResult, FindingResult, FirewallResult, WaiverResult } from "../rules/result.ts";
import { type Account, accountsIn } from "./accounts.ts";
import type { Axis } from "./activity.ts";
import { axisOf } from "./axis.ts";
import { type FirstStep, firstSteps } from "./first-steps.ts";
import { type History, historyOf, idleWaivers } from "./history.ts";
import { limitsAndWarnings } from "./limits.ts";
import { type NumberedFinding, type NumberedFindings, numberFindings } from "./numbered.ts";
import { type Outline, outlineOf } from "./outline.ts";
import { phrases } from "./phrases.ts";
import { type Scorecard, scorecards } from "./scorecard.ts";
import { type Timeline, timelineOf } from "./timeline.ts";
import { dateText, lengthText, spanText } from "./times.ts";
import { nothingInWindow, type Verdict, verdictOf } from "./verdict.ts";

export interface ReportDocument {
  result: AuditResult;
  outline: Outline;
  title: string;
  /** From when to when, and how long that is. */
  window: string;
  findings: NumberedFindings;
  verdict: Verdict;
  steps: FirstStep[];
  cards: Scorecard[];
  /** The hours that all charts show. */
  axis: Axis;
  /** Null where no time is known. */
  timeline: Timeline | null;
  /** All sentences that limit the result, those of inputs and firewalls included. */
  limits: string[];
  /** Against an earlier audit; null without one. */
  history: History | null;
  /** Expired and orphaned ones. */
  idleWaivers: WaiverResult[];
  accounts: Account[];
}

/** Prepares a result for reading. */
export function documentOf(result: AuditResult): ReportDocument {
  const outline = outlineOf(result);
  const axis = axisOf(result);
  const findings = numberFindings(outline);
  return {
    result,
    outline,
    title: phrases.title(result.site.name),
    window: windowOf(result),
    findings,
    verdict: verdictOf(result, outline),
    steps: firstSteps(result, findings.worstFirst),
    cards: scorecards(outline),
    axis,
    timeline: timelineOf(result, outline, axis),
    limits: limitsAndWarnings(result, axis),
    history: historyOf(result, findings),
    idleWaivers: idleWaivers(result),
    accounts: accountsIn(result),
  };
}

/** Those findings that a document of `most` full findings tells in full: the most severe ones, of those that are alike one. */
export function toldInFull({ findings }: ReportDocument, most: number): ReadonlySet<NumberedFinding> {
  return new Set(findings.worstFirst.filter(({ like }) => like === null).slice(0, most));
}

/** Title of a finding that is only listed. */
export function listedTitle({ finding, label, like }: NumberedFinding): string {
  const title = `${label} ${finding.title}`;
  return like === null ? title : `${title} (${phrases.likeFinding(like)})`;
}

/** Many products are called after their vendor. */
export function productName({ vendor, product }: Pick<DeploymentResult, "vendor" | "product">): string {
  return product.startsWith(vendor) ? product : `${vendor} ${product}`;
}

/** Title and revision of a vendor's document; the revision only where it says more. */
export function documentText({ document }: Pick<DeploymentResult, "document">): string {
  return document.revision === document.title || document.revision === phrases.notStated
    ? document.title
    : `${document.title} (${document.revision})`;
}

/** Where a finding rests, as ids: `agfeo: policy never-open-5060`. */
export function restsOn({ finding }: NumberedFinding): string {
  const { catalog, requirement, policy, check } = finding;
  const names = [
    requirement === null ? "" : phrases.requirementNamed(requirement),
    policy === null ? "" : phrases.policyNamed(policy),
    check === null ? "" : phrases.checkNamed(check),
  ].filter((name) => name !== "");
  return [catalog ?? "", names.join(", ")].filter((part) => part !== "").join(": ");
}

/** Who had accepted it, and until when; empty where nobody had. */
export function expiredText({ expiredWaiver }: FindingResult): string {
  return expiredWaiver === null
    ? ""
    : phrases.expiredWaiver(expiredWaiver.owner, dateText(expiredWaiver.expires), expiredWaiver.reason);
}

/** Gaps that are told one by one. */
const GAPS_TOLD = 2;

/** From when to when a firewall wrote, and when it was silent. */
export function firewallWindow({ from, to, gaps }: FirewallResult): string {
  const span = spanText(from, to) ?? phrases.unknown;
  if (gaps.length === 0) return span;
  const told = gaps.slice(0, GAPS_TOLD).map((gap) => spanText(gap.from, gap.to));
  return `${span}; ${phrases.silent(told.join(", "), gaps.length - told.length)}`;
}

function windowOf(result: AuditResult): string {
  const { evidence } = result;
  const span = spanText(evidence.from, evidence.to);
  if (span === null) return nothingInWindow(result) ? phrases.nothingInWindow : phrases.noTimes;
  const length = lengthText(evidence.from, evidence.to);
  return length === null ? span : `${span} (${length})`;
}
