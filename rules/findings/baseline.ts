/**
 * A saved audit as the baseline of a new one: which findings are new, which persist, which are gone. Gone is claimed
 * only where the new evidence would have shown them.
 */
import { withoutStrays } from "../evidence/gaps.ts";
import { localise } from "../messages/localise.ts";
import { type Message, say } from "../messages/message.ts";
import { MessageTable } from "../messages/message-table.ts";
import { HOUR_MS } from "../messages/times.ts";
import type { AuditResult, BaselineResult, FindingResult, FirewallResult, GoneFinding } from "../result.ts";

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
      const gap = isSeenOpen({ id, ...finding }, current, previous)
        ? null
        : evidenceGap({ kind, ...finding }, current, previous);
      const reason = gap && messages.textOf(say`evidence too thin: ${gap}`);
      const state = gap === null ? "gone" : "not-seen-again";
      return { id, kind, severity, title: messages.adopt(title, known), state, reason };
    });
  current.messages = messages.entries();
  return { from: previous.evidence.from, to: previous.evidence.to, gone };
}

/**
 * Whether what was blocked throughout is now open: that needs no long window. Several findings of one requirement (another
 * host, another zone) are not told apart by its state, nor is a second firewall on the path whose logs are missing.
 */
function isSeenOpen(
  { id, catalog, requirement, firewalls }: Pick<FindingResult, "id" | "catalog" | "requirement" | "firewalls">,
  current: AuditResult,
  previous: AuditResult,
): boolean {
  const isOf = (one: { catalog: string | null; id: string }) => one.catalog === catalog && one.id === requirement;
  const [before, now] = [previous, current].map((result) => result.requirements.filter(isOf));
  const logsDenies = (name: string) =>
    current.evidence.firewalls.some((firewall) => firewall.name === name && firewall.logsDenies);
  return (
    requirement !== null &&
    before?.length === 1 &&
    now?.length === 1 &&
    before[0]?.state === "blocked" &&
    now[0]?.state === "open" &&
    !previous.findings.some((one) => one.id !== id && one.catalog === catalog && one.requirement === requirement) &&
    firewalls.every(logsDenies)
  );
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
  const brief = finding.firewalls.find((name) => isBriefer(name, current, previous));
  return brief === undefined ? null : say`the logs of ${brief} cover less time than the baseline's`;
}

/** Whether the firewall's own logs cover less: others' may go on for weeks after its last line. */
function isBriefer(firewall: string, current: AuditResult, previous: AuditResult): boolean {
  const [before, now] = [previous, current].map(({ evidence }) => {
    const hours = hoursOf(evidence.firewalls.filter(({ name }) => name === firewall));
    return spanOf(withoutStrays(hours)) ?? 0;
  }) as [number, number];
  return now < before * MIN_WINDOW_SHARE;
}

/** Of the log itself: one line from 1970 would make its window longer than any other. */
function windowMs({ evidence }: AuditResult): number | null {
  const counts = hoursOf(evidence.firewalls);
  const hours = withoutStrays(counts);
  const span = spanOf(hours);
  if (span !== null && hours.size < counts.size) return span * HOUR_MS;
  return evidence.from === null || evidence.to === null ? null : Date.parse(evidence.to) - Date.parse(evidence.from);
}

/** Lines by hour since the epoch. */
function hoursOf(firewalls: readonly FirewallResult[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { hour, allowed, denied } of firewalls.flatMap(({ hourly }) => hourly)) {
    const at = Date.parse(hour) / HOUR_MS;
    counts.set(at, (counts.get(at) ?? 0) + allowed + denied);
  }
  return counts;
}

/** Hours from the first to the last; null: there are none. */
function spanOf(hours: ReadonlyMap<number, number>): number | null {
  return hours.size === 0 ? null : Math.max(...hours.keys()) - Math.min(...hours.keys()) + 1;
}
