/** One event as a conversation: who opened it, who the two sides are, and which rows of the vendors' lists it fits. */
import type { PortSet } from "../../../catalogs/catalog.ts";
import { isPlausiblePort } from "../../../rules/matching/application-ports.ts";
import { isMediaApplication, isSignallingApplication } from "../../../rules/matching/voice-applications.ts";
import { isMulticast, within } from "./addresses.ts";
import type { FirewallEvent } from "./events.ts";
import {
  contains,
  deployedBlocks,
  isHostName,
  knownPorts,
  type NaiveDeployment,
  type NaiveFirewall,
  type NaiveRow,
  type NaiveSite,
  partyOf,
  type Zone,
} from "./site.ts";

export interface NaiveSide {
  address: string;
  zone: Zone;
  port: number;
}

/** DNS, NTP, STUN, SIP. */
const SIP = [5060, 5061];
const WELL_KNOWN = [53, 123, 3478, ...SIP];

/** `certain` where the line says it and no port had to be asked. */
export function openerOf(
  site: NaiveSite,
  event: FirewallEvent,
): { opener: "source" | "destination"; certain: boolean } {
  const firewall = site.firewalls[event.firewall] as NaiveFirewall;
  const { transport, verdict, sourcePort } = event;
  const destinationPort = event.translated?.port ?? event.destinationPort;
  const source = (certain: boolean) => ({ opener: "source", certain }) as const;
  const destination = (certain: boolean) => ({ opener: "destination", certain }) as const;
  if (firewall.platform === "fortigate") return source(true);
  // Windows logs a permission once, for the packet that opened; but a service's packet to a client's port did not.
  if (firewall.platform === "windows" && verdict === "allow" && !(sourcePort < 32_768 && destinationPort >= 49_152))
    return source(true);
  // pf logs what makes a state.
  if (firewall.platform === "pfsense" && verdict === "allow" && transport === "udp") return source(true);
  const showsFlags = transport === "tcp" && !(firewall.platform === "windows" && verdict === "allow");
  if (showsFlags && event.flags === "S") return source(true);
  if (showsFlags && event.flags === "SA") return destination(true);
  if (sourcePort === destinationPort || isMulticast(event.destination)) return source(false);
  const own = portsOf(site, event.source, transport);
  const theirs = portsOf(site, event.translated?.address ?? event.destination, transport);
  if (own.selected || theirs.selected) {
    const calls = contains(own.calls, sourcePort);
    const called = contains(theirs.calls, destinationPort);
    if (calls && !called && WELL_KNOWN.includes(destinationPort)) return source(false);
    const serves = contains(theirs.serves, destinationPort);
    const isRequest = serves && SIP.includes(destinationPort) && SIP.includes(sourcePort);
    if (called && !calls && WELL_KNOWN.includes(sourcePort) && !isRequest) return destination(false);
    const served = !calls && contains(own.serves, sourcePort);
    if (served && !serves && WELL_KNOWN.includes(destinationPort)) return source(false);
    if (serves !== served) return serves ? source(false) : destination(false);
    if (calls !== called) return calls || sourcePort >= 32_768 ? source(false) : destination(false);
    if (serves) return source(false);
  }
  return destinationPort <= sourcePort ? source(false) : destination(false);
}

interface SidePorts {
  selected: boolean;
  serves: [number, number][];
  calls: [number, number][];
}

/** What a site knows of the ports at an address: of every deployed block around it, or of all where it is a firewall's own. */
export function portsOf(site: NaiveSite, address: string, transport: string): SidePorts {
  const blocks = [...new Set(deployedBlocks(site).map(({ block }) => block))];
  const result: SidePorts = { selected: false, serves: [], calls: [] };
  const outside = site.firewalls.some((firewall) => firewall.public.some((block) => within(address, block)));
  for (const block of blocks.filter((one) => within(address, one))) {
    const { serves, calls } = knownPorts(site, block, transport);
    result.selected = true;
    result.serves.push(...serves);
    result.calls.push(...calls);
  }
  if (outside) {
    result.selected = true;
    for (const block of allBoundBlocks(site)) {
      const { serves, calls } = knownPorts(site, block, transport);
      result.serves.push(...serves);
      result.calls.push(...calls);
    }
    for (const { forwards } of site.firewalls)
      for (const one of forwards)
        if (one.transport === transport) result.serves.push([one.outsidePort, one.outsidePort]);
  }
  return result;
}

export function allBoundBlocks(site: NaiveSite): string[] {
  return [...new Set(site.deployments.flatMap(({ hosts }) => Object.values(hosts).flat()))];
}

export interface NaiveMatch extends NaiveRow {
  outOfScope: boolean;
  /** Of a row that lists only the way in: what goes out again between the same ports. */
  isWayBack: boolean;
  /** Sides that a binding names. */
  ownBound: boolean;
  peerBound: boolean;
  peerInside: boolean;
}

/** Every row that the conversation fits, whether it applies or not. */
export function matchesOf(
  site: NaiveSite,
  rows: readonly NaiveRow[],
  transport: string,
  initiator: NaiveSide,
  responder: NaiveSide,
): NaiveMatch[] {
  const found: NaiveMatch[] = [];
  for (const candidate of rows) {
    const { row } = candidate;
    if (row.transport !== transport || row.remote === "localhost") continue;
    const inward = row.direction !== "out" ? fitRow(site, candidate, responder, initiator, "answers") : null;
    const outward = row.direction !== "in" && !inward ? fitRow(site, candidate, initiator, responder, "calls") : null;
    const match = inward ?? outward;
    if (!match) continue;
    // Without ports, only the application tells which traffic is meant, unless the site names both sides.
    const vague = row.localPorts === "any" && row.remotePorts === "any" && !(match.ownBound && match.peerBound);
    if (!vague || isPlausiblePort(row, responder.port)) found.push(match);
  }
  const matches = found.filter((one) => !found.some((other) => isForInside(other, one)));
  for (const candidate of transport === "udp" ? rows : []) {
    const { row, deployment } = candidate;
    const isListed = matches.some((one) => one.deployment === deployment && one.applies !== false && !one.isWayBack);
    if (row.transport !== "udp" || isListed || !isOneWayVoice(row)) continue;
    const match = fitRow(site, candidate, initiator, responder, "calls");
    if (match) matches.push({ ...match, isWayBack: true });
  }
  return matches.filter((one) => !isMediaApplication(one.row) || !isOnSignallingPort(one, matches));
}

/** Whether `one` is for the Internet, its peer is inside, and the vendor says the same once more for the inside. */
function isForInside(other: NaiveMatch, one: NaiveMatch): boolean {
  const asks = ({ deployment, row }: NaiveMatch) =>
    JSON.stringify([deployment, row.component, row.direction, row.localPorts, row.remote, row.remotePorts]);
  const isOfInside = one.row.scope === "wan" && !one.peerBound && one.peerInside;
  return isOfInside && other.row.scope === "lan" && asks(other) === asks(one);
}

/** A call over UDP comes in and goes out between the same two ports, whichever way the vendor lists. */
export function isOneWayVoice(row: NaiveRow["row"]): boolean {
  if (row.direction !== "in" || row.transport !== "udp" || typeof row.localPorts === "string") return false;
  return isMediaApplication(row) || isSignallingApplication(row);
}

/** Whether a row that names fewer ports says that this very traffic signals. */
function isOnSignallingPort({ row, deployment }: NaiveMatch, matches: readonly NaiveMatch[]): boolean {
  const ports = (one: NaiveRow["row"]) => breadth(one.localPorts) * breadth(one.remotePorts);
  return (
    !isSignallingApplication(row) &&
    matches.some(
      (other) =>
        other.deployment === deployment &&
        other.applies !== false &&
        isSignallingApplication(other.row) &&
        ports(other.row) < ports(row),
    )
  );
}

/** `own`: the side that would be the row's component; `calls`: it opened the conversation. */
function fitRow(
  site: NaiveSite,
  candidate: NaiveRow,
  own: NaiveSide,
  peer: NaiveSide,
  part: "answers" | "calls",
): NaiveMatch | null {
  const { row } = candidate;
  const deployment = site.deployments[candidate.deployment] as NaiveDeployment;
  if (!portFits(row.localPorts, own.port) || !portFits(row.remotePorts, peer.port)) return null;
  if (row.direction === "mutual") {
    // Ports of one side only: those that are answered on.
    if (row.localPorts === "any" && row.remotePorts !== "any" && part === "answers") return null;
    if (row.remotePorts === "any" && row.localPorts !== "any" && part === "calls") return null;
  }
  // Audio is sent to no well-known port.
  if (part === "calls" && row.remotePorts === "any" && peer.port < 1024 && isMediaApplication(row)) return null;
  const component = partyOf(deployment, row.component);
  const ownFit = partyFits(component, own);
  const peerFit = isHostName(deployment, row.remote)
    ? hostNameFits(deployment, row.remote, peer)
    : partyFits(partyOf(deployment, row.remote), peer);
  if (ownFit === "no" || peerFit === "no") return null;
  const isInside = peer.zone === "internal" || peer.zone === "dmz" || peer.zone === "vpn";
  // A provider's audio comes from outside, unless he is bound.
  if (isMediaApplication(row) && row.scope === "wan" && row.remote !== "any" && peerFit === "passes" && isInside)
    return null;
  if (row.direction === "mutual" && partyFits(component, peer) === "no") return null;
  const isOwnPeer =
    row.remote === "any" &&
    deployedBlocks(site).some((own) => own.deployment === candidate.deployment && within(peer.address, own.block));
  const isAskedInside = part === "calls" && isOwnPeer && row.scope === "lan" && Array.isArray(row.remotePorts);
  if (ownFit === "passes" && peerFit === "passes" && !isAskedInside) return null;
  return {
    ...candidate,
    outOfScope:
      row.scope === "lan" &&
      peerFit === "passes" &&
      !isOwnPeer &&
      (peer.zone === "internet" ||
        // A provider comes for calls.
        (peer.zone === "provider" && part === "answers" && !isMediaApplication(row) && !isSignallingApplication(row))),
    isWayBack: false,
    ownBound: ownFit === "bound",
    peerBound: peerFit === "bound",
    peerInside: isInside,
  };
}

type Fit = "bound" | "passes" | "no";

function partyFits({ bound, others }: ReturnType<typeof partyOf>, { address, zone }: NaiveSide): Fit {
  if (bound.some((block) => within(address, block))) return "bound";
  if (others === "any") return "passes";
  return others === "internal" && (zone === "internal" || zone === "dmz" || zone === "vpn") ? "passes" : "no";
}

/** The vendor's servers: bound, or anywhere outside but where another of the vendor's names is bound. */
function hostNameFits(deployment: NaiveDeployment, names: string, { address, zone }: NaiveSide): Fit {
  const bound = names.split(";").flatMap((name) => deployment.hosts[name] ?? []);
  if (bound.length > 0) return bound.some((block) => within(address, block)) ? "bound" : "no";
  const elsewhere = Object.entries(deployment.hosts).some(
    ([name, blocks]) => isHostName(deployment, name) && blocks.some((block) => within(address, block)),
  );
  return !elsewhere && (zone === "internet" || zone === "provider") ? "passes" : "no";
}

function portFits(ports: PortSet, port: number): boolean {
  if (ports === "any") return true;
  if (ports === "unknown") return false;
  return ports === "dynamic" ? port >= 1024 : contains(ports, port);
}

const STRENGTHS = ["required", "recommended", "conditional", "informational"];

/** The row that a finding names: sure before unsure, demands before remarks, bound sides, narrow ports, meant for inside where the peer is, strength, order. */
export function bestOf(matches: readonly NaiveMatch[]): NaiveMatch | undefined {
  const rank = ({ applies, ownBound, peerBound, peerInside, row }: NaiveMatch) => [
    applies === true ? 0 : 1,
    row.strength === "informational" ? 1 : 0,
    -((ownBound ? 2 : 0) + (peerBound && row.remote !== "any" && !row.remote.includes(".") ? 1 : 0)),
    breadth(row.localPorts) * breadth(row.remotePorts),
    row.scope === "wan" && peerInside ? 1 : 0,
    STRENGTHS.indexOf(row.strength),
  ];
  return [...matches].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const at = left.findIndex((value, index) => value !== right[index]);
    return at < 0 ? 0 : (left[at] as number) - (right[at] as number);
  })[0];
}

function breadth(ports: PortSet): number {
  return typeof ports === "string" ? 65_536 : ports.reduce((sum, [low, high]) => sum + high - low + 1, 0);
}
