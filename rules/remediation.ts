/**
 * What to change at the firewall, with the site's own addresses and no wider than the catalog asks; each text ends in
 * how to check and how to undo.
 */
import type { FindingDraft } from "./finding.ts";
import type { PlatformName, RemediationResult } from "./result.ts";

/** Facts of a finding that remedies name. */
interface Facts {
  host: string;
  peer: string;
  transport: string;
  ports: string;
  interfaceName: string;
  egressName: string;
  rule: string;
  inbound: boolean;
  toInternet: boolean;
}

export function remediesFor(draft: FindingDraft): RemediationResult[] {
  const remedies = draft.kind === "open-but-unneeded" ? CLOSE : draft.kind === "blocked-but-required" ? OPEN : null;
  if (!remedies) return [];
  const platforms = [...new Set(draft.firewalls.values())].sort();
  return platforms.map((platform) => ({ platform, text: remedies[platform](factsOf(draft, platform)) }));
}

function factsOf(draft: FindingDraft, platform: PlatformName): Facts {
  const contexts = draft.contexts.filter((one) => one.platform === platform);
  const [context] = contexts;
  const rules = [...new Set(contexts.map(({ rule }) => rule).filter(Boolean))].sort();
  const busiest = [...draft.peers].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "any";
  return {
    host: draft.host,
    peer: draft.peers.size === 1 ? busiest : `<the ${draft.peerZone} peers, such as ${busiest}>`,
    transport: [...draft.ports.keys()].sort().join("/"),
    ports: draft.remedyPorts ?? formatRanges(portRanges([...draft.ports.values()].flatMap((ports) => [...ports]))),
    interfaceName: context?.ingress || context?.egress || "<interface>",
    egressName: context?.egress || `<interface toward ${draft.direction === "in" ? draft.host : "the peer"}>`,
    toInternet: draft.direction === "out" && draft.peerZone === "internet",
    rule: rules.join(", ") || "<rule>",
    inbound: draft.direction === "in",
  };
}

/** Sorted ports as inclusive ranges. */
export function portRanges(ports: readonly number[]): [low: number, high: number][] {
  const ranges: [number, number][] = [];
  for (const port of [...new Set(ports)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && port === last[1] + 1) last[1] = port;
    else ranges.push([port, port]);
  }
  return ranges;
}

/** `80, 443, 5064-5127` */
export function formatRanges(ranges: readonly (readonly [low: number, high: number])[]): string {
  return ranges.map(([low, high]) => (low === high ? `${low}` : `${low}-${high}`)).join(", ");
}

type Remedy = (facts: Facts) => string;

const CLOSE: Readonly<Record<PlatformName, Remedy>> = {
  pfsense: ({ host, transport, ports, interfaceName, rule }) =>
    `Firewall > NAT > Port Forward: disable the forward of ${transport} ${ports} to ${host}.\n` +
    `Firewall > Rules, interface ${interfaceName}: disable the pass rule with tracking id ${rule} (hover over its states column to see the id).\n` +
    `Check: Status > System Logs > Firewall shows block lines for ${host}:${ports}; kill the old states (Diagnostics > States).\nUndo: enable both again.`,
  opnsense: ({ host, transport, ports, interfaceName, rule }) =>
    `Firewall > NAT > Destination NAT: disable the forward of ${transport} ${ports} to ${host}.\n` +
    `Firewall > Rules > ${interfaceName}: disable the pass rule with rid ${rule}.\n` +
    `Check: Firewall > Log Files > Live View shows block lines for ${host}:${ports}; reset the old states.\nUndo: enable both again.`,
  fortigate: ({ host, transport, ports, rule }) =>
    `config firewall policy\n  # show | grep -f ${rule}    finds the policy by id or uuid\n  edit <id of ${rule}>\n    set status disable      # or narrow srcaddr and service: ${transport} ${ports}\n  next\nend\n` +
    `If a virtual IP maps to ${host}, remove its port forward for ${transport} ${ports} (config firewall vip).\n` +
    `Check: diagnose sys session filter dst ${host}; diagnose sys session clear; new attempts are logged with action=deny.\nUndo: set status enable.`,
  iptables: ({ host, transport, ports, interfaceName }) =>
    `iptables -I FORWARD 1 -i ${interfaceName} -p ${transport} -d ${host} -m multiport --dports ${multiport(ports)} -j DROP\n` +
    `nftables: nft insert rule inet filter forward iifname "${interfaceName}" ip daddr ${host} ${transport} dport { ${ports} } drop\n` +
    `ufw: ufw route deny in on ${interfaceName} proto ${transport} to ${host} port ${multiport(ports)}\n` +
    `Then remove the DNAT and ACCEPT rules that let it in (iptables -t nat -S PREROUTING; iptables -S FORWARD).\nCheck: iptables -vL FORWARD counts drops. Undo: the same command with -D.`,
  windows: ({ host, transport, ports }) =>
    `On ${host}: Get-NetFirewallPortFilter | Where-Object { $_.Protocol -eq '${transport.toUpperCase()}' -and $_.LocalPort -in ${quoteList(ports)} } | Get-NetFirewallRule | Where-Object { $_.Enabled -eq 'True' -and $_.Action -eq 'Allow' }\n` +
    `Set-NetFirewallRule -Name <rule> -RemoteAddress LocalSubnet      # keep it for the inside\n` +
    `Check: Test-NetConnection from outside fails, pfirewall.log shows DROP. Undo: -RemoteAddress Any.`,
};

const OPEN: Readonly<Record<PlatformName, Remedy>> = {
  pfsense: (facts) =>
    `Firewall > Rules, interface ${facts.interfaceName}: add a pass rule, ${facts.transport}, source ${source(facts)}, destination ${destination(facts)}, port ${facts.ports}, with logging, above the rule that blocks (tracking id ${facts.rule}).\n` +
    "Check: the log shows pass lines for it. Undo: disable the rule.",
  opnsense: (facts) =>
    `Firewall > Rules > ${facts.interfaceName}: add a pass rule, ${facts.transport}, source ${source(facts)}, destination ${destination(facts)}, port ${facts.ports}, with logging, above the rule that blocks (rid ${facts.rule}).\n` +
    "Check: Live View shows pass lines for it. Undo: disable the rule.",
  fortigate: (facts) =>
    `config firewall policy\n  edit 0\n    set name "ringfence ${facts.transport} ${facts.ports}"\n    set srcintf "${facts.interfaceName}"\n    set dstintf "${facts.egressName}"\n` +
    `    set srcaddr <address object: ${source(facts)}>\n    set dstaddr <address object: ${destination(facts)}>\n    set service <service object: ${facts.transport} ${facts.ports}>\n    set schedule always\n    set action accept\n${facts.toInternet ? "    set nat enable\n" : ""}    set logtraffic all\n  next\nend\n` +
    `Move it above the policy that denies (${facts.rule}; 0 is the implicit deny).\nCheck: sessions are logged with action=accept or close. Undo: set status disable.`,
  iptables: (facts) =>
    `iptables -I FORWARD 1 -i ${facts.interfaceName} -p ${facts.transport} -s ${source(facts)} -d ${destination(facts)} -m multiport --dports ${multiport(facts.ports)} -j ACCEPT\n` +
    `nftables: nft insert rule inet filter forward iifname "${facts.interfaceName}" ip saddr ${source(facts)} ip daddr ${destination(facts)} ${facts.transport} dport { ${facts.ports} } accept\n` +
    `ufw: ufw route allow in on ${facts.interfaceName} proto ${facts.transport} from ${source(facts)} to ${destination(facts)} port ${multiport(facts.ports)}\n` +
    "Replies need ESTABLISHED,RELATED to be accepted. Check: the counter of the rule grows. Undo: the same command with -D.",
  windows: (facts) =>
    `New-NetFirewallRule -DisplayName "ringfence ${facts.transport} ${facts.ports}" -Direction ${facts.inbound ? "Inbound" : "Outbound"} -Protocol ${facts.transport.toUpperCase()} ${facts.inbound ? "-LocalPort" : "-RemotePort"} ${multiport(facts.ports)} -RemoteAddress ${facts.peer} -Action Allow\n` +
    'Check: pfirewall.log shows ALLOW for it. Undo: Remove-NetFirewallRule -DisplayName "ringfence ...".',
};

function source(facts: Facts): string {
  return facts.inbound ? facts.peer : facts.host;
}

function destination(facts: Facts): string {
  return facts.inbound ? facts.host : facts.peer;
}

function multiport(ports: string): string {
  return ports.replaceAll("-", ":").replaceAll(" ", "");
}

function quoteList(ports: string): string {
  return ports
    .split(", ")
    .map((port) => `'${port}'`)
    .join(",");
}
