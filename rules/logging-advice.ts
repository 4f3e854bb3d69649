/** Which switch at the device makes its logs show what an audit needs; the wording names the product's own menus. */
import type { PlatformName } from "./result.ts";

interface LoggingAdvice {
  allows: string;
  denies: string;
}

const ADVICE: Readonly<Record<PlatformName, LoggingAdvice>> = {
  pfsense: {
    allows: 'in the pass rule, tick "Log packets that are handled by this rule" (Firewall > Rules)',
    denies: 'tick "Log packets matched from the default block rules" (Status > System Logs > Settings)',
  },
  opnsense: {
    allows: 'in the pass rule, tick "Log packets that are handled by this rule" (Firewall > Rules)',
    denies: 'tick "Log packets matched from the default block rules" (System > Settings > Logging)',
  },
  fortigate: {
    allows: '"set logtraffic all" in the policy (config firewall policy)',
    denies: '"set fwpolicy-implicit-log enable" (config log setting) and "set logtraffic all" in deny policies',
  },
  iptables: {
    allows: "a LOG rule with a prefix such as ACCEPT in front of the accepting rule, limited to new connections",
    denies: "a LOG rule with a prefix such as DROP in front of the dropping rule or the end of the chain",
  },
  windows: {
    allows: "Set-NetFirewallProfile -All -LogAllowed True",
    denies: "Set-NetFirewallProfile -All -LogBlocked True",
  },
};

export function howToLog(platform: PlatformName, what: keyof LoggingAdvice): string {
  return ADVICE[platform][what];
}
