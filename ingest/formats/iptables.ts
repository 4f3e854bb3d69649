/**
 * Linux netfilter's LOG target (iptables, nftables) and all that print like it: UFW, firewalld, Shorewall, EdgeOS, VyOS,
 * UniFi OS, OpenWrt, Synology, Docker hosts, ulogd's LOGEMU, Proxmox VE's pve-firewall.log. One line a packet.
 * torvalds/linux net/netfilter/nf_log_syslog.c
 *
 *   Jul  3 19:10:30 fw kernel: [ 1732.118004] [UFW BLOCK] IN=eth0 OUT= MAC=... SRC=192.0.2.1 DST=198.51.100.5 LEN=60
 *   envelope                   since boot     prefix      interfaces           addresses, then the header's fields
 *     TOS=0x00 PREC=0x00 TTL=57 ID=7 DF PROTO=TCP SPT=40001 DPT=5061 WINDOW=64240 RES=0x00 SYN URGP=0
 *
 * ebtables words it otherwise (netfilter/bridge-packet.ts).
 *
 * Gaps: the verdict stands only in the prefix, if there; ARP and other layers are FOREIGN (UniFi's CEF: unifi.ts).
 */
import {
  ascii,
  CLOSE_BRACKET,
  COLON,
  CR,
  findByte,
  findBytes,
  isDigit,
  isOneOf,
  LF,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  startsWith,
} from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import { holdsPairedText } from "../documents/logfmt-line.ts";
import { readDmesgHead } from "../envelopes/dmesg-head.ts";
import { Envelope, readEnvelope, readNextEnvelope } from "../envelopes/envelope.ts";
import { ProxmoxHead, readProxmoxHead } from "../envelopes/proxmox-head.ts";
import { afterFileMark } from "../envelopes/tool-marks.ts";
import {
  FOREIGN,
  type LineParser,
  type LineStatus,
  type LogFormat,
  NO_VERDICT,
  PARSED,
  type ParseContext,
  STRUCTURE,
} from "../format.ts";
import { RepeatedMessage, readRepeatedMessage } from "../inputs/repeated-message.ts";
import { isAccessLog } from "../lexing/access-log.ts";
import { afterStreamLead } from "../lexing/json-stream.ts";
import { shareOfLines } from "../lexing/sniff-lines.ts";
import { endsWithPorts, takeLastPort } from "../netfilter/last-port.ts";
import { judge, readAt, readWithoutPacket } from "../netfilter/line.ts";
import { isMonitored, LOGGERS } from "../netfilter/loggers.ts";
import { findPacket } from "../netfilter/packet.ts";
import { PrefixReader, skipKernelStamp } from "../netfilter/prefix.ts";
import { type LogRecord, VERDICT_NONE } from "../record.ts";

/** A collector's document begins behind its words. */
const OBJECT = ascii('{"');
const KERNEL_TAG = ascii("kernel: ");
const OUT_KEY = ascii(" OUT=");
const IPV6_HEADER_BYTES = 40;

const envelope = new Envelope();
const proxmox = new ProxmoxHead();
const repeated = new RepeatedMessage();

/** The line's end without what syslog and a crash leave there, or an entry of several lines: blanks, line ends, NUL. */
function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let i = end;
  while (i > start && isPadding(bytes[i - 1] as number)) i--;
  return i;
}

function isPadding(byte: number): boolean {
  return byte === SPACE || byte === CR || byte === LF || byte === 0;
}

function open({ clock, prefixVerdicts, head }: ParseContext): LineParser {
  const prefixes = new PrefixReader(prefixVerdicts);
  const isRewritten = head !== undefined && endsWithPorts(head);
  return (bytes, lineStart, lineEnd, into) => {
    into.reset(bytes);
    let end = trimmedEnd(bytes, lineStart, lineEnd);
    let start = lineStart;
    while (start < end && isPadding(bytes[start] as number)) start++;
    if (start === end) return STRUCTURE;
    // A document around a line, which its collector's reader takes apart.
    if (bytes[afterStreamLead(bytes, start, end)] === OPEN_BRACE) return FOREIGN;
    readEnvelope(bytes, start, end, clock, envelope);
    if (envelope.host.isEmpty && envelope.program.isEmpty) {
      if (readProxmoxHead(bytes, envelope.payload, end, proxmox)) return readProxmox(bytes, end, prefixes, into);
      readDmesgHead(bytes, end, clock, envelope);
    } else if (envelope.program.isEmpty || startsBsdTime(bytes)) readInnerEnvelope(bytes, end, clock);
    into.timeMs = envelope.timeMs;
    into.observer.set(envelope.host.start, envelope.host.end);
    const isKernels = isOfLogger(bytes);
    let from = messageStart(bytes, isKernels);
    if (readRepeatedMessage(bytes, from, end, repeated)) {
      into.count = repeated.count;
      from = repeated.start;
      end = repeated.end;
    }
    if (isDigit(bytes[from]) && readProxmoxHead(bytes, from, end, proxmox))
      return readProxmox(bytes, end, prefixes, into);
    const behindStamp = skipKernelStamp(bytes, from, end);
    const packetAt = findPacket(bytes, behindStamp, end);
    if (isMonitored(bytes, from, end)) return FOREIGN;
    if (packetAt >= 0 && (isWithin(bytes, behindStamp, packetAt) || (!isKernels && isOfWebServer(bytes, from, end))))
      return FOREIGN;
    let messageAt = isKernels ? from : afterKernelTag(bytes, from, packetAt < 0 ? end : packetAt);
    // Behind a relay's name, or a stamp without a date (`journalctl -o short-monotonic`), stands the firewall's.
    const nameAt = skipKernelStamp(bytes, from, messageAt);
    const tagAt = messageAt - KERNEL_TAG.length;
    const nameEnd = tagAt - 1;
    const isBehind = (!envelope.host.isEmpty || nameAt > from) && startsWith(bytes, KERNEL_TAG, tagAt, messageAt);
    if (isBehind && nameEnd > nameAt && findByte(bytes, SPACE, nameAt, nameEnd) === nameEnd)
      into.observer.set(nameAt, nameEnd);
    if (Number.isNaN(into.timeMs) && into.observer.isEmpty) messageAt = afterFileMark(bytes, messageAt, end);
    if (packetAt < 0) return readWithoutPacket(bytes, messageAt, end, into);
    const prefixAt = messageAt === from ? behindStamp : skipKernelStamp(bytes, messageAt, packetAt);
    const status = readAt(bytes, prefixAt, packetAt, end, prefixes, into);
    if (isRewritten && (status === PARSED || status === NO_VERDICT)) takeLastPort(bytes, packetAt, end, into);
    return status === NO_VERDICT && packetAt === from ? readHeaderAsPrefix(bytes, packetAt, prefixes, into) : status;
  };
}

/**
 * `Jul  3 19:10:30 FW-DROP IN=eth0 ...`: where the device's name and the kernel's tag are gone, the prefix stands in their
 * place, and where a relay took it for a program, it stands there: `<4>1 ... fw FW-DROP - - - IN=eth0 ...`. It is one if it says
 * what became of the packet.
 */
function readHeaderAsPrefix(bytes: Uint8Array, packetAt: number, prefixes: PrefixReader, into: LogRecord): LineStatus {
  const { host, program } = envelope;
  if (program.isEmpty ? host.isEmpty || host.end + 1 !== packetAt : isOfLogger(bytes)) return NO_VERDICT;
  const { start, end } = program.isEmpty ? host : program;
  prefixes.read(bytes, start, end, into);
  if (into.verdict !== VERDICT_NONE) {
    if (program.isEmpty) into.observer.set(0, 0);
    return judge(into);
  }
  for (const span of [into.action, into.reason, into.ruleId, into.ruleName]) span.set(0, 0);
  prefixes.read(bytes, packetAt, packetAt, into);
  return NO_VERDICT;
}

/** Whether the header names the kernel, or who writes for it, as the message's writer. */
function isOfLogger(bytes: Uint8Array): boolean {
  const { program } = envelope;
  return !program.isEmpty && isOneOf(bytes, LOGGERS, program.start, program.end);
}

/** Whether the payload begins as `Jul 16 10:00:00` does: a relay took the firewall's line for a message of its own kernel. */
function startsBsdTime(bytes: Uint8Array): boolean {
  const { payload } = envelope;
  return bytes[payload + 6] === SPACE && bytes[payload + 9] === COLON && bytes[payload + 12] === COLON;
}

/** Whether a collector's document, or a pair of its own, begins in what would be the packet's prefix. */
function isWithin(bytes: Uint8Array, start: number, packetAt: number): boolean {
  // Either has a quotation mark, which hardly any prefix has.
  const quoteAt = findByte(bytes, QUOTE, start, packetAt);
  return (
    quoteAt < packetAt && (findBytes(bytes, OBJECT, start, packetAt) >= 0 || holdsPairedText(bytes, start, packetAt))
  );
}

/** Whether the line, which no kernel's header names, is one that a web server may have written, as far as that leaves it open. */
function isOfWebServer(bytes: Uint8Array, start: number, end: number): boolean {
  const { program, timeMs } = envelope;
  return (!program.isEmpty || Number.isNaN(timeMs)) && isAccessLog(bytes, start, end);
}

/** A relay's envelope around the firewall's own, whose time and name are the packet's. */
function readInnerEnvelope(bytes: Uint8Array, end: number, clock: DeviceClock): void {
  const { payload, timeMs } = envelope;
  const { start: hostStart, end: hostEnd } = envelope.host;
  const { start: programStart, end: programEnd } = envelope.program;
  if (bytes[payload] === OPEN_BRACKET) return;
  readNextEnvelope(bytes, payload, end, clock, envelope);
  if (!Number.isNaN(envelope.timeMs)) {
    if (envelope.host.isEmpty) envelope.host.set(hostStart, hostEnd);
    return;
  }
  envelope.payload = payload;
  envelope.timeMs = timeMs;
  envelope.host.set(hostStart, hostEnd);
  envelope.program.set(programStart, programEnd);
}

/**
 * Where the message begins: a prefix such as `IPTABLES-DROP: ` looks like a program where the line names none (LOGEMU,
 * journalctl -o cat through a relay), and is no program then.
 */
function messageStart(bytes: Uint8Array, isKernels: boolean): number {
  const { program, payload } = envelope;
  return program.isEmpty || bytes[program.end] !== COLON || isKernels ? payload : program.start;
}

/**
 * Behind `kernel: ` in `[start, end)`, where an unknown envelope stands before it, or behind the name alone: a relay that received
 * RFC 5424 writes no colon into its own file. Else `start`.
 */
function afterKernelTag(bytes: Uint8Array, start: number, end: number): number {
  const at = findBytes(bytes, KERNEL_TAG, start, end);
  if (at === start || (at > start && bytes[at - 1] === SPACE)) return at + KERNEL_TAG.length;
  if (envelope.host.isEmpty || !envelope.program.isEmpty) return start;
  const wordEnd = findByte(bytes, SPACE, start, end);
  const nameEnd = bytes[wordEnd - 1] === CLOSE_BRACKET ? findByte(bytes, OPEN_BRACKET, start, wordEnd) : wordEnd;
  return isOneOf(bytes, LOGGERS, start, nameEnd) ? wordEnd + 1 : start;
}

function readProxmox(bytes: Uint8Array, end: number, prefixes: PrefixReader, into: LogRecord): LineStatus {
  into.timeMs = proxmox.timeMs;
  let packetAt = findPacket(bytes, proxmox.end, end);
  // pvefw-logger leaves out the interface that is not set.
  if (packetAt < 0) packetAt = findBytes(bytes, OUT_KEY, proxmox.end, end) + 1;
  if (packetAt === 0) return readWithoutPacket(bytes, proxmox.end, end, into);
  const status = readAt(bytes, proxmox.end, packetAt, end, prefixes, into);
  into.ruleName.set(proxmox.chain.start, proxmox.chain.end);
  // Here the firewall, not an administrator, writes the word.
  into.verdictAssumed = false;
  // The kernel counts IPv6's own header, pvefw-logger prints the payload's length.
  if (into.ipVersion === 6 && into.bytes >= 0) into.bytes += IPV6_HEADER_BYTES;
  return status;
}

export const iptables: LogFormat = {
  id: "iptables",
  platform: "iptables",
  title: "Linux netfilter (iptables, nftables, UFW, firewalld, Shorewall, UniFi, VyOS, OpenWrt)",
  reference: "https://github.com/torvalds/linux/blob/master/net/netfilter/nf_log_syslog.c",
  samples: [
    "Jul  3 19:10:30 fw kernel: [ 1732.118004] [UFW BLOCK] IN=eth0 OUT= MAC=02:00:00:00:00:01:02:00:00:00:00:02:08:00 SRC=198.51.100.9 DST=192.0.2.10 LEN=60 TOS=0x00 PREC=0x00 TTL=57 ID=2101 DF PROTO=TCP SPT=40001 DPT=5061 WINDOW=64240 RES=0x00 SYN URGP=0 ",
    "2026-07-03T19:10:31.5+02:00 fw kernel: Shorewall:loc2net:ACCEPT:IN=eth1 OUT=eth0 SRC=192.168.10.5 DST=203.0.113.7 LEN=172 TOS=0x18 PREC=0xA0 TTL=63 ID=2102 PROTO=UDP SPT=5060 DPT=5060 LEN=152 ",
    "<4>Jul  3 19:10:32 edge kernel: [WAN_LOCAL-default-D]IN=pppoe0 OUT= MAC= SRC=2001:0db8:0000:0000:0000:0000:0000:0009 DST=2001:0db8:0001:0000:0000:0000:0000:0001 LEN=80 TC=0 HOPLIMIT=52 FLOWLBL=7 PROTO=TCP SPT=40001 DPT=443 WINDOW=64800 RES=0x00 SYN URGP=0 ",
    "Jul  3 19:10:33 fw kernel: nf_ct_sip: dropping packet: cannot parse cseq IN= OUT= SRC=198.51.100.9 DST=192.168.10.5 LEN=820 TOS=0x08 PREC=0x80 TTL=127 ID=7 PROTO=UDP SPT=5060 DPT=5060 LEN=800 ",
  ],
  unit: "packets",
  shows: [
    "Every packet that a rule with LOG matched: interfaces, addresses, ports, TCP flags, DSCP, fragments.",
    "What the rule does with it, where the prefix says so: UFW, firewalld, Shorewall, EdgeOS, VyOS, UniFi and OpenWrt write it there.",
    "Packets that the kernel's SIP helper dropped, connection tracking tables that were full, and lines that the kernel, the journal or rsyslog lost.",
  ],
  hides: [
    "The verdict of lines whose prefix has no clear word for it: say what they mean in the site file.",
    "How much an allowed connection carried, how long it lived, and its later packets.",
    "The address before or after translation: a line shows the packet as it is at its hook.",
    "What a rate limit (`-m limit`, `limit rate`) kept out of the log.",
  ],
  enable: [
    "Rules of your own: put a LOG rule with `--log-prefix 'name-accept: '` or `'name-drop: '` before the rule that decides (nftables: `log prefix \"name-drop: \" drop`).",
    "Default deny: a chain's policy never logs; end the chain with a LOG rule before the policy takes what is left.",
    "UFW: `ufw logging low` logs the default deny (`high` without a rate limit); `ufw allow log 5060/udp` logs a rule, allows included.",
    'Firewalld: `firewall-cmd --set-log-denied=all` logs denies and the default; a rich rule with `log prefix="sip-accept: "` logs allows.',
    "Shorewall: give the policy or rule a log level, as in `ACCEPT:info`; policies with `info` log the default deny.",
    "EdgeOS and VyOS: `set firewall ... rule N log enable` for each rule and `enable-default-log` (VyOS 1.4 and later: `default-log`) for the default.",
    "UniFi: Settings > CyberSecure > Traffic Logging (older: `Enable Logging` in each rule), with a syslog server.",
    "Proxmox VE: `log_level_in: info` and `log_level_out: info` in the options of host and guest log the default; `-log info` logs a rule.",
    "Docker: put the LOG rule into the chain `DOCKER-USER` (`iptables -I DOCKER-USER ...`).",
    'What becomes of marks and source ports on the way: LOG rules in PREROUTING and POSTROUTING (table mangle), and behind the translation a chain of nftables (`type filter hook postrouting priority 150`, `log prefix "left-accept: "`).',
    "Packets that connection tracking finds invalid: `sysctl -w net.netfilter.nf_conntrack_log_invalid=255`.",
    "To a file: `journalctl -k -o short-iso > fw.log` (times with their zone), or take /var/log/kern.log, ufw.log or messages; OpenWrt: `logread > fw.log`.",
    "OpenWrt: `option log 1` in the zone logs what the zone rejects and drops; `option log 'name-accept'` in a rule logs that rule.",
  ],
  sniff: (head) => shareOfLines(head, open),
  open,
};
