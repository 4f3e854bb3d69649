/**
 * Firewalls of the site file of which no line is: their logs are missing, or the lines call them otherwise, so that what the
 * site file says of their interfaces is not applied. Either would else look like a firewall without a fault.
 */
import { listOf, type Message, say } from "../messages/message.ts";
import type { Firewall } from "../site/site.ts";
import type { Traffic } from "../traffic/judged-flow.ts";

/** So many are named: whoever audits forty branches with the logs of one needs no longer list. */
const MOST_NAMES = 10;

/** One sentence, or none where lines of all of them are there. */
export function unseenFirewalls({ site, judged, other }: Traffic): Message[] {
  const seen = new Set<Firewall | null>();
  for (const { firewall } of judged) seen.add(firewall);
  for (const { firewall } of other) seen.add(firewall);
  const names = site.firewalls.filter((firewall) => !seen.has(firewall)).map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    names.length === 1
      ? say`No line is of ${listOf(names)}, which the site file names: what it lets through or denies cannot be seen. Where its lines are among these, they call it otherwise: name it as they do, or what the site file says of its interfaces is not applied.`
      : say`No line is of these firewalls of the site file: ${listOf(names, MOST_NAMES)}. What they let through or deny cannot be seen. Where their lines are among these, they call them otherwise: name them as they do, or what the site file says of their interfaces is not applied.`,
  ];
}
