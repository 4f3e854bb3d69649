/** Record by record: what was let in to a deployed host though nobody asks for it, or though it is forbidden. */
import type { Policy } from "../../../catalogs/catalog.ts";
import { within } from "./addresses.ts";
import type { Judged } from "./judged.ts";
import { catalogOf, contains, holds, type NaiveDeployment, type NaiveSite, partyOf } from "./site.ts";

/** More single ports than this at one host, zone and transport are one finding. */
const MANY = 12;

/** Counts by finding id. */
export function exposureOf(site: NaiveSite, all: readonly Judged[]): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (id: string) => counts.set(id, (counts.get(id) ?? 0) + 1);
  const unlisted: Judged[] = [];
  for (const one of all) {
    const inbound = !one.hostOpened && (!one.hostSent || one.certain);
    if (one.event.verdict !== "allow" || !inbound || one.meaning === "neutral") continue;
    const views = [one, ...one.otherHosts.map((host) => ({ ...one, host }))];
    const forbidden = views.filter((view) => forbids(site, view));
    for (const view of forbidden)
      add(`open/${catalogId(site, view)}/${forbids(site, view)?.id}/in/${one.peer.zone}/${view.host.text}`);
    // Of vendors that share the host it is his matter who lists it, be it for others.
    const lister = views.find((view) => view.matches.some(({ deployment }) => deployment === view.host.deployment));
    if (forbidden.length === 0 && one.meaning === "unneeded") unlisted.push(lister ?? one);
  }
  for (const one of unlisted) {
    const alike = unlisted.filter(
      (other) =>
        other.host.deployment === one.host.deployment &&
        other.host.text === one.host.text &&
        other.peer.zone === one.peer.zone &&
        other.event.transport === one.event.transport,
    );
    const many = new Set(alike.map(({ responder }) => responder.port)).size > MANY;
    const port = many ? "" : `-${one.responder.port}`;
    add(`open/${catalogId(site, one)}/unlisted-${one.event.transport}${port}/in/${one.peer.zone}/${one.host.text}`);
  }
  return counts;
}

function catalogId(site: NaiveSite, { host }: Judged): string {
  return (site.deployments[host.deployment] as NaiveDeployment).catalog;
}

function forbids(site: NaiveSite, one: Judged): Policy | null {
  const { zone } = one.peer;
  if (zone !== "internet" && (zone !== "provider" || one.meaning !== "unneeded")) return null;
  const forbidden = policyOf(site, one, "forbid-exposure");
  if (forbidden || zone === "provider") return forbidden;
  // The site binds both ends to what the vendor asks for: no stranger.
  if (one.serves.some(({ ownBound, peerBound }) => ownBound && peerBound)) return null;
  const restricted = policyOf(site, one, "restrict-source");
  if (restricted) return restricted;
  return one.meaning === "unneeded" ? policyOf(site, one, "vpn-only") : null;
}

/** What the vendor wants restricted to the provider is no exposure to the provider. */
export function isProvidersPort(site: NaiveSite, one: Judged): boolean {
  if (one.peer.zone !== "provider" || one.hostOpened) return false;
  return [one.host, ...one.otherHosts].some((host) => policyOf(site, { ...one, host }, "restrict-source") !== null);
}

/** Whether a row or a statement asks for it. */
export function isWanted(site: NaiveSite, one: Judged): boolean {
  return one.serves.some(({ row }) => row.strength !== "informational") || isWantedOut(site, one);
}

/** What the host sends out is refused where a vendor wants all of it let out, listed or not. */
function isWantedOut(site: NaiveSite, one: Judged): boolean {
  const isOutside = one.peer.zone === "internet" || one.peer.zone === "provider";
  if (!one.hostOpened || !one.hostSent || !isOutside) return false;
  return [one.host, ...one.otherHosts].some((host) => policyOf(site, { ...one, host }, "allow-outbound") !== null);
}

function policyOf(site: NaiveSite, one: Judged, kind: Policy["kind"]): Policy | null {
  const deployment = site.deployments[one.host.deployment] as NaiveDeployment;
  for (const policy of catalogOf(deployment).policies) {
    if (policy.kind !== kind || holds(policy.when, deployment) === false) continue;
    const { transport, ports, component } = policy;
    if (kind === "restrict-source" && ports.length === 0) continue;
    if (transport !== null && transport !== "any" && transport !== one.event.transport) continue;
    if (ports.length > 0 && !contains(ports, one.responder.port)) continue;
    if (component !== null && !isOf(deployment, component, one)) continue;
    return policy;
  }
  return null;
}

function isOf(deployment: NaiveDeployment, component: string, one: Judged): boolean {
  const { bound, others } = partyOf(deployment, component);
  return others === "any" || bound.includes(one.host.text) || bound.some((block) => within(one.hostAddress, block));
}
