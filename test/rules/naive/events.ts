/** What happened at a firewall, and the line that each product writes of it. */
import { isIpv6 } from "./addresses.ts";
import type { NaiveFirewall, PlatformName } from "./site.ts";

export interface FirewallEvent {
  /** Seconds after the log begins. */
  second: number;
  /** Index among the site's firewalls. */
  firewall: number;
  verdict: "allow" | "deny";
  transport: "tcp" | "udp";
  source: string;
  sourcePort: number;
  destination: string;
  destinationPort: number;
  /** TCP: an opening, its answer, or something in between. */
  flags: "S" | "SA" | "A";
  ingress: string;
  egress: string;
  /** Where the firewall sent it instead, as session logs tell. */
  translated: { address: string; port: number } | null;
}

const START_MS = Date.UTC(2026, 9, 1, 8);

const WRITERS: Readonly<Record<PlatformName, (event: FirewallEvent, firewall: NaiveFirewall) => string>> = {
  pfsense: pfLine,
  fortigate: fortigateLine,
  iptables: netfilterLine,
  windows: windowsLine,
};

export const WINDOWS_HEADER =
  "#Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path";

export function lineOf(event: FirewallEvent, firewall: NaiveFirewall): string {
  return WRITERS[firewall.platform](event, firewall);
}

/** `2026-10-01T08:00:07` */
function stamp({ second }: FirewallEvent): string {
  return new Date(START_MS + second * 1000).toISOString().slice(0, 19);
}

function bsdStamp(event: FirewallEvent): string {
  return `Oct  1 ${stamp(event).slice(11)}`;
}

function protocolOf({ transport }: FirewallEvent): number {
  return transport === "tcp" ? 6 : 17;
}

function pfLine(event: FirewallEvent, { name }: NaiveFirewall): string {
  const { source, destination, sourcePort, destinationPort, transport, verdict, flags } = event;
  const inbound = event.ingress !== "";
  const head = `5,,,1000000${verdict === "allow" ? 104 : 103},${event.ingress || event.egress},match,${verdict === "allow" ? "pass" : "block"},${inbound ? "in" : "out"}`;
  const ip = isIpv6(source)
    ? `6,0x00,0x00000,64,${transport},${protocolOf(event)},80,${source},${destination}`
    : `4,0x0,,64,1,0,DF,${protocolOf(event)},${transport},100,${source},${destination}`;
  const rest = transport === "udp" ? "80" : `0,${flags},1,${flags === "S" ? "" : "1"},65535,,mss`;
  return `${bsdStamp(event)} ${name} filterlog[1]: ${head},${ip},${sourcePort},${destinationPort},${rest}`;
}

function netfilterLine(event: FirewallEvent, { name }: NaiveFirewall): string {
  const { source, destination, sourcePort, destinationPort, transport, verdict, flags, ingress, egress } = event;
  const words = { S: "SYN", SA: "ACK SYN", A: "ACK" }[flags];
  const rest = transport === "udp" ? "LEN=80" : `WINDOW=65535 RES=0x00 ${words} URGP=0`;
  const ip = isIpv6(source) ? "LEN=100 TC=0 HOPLIMIT=64 FLOWLBL=0" : "LEN=100 TOS=0x00 PREC=0x00 TTL=64 ID=1 DF";
  return `${bsdStamp(event)} ${name} kernel: [1.000000] [UFW ${verdict === "allow" ? "ALLOW" : "BLOCK"}] IN=${ingress} OUT=${egress} SRC=${source} DST=${destination} ${ip} PROTO=${transport.toUpperCase()} SPT=${sourcePort} DPT=${destinationPort} ${rest}`;
}

function windowsLine(event: FirewallEvent): string {
  const { source, destination, sourcePort, destinationPort, transport, verdict, flags, ingress } = event;
  const dropped = verdict === "deny";
  const tcp = dropped ? `60 ${flags} 1 0 65535` : "0 - 0 0 0";
  const words = transport === "tcp" ? tcp : `${dropped ? 60 : 0} - - - -`;
  return `${stamp(event).replace("T", " ")} ${dropped ? "DROP" : "ALLOW"} ${transport.toUpperCase()} ${source} ${destination} ${sourcePort} ${destinationPort} ${words} - - - ${ingress === "" ? "SEND" : "RECEIVE"}`;
}

function fortigateLine(event: FirewallEvent, { name }: NaiveFirewall): string {
  const { source, destination, sourcePort, destinationPort, verdict, ingress, egress, translated } = event;
  const nat = translated
    ? `trandisp="dnat" tranip=${translated.address} tranport=${translated.port}`
    : 'trandisp="noop"';
  const counts =
    verdict === "allow"
      ? 'action="close" duration=5 sentbyte=100 rcvdbyte=100 sentpkt=1 rcvdpkt=1'
      : 'action="deny" duration=0 sentbyte=0 rcvdbyte=0 sentpkt=0 rcvdpkt=0';
  const [date, time] = stamp(event).split("T");
  return `date=${date} time=${time} devname="${name}" devid="FGT60F0000000001" tz="+0000" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=${source} srcport=${sourcePort} srcintf="${ingress}" srcintfrole="undefined" dstip=${destination} dstport=${destinationPort} dstintf="${egress}" dstintfrole="undefined" sessionid=${1000 + event.second} proto=${protocolOf(event)} policyid=${verdict === "allow" ? 4 : 0} policytype="policy" service="x" ${nat} ${counts} appcat="unscanned"`;
}
