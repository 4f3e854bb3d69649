/**
 * UniFi Network's activity log in ArcSight's Common Event Format (Network 9.3 and later): blocked flows, and what the
 * gateway's intrusion prevention saw. https://help.ui.com/hc/en-us/articles/33349041044119
 *
 *   Sep 13 06:10:23 gateway CEF:0|Ubiquiti|UniFi Network|10.6.101|203|Blocked by Firewall|4|UNIFIcategory=Security
 *   proto=UDP spt=5353 dpt=5060 act=blocked UNIFIpolicyName=... UNIFIpolicyType=Firewall UNIFIdirection=incoming
 *   UNIFIsrcClientIp=192.0.2.49 UNIFIdstDeviceIp=192.0.2.1 UNIFIflowCount=1 UNIFIutcTime=2026-09-12T07:58:03.307Z msg=...
 *
 * Some relays eat `CEF:` with its version. Gaps: events without a protocol (administrators, clients, honeypot) are
 * FOREIGN; a line that names one side by its alias only (common for intrusion prevention) makes no flow.
 */
import type { LineParser, LogFormat, ParseContext } from "../format.ts";
import { shareOfLines } from "../lexing/sniff-lines.ts";
import { UnifiReader } from "../netfilter/unifi-reader.ts";

function open({ clock }: Pick<ParseContext, "clock">): LineParser {
  const reader = new UnifiReader(clock);
  return (bytes, start, end, into) => reader.read(bytes, start, end, into);
}

export const unifi: LogFormat = {
  id: "unifi",
  platform: "iptables",
  product: { vendor: "Ubiquiti", product: "UniFi Network" },
  title: "UniFi Network activity log (CEF)",
  reference: "https://help.ui.com/hc/en-us/articles/33349041044119-UniFi-System-Logs-SIEM-Integration",
  samples: [
    "<13>Jul  3 19:10:30 gateway CEF:0|Ubiquiti|UniFi Network|10.6.101|203|Blocked by Firewall|4|UNIFIcategory=Security UNIFIhost=Gateway proto=UDP spt=40001 dpt=5060 act=blocked app=SIP UNIFIpolicyName=Block all UNIFIpolicyType=Firewall UNIFIdirection=incoming deviceInboundInterface=Internet 1 src=198.51.100.9 UNIFIdstClientIp=192.168.10.5 UNIFItotalBytes=420 UNIFItotalPackets=1 UNIFIflowCount=1 UNIFIutcTime=2026-07-03T17:10:30.118Z msg=198.51.100.9 was blocked from accessing pbx.",
    "Jul  3 19:10:31 gateway CEF: 0|Ubiquiti|UniFi Network|10.6.101|201|Threat Detected and Blocked|7|proto=TCP src=198.51.100.9 spt=40001 dst=192.168.10.5 dpt=5061 act=blocked UNIFIpolicyType=IDS/IPS UNIFIipsSignature=SIP scanner UNIFIipsSignatureId=1 UNIFIutcTime=2026-07-03T17:10:31.500Z msg=A network intrusion attempt has been detected and blocked.",
  ],
  unit: "sessions",
  shows: [
    "Flows that a firewall policy blocked, with the policy's name, and what intrusion prevention detected or blocked.",
    "Who opened the flow, its networks, and its bytes and packets.",
  ],
  hides: [
    "Allowed flows: the same gateway's netfilter lines (see iptables) show them.",
    "TCP flags, DSCP, fragments, translated addresses, and an address that the gateway replaced by a client's alias.",
  ],
  enable: [
    "Settings > CyberSecure > Traffic Logging: set `Activity Logging (Syslog)` to `SIEM Server`, tick `Security Detections` and `Firewall Default Policy`, and name the server.",
    "Allowed flows: in Settings > Policy Engine, tick `Syslog Logging` in each allow policy; the gateway then writes netfilter lines (see iptables).",
    "Default deny: `Flow Logging` to `All Traffic`, or a block policy of your own at the end with `Syslog Logging`.",
  ],
  sniff: (head) => shareOfLines(head, open),
  open,
};
