/** Whom a packet to an outside address of a firewall was meant for. */
import { baseOf, isIpv6, narrowness, within } from "./addresses.ts";
import { openerOf } from "./conversation.ts";
import type { FirewallEvent } from "./events.ts";
import { contains, deployedBlocks, knownPorts, type NaiveFirewall, type NaiveSite, zoneOf } from "./site.ts";

/** Sent to an address of the firewall's own, and not translated as far as the line tells. */
export function isToOutside(site: NaiveSite, event: FirewallEvent): boolean {
  return event.translated === null && ownerOf(site, event) !== null;
}

function ownerOf(site: NaiveSite, { firewall, destination }: FirewallEvent): NaiveFirewall | null {
  const own = site.firewalls[firewall] as NaiveFirewall;
  return own.public.some((block) => within(destination, block)) ? own : null;
}

/** A forward's target, else where it was denied the hosts on which the port is a service; of hosts that play the same parts one. */
export function targetsOf(
  site: NaiveSite,
  event: FirewallEvent,
  shown: (firewall: NaiveFirewall, block: string) => boolean,
): { address: string; port: number }[] {
  const owner = ownerOf(site, event) as NaiveFirewall;
  if (openerOf(site, event).opener === "destination") return [];
  const { transport, destination, destinationPort, verdict } = event;
  const forward = owner.forwards.find(
    (one) => one.transport === transport && one.outside === destination && one.outsidePort === destinationPort,
  );
  if (forward) return [{ address: forward.inside, port: forward.insidePort }];
  if (verdict === "allow") return [];
  // Whom the site names as its provider may miss a forward; others knock at the firewall itself.
  if (owner.forwards.length > 0 && zoneOf(site, event.source, null, "") !== "provider") return [];
  const blocks = [...new Set(deployedBlocks(site).map(({ block }) => block))];
  const serving = blocks.filter(
    (block) =>
      isIpv6(block) === isIpv6(destination) && contains(knownPorts(site, block, transport).serves, destinationPort),
  );
  const here = blocks.some((block) => shown(owner, block));
  const meant = serving
    .filter((block) => !here || shown(owner, block))
    .sort((a, b) => narrowness(b) - narrowness(a))
    .map(baseOf);
  const parts = meant.map((address) => partsOf(site, address));
  return meant
    .filter((_, at) => parts.indexOf(parts[at] as string) === at)
    .map((address) => ({ address, port: destinationPort }));
}

/** The roles and components that the site gives an address, and where it lies. */
function partsOf(site: NaiveSite, address: string): string {
  const names = site.deployments.flatMap(({ hosts }, index) =>
    Object.entries(hosts)
      .filter(([, blocks]) => blocks.some((block) => within(address, block)))
      .map(([name]) => `${index} ${name}`),
  );
  return [zoneOf(site, address, null, ""), ...names].join(", ");
}
