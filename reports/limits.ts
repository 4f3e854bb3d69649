/** Every sentence that limits a result: its own, and what its firewalls and inputs say of themselves. */
import type { AuditResult } from "../rules/result.ts";
import type { Axis } from "./activity.ts";
import { outsideAxis } from "./axis.ts";
import { phrases } from "./phrases.ts";

/** In the order in which they are read. */
export function limitsOf({ evidence }: AuditResult, axis: Axis): string[] {
  return [
    ...evidence.limits,
    ...evidence.firewalls
      .filter(({ lostEvents }) => lostEvents > 0)
      .map(({ name, lostEvents }) => phrases.lost(name, lostEvents)),
    ...evidence.firewalls.flatMap((firewall) => outsideAxis(firewall, axis)),
    ...evidence.inputs.flatMap(({ name, warnings }) => warnings.map((warning) => `${name}: ${warning}`)),
  ];
}
