/** The words that every format uses for what the result holds as codes. */
import type {
  FindingKind,
  FindingResult,
  PlatformName,
  RequirementResult,
  ResultPorts,
  Zone,
} from "../rules/result.ts";

export const kindTitles: Readonly<Record<FindingKind, string>> = {
  "blocked-but-required": "Blocked but required",
  "open-but-unneeded": "Open but unneeded",
  "inspection-anomaly": "Inspection anomalies",
};

export const platformTitles: Readonly<Record<PlatformName, string>> = {
  pfsense: "pfSense",
  opnsense: "OPNsense",
  fortigate: "FortiGate",
  iptables: "iptables / nftables",
  windows: "Windows Firewall",
};

export const zoneTitles: Readonly<Record<Zone, string>> = {
  internal: "the internal network",
  dmz: "the DMZ",
  vpn: "the VPN",
  provider: "the provider",
  internet: "the Internet",
};

/** `1 packet`, `12,345 packets`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** A number with its thousands apart. */
export function number(count: number): string {
  return count.toLocaleString("en-US");
}

/** What the firewall did, as the class of a finding says. */
const VERDICTS: Readonly<Record<FindingKind, string>> = {
  "blocked-but-required": " denied",
  "open-but-unneeded": " allowed",
  "inspection-anomaly": "",
};

/** `3 packets denied`, `1 session allowed`, `7 packets and sessions`. */
export function countOf({ packets, unit, kind }: FindingResult): string {
  const one = { packets: "packet", sessions: "session", "packets and sessions": "packet or session" }[unit];
  return `${counted(packets, one, unit)}${VERDICTS[kind]}`;
}

/** `5060, 51000-51499`, or the word that stands for ports. */
export function portsText(ports: ResultPorts): string {
  if (typeof ports === "string") return ports;
  return ports.map(([low, high]) => (low === high ? String(low) : `${low}-${high}`)).join(", ");
}

/** `udp 5060, clients → pbx`: what a requirement asks for, initiator first. */
export function requirementFlow(requirement: RequirementResult): string {
  const { component, direction, transport, localPorts, remote, remotePorts } = requirement;
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
  const source = fromPorts === "any" ? "" : ` from ${portsText(fromPorts)}`;
  return `${transport}${target}${source}, ${from} → ${to}`;
}

/** `the Internet → 192.168.10.5, udp 5060`: what a finding is about, initiator first. */
export function findingFlow(finding: FindingResult): string {
  const zone = zoneTitles[finding.peerZone];
  const [from, to] = finding.direction === "in" ? [zone, finding.host] : [finding.host, zone];
  const ports = finding.ports.length > 0 ? ` ${portsText(finding.ports)}` : "";
  return `${from} → ${to}, ${finding.transport}${ports}`;
}
