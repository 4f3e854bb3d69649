/** Which program wrote the rules of each netfilter firewall: the one that named most of the rules which it logs. */
import type { FlowActivity } from "../../ingest/flows/flow.ts";
import { type FrontEnd, programOf } from "../findings/front-end.ts";
import type { Site } from "../site/site.ts";
import { Zones } from "../site/zones.ts";

export type FrontEnds = ReadonlyMap<string, FrontEnd["program"]>;

export function frontEndsOf(activity: readonly FlowActivity[], site: Site): FrontEnds {
  const zones = new Zones(site);
  const counts = new Map<string, Map<FrontEnd["program"] | null, number>>();
  for (const { context, hours } of activity) {
    // What the kernel itself says of a packet names no rule.
    if (context.ruleName === "" && context.ruleId === "") continue;
    const name = zones.nameOf(context);
    const ofName = counts.get(name) ?? new Map<FrontEnd["program"] | null, number>();
    counts.set(name, ofName);
    const program = programOf(context);
    for (const count of hours.values()) ofName.set(program, (ofName.get(program) ?? 0) + count);
  }
  const found = new Map<string, FrontEnd["program"]>();
  for (const [name, ofName] of counts) {
    const all = [...ofName.values()].reduce((sum, count) => sum + count, 0);
    for (const [program, count] of ofName) if (program !== null && count * 2 > all) found.set(name, program);
  }
  return found;
}
