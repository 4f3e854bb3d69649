/** Remedies at Windows Firewall: PowerShell as administrator, on the host whose log it is. */
import { initiators, type RemedyFacts, responders, type Service } from "../findings/remedy-facts.ts";
import { formatRanges } from "../matching/port-ranges.ts";
import { code, joined, type Message, say, steps } from "../messages/message.ts";
import { isInside } from "../site/parties.ts";

export const windows = {
  close: (facts: RemedyFacts) => (isInside(facts.peerZone) ? closeInside(facts) : closeOutside(facts)),
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
      ...(isInside(facts.peerZone)
        ? [
            say`On ${facts.host}, if the log is that machine's:`,
            ...newRules(facts, facts.inbound),
            say`On the other machine, if it is its log:`,
            ...newRules(facts, !facts.inbound),
          ]
        : newRules(facts, facts.inbound)),
      say`A rule that blocks wins over every rule that allows: look for one if packets are still dropped.`,
      say`Check: pfirewall.log shows ALLOW for it. Undo:`,
      ...facts.services.map((service) => removal(nameOf(service))),
    ),
};

/** Peers of the inside share the rule with others there, who may need it. */
function closeInside(facts: RemedyFacts): Message {
  const remote = joined(initiators(facts), ",");
  const nameOfBlock = (service: Service) => `ringfence block ${service.transport} ${formatRanges(service.ports, ",")}`;
  return steps(
    say`On ${facts.host}, a rule that blocks, which wins over every rule that allows:`,
    ...facts.services.map(
      (service) =>
        code`New-NetFirewallRule -DisplayName "${nameOfBlock(service)}" -Direction Inbound -Protocol ${service.transport.toUpperCase()} -LocalPort ${formatRanges(service.ports, ",")} -RemoteAddress ${remote} -Action Block`,
    ),
    say`Check: pfirewall.log shows DROP for new attempts. Undo:`,
    ...facts.services.map((service) => removal(nameOfBlock(service))),
  );
}

function closeOutside(facts: RemedyFacts): Message {
  return steps(
    say`On ${facts.host}, the rules that may let it in (a rule for a range of ports, or for all, may be another):`,
    ...facts.services.map(rulesFor),
    say`Keep the rule for the inside, after noting its RemoteAddress (Get-NetFirewallRule -Name <name> | Get-NetFirewallAddressFilter):`,
    code`Set-NetFirewallRule -Name ${say`<name>`} -RemoteAddress ${insideOf(facts)}`,
    say`Check: pfirewall.log shows DROP for new attempts. Undo: the same with the old RemoteAddress.`,
  );
}

function removal(name: string): string {
  return `Remove-NetFirewallRule -DisplayName "${name}"`;
}

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

/** `isAnswering`: for the machine that is called, else for the one that calls. */
function newRules(facts: RemedyFacts, isAnswering: boolean): Message[] {
  const remote = joined(isAnswering ? initiators(facts) : responders(facts), ",");
  const [direction, port] = isAnswering ? ["Inbound", "-LocalPort"] : ["Outbound", "-RemotePort"];
  return facts.services.map(
    (service) =>
      code`New-NetFirewallRule -DisplayName "${nameOf(service)}" -Direction ${direction} -Protocol ${service.transport.toUpperCase()} ${port} ${formatRanges(service.ports, ",")} -RemoteAddress ${remote} -Action Allow`,
  );
}

function nameOf({ transport, ports }: Service): string {
  return `ringfence ${transport} ${formatRanges(ports, ",")}`;
}
