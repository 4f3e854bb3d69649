/**
 * pfSense (2.2 and later) and OPNsense `filterlog`, the packet log of pf: one line a packet, comma-separated.
 * https://docs.netgate.com/pfsense/en/latest/monitoring/logs/raw-filter-format.html and, since that page and the program
 * disagree, the program: pfsense/FreeBSD-ports sysutils/filterlog, opnsense/ports opnsense/filterlog.
 *
 *   4,,,1000000103,igb0,match,block,in,4,0x0,,64,7,0,DF,6,tcp,60,192.0.2.1,198.51.100.5,40001,5061,0,S,77,,64240,,mss
 *   rule,subrule,anchor,tracker,interface,reason,action,direction,version | tos,ecn,ttl,id,offset,flags,protocol,name,
 *   length,source,destination | sport,dport,datalen,flags,sequence,ack,window,urgent,options
 *
 * Gaps: OPNsense prints payload as ports for later IPv6 fragments; pfSense prints no ICMPv6 type, and no port after an
 * IPv6 routing header (glued to the address).
 */
import {
  ascii,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  equals,
  findByte,
  findBytes,
  isDigit,
  OPEN_BRACE,
  OPEN_BRACKET,
  parseDecimal,
  SPACE,
  startsWith,
} from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import { Envelope, readEnvelope, readNextEnvelope } from "../envelopes/envelope.ts";
import { readHeaderBefore } from "../envelopes/header-before.ts";
import {
  FOREIGN,
  type LineParser,
  type LineStatus,
  type LogFormat,
  MALFORMED,
  type ParseContext,
  STRUCTURE,
} from "../format.ts";
import { isAccessLog } from "../lexing/access-log.ts";
import { endMostly } from "../lexing/line-ends.ts";
import { shareOfLines } from "../lexing/sniff-lines.ts";
import { readPayload } from "../pf/payload.ts";
import type { LogRecord } from "../record.ts";

const FILTERLOG = ascii("filterlog");
const MAX_NAME_BYTES = 64;

/** After `filterlog` at `start`: past `[pid]`, a colon and blanks, each of which may be missing. -1 where it is not there. */
function afterBareTag(bytes: Uint8Array, start: number, end: number): number {
  if (!startsWith(bytes, FILTERLOG, start, end)) return -1;
  let i = start + FILTERLOG.length;
  if (bytes[i] === OPEN_BRACKET) i = findByte(bytes, CLOSE_BRACKET, i, Math.min(end, i + 12)) + 1;
  if (bytes[i] === COLON) i++;
  while (i < end && bytes[i] === SPACE) i++;
  // A process id without its brackets, as pfSense's page shows it.
  const numberEnd = findByte(bytes, SPACE, i, Math.min(end, i + 8));
  if (isDigit(bytes[numberEnd + 1]) && parseDecimal(bytes, i, numberEnd) >= 0) i = numberEnd + 1;
  return Math.min(i, end);
}

function open(clock: DeviceClock): (bytes: Uint8Array, start: number, end: number, into: LogRecord) => LineStatus {
  const envelope = new Envelope();
  return (bytes, start, end, into) => {
    into.reset(bytes);
    let from = start;
    let to = end;
    // A circular log is filled up with NUL; so is a file after a crash.
    while (from < to && (bytes[from] as number) <= SPACE) from++;
    while (to > from && (bytes[to - 1] as number) <= SPACE) to--;
    if (bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf) from += 3;
    if (from >= to) return STRUCTURE;
    // A document around a line, which its collector's reader takes apart.
    if (bytes[from] === OPEN_BRACE) return FOREIGN;
    readEnvelope(bytes, from, to, clock, envelope);
    into.timeMs = envelope.timeMs;
    into.observer.set(envelope.host.start, envelope.host.end);
    if (!envelope.program.isEmpty) {
      if (!equals(bytes, FILTERLOG, envelope.program.start, envelope.program.end)) return FOREIGN;
      return readPayload(bytes, envelope.payload, to, true, into);
    }
    return readUntagged(bytes, to, clock, envelope, into);
  };
}

/** The ports, and what goes on behind them; no line of filterlog ends there but one that is cut. */
const PORTS =
  /,(?:pass|block),(?:in|out),[46],[^\n]{0,160}?,(?:tcp|udp),(?:\d+,)?\d+,[\da-f.:]+,[\da-f.:]+,\d+,\d+(?<more>,)?/gi;
/** What stands behind them. */
const REST = ascii(",0");

/** Where most lines of an input end with their ports, somebody has shortened them all, and none is cut. */
function openFor({ clock, head }: ParseContext): LineParser {
  const parse = open(clock);
  if (head === undefined || !endMostly(head, PORTS)) return parse;
  return (bytes, start, end, into) => {
    const status = parse(bytes, start, end, into);
    if (status !== MALFORMED) return status;
    const whole = Buffer.concat([bytes.subarray(start, end), REST]);
    return parse(whole, 0, whole.length, into);
  };
}

/** A line whose envelope names no program: a bare payload, a tag without its colon, or an envelope in another. */
function readUntagged(
  bytes: Uint8Array,
  end: number,
  clock: DeviceClock,
  envelope: Envelope,
  into: LogRecord,
): LineStatus {
  let { payload } = envelope;
  // A blank inside the payload (`FRAG6, 0x1:0|8,`) makes its start look like a host name.
  if (findByte(bytes, COMMA, envelope.host.start, envelope.host.end) < envelope.host.end) {
    payload = envelope.host.start;
    into.observer.set(0, 0);
  }
  const isTag = equals(bytes, FILTERLOG, envelope.host.start, envelope.host.end);
  const bare = afterBareTag(bytes, isTag ? envelope.host.start : payload, end);
  if (isTag) into.observer.set(0, 0);
  if (bare >= 0) return readPayload(bytes, bare, end, true, into);
  if (!envelope.host.isEmpty) {
    // A relay's name in front of the firewall's.
    const nameEnd = findByte(bytes, SPACE, payload, Math.min(end, payload + MAX_NAME_BYTES));
    const named = afterBareTag(bytes, nameEnd + 1, end);
    if (named >= 0) {
      into.observer.set(payload, nameEnd);
      return readPayload(bytes, named, end, true, into);
    }
    // A relay's envelope around the firewall's own, whose time is the packet's.
    readNextEnvelope(bytes, payload, end, clock, envelope);
    if (equals(bytes, FILTERLOG, envelope.program.start, envelope.program.end)) {
      into.timeMs = envelope.timeMs;
      if (!envelope.host.isEmpty) into.observer.set(envelope.host.start, envelope.host.end);
      return readPayload(bytes, envelope.payload, end, true, into);
    }
  }
  const tagAt = Number.isNaN(envelope.timeMs) ? findTag(bytes, payload, end) : -1;
  if (tagAt >= 0) {
    if (isAccessLog(bytes, payload, end)) return FOREIGN;
    readHeaderBefore(bytes, payload, tagAt, clock, envelope);
    into.timeMs = envelope.timeMs;
    into.observer.set(envelope.host.start, envelope.host.end);
    return readPayload(bytes, afterBareTag(bytes, tagAt, end), end, true, into);
  }
  return readPayload(bytes, payload, end, false, into);
}

/** So far an envelope may reach. */
const MAX_ENVELOPE_BYTES = 200;

/** Start of the tag behind an envelope that nobody knows (or whose date is none), or -1. */
function findTag(bytes: Uint8Array, start: number, end: number): number {
  const at = findBytes(bytes, FILTERLOG, start, Math.min(end, start + MAX_ENVELOPE_BYTES));
  if (at <= start || bytes[at - 1] !== SPACE) return -1;
  const after = bytes[at + FILTERLOG.length];
  return after === COLON || after === OPEN_BRACKET ? at : -1;
}

export const pfsense: LogFormat = {
  id: "pfsense",
  platform: "pfsense",
  title: "pfSense and OPNsense filterlog",
  reference: "https://docs.netgate.com/pfsense/en/latest/monitoring/logs/raw-filter-format.html",
  samples: [
    "<134>Jul  3 19:10:30 filterlog[4711]: 4,,,1000000103,igb0,match,block,in,4,0x0,,63,2101,0,DF,6,tcp,60,198.51.100.9,192.0.2.10,40001,5061,0,S,1000200030,,64240,,mss;sackOK;TS;nop;wscale",
    "Jul  3 19:10:31 fw.example filterlog: 87,,,1700000002,igb1,match,pass,in,4,0xb8,,64,2102,0,none,17,udp,172,192.168.10.5,203.0.113.7,5060,5060,152",
    '<134>1 2026-07-03T19:10:32+02:00 OPNsense.example filterlog 4712 - [meta sequenceId="1"] 12,,,00112233445566778899aabbccddeeff,igb0,match,block,in,6,0x00,0x45678,1,udp,17,32,2001:db8::1,ff02::1:2,546,547,32',
    "7,,,0,igb0,match,rdr,in,4,0x0,,64,1,0,DF,17,udp,200,198.51.100.9,192.0.2.10,5060,5060,180",
  ],
  unit: "packets",
  shows: [
    "Every packet that a rule with logging blocked, and the first packet of each connection that one passed.",
    "The interface, the direction at the firewall, the rule's tracker (pfSense) or label (OPNsense), ports, TCP flags, DSCP and fragments.",
    "Addresses after port forwarding on the way in, and after outbound NAT on the way out.",
  ],
  hides: [
    "How much a passed connection carried, how long it lived, and its later packets.",
    "Whether a blocked packet opens a connection or belongs to an expired one, except by its TCP flags.",
    "The address before translation, the ports of later fragments, the ICMPv6 type (pfSense).",
  ],
  enable: [
    "Allowed traffic: edit each pass rule and tick `Log packets that are handled by this rule` (OPNsense: `Log`).",
    "Denied traffic: tick the same box in each block or reject rule.",
    "Default deny, pfSense: Status > System Logs > Settings, `Log packets matched from the default block rules in the ruleset`; the default pass rules have a box below it.",
    "Default deny, OPNsense: Firewall > Settings > Advanced, Logging, `Default block` (older: System > Settings > Logging); `Default pass` stands below it.",
    "Port forwards: give each a filter rule of its own (`Filter rule association`, not `Pass`) and log that rule.",
    "Syslog, pfSense: Status > System Logs > Settings, `Send log messages to remote syslog server`, `Firewall Events`; OPNsense: System > Settings > Logging > Remote, application `filter (filterlog)`.",
    "Without a server, pfSense: /var/log/filter.log and its rotations (Diagnostics > Command Prompt, Download File); OPNsense: the days under /var/log/filter/.",
    "Times with zone and microseconds, pfSense: set `Log Message Format` on that page to syslog (RFC 5424).",
  ],
  sniff: (head) => shareOfLines(head, (context) => openFor({ ...context, head })),
  open: openFor,
};
