/** Firewalls as documents name them: a relay may carry the logs of hundreds, and every endpoint may be one. */
import type { FirewallResult } from "../rules/result.ts";
import { phrases } from "./phrases.ts";

const MOST_NAMES = 6;
const MOST_ROWS = 50;

/** `fw01, fw02, fw03, fw04, fw05, fw06 and 38 more` */
export function firewallNames(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES).join(", ");
  return more > 0 ? `${shown} ${phrases.more(more)}` : shown;
}

/** The busiest, in the order in which they come, and how many are not among them. */
export function busiestFirewalls(all: readonly FirewallResult[]): { shown: readonly FirewallResult[]; more: number } {
  if (all.length <= MOST_ROWS) return { shown: all, more: 0 };
  const busiest = new Set(all.toSorted((a, b) => b.allowed + b.denied - (a.allowed + a.denied)).slice(0, MOST_ROWS));
  return { shown: all.filter((one) => busiest.has(one)), more: all.length - MOST_ROWS };
}
