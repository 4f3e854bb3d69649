/** The words that every format uses for what the result holds as codes. */
import type { FindingKind, FindingResult, PlatformName, RequirementResult, ResultPorts } from "../rules/result.ts";
import { phrases, spoken } from "./phrases.ts";

export const kindTitles: Readonly<Record<FindingKind, string>> = spoken(({ kinds }) => kinds);

export const platformTitles: Readonly<Record<PlatformName, string>> = {
  pfsense: "pfSense",
  opnsense: "OPNsense",
  fortigate: "FortiGate",
  iptables: "iptables / nftables",
  windows: "Windows Firewall",
};

/** `1 packet`, `12,345 packets`: for what is said in English alone. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** A number with its thousands apart. */
export function number(count: number): string {
  return phrases.number(count);
}

/** `3 packets denied`, `1 session allowed`, `7 packets and sessions`. */
export function countOf({ packets, unit, kind }: FindingResult): string {
  return phrases.counted(packets, unit, kind);
}

/** `5060, 51000-51499`, or the word that stands for ports. */
export function portsText(ports: ResultPorts): string {
  if (typeof ports === "string") return phrases.ports[ports];
  return ports.map(([low, high]) => (low === high ? String(low) : `${low}-${high}`)).join(", ");
}

/** `udp 5060, clients → pbx`: what a requirement asks for, initiator first. */
export function requirementFlow(requirement: RequirementResult): string {
  const { component, direction, transport, localPorts, remotePorts } = requirement;
  const remote = requirement.remote === "any" ? phrases.anyPeer : requirement.remote;
  if (direction === "mutual" || direction === "both") {
    const peer = direction === "mutual" ? component : remote;
    const ports = [localPorts, remotePorts].every((one) => one === "any")
      ? ""
      : ` ${portsText(localPorts)} ↔ ${portsText(remotePorts)}`;
    return `${transport}${ports}, ${component} ↔ ${peer}`;
  }
  const [from, to] = direction === "in" ? [remote, component] : [component, remote];
  const [fromPorts, toPorts] = direction === "in" ? [remotePorts, localPorts] : [localPorts, remotePorts];
  const target = toPorts === "any" ? "" : ` ${portsText(toPorts)}`;
  const source = fromPorts === "any" ? "" : ` ${phrases.fromPort(portsText(fromPorts))}`;
  return `${transport}${target}${source}, ${from} → ${to}`;
}

/** `the Internet → 192.168.10.5, udp 5060`: what a finding is about, initiator first. */
export function findingFlow(finding: FindingResult): string {
  const { ports } = finding;
  if (ports.length === 0) return flowText(finding, "");
  const groups = portGroups(ports);
  const more = groups.slice(SHOWN_GROUPS).reduce((sum, group) => sum + group.length, 0);
  const shown = groups.slice(0, SHOWN_GROUPS).map((group) => (isSpan(group) ? spanOf(group) : portsText(group)));
  const [first] = groups;
  return flowText(
    finding,
    `${first && isSpan(first) ? ", " : " "}${shown.join(", ")}${more > 0 ? ` ${phrases.more(more)}` : ""}`,
  );
}

type PortRanges = FindingResult["ports"];

/** Where scanners found thousands of ports open, the others are for the JSON to list. */
const SHOWN_GROUPS = 40;

/** More ranges that lie close together, as those of a call's audio do, are told by their number and their ends. */
const MOST_RANGES = 8;

/** Below them each port is a service of its own. */
const FIRST_CLOSE_PORT = 10_000;
const CLOSE = 1000;

/** Ranges that lie close together, where they are many; each other one for itself. */
function portGroups(ports: PortRanges): PortRanges[] {
  const close: PortRanges[] = [];
  for (const range of ports) {
    const group = close.at(-1);
    const last = group?.at(-1);
    if (group && last && last[0] >= FIRST_CLOSE_PORT && range[0] - last[1] <= CLOSE) group.push(range);
    else close.push([range]);
  }
  return close.flatMap((group) => (isSpan(group) ? [group] : group.map((range) => [range])));
}

function isSpan(group: PortRanges): boolean {
  return group.length > MOST_RANGES;
}

/** `400 ports from 56000 to 56798` */
function spanOf(ranges: PortRanges): string {
  const count = ranges.reduce((sum, [low, high]) => sum + high - low + 1, 0);
  return phrases.portsBetween(
    count,
    Math.min(...ranges.map(([low]) => low)),
    Math.max(...ranges.map(([, high]) => high)),
  );
}

/** More of them are told by their number. */
const MOST_PORTS = 4;

/** As `findingFlow`, but in a line: `10.20.0.10 → the provider, udp, 11 ports from 51006 to 51292`. */
export function briefFlow(finding: FindingResult): string {
  const { ports } = finding;
  if (ports.length <= MOST_PORTS) return findingFlow(finding);
  return flowText(finding, `, ${spanOf(ports)}`);
}

function flowText({ peerZone, direction, host, transport }: FindingResult, ports: string): string {
  // What a firewall says of itself names no packet.
  if (transport === "") return host;
  const zone = phrases.zones[peerZone];
  const [from, to] = direction === "in" ? [zone, host] : [host, zone];
  return `${from} → ${to}, ${transport}${ports}`;
}
