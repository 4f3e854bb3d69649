/**
 * A saved audit as the baseline of a new one: which findings are new, which persist, which are gone. Gone is claimed
 * only where the new evidence would have shown them.
 */
import type { AuditResult, BaselineResult, FindingResult, GoneFinding } from "./result.ts";

/** A window shorter than this share of the old one proves nothing by its silence. */
const MIN_WINDOW_SHARE = 0.8;

/** Marks the findings of `current` against those of `previous`, and lists what is no longer there. */
export function compareWithBaseline(current: AuditResult, previous: AuditResult): BaselineResult {
  const before = new Map(previous.findings.map((finding) => [finding.id, finding]));
  for (const finding of current.findings) finding.baseline = before.has(finding.id) ? "persisting" : "new";
  const now = new Set(current.findings.map(({ id }) => id));
  const gone = previous.findings
    .filter(({ id }) => !now.has(id))
    .map((finding) => goneFinding(finding, current, previous));
  return { from: previous.evidence.from, to: previous.evidence.to, gone };
}

function goneFinding(finding: FindingResult, current: AuditResult, previous: AuditResult): GoneFinding {
  const { id, kind, severity, title } = finding;
  const gap = evidenceGap(finding, current, previous);
  return gap === null
    ? { id, kind, severity, title, state: "gone", reason: null }
    : { id, kind, severity, title, state: "not-seen-again", reason: `evidence too thin: ${gap}` };
}

/** Why the finding's absence proves nothing, or null where it does. */
function evidenceGap(finding: FindingResult, current: AuditResult, previous: AuditResult): string | null {
  for (const name of finding.firewalls) {
    const firewall = current.evidence.firewalls.find((one) => one.name === name);
    if (!firewall) return `no logs of ${name}`;
    if (finding.kind === "open-but-unneeded" && !firewall.logsAllows) return `${name} logs no allowed traffic`;
    if (finding.kind === "blocked-but-required" && !firewall.logsDenies) return `${name} logs no denied traffic`;
  }
  const judged = current.deployments.some(({ catalog }) => catalog === finding.catalog);
  if (finding.catalog !== null && !judged) return `${finding.catalog} is no longer part of the site`;
  const [before, now] = [windowMs(previous), windowMs(current)];
  if (now === null || (before !== null && now < before * MIN_WINDOW_SHARE))
    return "the window is shorter than the baseline's";
  return null;
}

function windowMs({ evidence }: AuditResult): number | null {
  return evidence.from === null || evidence.to === null ? null : Date.parse(evidence.to) - Date.parse(evidence.from);
}
