/** Which switch at the device makes its logs show what an audit needs; the wording names the product's own menus. */
import { code, type Message, say } from "../messages/message.ts";
import type { PlatformName } from "../result.ts";

export interface LoggingAdvice {
  allows: Message;
  denies: Message;
  /** For what no rule names. */
  defaultDeny: Message;
  /** For a SIP helper at work. */
  alg: Message;
  /** For engines that look into what packets carry. */
  inspection: Message;
}

const ADVICE: Readonly<Record<PlatformName, LoggingAdvice>> = {
  pfsense: {
    allows: say`in the pass rule, tick "Log packets that are handled by this rule" (Firewall > Rules)`,
    denies: say`tick "Log packets matched from the default block rules" (Status > System Logs > Settings), and logging in the block rules`,
    defaultDeny: say`tick "Log packets matched from the default block rules" (Status > System Logs > Settings)`,
    alg: say`pf has no SIP helper; see whether the package siproxd is installed`,
    inspection: say`pf looks into no content; the packages Suricata and Snort write logs of their own`,
  },
  opnsense: {
    allows: say`in the pass rule, tick "Log packets that are handled by this rule" (Firewall > Rules)`,
    denies: say`tick "Log packets matched from the default block rules" (System > Settings > Logging), and logging in the block rules`,
    defaultDeny: say`tick "Log packets matched from the default block rules" (System > Settings > Logging)`,
    alg: say`pf has no SIP helper; see whether the plugin siproxd is installed`,
    inspection: say`pf looks into no content; Suricata (Services > Intrusion Detection) writes a log of its own`,
  },
  fortigate: {
    allows: say`"set logtraffic all" in the policy (config firewall policy)`,
    denies: say`"set fwpolicy-implicit-log enable" (config log setting) and "set logtraffic all" in deny policies`,
    defaultDeny: say`"set fwpolicy-implicit-log enable" (config log setting)`,
    alg: say`"set log-violations enable" and "set log-call-summary enable" in the VoIP profile of the policy (config voip profile, config sip)`,
    inspection: say`"set logtraffic all" in the policy, and logging in its security profiles (set log enable, set extended-log enable)`,
  },
  iptables: {
    allows: say`a LOG rule with a prefix such as ACCEPT in front of the accepting rule, limited to new connections`,
    denies: say`a LOG rule with a prefix such as DROP in front of the dropping rule or the end of the chain`,
    defaultDeny: say`a LOG rule with a prefix such as DROP as the last rule of the chain`,
    alg: say`conntrack -L | grep helper=sip shows what the helper holds; it writes a line only where it drops`,
    inspection: say`netfilter looks into no content by itself; what is fed by NFQUEUE writes a log of its own`,
  },
  windows: {
    allows: code`Set-NetFirewallProfile -All -LogAllowed True`,
    denies: code`Set-NetFirewallProfile -All -LogBlocked True`,
    defaultDeny: code`Set-NetFirewallProfile -All -LogBlocked True`,
    alg: say`Windows Firewall has no SIP helper`,
    inspection: say`Windows Firewall looks into no content; security suites write logs of their own`,
  },
};

export function howToLog(platform: PlatformName, what: keyof LoggingAdvice): Message {
  return ADVICE[platform][what];
}
