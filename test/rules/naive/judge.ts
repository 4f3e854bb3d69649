/**
 * The judgement once more, record by record and row by row: no flows, no memory of earlier
 * matches, every question asked anew. Slow and obvious; the program is held against it.
 */
import { isMediaApplication, isSignallingApplication } from "../../../rules/matching/voice-applications.ts";
import { baseOf, isIpv6, isMulticast, isPrivate } from "./addresses.ts";
import { answersStranger, isAnswer, isFirstPacket } from "./answers.ts";
import { bestOf, matchesOf, type NaiveSide, openerOf, portsOf } from "./conversation.ts";
import type { FirewallEvent } from "./events.ts";
import { exposureOf, isProvidersPort, isWanted } from "./exposure.ts";
import { type Judged, type Meaning, sameConversation } from "./judged.ts";
import { isToOutside, targetsOf } from "./outside.ts";
import {
  contains,
  deployedBlocks,
  hostOf,
  hostsOf,
  knownPorts,
  type NaiveDeployment,
  type NaiveFirewall,
  type NaiveRow,
  type NaiveSite,
  partyOf,
  rowsOf,
  type Zone,
  zoneOf,
} from "./site.ts";

export interface NaiveResult {
  /** Counts by finding id. */
  findings: Map<string, number>;
  /** By deployment and requirement. */
  requirements: Map<string, { allowed: number; denied: number }>;
  scannerDenials: number;
  scannerSources: Set<string>;
  outOfStateDenials: number;
}

export function judge(site: NaiveSite, events: readonly FirewallEvent[]): NaiveResult {
  const rows = rowsOf(site);
  const direct: Judged[] = [];
  const unjudged: FirewallEvent[] = [];
  const toOutside: FirewallEvent[] = [];
  for (const event of events) {
    if (isToOutside(site, event)) toOutside.push(event);
    else {
      const one = judgeBetween(site, rows, event, event.source, event.translated?.address ?? event.destination, null);
      if (one) direct.push(one);
      else unjudged.push(event);
    }
  }
  const shown = (firewall: NaiveFirewall, block: string) =>
    direct.some(
      (one) =>
        one.firewall === firewall &&
        [one.initiator, one.responder].some(
          ({ address }) => address === baseOf(block) && hostOf(site, address) !== null,
        ),
    );
  const forwarded: Judged[] = [];
  const answering: FirewallEvent[] = [];
  for (const event of toOutside) {
    const some = targetsOf(site, event, shown).flatMap(
      ({ address, port }) => judgeBetween(site, rows, event, event.source, address, port) ?? [],
    );
    if (some.length > 0) forwarded.push(...some);
    else answering.push(event);
  }
  const allowed = [...direct, ...forwarded].filter(({ event }) => event.verdict === "allow");
  for (const one of allowed) one.meaning = allowedMeaning(site, one, allowed, rows);
  const open = allowed.filter((one) => one.meaning !== "unneeded" && !answersStranger(one, allowed, rows));
  for (const event of answering) {
    const some = answersOf(site, rows, event, allowed);
    if (some.length > 0) forwarded.push(...some);
    else unjudged.push(event);
  }
  const all = [...direct, ...forwarded];
  for (const one of all) if (one.event.verdict === "deny") one.meaning = deniedMeaning(site, one, open, all, rows);
  return resultOf(site, rows, all, unjudged);
}

function isOutOfState({ verdict, transport, flags }: FirewallEvent, { platform }: NaiveFirewall): boolean {
  return platform !== "fortigate" && verdict === "deny" && transport === "tcp" && flags !== "S";
}

/** `port`: where a forward changed it. */
function judgeBetween(
  site: NaiveSite,
  rows: readonly NaiveRow[],
  event: FirewallEvent,
  source: string,
  destination: string,
  port: number | null,
): Judged | null {
  const firewall = site.firewalls[event.firewall] as NaiveFirewall;
  const { opener, certain } = openerOf(site, event);
  if (isMulticast(destination)) return null;
  const from: NaiveSide = {
    address: source,
    zone: zoneOf(site, source, firewall, event.ingress),
    port: event.sourcePort,
  };
  // A host behind a forward was never seen at an interface.
  const to: NaiveSide = {
    address: destination,
    zone: port === null ? zoneOf(site, destination, firewall, event.egress) : zoneOf(site, destination, null, ""),
    port: port ?? event.translated?.port ?? event.destinationPort,
  };
  const [initiator, responder] = opener === "source" ? [from, to] : [to, from];
  const responding = hostOf(site, responder.address);
  const host = responding ?? hostOf(site, initiator.address);
  if (!host) return null;
  const matches = matchesOf(site, rows, event.transport, initiator, responder);
  return {
    event,
    firewall,
    host,
    otherHosts: hostsOf(site, responding ? responder.address : initiator.address).slice(1),
    hostAddress: responding ? responder.address : initiator.address,
    hostOpened: responding === null,
    hostSent: hostOf(site, source) !== null,
    certain,
    isReply: opener === "destination",
    initiator,
    responder,
    peer: responding ? initiator : responder,
    matches,
    serves: matches.filter(({ applies, outOfScope }) => applies !== false && !outOfScope),
    meaning: "neutral",
  };
}

/** A denied packet back to an outside address, for the hosts whose conversation it answers. */
function answersOf(
  site: NaiveSite,
  rows: readonly NaiveRow[],
  event: FirewallEvent,
  allowed: readonly Judged[],
): Judged[] {
  const firewall = site.firewalls[event.firewall] as NaiveFirewall;
  if (event.verdict !== "deny" || isOutOfState(event, firewall)) return [];
  if (openerOf(site, event).opener === "source") return [];
  const openers = allowed.filter(
    (one) =>
      one.hostOpened &&
      one.firewall === firewall &&
      one.responder.address === event.source &&
      one.responder.port === event.sourcePort &&
      one.event.transport === event.transport,
  );
  const hosts = new Map(openers.map(({ host, initiator }) => [`${host.deployment}|${host.text}`, initiator.address]));
  let addresses = [...hosts.values()];
  if (addresses.length === 0 && zoneOf(site, event.source, firewall, event.ingress) === "provider") {
    addresses = [...new Set(deployedBlocks(site).map(({ block }) => block))]
      .filter(
        (block) =>
          isIpv6(block) === isIpv6(event.destination) &&
          contains(knownPorts(site, block, event.transport).calls, event.destinationPort),
      )
      .map(baseOf);
  }
  return addresses.flatMap(
    (address) => judgeBetween(site, rows, event, event.source, address, event.destinationPort) ?? [],
  );
}

function allowedMeaning(site: NaiveSite, one: Judged, allowed: readonly Judged[], rows: readonly NaiveRow[]): Meaning {
  const { peer, serves } = one;
  if (one.initiator.address === one.responder.address) return "neutral";
  const isInside = peer.zone === "internal" || peer.zone === "dmz" || peer.zone === "vpn";
  if (!isInside && isAnswer(site, one, allowed, rows)) return "neutral";
  if (serves.some(({ row }) => row.strength !== "informational" || peer.zone !== "internet")) return "needed";
  if (one.hostOpened || (one.hostSent && !one.certain)) return "neutral";
  return isProvidersPort(site, one) ? "needed" : "unneeded";
}

/** Audio by a requirement that is none of signalling too. */
function carriesMedia({ event, responder, serves }: Judged): boolean {
  if (event.transport !== "udp" || [5060, 5061].includes(responder.port)) return false;
  return serves.some(({ row }) => isMediaApplication(row)) && !serves.some(({ row }) => isSignallingApplication(row));
}

/** `open`: what was allowed and not as an exposure. */
function deniedMeaning(
  site: NaiveSite,
  one: Judged,
  open: readonly Judged[],
  all: readonly Judged[],
  rows: readonly NaiveRow[],
): Meaning {
  if (isOutOfState(one.event, one.firewall)) return "out-of-state";
  if (one.isReply && open.some((other) => sameConversation(one, other))) return "return-leg";
  if (carriesMedia(one) && (isAnswer(site, one, all, rows) || isFirstPacket(one, all, rows))) return "return-leg";
  const demanded = isWanted(site, one);
  // Hosts behind another of the site's firewalls come from its outside address.
  const isFromAnother =
    !one.firewall.public.includes(one.peer.address) &&
    site.firewalls.some((firewall) => firewall.public.includes(one.peer.address));
  const isOurs = one.hostSent || one.peer.zone !== "internet" || isFromAnother;
  const known =
    isOurs ||
    open.some(({ peer }) => peer.address === one.peer.address) ||
    one.serves.some(({ ownBound, peerBound }) => ownBound && peerBound);
  if (known && demanded) return "refused";
  if (isAnswer(site, one, all, rows)) return "return-leg";
  return isOurs ? "unasked" : "scanner";
}

function resultOf(
  site: NaiveSite,
  rows: readonly NaiveRow[],
  all: readonly Judged[],
  unjudged: readonly FirewallEvent[],
): NaiveResult {
  const result: NaiveResult = {
    findings: exposureOf(site, all),
    requirements: new Map(rows.map(({ deployment, row }) => [`${deployment}/${row.id}`, { allowed: 0, denied: 0 }])),
    scannerDenials: 0,
    scannerSources: new Set(),
    outOfStateDenials: 0,
  };
  const scanners = new Set<FirewallEvent>();
  const strays = new Set<FirewallEvent>();
  for (const one of all) {
    if (one.meaning === "scanner") {
      scanners.add(one.event);
      result.scannerSources.add(one.peer.address);
    }
    if (one.meaning === "out-of-state") strays.add(one.event);
    if (one.meaning !== "needed" && one.meaning !== "refused") continue;
    if (one.meaning === "needed" && stoppedElsewhere(one, all)) continue;
    for (const { deployment, row, isWayBack } of one.serves) {
      if (isWayBack && one.meaning === "needed") continue;
      const tally = result.requirements.get(`${deployment}/${row.id}`) as { allowed: number; denied: number };
      tally[one.meaning === "needed" ? "allowed" : "denied"] += 1;
    }
    if (one.meaning === "refused") {
      for (const id of refusalIds(site, one)) result.findings.set(id, (result.findings.get(id) ?? 0) + 1);
    }
  }
  for (const event of unjudged) {
    const firewall = site.firewalls[event.firewall] as NaiveFirewall;
    if (isOutOfState(event, firewall)) strays.add(event);
    else if (isKnock(site, rows, event) && !all.some((one) => callsOnSip(one, event))) {
      scanners.add(event);
      result.scannerSources.add(event.source);
    }
  }
  result.scannerDenials = scanners.size;
  result.outOfStateDenials = strays.size;
  return result;
}

/** The best row's finding; where vendors share the host, one for each whose rows ask for it. */
function refusalIds(site: NaiveSite, one: Judged): string[] {
  const asking = one.serves.filter(({ row }) => row.strength !== "informational");
  const best = bestOf(asking);
  if (!best) return [];
  const others = one.otherHosts.length === 0 ? [] : [one.host, ...one.otherHosts];
  const own = others
    .filter((host) => host.deployment !== best.deployment)
    .map((host) => ({ host, match: bestOf(asking.filter(({ deployment }) => deployment === host.deployment)) }));
  return [{ host: one.host, match: best }, ...own].flatMap(({ host, match }) => {
    if (!match) return [];
    const { catalog } = site.deployments[match.deployment] as NaiveDeployment;
    return `blocked/${catalog}/${match.row.id}/${one.hostOpened ? "out" : "in"}/${one.peer.zone}/${host.text}`;
  });
}

/** What one firewall let through and another refused did not arrive, nor what one let in and refused to let out. */
function stoppedElsewhere(one: Judged, all: readonly Judged[]): boolean {
  const same = all.filter((other) => sameConversation(one, other));
  return same.some(
    (other) =>
      other.meaning === "refused" &&
      !same.some(
        (passed) =>
          passed.meaning === "needed" &&
          passed.firewall === other.firewall &&
          (isOnWayOut(passed) || !isOnWayOut(other)),
      ),
  );
}

/** Whether the line names no interface but the one where the packet leaves; Windows names none at all. */
function isOnWayOut({ event, firewall }: Judged): boolean {
  return firewall.platform !== "windows" && event.ingress === "" && event.egress !== "";
}

/** Whether it is allowed SIP over UDP that a deployed host opened, past that firewall, toward whoever sent the event's packet. */
function callsOnSip(
  { event, hostOpened, meaning, responder, serves }: Judged,
  { firewall, source }: FirewallEvent,
): boolean {
  if (event.verdict !== "allow" || meaning === "unneeded" || !hostOpened || event.transport !== "udp") return false;
  const isSip =
    responder.port === 5060 || responder.port === 5061 || serves.some(({ row }) => isSignallingApplication(row));
  return isSip && event.firewall === firewall && responder.address === source;
}

/** Denied from the Internet at an address outside: at a firewall's own on any port, elsewhere on a service's. */
function isKnock(site: NaiveSite, rows: readonly NaiveRow[], event: FirewallEvent): boolean {
  const { source, destination, transport, verdict } = event;
  const firewall = site.firewalls[event.firewall] as NaiveFirewall;
  if (verdict !== "deny" || isPrivate(source) || isPrivate(destination)) return false;
  if (isMulticast(destination)) return false;
  // From a firewall's own outside address: translated on its way out.
  if (site.firewalls.some((one) => one.public.includes(source))) return false;
  const zone: Zone = zoneOf(site, source, firewall, event.ingress);
  if (zone !== "internet") return false;
  if (portsOf(site, destination, transport).selected) return true;
  const { opener } = openerOf(site, event);
  const port = opener === "source" ? event.destinationPort : event.sourcePort;
  return port === 5060 || port === 5061 || contains(servicePorts(site, rows), port);
}

/** Ports of services that are no media ranges, over all rows of bound parties. */
function servicePorts(site: NaiveSite, rows: readonly NaiveRow[]): [number, number][] {
  return rows
    .filter(({ applies }) => applies !== false)
    .flatMap(({ row, deployment }): [number, number][] => {
      const at = site.deployments[deployment] as NaiveDeployment;
      const isBound = (name: string) => name !== "localhost" && partyOf(at, name).bound.length > 0;
      return [
        ...(row.direction !== "out" && isBound(row.component) && Array.isArray(row.localPorts) ? row.localPorts : []),
        ...(row.direction !== "in" && isBound(row.remote) && Array.isArray(row.remotePorts) ? row.remotePorts : []),
      ];
    })
    .filter(([low, high]) => high - low < 16);
}
