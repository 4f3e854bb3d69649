/**
 * Which of a site's phone systems the lines name at all. A mistyped address, or logs of another firewall, would else look
 * like a firewall without a fault.
 */
import { listOf, type Message, say } from "../messages/message.ts";
import type { Deployment } from "../site/site.ts";
import type { Traffic } from "../traffic/judged-flow.ts";

/** By deployment; a packet to an outside address names none of the hosts that it could be for. */
export function seenSystems({ site, judged }: Traffic): boolean[] {
  const seen = site.deployments.map(() => false);
  for (const { host, alsoHosts, hostGuessed, sender } of judged) {
    if (hostGuessed) continue;
    // Where two systems talk, the host is the one that answers.
    for (const { deployment } of [host, ...alsoHosts, ...(sender ? [sender] : [])]) seen[deployment] = true;
  }
  return seen;
}

/** So many systems are named: whoever audits forty branches with the logs of one needs no longer list. */
const MOST_SYSTEMS = 10;

/** What that means where no line names a system; nothing where the lines name all of them. */
export function unseenLimits({ site }: Traffic, seen: readonly boolean[]): Message[] {
  const unseen = site.deployments
    .filter((_, index) => !seen[index])
    .map((deployment) => say`${deployment.catalog.id} (${addressesOf(deployment)})`);
  if (unseen.length === 0) return [];
  return [
    unseen.length === 1
      ? say`No line names a host of ${listOf(unseen)}: check its addresses, and that its traffic passes a firewall that logs it.`
      : say`No line names a host of these systems: ${listOf(unseen, MOST_SYSTEMS)}. Check their addresses, and that their traffic passes a firewall that logs it.`,
  ];
}

function addressesOf({ catalog, hosts }: Deployment): Message {
  const main = catalog.roles.find((role) => role.main)?.id ?? "";
  const bound = hosts.get(main) ?? [...hosts.values()].flat();
  return listOf(bound.map(({ text }) => text));
}
