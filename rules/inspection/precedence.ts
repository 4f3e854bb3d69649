/**
 * One piece of evidence, one explanation: the checks that explain why packets were stopped run in a fixed order, and what
 * one has explained is no evidence for the next. Context (who talks with whom) stays with all of them.
 */
import type { Check } from "../check.ts";
import type { Traffic } from "../traffic/judged-flow.ts";

/** By audit: which check has explained the flow of this index. */
const explained = new WeakMap<Traffic, Map<number, Check>>();
/** What was left when so many flows were explained, for the checks that follow without any in between. */
const rests = new WeakMap<Traffic, { explained: number; rest: Pick<Traffic, "judged" | "other"> }>();

/** The checks, each of which marks what it reports as explained. */
export function inOrder(checks: readonly Check[]): Check[] {
  return checks.map((check) => ({
    meta: check.meta,
    run(traffic, report) {
      const taken = explained.get(traffic) ?? new Map<number, Check>();
      explained.set(traffic, taken);
      check.run(traffic, (claim, subject) => {
        taken.set(subject.flow.index, check);
        report(claim, subject);
      });
    },
  }));
}

/** The traffic that no earlier check has explained. */
export function unexplained(traffic: Traffic): Pick<Traffic, "judged" | "other"> {
  const taken = explained.get(traffic);
  if (!taken || taken.size === 0) return traffic;
  const known = rests.get(traffic);
  if (known?.explained === taken.size) return known.rest;
  const rest = {
    judged: traffic.judged.filter(({ flow }) => !taken.has(flow.index)),
    other: traffic.other.filter(({ flow }) => !taken.has(flow.index)),
  };
  rests.set(traffic, { explained: taken.size, rest });
  return rest;
}
