/** The same traffic in the words of four firewalls, and the files that it fills. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Company, type Decision, type Side } from "./traffic.ts";

export const FORMATS = ["pfsense", "fortigate", "iptables", "windows"] as const;
export type FormatId = (typeof FORMATS)[number];

const SEED = 5060;
const FLUSH_CHARACTERS = 1 << 20;
/** In step with what is generated: files of another version are not used again. */
const VERSION = 1;

export const SITE = `site: Benchmark GmbH
timezone: Europe/Berlin
networks:
  servers: {cidr: 10.20.0.0/24, zone: internal}
  phones: {cidr: 10.20.1.0/24, zone: internal}
  clients: {cidr: 10.30.0.0/16, zone: internal}
  provider: {cidr: 217.10.64.0/20, zone: provider}
firewalls:
  - {name: pf-bench, platform: pfsense, interfaces: {igb0: internet, igb1: internal}, public: [198.51.100.5]}
  - {name: fgt-bench, platform: fortigate, interfaces: {wan1: internet, lan: internal}, public: [198.51.100.5]}
  - {name: linux-bench, platform: iptables, interfaces: {eth0: internet, eth1: internal}, public: [198.51.100.5]}
deployments:
  - catalog: swyxware
    version: "13.10"
    features: []
    hosts:
      IpPbxSrv: 10.20.0.10
      phones: 10.20.1.0/24
`;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** Central European Summer Time holds all week. */
const OFFSET_MS = 7_200_000;

type Printer = (decision: Decision, serial: number) => string;

const printers: Record<FormatId, Printer> = { pfsense, fortigate, iptables, windows };

export function folder(): string {
  const path = join(tmpdir(), "ringfence-bench");
  mkdirSync(path, { recursive: true });
  return path;
}

/** The file of so many lines, written unless it is there. */
export function fileOf(format: FormatId, lines: number): string {
  const path = join(folder(), `${format}-${lines}-v${VERSION}.log`);
  if (existsSync(path)) return path;
  process.stderr.write(`writing ${path}\n`);
  const part = `${path}.part`;
  const file = openSync(part, "w");
  let text = format === "windows" ? WINDOWS_HEADER : "";
  let serial = 0;
  for (const decision of new Company(SEED).decisions(lines)) {
    text += printers[format](decision, serial++);
    if (text.length < FLUSH_CHARACTERS) continue;
    writeSync(file, text);
    text = "";
  }
  writeSync(file, text);
  closeSync(file);
  renameSync(part, path);
  return path;
}

/** `Oct 12 02:00:00`, local. */
function bsdTime(ms: number): string {
  const date = new Date(ms + OFFSET_MS);
  return `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)} ${clock(ms)}`;
}

function day(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString().slice(0, 10);
}

function clock(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString().slice(11, 19);
}

/** One line in fifty of a syslog is another program's. */
function isOther(serial: number): boolean {
  return serial % 50 === 49;
}

function pfsense(decision: Decision, serial: number): string {
  const { protocol, source, destination, sourcePort, destinationPort, bytes, flags, rule, from } = decision;
  const head = `${bsdTime(decision.ms)} pf-bench`;
  if (isOther(serial)) return `${head} dpinger[${400 + (serial % 90)}]: WAN_DHCP 198.51.100.1: Alarm latency 2104us\n`;
  const name = from === "outside" ? "igb0" : "igb1";
  const action = decision.allowed ? "pass" : "block";
  const tos = decision.voice ? "0xb8" : "0x0";
  const number = { tcp: 6, udp: 17, icmp: 1 }[protocol];
  const id = (serial * 7919) % 65_536;
  const packet = `4,${tos},,${from === "outside" ? 47 : 64},${id},0,DF,${number},${protocol},${bytes},${source},${destination}`;
  const sequence = (serial * 2_654_435_761) % 4_294_967_296;
  const tail =
    protocol === "tcp"
      ? `${sourcePort},${destinationPort},0,${flags},${sequence},,64240,,mss;nop;wscale;nop;nop;sackOK`
      : protocol === "udp"
        ? `${sourcePort},${destinationPort},${bytes - 20}`
        : `request,${serial % 9999},${serial % 99}64`;
  return `${head} filterlog[41287]: ${rule},,,${1_000_000_000 + rule},${name},match,${action},in,${packet},${tail}\n`;
}

function iptables(decision: Decision, serial: number): string {
  const { protocol, source, destination, sourcePort, destinationPort, bytes, flags, from, to } = decision;
  const head = `${bsdTime(decision.ms)} linux-bench`;
  if (isOther(serial))
    return `${head} sshd[${400 + (serial % 90)}]: Connection closed by 10.30.0.7 port ${sourcePort}\n`;
  const uptime = `${100_000 + Math.floor(serial / 4)}.${String(serial % 1_000_000).padStart(6, "0")}`;
  const prefix = `[${decision.allowed ? "FWD-ACCEPT" : "FWD-DROP"}-${decision.rule}] `;
  const into = from === "outside" ? "eth0" : "eth1";
  const out = to === "firewall" ? "" : to === "outside" ? "eth0" : "eth1";
  const mac =
    from === "outside" ? "52:54:00:3c:a1:07:00:1d:aa:90:17:62:08:00" : "52:54:00:3c:a1:08:00:50:56:8f:20:10:08:00";
  const tos = decision.voice ? "TOS=0x18 PREC=0xA0" : "TOS=0x00 PREC=0x00";
  const packet = `SRC=${source} DST=${destination} LEN=${bytes} ${tos} TTL=63 ID=${(serial * 7919) % 65_536} DF`;
  const words = flags
    .split("")
    .map((letter) => ({ S: "SYN", A: "ACK", F: "FIN", R: "RST", P: "PSH" })[letter])
    .join(" ");
  const tail =
    protocol === "tcp"
      ? `PROTO=TCP SPT=${sourcePort} DPT=${destinationPort} WINDOW=64240 RES=0x00 ${words} URGP=0 `
      : protocol === "udp"
        ? `PROTO=UDP SPT=${sourcePort} DPT=${destinationPort} LEN=${bytes - 20} `
        : `PROTO=ICMP TYPE=8 CODE=0 ID=${serial % 9999} SEQ=${serial % 99} `;
  return `${head} kernel: [${uptime}] ${prefix}IN=${into} OUT=${out} MAC=${mac} ${packet} ${tail}\n`;
}

const INTERFACES: Record<Side, string> = { inside: "lan", outside: "wan1", firewall: "root" };

function fortigate(decision: Decision, serial: number): string {
  const { ms, protocol, source, destination, sourcePort, destinationPort, bytes, flags, rule, from, to } = decision;
  const { allowed } = decision;
  const level = allowed ? "notice" : "warning";
  const stamp = `date=${day(ms)} time=${clock(ms)} devname="fgt-bench" devid="FGT60FTK20042317" eventtime=${ms}${String(serial % 1_000_000).padStart(6, "0")} tz="+0200"`;
  if (isOther(serial))
    return `<190>${stamp} logid="0100040704" type="event" subtype="system" level="notice" vd="root" logdesc="System performance statistics" action="perf-stats" cpu=1 mem=42 msg="Performance statistics"\n`;
  const isStray = flags !== "" && flags !== "S";
  const isLocal = to === "firewall" && !isStray;
  const subtype = isLocal ? "local" : "forward";
  const id = isStray ? "0000000007" : isLocal ? "0001000014" : "0000000013";
  const head = `${stamp} logid="${id}" type="traffic" subtype="${subtype}" level="${level}" vd="root"`;
  const ports = protocol === "icmp" ? "" : ` srcport=${sourcePort}`;
  const target = protocol === "icmp" ? "" : ` dstport=${destinationPort}`;
  const number = { tcp: 6, udp: 17, icmp: 1 }[protocol];
  const ends = `srcip=${source}${ports} srcintf="${INTERFACES[from]}" srcintfrole="${from === "inside" ? "lan" : "wan"}" dstip=${destination}${target} dstintf="${INTERFACES[to]}" dstintfrole="undefined" srccountry="${from === "inside" ? "Reserved" : "Germany"}" dstcountry="Germany" sessionid=${1_000_000 + serial} proto=${number}`;
  const action = allowed ? (protocol === "tcp" ? "close" : "accept") : "deny";
  const policy = allowed
    ? `policyid=${rule} policytype="policy" poluuid="5d2e4c1a-77f0-51ee-9c5b-0000000000${rule}" policyname="rule ${rule}"`
    : `policyid=0 policytype="${isLocal ? "local-in-policy" : "policy"}"`;
  const service = protocol === "icmp" ? "PING" : destinationPort === 443 ? "HTTPS" : `${protocol}/${destinationPort}`;
  const nat =
    allowed && to === "outside" ? `trandisp="snat" transip=198.51.100.5 transport=${sourcePort}` : 'trandisp="noop"';
  const packets = allowed ? 4 + (serial % 40) : 0;
  const totals = `duration=${allowed ? serial % 300 : 0} sentbyte=${packets * bytes} rcvdbyte=${packets * 700} sentpkt=${packets} rcvdpkt=${packets} appcat="unscanned"`;
  const end = isStray ? 'msg="no session matched"' : allowed ? "" : 'crscore=30 craction=131072 crlevel="high"';
  return `<${allowed ? 189 : 188}>${head} ${ends} action="${action}" ${policy} service="${service}" ${nat} ${totals} ${end}\n`;
}

const WINDOWS_HEADER =
  "#Version: 1.5\r\n#Software: Microsoft Windows Firewall\r\n#Time Format: Local\r\n#Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path pid\r\n\r\n";

/** The file of the telephone server itself would not name clients on their way out; that of a gateway's host does. */
function windows(decision: Decision, serial: number): string {
  const { ms, protocol, source, destination, sourcePort, destinationPort, bytes, flags, allowed, from } = decision;
  const ports = protocol === "icmp" ? "- -" : `${sourcePort} ${destinationPort}`;
  const size = allowed ? 0 : bytes;
  const sequence = (serial * 2_654_435_761) % 4_294_967_296;
  const detail =
    protocol === "tcp"
      ? allowed
        ? "0 - 0 0 0 - - -"
        : `52 ${flags} ${sequence} 0 64240 - - -`
      : protocol === "icmp"
        ? `${size} - - - - 8 0 -`
        : `${size} - - - - - - -`;
  const path = from === "inside" ? "SEND" : "RECEIVE";
  return `${day(ms)} ${clock(ms)} ${allowed ? "ALLOW" : "DROP"} ${protocol.toUpperCase()} ${source} ${destination} ${ports} ${detail} ${path} ${2000 + (serial % 40)}\r\n`;
}
