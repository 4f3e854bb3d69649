/** Which switch at the device makes its logs show what an audit needs; the wording names the product's own menus. */
import { type Message, say } from "./message.ts";
import type { PlatformName } from "./result.ts";

interface LoggingAdvice {
  allows: Message;
  denies: Message;
  /** For what no rule names. */
  defaultDeny: Message;
}

const ADVICE: Readonly<Record<PlatformName, LoggingAdvice>> = {
  pfsense: {
    allows: say`in the pass rule, tick "Log packets that are handled by this rule" (Firewall > Rules)`,
    denies: say`tick "Log packets matched from the default block rules" (Status > System Logs > Settings), and logging in the block rules`,
    defaultDeny: say`tick "Log packets matched from the default block rules" (Status > System Logs > Settings)`,
  },
  opnsense: {
    allows: say`in the pass rule, tick "Log packets that are handled by this rule" (Firewall > Rules)`,
    denies: say`tick "Log packets matched from the default block rules" (System > Settings > Logging), and logging in the block rules`,
    defaultDeny: say`tick "Log packets matched from the default block rules" (System > Settings > Logging)`,
  },
  fortigate: {
    allows: say`"set logtraffic all" in the policy (config firewall policy)`,
    denies: say`"set fwpolicy-implicit-log enable" (config log setting) and "set logtraffic all" in deny policies`,
    defaultDeny: say`"set fwpolicy-implicit-log enable" (config log setting)`,
  },
  iptables: {
    allows: say`a LOG rule with a prefix such as ACCEPT in front of the accepting rule, limited to new connections`,
    denies: say`a LOG rule with a prefix such as DROP in front of the dropping rule or the end of the chain`,
    defaultDeny: say`a LOG rule with a prefix such as DROP as the last rule of the chain`,
  },
  windows: {
    allows: say`Set-NetFirewallProfile -All -LogAllowed True`,
    denies: say`Set-NetFirewallProfile -All -LogBlocked True`,
    defaultDeny: say`Set-NetFirewallProfile -All -LogBlocked True`,
  },
};

export function howToLog(platform: PlatformName, what: keyof LoggingAdvice): Message {
  return ADVICE[platform][what];
}
