/**
 * A saved audit as the baseline of a new one: which findings are new, which persist, which are gone. Gone is claimed
 * only where the new evidence would have shown them.
 */
import { withoutStrays } from "../evidence/gaps.ts";
import { localise } from "../messages/localise.ts";
import { type Message, say } from "../messages/message.ts";
import { MessageTable } from "../messages/message-table.ts";
import { HOUR_MS } from "../messages/times.ts";
import type { AuditResult, BaselineResult, FindingResult, GoneFinding } from "../result.ts";

/** A window shorter than this share of the old one proves nothing by its silence. */
const MIN_WINDOW_SHARE = 0.8;

/** Marks the findings of `current`, in English, against those of `before`, and lists what is no longer there. */
export function compareWithBaseline(current: AuditResult, before: AuditResult): BaselineResult {
  const previous = localise(before, "en");
  const earlier = new Map(previous.findings.map((finding) => [finding.id, finding]));
  for (const finding of current.findings) finding.baseline = earlier.has(finding.id) ? "persisting" : "new";
  const now = new Set(current.findings.map(({ id }) => id));
  const messages = new MessageTable(current.messages);
  const known = new MessageTable(previous.messages);
  const gone = previous.findings
    .filter(({ id }) => !now.has(id))
    .map(({ id, kind, severity, title, ...finding }): GoneFinding => {
      const gap = evidenceGap({ kind, ...finding }, current, previous);
      const reason = gap && messages.textOf(say`evidence too thin: ${gap}`);
      const state = gap === null ? "gone" : "not-seen-again";
      return { id, kind, severity, title: messages.adopt(title, known), state, reason };
    });
  current.messages = messages.entries();
  return { from: previous.evidence.from, to: previous.evidence.to, gone };
}

/** Why the finding's absence proves nothing, or null where it does. */
function evidenceGap(
  finding: Pick<FindingResult, "kind" | "firewalls" | "catalog" | "host">,
  current: AuditResult,
  previous: AuditResult,
): Message | null {
  for (const name of finding.firewalls) {
    const firewall = current.evidence.firewalls.find((one) => one.name === name);
    if (!firewall) return say`no logs of ${name}`;
    if (finding.kind === "open-but-unneeded" && !firewall.logsAllows) return say`${name} logs no allowed traffic`;
    if (finding.kind === "blocked-but-required" && !firewall.logsDenies) return say`${name} logs no denied traffic`;
  }
  if (finding.catalog !== null) {
    const systems = current.deployments.filter(({ catalog }) => catalog === finding.catalog);
    if (systems.length === 0) return say`${finding.catalog} is no longer part of the site`;
    const bound = systems.flatMap(({ hosts }) => hosts.flatMap(({ addresses }) => addresses));
    if (!bound.includes(finding.host)) return say`${finding.host} is no longer part of the site`;
  }
  const [before, now] = [windowMs(previous), windowMs(current)];
  if (now === null || (before !== null && now < before * MIN_WINDOW_SHARE))
    return say`the window is shorter than the baseline's`;
  return null;
}

/** Of the log itself: one line from 1970 would make its window longer than any other. */
function windowMs({ evidence }: AuditResult): number | null {
  const counts = new Map<number, number>();
  for (const { hour, allowed, denied } of evidence.firewalls.flatMap(({ hourly }) => hourly)) {
    const at = Date.parse(hour) / HOUR_MS;
    counts.set(at, (counts.get(at) ?? 0) + allowed + denied);
  }
  const hours = [...withoutStrays(counts).keys()];
  const [first, last] = [hours[0], hours.at(-1)];
  if (first !== undefined && last !== undefined && hours.length < counts.size) return (last - first + 1) * HOUR_MS;
  return evidence.from === null || evidence.to === null ? null : Date.parse(evidence.to) - Date.parse(evidence.from);
}
