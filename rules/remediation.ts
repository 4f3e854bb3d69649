/**
 * What to change at the firewall, with the site's own addresses and no wider than the catalog asks; each text ends in
 * how to check and how to undo.
 */
import type { FindingDraft } from "./finding.ts";
import { code, type Message, type MessageValue, say, steps } from "./message.ts";
import type { PlatformName, Zone } from "./result.ts";

/** What to change at one kind of firewall. */
export interface Remediation {
  platform: PlatformName;
  text: Message;
}

/** Facts of a finding that remedies name. */
interface Facts {
  host: string;
  peer: MessageValue;
  transport: string;
  ports: string;
  interfaceName: MessageValue;
  egressName: MessageValue;
  rule: MessageValue;
  inbound: boolean;
  toInternet: boolean;
}

export function remediesFor(draft: FindingDraft): Remediation[] {
  const remedies = draft.kind === "open-but-unneeded" ? CLOSE : draft.kind === "blocked-but-required" ? OPEN : null;
  if (!remedies) return [];
  const platforms = [...new Set(draft.firewalls.values())].sort();
  return platforms.map((platform) => ({ platform, text: remedies[platform](factsOf(draft, platform)) }));
}

const PEERS: Readonly<Record<Zone, Message>> = {
  internal: say`internal peers`,
  dmz: say`dmz peers`,
  vpn: say`vpn peers`,
  provider: say`provider peers`,
  internet: say`internet peers`,
};

function factsOf(draft: FindingDraft, platform: PlatformName): Facts {
  const contexts = draft.contexts.filter((one) => one.platform === platform);
  const [context] = contexts;
  const rules = [...new Set(contexts.map(({ rule }) => rule).filter(Boolean))].sort();
  const busiest = [...draft.peers].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "any";
  return {
    host: draft.host,
    peer: draft.peers.size === 1 ? busiest : say`<the ${PEERS[draft.peerZone]}, such as ${busiest}>`,
    transport: [...draft.ports.keys()].sort().join("/"),
    ports: draft.remedyPorts ?? formatRanges(portRanges([...draft.ports.values()].flatMap((ports) => [...ports]))),
    interfaceName: context?.ingress || context?.egress || say`<interface>`,
    egressName:
      context?.egress ||
      (draft.direction === "in" ? say`<interface toward ${draft.host}>` : say`<interface toward the peer>`),
    toInternet: draft.direction === "out" && draft.peerZone === "internet",
    rule: rules.join(", ") || say`<rule>`,
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

type Remedy = (facts: Facts) => Message;

const CLOSE: Readonly<Record<PlatformName, Remedy>> = {
  pfsense: ({ host, transport, ports, interfaceName, rule }) =>
    steps(
      say`Firewall > NAT > Port Forward: disable the forward of ${transport} ${ports} to ${host}.`,
      say`Firewall > Rules, interface ${interfaceName}: disable the pass rule with tracking id ${rule} (hover over its states column to see the id).`,
      say`Check: Status > System Logs > Firewall shows block lines for ${host}:${ports}; kill the old states (Diagnostics > States).`,
      say`Undo: enable both again.`,
    ),
  opnsense: ({ host, transport, ports, interfaceName, rule }) =>
    steps(
      say`Firewall > NAT > Destination NAT: disable the forward of ${transport} ${ports} to ${host}.`,
      say`Firewall > Rules > ${interfaceName}: disable the pass rule with rid ${rule}.`,
      say`Check: Firewall > Log Files > Live View shows block lines for ${host}:${ports}; reset the old states.`,
      say`Undo: enable both again.`,
    ),
  fortigate: ({ host, transport, ports, rule }) =>
    steps(
      "config firewall policy",
      say`  # show | grep -f ${rule}    finds the policy by id or uuid`,
      say`  edit <id of ${rule}>`,
      say`    set status disable      # or narrow srcaddr and service: ${transport} ${ports}`,
      "  next",
      "end",
      say`If a virtual IP maps to ${host}, remove its port forward for ${transport} ${ports} (config firewall vip).`,
      say`Check: diagnose sys session filter dst ${host}; diagnose sys session clear; new attempts are logged with action=deny.`,
      say`Undo: set status enable.`,
    ),
  iptables: ({ host, transport, ports, interfaceName }) =>
    steps(
      code`iptables -I FORWARD 1 -i ${interfaceName} -p ${transport} -d ${host} -m multiport --dports ${multiport(ports)} -j DROP`,
      code`nftables: nft insert rule inet filter forward iifname "${interfaceName}" ip daddr ${host} ${transport} dport { ${ports} } drop`,
      code`ufw: ufw route deny in on ${interfaceName} proto ${transport} to ${host} port ${multiport(ports)}`,
      say`Then remove the DNAT and ACCEPT rules that let it in (iptables -t nat -S PREROUTING; iptables -S FORWARD).`,
      say`Check: iptables -vL FORWARD counts drops. Undo: the same command with -D.`,
    ),
  windows: ({ host, transport, ports }) =>
    steps(
      say`On ${host}: ${`Get-NetFirewallPortFilter | Where-Object { $_.Protocol -eq '${transport.toUpperCase()}' -and $_.LocalPort -in ${quoteList(ports)} } | Get-NetFirewallRule | Where-Object { $_.Enabled -eq 'True' -and $_.Action -eq 'Allow' }`}`,
      say`Set-NetFirewallRule -Name <rule> -RemoteAddress LocalSubnet      # keep it for the inside`,
      say`Check: Test-NetConnection from outside fails, pfirewall.log shows DROP. Undo: -RemoteAddress Any.`,
    ),
};

const OPEN: Readonly<Record<PlatformName, Remedy>> = {
  pfsense: (facts) =>
    steps(
      say`Firewall > Rules, interface ${facts.interfaceName}: add a pass rule, ${facts.transport}, source ${source(facts)}, destination ${destination(facts)}, port ${facts.ports}, with logging, above the rule that blocks (tracking id ${facts.rule}).`,
      say`Check: the log shows pass lines for it. Undo: disable the rule.`,
    ),
  opnsense: (facts) =>
    steps(
      say`Firewall > Rules > ${facts.interfaceName}: add a pass rule, ${facts.transport}, source ${source(facts)}, destination ${destination(facts)}, port ${facts.ports}, with logging, above the rule that blocks (rid ${facts.rule}).`,
      say`Check: Live View shows pass lines for it. Undo: disable the rule.`,
    ),
  fortigate: (facts) =>
    steps(
      "config firewall policy",
      "  edit 0",
      code`    set name "ringfence ${facts.transport} ${facts.ports}"`,
      code`    set srcintf "${facts.interfaceName}"`,
      code`    set dstintf "${facts.egressName}"`,
      say`    set srcaddr <address object: ${source(facts)}>`,
      say`    set dstaddr <address object: ${destination(facts)}>`,
      say`    set service <service object: ${facts.transport} ${facts.ports}>`,
      "    set schedule always",
      "    set action accept",
      ...(facts.toInternet ? ["    set nat enable"] : []),
      "    set logtraffic all",
      "  next",
      "end",
      say`Move it above the policy that denies (${facts.rule}; 0 is the implicit deny).`,
      say`Check: sessions are logged with action=accept or close. Undo: set status disable.`,
    ),
  iptables: (facts) =>
    steps(
      code`iptables -I FORWARD 1 -i ${facts.interfaceName} -p ${facts.transport} -s ${source(facts)} -d ${destination(facts)} -m multiport --dports ${multiport(facts.ports)} -j ACCEPT`,
      code`nftables: nft insert rule inet filter forward iifname "${facts.interfaceName}" ip saddr ${source(facts)} ip daddr ${destination(facts)} ${facts.transport} dport { ${facts.ports} } accept`,
      code`ufw: ufw route allow in on ${facts.interfaceName} proto ${facts.transport} from ${source(facts)} to ${destination(facts)} port ${multiport(facts.ports)}`,
      say`Replies need ESTABLISHED,RELATED to be accepted. Check: the counter of the rule grows. Undo: the same command with -D.`,
    ),
  windows: (facts) =>
    steps(
      code`New-NetFirewallRule -DisplayName "ringfence ${facts.transport} ${facts.ports}" -Direction ${facts.inbound ? "Inbound" : "Outbound"} -Protocol ${facts.transport.toUpperCase()} ${facts.inbound ? "-LocalPort" : "-RemotePort"} ${multiport(facts.ports)} -RemoteAddress ${facts.peer} -Action Allow`,
      say`Check: pfirewall.log shows ALLOW for it. Undo: Remove-NetFirewallRule -DisplayName "ringfence ...".`,
    ),
};

function source(facts: Facts): MessageValue {
  return facts.inbound ? facts.peer : facts.host;
}

function destination(facts: Facts): MessageValue {
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
