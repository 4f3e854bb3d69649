/** Remedies at Proxmox VE: rules of its configuration files, which every node reads within seconds. */
import type { Proxmox } from "../findings/front-end.ts";
import {
  afterOpening,
  beforeOpening,
  exemptions,
  initiators,
  type RemedyFacts,
  responders,
} from "../findings/remedy-facts.ts";
import { code, joined, type Message, type MessageValue, say, steps } from "../messages/message.ts";
import {
  forgetLines,
  forInside,
  multiportList,
  provided,
  serviceChunks,
  vendorAddresses,
} from "./netfilter-commands.ts";

type Action = "ACCEPT" | "DROP";

export function proxmox(at: Proxmox) {
  const head = say`The rules are Proxmox VE's own, and what iptables adds beside them is lost within seconds. In ${at.file}, first below ${at.section} (or Firewall > Add in the web interface):`;
  return {
    close: (facts: RemedyFacts): Message =>
      steps(
        head,
        ...dropsFor(at, facts),
        ...exemptions({ ...facts, isWayShared: false }),
        say`If the rule that lets it in serves nothing else, delete it instead.`,
        say`This ends connections that are open:`,
        ...forgetLines(facts),
        say`Check: /var/log/pve-firewall.log has lines with DROP for it. Undo: delete the lines.`,
      ),
    open: (facts: RemedyFacts): Message =>
      steps(
        ...beforeOpening(facts),
        head,
        ...rulesFor(at, facts, "ACCEPT"),
        ...afterOpening(facts),
        ...vendorAddresses(facts),
        say`Check: /var/log/pve-firewall.log has lines with ACCEPT for it. Undo: delete the lines.`,
      ),
    narrow: (facts: RemedyFacts): Message =>
      steps(
        head,
        ...rulesFor(at, provided(facts), "ACCEPT"),
        ...dropsFor(at, facts),
        say`Check: /var/log/pve-firewall.log has lines with DROP for others, and calls still come in. Undo: delete the lines.`,
      ),
  };
}

/** Telephones and users come to a guest by the interface by which strangers do. */
function dropsFor(at: Proxmox, facts: RemedyFacts): MessageValue[] {
  const isOfStrangers = at.way === "IN" && facts.peerZone === "internet";
  return [...(isOfStrangers ? rulesFor(at, forInside(facts), "ACCEPT") : []), ...rulesFor(at, facts, "DROP")];
}

function rulesFor({ way }: Proxmox, facts: RemedyFacts, action: Action): MessageValue[] {
  const isFromAnywhere = action === "DROP" && facts.peerZone === "internet";
  const source = isFromAnywhere ? "" : code` -source ${joined(initiators(facts), ",")}`;
  return serviceChunks(facts).map(
    ({ transport, ports }) =>
      code`${way} ${action}${source} -dest ${joined(responders(facts), ",")} -p ${transport} -dport ${multiportList(ports)} -log info`,
  );
}
