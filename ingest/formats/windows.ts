/**
 * Windows Defender Firewall's text log `pfirewall.log` (XP SP2 to Windows 11 and Server 2025): W3C style, one line a dropped
 * packet, an allowed connection, or (XP, 2003) an opened or closed one.
 * https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-server-2003/cc758040(v=ws.10)
 *
 *   #Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path
 *   2026-07-03 19:10:30 DROP TCP 198.51.100.9 192.168.10.5 40001 5061 52 S 1000200030 0 64240 - - - RECEIVE
 *
 * Gaps: no host name, no rule, no interface; local time without its zone unless the header says UTC.
 */
import { startsWith } from "../bytes.ts";
import type { LogFormat } from "../format.ts";
import { isOurs, shareOfOurs, sniffingClock } from "../lexing/sniff-lines.ts";
import { LogRecord } from "../record.ts";
import { FIELDS_DIRECTIVE, FirewallLogReader } from "../windows/firewall-reader.ts";

/** The share of the head's lines that the Windows firewall wrote; its own header counts as one. */
function sniff(head: Uint8Array): number {
  const reader = new FirewallLogReader(sniffingClock());
  const record = new LogRecord();
  return shareOfOurs(head, (start, end) => {
    const status = reader.read(head, start, end, record);
    return isOurs(status) ?? (startsWith(head, FIELDS_DIRECTIVE, start, end) ? true : null);
  });
}

export const windows: LogFormat = {
  id: "windows",
  platform: "windows",
  title: "Windows Defender Firewall text log (pfirewall.log)",
  reference:
    "https://learn.microsoft.com/en-us/windows/security/operating-system-security/network-security/windows-firewall/configure-logging",
  samples: [
    "#Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path pid",
    "2026-07-03 19:10:30 DROP TCP 198.51.100.9 192.168.10.5 40001 5061 52 S 1000200030 0 64240 - - - RECEIVE 4",
    "2026-07-03 19:10:31 ALLOW UDP 192.168.10.5 203.0.113.7 5060 5060 0 - - - - - - - SEND 2204",
    "2026-07-03 19:10:32 INFO-EVENTS-LOST - - - - - - - - - - - - 12 - -",
  ],
  unit: "packets",
  shows: [
    "Every dropped packet with addresses, ports, size, TCP flags and ICMP type, and each allowed connection once, if both are switched on.",
    "Which side opened an allowed connection, and how many events the logger itself lost.",
  ],
  hides: [
    "The host's name, the rule, the interface, the application, and the zone of its times.",
    "How much an allowed connection carried, and how long it lived.",
    "Packets that stealth mode or another filter on the host dropped, and days of traffic: the file holds 32 MB at most.",
  ],
  enable: [
    "Allowed traffic, for each profile: `Set-NetFirewallProfile -All -LogAllowed True -LogMaxSizeKilobytes 32767`.",
    "Denied traffic and the default deny: `Set-NetFirewallProfile -All -LogBlocked True`; both are off by default.",
    "In the console: Windows Defender Firewall with Advanced Security > Properties > each profile > Logging > Customize.",
    "The file: `%SystemRoot%\\System32\\LogFiles\\Firewall\\pfirewall.log`, its predecessor with `.old` behind.",
  ],
  sniff,
  hasHeaders: true,
  open: ({ clock }) => {
    const reader = new FirewallLogReader(clock);
    return (bytes, start, end, into) => reader.read(bytes, start, end, into);
  },
};
