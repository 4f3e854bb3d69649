/**
 * FortiGate (FortiOS 4.0 MR3 and later) traffic and security logs as key=value, comma-separated pairs, CEF or JSON, from
 * syslog, disk, GUI or FortiAnalyzer. https://docs.fortinet.com/document/fortigate/7.4.3/fortios-log-message-reference
 *
 *   date=2026-07-03 time=19:10:30 devname="fw" eventtime=1783098630000000000 tz="+0200" logid="0000000013" type="traffic"
 *   subtype="forward" srcip=192.0.2.1 srcport=40001 srcintf="wan1" dstip=198.51.100.5 dstport=5061 dstintf="lan" proto=6
 *   action="close" policyid=3 sessionid=77 sentbyte=60 rcvdbyte=40
 *
 * Gaps: custom templates of 8.0. Policy ids are unique only within a policy type, which records have no place for:
 * `rule.uuid` is.
 */
import { type AddressWords, isUnspecified, parseAddress } from "../address.ts";
import { ascii, equals, findByte, isDigit, parseDecimal, parseHex, parsePort, SLASH, startsWith } from "../bytes.ts";
import { DeviceClock } from "../clocks/device-clock.ts";
import { FOREIGN, type LineStatus, type LogFormat, MALFORMED, NO_VERDICT, PARSED, STRUCTURE } from "../format.ts";
import * as field from "../fortigate/fields.ts";
import { FortigateLine } from "../fortigate/line.ts";
import { timeOf } from "../fortigate/time.ts";
import {
  countsSinceLast,
  inspectionOf,
  inspectionVerdict,
  KIND_BLANK,
  KIND_EVENT,
  KIND_TRAFFIC,
  KIND_UNKNOWN,
  MESSAGE_HTTP_TRANSACTION,
  MESSAGE_INVALID,
  messageOf,
  trafficPhase,
  trafficVerdict,
} from "../fortigate/verdict.ts";
import type { FieldSpans } from "../lexing/field-spans.ts";
import { shareOfOurs, sniffingClock } from "../lexing/sniff-lines.ts";
import { WordIndex } from "../lexing/word-index.ts";
import { ICMP, ICMPV6, PROTOCOL_UNKNOWN, SCTP, TCP, UDP, UDPLITE } from "../protocols.ts";
import {
  DIRECTION_FORWARD,
  DIRECTION_IN,
  DIRECTION_OUT,
  DIRECTION_UNKNOWN,
  INSPECTION_DNS,
  INSPECTION_DOS,
  INSPECTION_OTHER,
  INSPECTION_SIP_ALG,
  type LogRecord,
  PHASE_INTERIM,
  type RecordDirection,
  type Span,
  VERDICT_ALLOW,
  VERDICT_DENY,
  VERDICT_NONE,
} from "../record.ts";

const LOCAL = ascii("local");
const SNIFFER = ascii("sniffer");
const HTTP_TRANSACTION = ascii("http-transaction");
const NO_SESSION_MATCHED = ascii("no session matched");
const NO_TRANSLATION = ascii("noop");
const ROOT = ascii("root");
const UNKNOWN_INTERFACE = ascii("unknown");
const SCCP = ascii("sccp");
const ICMP_SERVICE = ascii("icmp");

const protocolWords = new WordIndex([
  ["tcp", TCP],
  ["TCP", TCP],
  ["udp", UDP],
  ["UDP", UDP],
  ["icmp", ICMP],
  ["ICMP", ICMP],
]);

/** Fills records from the lines of one input. */
class RecordReader {
  readonly #clock: DeviceClock;
  readonly #utc: DeviceClock;
  readonly #line: FortigateLine;
  readonly #fields: FieldSpans;

  constructor(clock: DeviceClock) {
    this.#clock = clock;
    this.#utc = new DeviceClock("UTC", clock.referenceMs);
    this.#line = new FortigateLine(clock);
    this.#fields = this.#line.fields;
  }

  read(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
    into.reset(bytes);
    const kind = this.#line.scan(bytes, start, end);
    if (kind === KIND_BLANK) return STRUCTURE;
    if (kind === KIND_UNKNOWN) return this.#line.isCut() ? MALFORMED : FOREIGN;
    if (kind === KIND_EVENT) return FOREIGN;
    into.text = this.#line.unescape(bytes);
    return this.#fill(into.text, kind, into);
  }

  #fill(bytes: Uint8Array, kind: number, into: LogRecord): LineStatus {
    const fields = this.#fields;
    into.timeMs = timeOf(bytes, this.#line.textEnd, fields, this.#clock, this.#utc);
    if (Number.isNaN(into.timeMs)) into.timeMs = this.#line.timeMs;
    this.#fillTexts(into);
    into.protocol = this.#protocol(bytes);
    if (!this.#fillAddresses(bytes, into)) return MALFORMED;
    if (!this.#fillPorts(bytes, into)) return MALFORMED;
    return kind === KIND_TRAFFIC ? this.#fillTraffic(bytes, into) : this.#fillInspection(bytes, kind, into);
  }

  #fillTexts(into: LogRecord): void {
    this.#copy(field.ACTION, into.action);
    this.#copy(field.SRCINTF, into.ingress);
    this.#copy(field.DSTINTF, into.egress);
    this.#copy(field.POLICYID, into.ruleId);
    this.#copy(field.POLICYNAME, into.ruleName);
    this.#copy(field.POLUUID, into.ruleUuid);
    this.#copy(field.SESSIONID, into.sessionId);
    this.#copyFirst(into.application, field.APP, field.SERVICE);
    this.#copyFirst(into.hostName, field.HOSTNAME, field.QNAME);
    this.#copyFirst(into.observer, field.DEVNAME, this.#line.isCef ? field.DEVNAME : field.DEVID);
    if (into.observer.isEmpty) {
      // A CEF header's host is the device's own name, and better known to people than its serial number.
      const { host } = this.#line;
      if (!host.isEmpty) into.observer.set(host.start, host.end);
      else this.#copy(field.DEVID, into.observer);
    }
    if (this.#line.isOfDomain && !into.observer.isEmpty) this.#line.nameDomain(into.observer);
  }

  #copy(from: number, to: Span): void {
    const start = this.#fields.start(from);
    if (start !== 0) to.set(start, this.#fields.end(from));
  }

  #copyFirst(to: Span, first: number, second: number): void {
    this.#copy(this.#fields.has(first) ? first : second, to);
  }

  #protocol(bytes: Uint8Array): number {
    const start = this.#fields.start(field.PROTO);
    const end = this.#fields.end(field.PROTO);
    if (start === 0) return PROTOCOL_UNKNOWN;
    return isDigit(bytes[start]) ? parseDecimal(bytes, start, end) : protocolWords.find(bytes, start, end);
  }

  /** False where an address is none, or one of the two is missing. */
  #fillAddresses(bytes: Uint8Array, into: LogRecord): boolean {
    const fields = this.#fields;
    if (into.protocol > 255) return false;
    if (!fields.has(field.SRCIP) && !fields.has(field.DSTIP)) return true;
    const version = parseAddress(bytes, fields.start(field.DSTIP), fields.end(field.DSTIP), into.destination);
    if (version === 0) return false;
    // FortiOS leaves `::` out: a host that has no address yet, and speaks to its neighbours.
    if (version === 6 && !fields.has(field.SRCIP) && isMulticast(into.destination)) into.source.fill(0);
    else if (parseAddress(bytes, fields.start(field.SRCIP), fields.end(field.SRCIP), into.source) !== version)
      return false;
    into.ipVersion = version;
    const disposition = fields.start(field.TRANDISP);
    if (equals(bytes, NO_TRANSLATION, disposition, fields.end(field.TRANDISP))) return true;
    return this.#fillTranslations(bytes, into);
  }

  /** `transip` is the translated source, `tranip` the translated destination; `0.0.0.0` and `::` are none. */
  #fillTranslations(bytes: Uint8Array, into: LogRecord): boolean {
    const fields = this.#fields;
    if (fields.has(field.TRANSIP)) {
      if (parseAddress(bytes, fields.start(field.TRANSIP), fields.end(field.TRANSIP), into.sourceNat) === 0)
        return false;
      into.hasSourceNat = !isUnspecified(into.sourceNat);
      if (into.hasSourceNat) into.sourceNatPort = this.#translatedPort(bytes, field.TRANSPORT, into.protocol);
    }
    if (fields.has(field.TRANIP)) {
      if (parseAddress(bytes, fields.start(field.TRANIP), fields.end(field.TRANIP), into.destinationNat) === 0)
        return false;
      into.hasDestinationNat = !isUnspecified(into.destinationNat);
      if (into.hasDestinationNat) into.destinationNatPort = this.#translatedPort(bytes, field.TRANPORT, into.protocol);
    }
    return true;
  }

  #translatedPort(bytes: Uint8Array, from: number, protocol: number): number {
    const port = hasPorts(protocol) ? parsePort(bytes, this.#fields.start(from), this.#fields.end(from)) : -1;
    return port > 0 ? port : -1;
  }

  /** False where a port is none. FortiOS writes port 0 for protocols that have none. */
  #fillPorts(bytes: Uint8Array, into: LogRecord): boolean {
    const fields = this.#fields;
    if (into.protocol === ICMP || into.protocol === ICMPV6) this.#fillIcmp(bytes, into);
    if (!hasPorts(into.protocol)) return true;
    if (fields.has(field.SRCPORT)) {
      into.sourcePort = parsePort(bytes, fields.start(field.SRCPORT), fields.end(field.SRCPORT));
      if (into.sourcePort < 0) return false;
    }
    if (fields.has(field.DSTPORT)) {
      into.destinationPort = parsePort(bytes, fields.start(field.DSTPORT), fields.end(field.DSTPORT));
      if (into.destinationPort < 0) return false;
    }
    return true;
  }

  /** Security logs have `icmptype="0x08"`; in traffic logs only a service without a name shows it: `icmp6/131/0`. */
  #fillIcmp(bytes: Uint8Array, into: LogRecord): void {
    const fields = this.#fields;
    if (fields.has(field.ICMPTYPE)) {
      into.icmpType = icmpNumber(bytes, fields.start(field.ICMPTYPE), fields.end(field.ICMPTYPE));
      into.icmpCode = icmpNumber(bytes, fields.start(field.ICMPCODE), fields.end(field.ICMPCODE));
      return;
    }
    const end = fields.end(field.SERVICE);
    const start = fields.start(field.SERVICE);
    if (!startsWith(bytes, ICMP_SERVICE, start, end)) return;
    const first = findByte(bytes, SLASH, start, end);
    const second = findByte(bytes, SLASH, first + 1, end);
    into.icmpType = icmpNumber(bytes, first + 1, second);
    into.icmpCode = icmpNumber(bytes, second + 1, end);
  }

  #fillTraffic(bytes: Uint8Array, into: LogRecord): LineStatus {
    const fields = this.#fields;
    if (into.ipVersion === 0) return MALFORMED;
    const logId = parseDecimal(bytes, fields.start(field.LOGID), fields.end(field.LOGID));
    let message = messageOf(logId);
    if (this.#isSubtype(bytes, HTTP_TRANSACTION)) message = MESSAGE_HTTP_TRANSACTION;
    // FortiOS up to 5.0 calls the action a status; requests to a proxy have none, for the proxy took them.
    if (into.action.isEmpty && !this.#line.isCef) this.#copy(field.STATUS, into.action);
    const { action, reason } = into;
    if (action.isEmpty && this.#line.isCef) this.#line.actionOfHeader(bytes, action);
    if (action.isEmpty && message !== MESSAGE_HTTP_TRANSACTION) return MALFORMED;

    into.verdict = action.isEmpty ? VERDICT_ALLOW : trafficVerdict(bytes, action.start, action.end);
    into.phase = trafficPhase(bytes, action.start, action.end, message);
    into.sourceIsInitiator = true;
    if (into.hostName.isEmpty) this.#copy(field.DSTNAME, into.hostName);
    into.direction = this.#direction(bytes, into);
    this.#copy(field.MSG, reason);
    if (into.verdict === VERDICT_DENY) {
      into.outOfState = message === MESSAGE_INVALID || startsWith(bytes, NO_SESSION_MATCHED, reason.start, reason.end);
    }
    into.inspectionVerdict = inspectionVerdict(bytes, fields.start(field.UTMACTION), fields.end(field.UTMACTION));

    const seconds = this.#number(bytes, field.DURATION);
    if (seconds >= 0) into.durationMs = seconds * 1000;
    const droppedSent = this.#number(bytes, field.SHAPERDROPSENTBYTE);
    const droppedReceived = this.#number(bytes, field.SHAPERDROPRCVDBYTE);
    into.shaperDroppedBytes = Math.max(0, droppedSent) + Math.max(0, droppedReceived);
    const isUpdate = into.phase === PHASE_INTERIM && countsSinceLast(message);
    into.bytes = this.#number(bytes, isUpdate ? field.SENTDELTA : field.SENTBYTE);
    into.replyBytes = this.#number(bytes, isUpdate ? field.RCVDDELTA : field.RCVDBYTE);
    into.packets = this.#number(bytes, isUpdate ? field.SENTPKTDELTA : field.SENTPKT);
    into.replyPackets = this.#number(bytes, isUpdate ? field.RCVDPKTDELTA : field.RCVDPKT);
    return into.verdict === VERDICT_NONE ? NO_VERDICT : PARSED;
  }

  #fillInspection(bytes: Uint8Array, kind: number, into: LogRecord): LineStatus {
    const fields = this.#fields;
    into.inspection = inspectionOf(kind);
    if (fields.has(field.OLD_LOGID) && into.action.isEmpty) this.#copy(field.STATUS, into.action);
    const isSccp = equals(bytes, SCCP, fields.start(field.VOIP_PROTO), fields.end(field.VOIP_PROTO));
    if (into.inspection === INSPECTION_SIP_ALG && isSccp) into.inspection = INSPECTION_OTHER;
    into.inspectionVerdict = inspectionVerdict(bytes, into.action.start, into.action.end);
    if (into.inspection === INSPECTION_DNS) this.#copy(field.IPADDR, into.resolved);
    if (into.hostName.isEmpty) this.#copy(field.DESTINATION_HOST, into.hostName);
    if (into.hostName.isEmpty) this.#copy(field.SCERTCNAME, into.hostName);
    this.#copyFirst(into.reason, field.ATTACK, field.MALFORM_DESC);
    if (into.reason.isEmpty) this.#copyFirst(into.reason, field.VIRUS, field.REASON);
    if (into.reason.isEmpty) this.#copyFirst(into.reason, field.MSG, field.APP);
    // Of a SIP message that is as it should be: whether it registers or calls.
    if (into.reason.isEmpty && into.inspection === INSPECTION_SIP_ALG) this.#copy(field.KIND, into.reason);
    if (into.inspection === INSPECTION_DOS) {
      const count = this.#number(bytes, field.COUNT);
      if (count > 1) into.count = count;
    } else if (!into.ingress.isEmpty && !into.egress.isEmpty) into.direction = DIRECTION_FORWARD;
    return NO_VERDICT;
  }

  /** Traffic of the device itself has one of its interfaces inside: `root`, the virtual domain's name, `unknown0`. */
  #direction(bytes: Uint8Array, into: LogRecord): RecordDirection {
    if (this.#isSubtype(bytes, SNIFFER)) return DIRECTION_UNKNOWN;
    if (!this.#isSubtype(bytes, LOCAL)) return DIRECTION_FORWARD;
    const isFromDevice = this.#isInside(bytes, into.ingress);
    const isToDevice = this.#isInside(bytes, into.egress);
    if (isFromDevice === isToDevice) return DIRECTION_UNKNOWN;
    return isToDevice ? DIRECTION_IN : DIRECTION_OUT;
  }

  #isInside(bytes: Uint8Array, name: Span): boolean {
    const { start, end } = name;
    if (equals(bytes, ROOT, start, end) || startsWith(bytes, UNKNOWN_INTERFACE, start, end)) return true;
    const domain = this.#fields.start(field.VD);
    const length = this.#fields.end(field.VD) - domain;
    if (length === 0 || length !== end - start) return false;
    for (let i = 0; i < length; i++) if (bytes[domain + i] !== bytes[start + i]) return false;
    return true;
  }

  #isSubtype(bytes: Uint8Array, subtype: Uint8Array): boolean {
    return equals(bytes, subtype, this.#fields.start(field.SUBTYPE), this.#fields.end(field.SUBTYPE));
  }

  #number(bytes: Uint8Array, from: number): number {
    return parseDecimal(bytes, this.#fields.start(from), this.#fields.end(from));
  }
}

function isMulticast(address: AddressWords): boolean {
  return (address[0] as number) >>> 24 === 0xff;
}

function hasPorts(protocol: number): boolean {
  return (
    protocol === TCP || protocol === UDP || protocol === SCTP || protocol === UDPLITE || protocol === PROTOCOL_UNKNOWN
  );
}

function icmpNumber(bytes: Uint8Array, start: number, end: number): number {
  const number = bytes[start + 1] === 0x78 ? parseHex(bytes, start, end) : parseDecimal(bytes, start, end);
  return number > 255 ? -1 : number;
}

/** The share of the head's lines that a FortiGate wrote, events included. */
function sniff(head: Uint8Array): number {
  const line = new FortigateLine(sniffingClock());
  return shareOfOurs(head, (start, end) => {
    const kind = line.scan(head, start, end);
    return kind === KIND_BLANK ? null : kind !== KIND_UNKNOWN;
  });
}

export const fortigate: LogFormat = {
  id: "fortigate",
  platform: "fortigate",
  title: "FortiGate traffic and security logs",
  reference: "https://docs.fortinet.com/document/fortigate/7.4.3/fortios-log-message-reference",
  samples: [
    '<189>date=2026-07-03 time=19:10:30 devname="fw-a" devid="FGT0000000000001" eventtime=1783098630123456789 tz="+0200" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" srcip=192.0.2.9 srcport=40001 srcintf="wan1" dstip=198.51.100.5 dstport=5061 dstintf="lan" sessionid=77 proto=6 action="close" policyid=3 service="tcp/5061" trandisp="dnat" tranip=192.168.10.5 tranport=5061 duration=12 sentbyte=600 rcvdbyte=400 sentpkt=6 rcvdpkt=4',
    'Jul  3 19:10:30 fw-a date=2026-07-03,time=19:10:30,devname=fw-a,logid=0000000003,type=traffic,subtype=forward,srcip=192.0.2.9,srcport=40001,srcintf="wan1",dstip=198.51.100.5,dstport=5060,dstintf="lan",proto=17,action=deny,policyid=0',
    "Jul  3 19:10:30 fw-a CEF: 0|Fortinet|Fortigate|v7.4.3|00013|traffic:forward accept|3|deviceExternalId=FGT0000000000001 FTNTFGTlogid=0000000013 cat=traffic:forward FTNTFGTsubtype=forward FTNTFGTeventtime=1783098630123456789 src=192.168.10.5 spt=5060 deviceInboundInterface=lan dst=203.0.113.7 dpt=5060 deviceOutboundInterface=wan1 proto=17 act=accept FTNTFGTpolicyid=1 FTNTFGTdstcountry=United States",
    'date=2026-07-03 time=19:10:30 eventtime=1783098630123456789 logid="0814044033" type="utm" subtype="voip" eventtype="voip" level="notice" vd="root" session_id=77 srcip=192.168.10.5 src_port=5060 dstip=203.0.113.7 dst_port=5060 proto=17 src_int="lan" dst_int="wan1" policy_id=1 voip_proto="sip" kind="register" action="block" malform_desc="unknown header"',
  ],
  unit: "sessions",
  shows: [
    "Every session of the policies that log: who opened it, how it ended, bytes and packets both ways, the policy by id, name and UUID.",
    "Addresses and ports before and after translation, both ways.",
    "What security profiles found and stopped, the SIP ALG among them, apart from what policy decided.",
    "Packets that belong to no session, where the device logs invalid packets.",
    "The virtual domain: each but root counts as a firewall of its own, device/domain.",
  ],
  hides: [
    "TCP flags, DSCP and fragments.",
    "Sessions of policies that do not log, and sessions that are still open (unless session start is logged).",
    "The SIP session helper: only the ALG of the proxy writes VoIP records.",
  ],
  enable: [
    "Allowed traffic: in each policy `set logtraffic all` (GUI: `Log Allowed Traffic`, `All Sessions`); `set logtraffic-start enable` adds the start of sessions.",
    "Denied traffic: in each deny policy `set logtraffic all` (GUI: `Log Violation Traffic`).",
    "Default deny: edit the `Implicit Deny` policy and tick `Log Violation Traffic` (CLI: `config log setting`, `set fwpolicy-implicit-log enable`).",
    "Traffic of the device itself: `config log setting`, `set local-in-allow enable`, `set local-in-deny-unicast enable`, `set local-out enable`.",
    "VoIP records: `config voip profile`, `set log-violations enable` and `set log-call-summary enable` under `config sip`, and the profile in the policy.",
    "Packets that belong to no session: `config log setting`, `set log-invalid-packet enable` (7.4 and later: `set extended-log enable`).",
    "Syslog: `config log syslogd setting`, `set status enable`, `set server ADDRESS` (any `format` is read); `config log syslogd filter`, `set forward-traffic enable`, `set local-traffic enable`.",
    "Without a server: Log & Report > Forward Traffic, Local Traffic and Security Events have a download button each; the device's memory holds a short time only.",
  ],
  sniff,
  open: ({ clock }) => {
    const reader = new RecordReader(clock);
    return (bytes, start, end, into) => reader.read(bytes, start, end, into);
  },
};
