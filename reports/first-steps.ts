/** What to do first: the worst findings as instructions, those that one change cures together as one. */
import type { AuditResult, FindingResult } from "../rules/result.ts";
import { firewallNames } from "./firewalls.ts";
import type { NumberedFinding } from "./numbered.ts";
import { phrases } from "./phrases.ts";
import { timeText } from "./times.ts";
import { blindFirewalls, noSystemSeen, nothingInWindow, nothingRead } from "./verdict.ts";
import { briefFlow } from "./words.ts";

export interface FirstStep {
  title: string;
  /** Sentences, in order. */
  text: string;
  /** The findings that it answers, of those that are alike the first; empty for advice on the audit itself. */
  findings: NumberedFinding[];
}

/** More is no longer "first". */
const STEPS = 5;

/**
 * At most five steps, most urgent first, and one on logging where that is missing. Remarks (info) ask for nothing, and what
 * ended already for less than what goes on.
 */
export function firstSteps(result: AuditResult, worstFirst: readonly NumberedFinding[]): FirstStep[] {
  const groups = new Map<string, NumberedFinding[]>();
  const asking = worstFirst.filter(({ finding }) => finding.severity !== "info");
  const [going, ended] = [
    asking.filter(({ finding }) => !isEnded(finding)),
    asking.filter(({ finding }) => isEnded(finding)),
  ];
  const keys = new Map<string, string>();
  for (const numbered of [...going, ...ended]) {
    const { finding, label, like } = numbered;
    const key = keys.get(like ?? "") ?? `${finding.kind} ${finding.title}`;
    keys.set(label, key);
    groups.set(key, [...(groups.get(key) ?? []), numbered]);
  }
  const steps = [...groups.values()].slice(0, STEPS).map(stepOf);
  const { toAllows, toDenies } = blindFirewalls(result);
  const blind = [...new Set([...toAllows, ...toDenies])];
  if (blind.length > 0) steps.push(advice(phrases.firstLogging(firewallNames(blind))));
  if (steps.length > 0) return steps;
  return [advice(withoutFindings(result))];
}

function withoutFindings(result: AuditResult): string {
  if (nothingInWindow(result)) return phrases.firstWindow;
  if (nothingRead(result)) return phrases.firstRead;
  if (result.findingsLeftOut > 0) return phrases.firstLeftOut;
  return noSystemSeen(result) ? phrases.firstAddresses : phrases.firstNothing;
}

function stepOf(group: NumberedFinding[]): FirstStep {
  const { finding } = group[0] as NumberedFinding;
  const findings = group.filter(({ like }) => like === null);
  const others = group.length - findings.length;
  const firewalls = [...new Set(group.flatMap((one) => one.finding.firewalls))];
  const also = others > 0 ? ` ${phrases.firstAlso(others)}` : "";
  const where = also + (firewalls.length > 0 ? ` ${phrases.firstWhere(firewallNames(firewalls))}` : "");
  const flow = briefFlow(finding);
  if (finding.endedAt !== null)
    return { title: finding.title, text: `${phrases.firstEnded(timeText(finding.endedAt))}${where}`, findings };
  const forbidden = finding.kind === "open-but-unneeded" && finding.policy !== null;
  const action = forbidden ? phrases.firstForbidden(flow) : phrases.first[finding.kind](flow);
  return { title: finding.title, text: `${action}${where}`, findings };
}

function isEnded({ endedAt }: FindingResult): boolean {
  return endedAt !== null;
}

function advice(text: string): FirstStep {
  return { title: "", text, findings: [] };
}
