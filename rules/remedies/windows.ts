/** Remedies at Windows Firewall: PowerShell as administrator, on the host whose log it is. */

import { peersOf, type RemedyFacts, type Service } from "../findings/remedy-facts.ts";
import { formatRanges } from "../matching/port-ranges.ts";
import { code, joined, type Message, say, steps } from "../messages/message.ts";

export const windows = {
  close: (facts: RemedyFacts) =>
    steps(
      say`On ${facts.host}, the rules that may let it in (a rule for a range of ports, or for all, may be another):`,
      ...facts.services.map(rulesFor),
      say`Keep the rule for the inside, after noting its RemoteAddress (Get-NetFirewallRule -Name <name> | Get-NetFirewallAddressFilter):`,
      code`Set-NetFirewallRule -Name ${say`<name>`} -RemoteAddress ${insideOf(facts)}`,
      say`Check: pfirewall.log shows DROP for new attempts. Undo: the same with the old RemoteAddress.`,
    ),
  narrow: (facts: RemedyFacts) =>
    steps(
      say`On ${facts.host}, the rules that may let it in (a rule for a range of ports, or for all, may be another):`,
      ...facts.services.map(rulesFor),
      say`Let only the provider and the inside use the rule:`,
      code`Set-NetFirewallRule -Name ${say`<name>`} -RemoteAddress ${insideOf(facts)},${facts.allProvider.length > 0 ? facts.allProvider.join(",") : say`<addresses of the provider>`}`,
      say`Check: pfirewall.log shows DROP for others, and calls still come in. Undo: the same with the old RemoteAddress.`,
    ),
  open: (facts: RemedyFacts) =>
    steps(
      ...facts.services.map((service) => newRule(facts, service)),
      say`A rule that blocks wins over every rule that allows: look for one if packets are still dropped.`,
      say`Check: pfirewall.log shows ALLOW for it. Undo:`,
      ...facts.services.map((service) => `Remove-NetFirewallRule -DisplayName "${nameOf(service)}"`),
    ),
};

/** Telephones of further networks come in too, and a rule is for both families. */
function insideOf({ allInside }: RemedyFacts): string {
  return ["LocalSubnet", ...allInside].join(",");
}

function rulesFor({ transport, ports }: Service): string {
  const wanted = [...ports.map((range) => formatRanges([range])), "Any"].map((port) => `'${port}'`).join(",");
  return (
    "Get-NetFirewallRule -Enabled True -Direction Inbound -Action Allow | " +
    `Where-Object { $f = $_ | Get-NetFirewallPortFilter; $f.Protocol -in '${transport.toUpperCase()}','Any' -and ` +
    `($f.LocalPort | Where-Object { $_ -in ${wanted} }) } | Format-Table Name, DisplayName`
  );
}

function newRule(facts: RemedyFacts, { transport, ports }: Service): Message {
  const list = formatRanges(ports, ",");
  const { inbound } = facts;
  const remote = joined(peersOf(facts), ",");
  const direction = inbound ? "Inbound" : "Outbound";
  const port = inbound ? "-LocalPort" : "-RemotePort";
  return code`New-NetFirewallRule -DisplayName "${nameOf({ transport, ports })}" -Direction ${direction} -Protocol ${transport.toUpperCase()} ${port} ${list} -RemoteAddress ${remote} -Action Allow`;
}

function nameOf({ transport, ports }: Service): string {
  return `ringfence ${transport} ${formatRanges(ports, ",")}`;
}
