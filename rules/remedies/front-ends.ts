/** Remedies in the words of the program that wrote netfilter's rules. */
import type { FrontEnd } from "../findings/front-end.ts";
import type { RemedyFacts } from "../findings/remedy-facts.ts";
import { type Message, say } from "../messages/message.ts";
import { openwrt } from "./openwrt.ts";
import { proxmox } from "./proxmox.ts";
import { shorewall } from "./shorewall.ts";
import { unifi } from "./unifi.ts";
import { vyatta } from "./vyatta.ts";

type Remedy = (facts: RemedyFacts) => Message;

/** Null where netfilter's own commands stay: firewalld only refuses what they would open. */
export function remediesOf(frontEnd: FrontEnd | null): { close: Remedy; open: Remedy; narrow: Remedy } | null {
  switch (frontEnd?.program) {
    case "openwrt":
      return openwrt(frontEnd.zone);
    case "proxmox":
      return proxmox(frontEnd);
    case "shorewall":
      return shorewall(frontEnd);
    case "unifi":
      return unifi(frontEnd);
    case "vyatta":
      return vyatta(frontEnd);
    default:
      return null;
  }
}

const HELPER_OFF: Readonly<Partial<Record<FrontEnd["program"], Message>>> = {
  openwrt: say`On OpenWrt: uci set firewall.@zone[<n>].auto_helper='0' for each zone, uci commit firewall, service firewall restart; or remove the package kmod-nf-nathelper-extra.`,
  shorewall: say`In Shorewall: AUTOHELPERS=No and no sip in HELPERS (shorewall.conf), no sip in the file conntrack, then shorewall reload.`,
  unifi: say`On UniFi gateways: switch off SIP among the conntrack modules (UniFi Network, settings of the gateway or its firewall).`,
  vyatta: say`On EdgeOS, and VyOS before 1.4: configure; set system conntrack modules sip disable; commit; save. On later VyOS: delete system conntrack modules sip.`,
};
const UDP_TIMEOUTS: Readonly<Partial<Record<FrontEnd["program"], Message>>> = {
  vyatta: say`On EdgeOS and VyOS, to last: configure; set system conntrack timeout udp other 60; set system conntrack timeout udp stream 300; commit; save.`,
};
const OWN_RULES: Readonly<Record<FrontEnd["program"], Message>> = {
  firewalld: say`The rules are firewalld's, which refuse what another table accepts: there a policy must let it pass (firewall-cmd --policy, --add-rich-rule), as the finding of the requirement says.`,
  openwrt: say`The rules are OpenWrt's own: what iptables adds lasts until its next start, so put the same into /etc/config/firewall.`,
  proxmox: say`The rules are Proxmox VE's own: what iptables adds lasts for seconds, so put the same into its files.`,
  shorewall: say`The rules are Shorewall's own: what iptables adds lasts until its next start, so put the same into its files.`,
  unifi: say`The rules are UniFi's own: what iptables adds lasts until it provisions the gateway again, so make the same policy in UniFi Network.`,
  vyatta: say`The rules are EdgeOS' or VyOS' own: what iptables adds lasts until the next commit, so configure the same.`,
};

/** What to know where netfilter's own commands are the remedy of a check. */
export function notesOf(program: FrontEnd["program"], check: string, remedy: Message): Message[] {
  const own = check.startsWith("sip-alg-")
    ? HELPER_OFF[program]
    : check === "udp-binding-expired"
      ? UDP_TIMEOUTS[program]
      : undefined;
  // firewalld leaves the other tables as they are.
  const addsRules = (program === "firewalld" ? /^ip6?tables .*-j ACCEPT/m : /^ip6?tables .*-j /m).test(remedy.text);
  return [...(own ? [own] : []), ...(addsRules ? [OWN_RULES[program]] : [])];
}
