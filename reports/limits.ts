/** Every sentence that limits a result: its own, what its firewalls say of themselves, and warnings of its inputs. */
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
  ];
}

/** The same with the warnings of its inputs after them. */
export function limitsAndWarnings(result: AuditResult, axis: Axis): string[] {
  const { inputs } = result.evidence;
  const warnings = inputs.flatMap(({ name, warnings: own }) => own.map((warning) => `${name}: ${warning}`));
  return [...limitsOf(result, axis), ...warnings];
}
