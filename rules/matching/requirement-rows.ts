/** Requirements compiled for matching: parties resolved, conditions decided, port tests ready. */
import type { PortSet, Requirement } from "../../catalogs/catalog.ts";
import { evaluateCondition, parseCondition } from "../../catalogs/condition.ts";
import type { FlowSelection, PortInterval } from "../../ingest/flows/flow-selection.ts";
import { type Party, partyOf } from "../site/parties.ts";
import { type Binding, type Deployment, deployedBindings, hostNameBindings } from "../site/site.ts";
import { REGISTERED_PORTS } from "./application-ports.ts";
import { SIP_PORTS } from "./sip-ports.ts";
import { isMediaApplication, isSignallingApplication } from "./voice-applications.ts";

/** First port that a client uses for itself (RFC 6056 section 3.2; AGFEO says 1024-65535 too). */
export const FIRST_DYNAMIC_PORT = 1024;
export const DYNAMIC_PORTS: PortInterval = [FIRST_DYNAMIC_PORT, 65535];

export type RemoteKind = "party" | "any" | "host" | "localhost";

export interface RequirementRow {
  requirement: Requirement;
  deployment: number;
  /** Whether its condition holds; `unknown`: the site does not say. */
  applies: boolean | "unknown";
  component: Party;
  remoteKind: RemoteKind;
  /** For `any` a party that holds every address. */
  remote: Party;
  /** The deployment's own hosts and users. */
  own: readonly Binding[];
  /** The deployment's host-name bindings: an address bound to one name is no other name's. */
  hostNames: Binding[];
  /** The vendor names no ports: unless both sides are bound, only the application tells what the row is about. */
  isVague: boolean;
  isSignalling: boolean;
  isMedia: boolean;
  /** Ports that the two sides span together: the smaller, the more the row is about this very traffic. */
  breadth: number;
}

const ANYBODY: Party = { id: "any", bindings: [], unbound: "any" };

export function compileRows(deployment: Deployment, index: number): RequirementRow[] {
  const known = new Set([...deployment.catalog.roles, ...deployment.catalog.components].map(({ id }) => id));
  const own = deployedBindings(deployment);
  const hostNames = hostNameBindings(deployment);
  const parties = new Map<string, Party>();
  const party = (id: string): Party => {
    const found = parties.get(id) ?? partyOf(deployment, id);
    parties.set(id, found);
    return found;
  };
  return deployment.catalog.requirements.map((requirement) => {
    const { remote, when } = requirement;
    const remoteKind: RemoteKind =
      remote === "any" ? "any" : remote === "localhost" ? "localhost" : known.has(remote) ? "party" : "host";
    return {
      requirement,
      deployment: index,
      applies: when === null ? true : evaluateCondition(parseCondition(when), deployment.facts),
      component: party(requirement.component),
      remoteKind,
      own,
      hostNames,
      remote: remoteKind === "any" || remoteKind === "localhost" ? ANYBODY : party(remote),
      isVague: requirement.localPorts === "any" && requirement.remotePorts === "any",
      isSignalling: isSignallingApplication(requirement),
      isMedia: isMediaApplication(requirement),
      breadth: portCount(requirement.localPorts) * portCount(requirement.remotePorts),
    };
  });
}

/** SIP and audio over UDP go both ways between the same ports, though some vendors list the way in alone. */
export function listsOneWay({ requirement, isMedia, isSignalling }: RequirementRow): boolean {
  const { direction, transport, localPorts } = requirement;
  return direction === "in" && transport === "udp" && Array.isArray(localPorts) && (isMedia || isSignalling);
}

/** Whether every port of the interval is in the set; a side without ports fits only sets that say nothing. */
export function portsFit(ports: PortSet, interval: readonly [low: number, high: number] | null): boolean {
  if (ports === "any") return true;
  if (ports === "unknown" || interval === null) return false;
  const [low, high] = interval;
  if (ports === "dynamic") return low >= FIRST_DYNAMIC_PORT;
  return ports.some(([from, to]) => from <= low && high <= to);
}

/** Whether a single port is in the set; -1 stands for none. */
export function portFits(ports: PortSet, port: number): boolean {
  return portsFit(ports, port < 0 ? null : [port, port]);
}

function portCount(ports: PortSet): number {
  if (typeof ports === "string") return 65536;
  return ports.reduce((sum, [low, high]) => sum + high - low + 1, 0);
}

function intervalsOf(ports: PortSet): PortInterval[] {
  if (ports === "dynamic") return [DYNAMIC_PORTS];
  return typeof ports === "string" ? [] : ports;
}

/**
 * Every port interval that some row tells apart on the initiator's side. Rows whose condition does not hold count too:
 * findings cite them, and whether they fit must not hang on what other rows happen to tell apart.
 */
export function initiatorIntervals(rows: readonly RequirementRow[]): FlowSelection["initiatorPorts"] {
  // SIP's own port is told apart always: an answer to it is known by the peer's port.
  const intervals: FlowSelection["initiatorPorts"] = { tcp: [[...SIP_PORTS]], udp: [[...SIP_PORTS]] };
  for (const row of rows) {
    const { direction, transport, localPorts, remotePorts } = row.requirement;
    if (direction !== "in" || listsOneWay(row)) intervals[transport].push(...intervalsOf(localPorts));
    if (direction !== "out") intervals[transport].push(...intervalsOf(remotePorts));
  }
  return intervals;
}

/** Every port interval that some row tells apart on the responder's side, whichever side that is for the row. */
export function responderIntervals(rows: readonly RequirementRow[]): PortInterval[] {
  const intervals = rows.flatMap(({ requirement }) => [
    ...intervalsOf(requirement.localPorts),
    ...intervalsOf(requirement.remotePorts),
  ]);
  const registered = REGISTERED_PORTS.map((port): PortInterval => [port, port]);
  return [DYNAMIC_PORTS, ...registered, ...intervals];
}

/** Ports on which the rows' hosts answer, and ports that they only call from, for the hosts that the two picks tell. */
export function knownPorts(
  rows: readonly RequirementRow[],
  isComponent: (row: RequirementRow) => boolean,
  isRemote: (row: RequirementRow) => boolean,
): { services: FlowSelection["initiatorPorts"]; clients: FlowSelection["initiatorPorts"] } {
  const services: FlowSelection["initiatorPorts"] = { tcp: [], udp: [] };
  const clients: FlowSelection["initiatorPorts"] = { tcp: [], udp: [] };
  for (const row of rows) {
    if (row.applies === false) continue;
    const { direction, transport, localPorts, remotePorts } = row.requirement;
    if (isComponent(row)) {
      if (direction !== "out") services[transport].push(...finite(localPorts));
      else clients[transport].push(...finite(localPorts));
    }
    if (isRemote(row)) {
      if (direction !== "in") services[transport].push(...finite(remotePorts));
      else clients[transport].push(...finite(remotePorts));
    }
  }
  return { services, clients };
}

function finite(ports: PortSet): PortInterval[] {
  return typeof ports === "string" ? [] : ports;
}
