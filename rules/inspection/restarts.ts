/** Firewalls that forgot conversations all at once, as after a restart or a failover: nothing ran out there. */
import type { CheckSubject } from "../check.ts";
import { type Message, say } from "../messages/message.ts";
import type { Severity } from "../result.ts";
import type { Traffic } from "../traffic/judged-flow.ts";

/** Within so long both ends have given up, or begun anew. */
const AT_ONCE_MS = 300_000;
/** Fewer may have run out by chance. */
const ENOUGH_PAIRS = 3;
/** A log must go on for so long around it, or everything lies close together. */
const LONG_ENOUGH_MS = 3_600_000;

export const AFTER_RESTART: { when: string; level: Severity } = {
  when: "of three peers or more within five minutes, as after a restart",
  level: "low",
};

/** Names of those firewalls, by all that they no longer knew. */
export function restartedOf(lost: readonly CheckSubject[], { judged }: Traffic): ReadonlySet<string> {
  const byFirewall = Map.groupBy(lost, ({ firewallName }) => firewallName);
  const atOnce = [...byFirewall].filter(([, subjects]) => {
    const pairs = new Set(subjects.map(({ flow }) => `${flow.initiatorId} ${flow.responderId}`));
    return pairs.size >= ENOUGH_PAIRS && spanMs(subjects) <= AT_ONCE_MS;
  });
  if (atOnce.length === 0) return new Set();
  const seen = Map.groupBy(judged, ({ firewallName }) => firewallName);
  return new Set(atOnce.flatMap(([name]) => (spanMs(seen.get(name) ?? []) >= LONG_ENOUGH_MS ? [name] : [])));
}

/** What to say of a group's evidence where all its firewalls forgot at once; null: they did not. */
export function restartNote(
  subjects: readonly CheckSubject[],
  restarted: ReadonlySet<string>,
): { severity: Severity; note: Message } | null {
  if (!subjects.every(({ firewallName }) => restarted.has(firewallName))) return null;
  return {
    severity: AFTER_RESTART.level,
    note: say`Several conversations were forgotten within five minutes, and none before or after: a restart or a failover of the firewall does that, and then nothing is to be changed.`,
  };
}

/** From the first to the last of what was counted; NaN where no line carries a time. */
function spanMs(seen: readonly Pick<CheckSubject, "flow">[]): number {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { flow } of seen) {
    if (flow.firstMs < first) first = flow.firstMs;
    if (flow.lastMs > last) last = flow.lastMs;
  }
  return last >= first ? last - first : Number.NaN;
}
