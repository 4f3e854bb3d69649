/**
 * One parsed log line. A parser fills the same record again and again: every field exists from birth and keeps its
 * type, so that the hot path allocates nothing. Texts are spans into `text`, the buffer that holds the line.
 */
import type { AddressWords } from "./address.ts";
import { textOf } from "./bytes.ts";

export const VERDICT_NONE = 0;
export const VERDICT_ALLOW = 1;
export const VERDICT_DENY = 2;
export type Verdict = 0 | 1 | 2;

/** Direction as the firewall's own interface (pf, netfilter hook) or the host (Windows) sees the packet. */
export const DIRECTION_UNKNOWN = 0;
export const DIRECTION_IN = 1;
export const DIRECTION_OUT = 2;
export const DIRECTION_FORWARD = 3;
export type RecordDirection = 0 | 1 | 2 | 3;

export const LONE_NONE = 0;
export const LONE_SOURCE = 1;
export const LONE_DESTINATION = 2;
export type LoneAddress = 0 | 1 | 2;

/** A packet log line stands alone; session logs tell one session in up to three kinds of line. */
export const PHASE_PACKET = 0;
export const PHASE_START = 1;
export const PHASE_INTERIM = 2;
export const PHASE_END = 3;
export type Phase = 0 | 1 | 2 | 3;

/** Which inspection engine speaks in this line. */
export const INSPECTION_NONE = 0;
export const INSPECTION_SIP_ALG = 1;
export const INSPECTION_IPS = 2;
export const INSPECTION_APP_CONTROL = 3;
export const INSPECTION_TLS = 4;
export const INSPECTION_WEB_FILTER = 5;
export const INSPECTION_ANTIVIRUS = 6;
export const INSPECTION_DOS = 7;
export const INSPECTION_DNS = 8;
export const INSPECTION_CONNTRACK = 9;
export const INSPECTION_OTHER = 10;
export type Inspection = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** TCP flag bits in the order `FSRPAUEC` (pf's own letters; C is CWR). */
export const TCP_FIN = 1;
export const TCP_SYN = 2;
export const TCP_RST = 4;
export const TCP_PSH = 8;
export const TCP_ACK = 16;
export const TCP_URG = 32;
export const TCP_ECE = 64;
export const TCP_CWR = 128;
export const TCP_FLAG_LETTERS = "FSRPAUEC";

/** Half-open byte range `[start, end)` in `LogRecord.text`; empty where the line has no such field. */
export class Span {
  start = 0;
  end = 0;

  set(start: number, end: number): void {
    this.start = start;
    this.end = end;
  }

  get isEmpty(): boolean {
    return this.end <= this.start;
  }
}

export class LogRecord {
  /** Buffer that the spans refer to: the input's chunk, or a parser's own scratch where a field had to be unescaped. */
  text: Uint8Array = new Uint8Array(0);

  /** Milliseconds since the epoch, UTC, with fractions to the microsecond; NaN where the line has no time. */
  timeMs = Number.NaN;
  verdict: Verdict = VERDICT_NONE;
  /** The verdict was inferred from free text (a netfilter prefix), not stated by the firewall. */
  verdictAssumed = false;
  /** The firewall's own word for what it did (ECS `event.action`). */
  readonly action = new Span();
  /** Why (pf reason, helper's complaint, UTM attack name or message): ECS `event.reason`. */
  readonly reason = new Span();
  /** A packet that belongs to no tracked connection: never a refused connection. */
  outOfState = false;

  /** IANA protocol number, or -1. */
  protocol = -1;
  /** 4, 6, or 0 where the line has no addresses. */
  ipVersion: 0 | 4 | 6 = 0;
  /** Where the line names one side's address only: which; then `ipVersion` is 0, for that makes no flow. */
  loneAddress: LoneAddress = LONE_NONE;
  readonly source: AddressWords = new Uint32Array(4);
  readonly destination: AddressWords = new Uint32Array(4);
  /** -1: none in the line (ICMP, later fragments, other protocols). */
  sourcePort = -1;
  destinationPort = -1;
  /** The source is known to have opened the session (session logs); packet logs leave it false. */
  sourceIsInitiator = false;

  /** Translated addresses, where the line shows them. */
  hasSourceNat = false;
  readonly sourceNat: AddressWords = new Uint32Array(4);
  sourceNatPort = -1;
  hasDestinationNat = false;
  readonly destinationNat: AddressWords = new Uint32Array(4);
  destinationNatPort = -1;

  readonly observer = new Span();
  readonly ingress = new Span();
  readonly egress = new Span();
  readonly ruleId = new Span();
  readonly ruleName = new Span();
  readonly ruleUuid = new Span();
  direction: RecordDirection = DIRECTION_UNKNOWN;

  /** Bits as in TCP_FIN...TCP_CWR, or -1 where the line shows none (not TCP, or not logged). */
  tcpFlags = -1;
  /** 0-63, or -1 where the line shows none. */
  dscp = -1;
  /** Fragment offset in bytes: 0 for a whole packet or first fragment, -1 where the line shows none. */
  fragmentOffset = -1;
  moreFragments = false;
  /** IP identification, or -1. */
  ipId = -1;
  icmpType = -1;
  icmpCode = -1;

  /** IP bytes and packets; for sessions those sent by the source. -1 where the line shows none. */
  bytes = -1;
  packets = -1;
  /** For sessions: sent back by the destination. */
  replyBytes = -1;
  replyPackets = -1;
  durationMs = -1;
  /** Bytes, both ways, that a traffic shaper threw away of the session. */
  shaperDroppedBytes = 0;

  phase: Phase = PHASE_PACKET;
  readonly sessionId = new Span();
  /** How many events the line stands for (FortiGate anomaly `count=`); 1 otherwise. */
  count = 1;
  /** The firewall says that it lost this many log events (Windows INFO-EVENTS-LOST). */
  lostEvents = 0;

  inspection: Inspection = INSPECTION_NONE;
  /** What the inspection engine did with traffic that policy let pass. */
  inspectionVerdict: Verdict = VERDICT_NONE;
  /** Application or service as the firewall names it. */
  readonly application = new Span();
  /** Host name of the destination where the line tells it (HTTP host, SNI); in DNS records the name asked for. */
  readonly hostName = new Span();
  /** In DNS records: the addresses that the answer gives, with commas or spaces between them. */
  readonly resolved = new Span();

  /** Back to the state of a fresh record that speaks of `text`. */
  reset(text: Uint8Array): void {
    this.text = text;
    this.timeMs = Number.NaN;
    this.verdict = VERDICT_NONE;
    this.verdictAssumed = false;
    this.action.set(0, 0);
    this.reason.set(0, 0);
    this.outOfState = false;
    this.protocol = -1;
    this.ipVersion = 0;
    this.loneAddress = LONE_NONE;
    this.sourcePort = -1;
    this.destinationPort = -1;
    this.sourceIsInitiator = false;
    this.hasSourceNat = false;
    this.sourceNatPort = -1;
    this.hasDestinationNat = false;
    this.destinationNatPort = -1;
    this.observer.set(0, 0);
    this.ingress.set(0, 0);
    this.egress.set(0, 0);
    this.ruleId.set(0, 0);
    this.ruleName.set(0, 0);
    this.ruleUuid.set(0, 0);
    this.direction = DIRECTION_UNKNOWN;
    this.tcpFlags = -1;
    this.dscp = -1;
    this.fragmentOffset = -1;
    this.moreFragments = false;
    this.ipId = -1;
    this.icmpType = -1;
    this.icmpCode = -1;
    this.bytes = -1;
    this.packets = -1;
    this.replyBytes = -1;
    this.replyPackets = -1;
    this.durationMs = -1;
    this.shaperDroppedBytes = 0;
    this.phase = PHASE_PACKET;
    this.sessionId.set(0, 0);
    this.count = 1;
    this.lostEvents = 0;
    this.inspection = INSPECTION_NONE;
    this.inspectionVerdict = VERDICT_NONE;
    this.application.set(0, 0);
    this.hostName.set(0, 0);
    this.resolved.set(0, 0);
  }

  /** Takes back what was read of a transport header: a later fragment has none, and ulogd reads one out of its payload. */
  forgetTransport(): void {
    this.sourcePort = -1;
    this.destinationPort = -1;
    this.tcpFlags = -1;
    this.icmpType = -1;
    this.icmpCode = -1;
  }

  /** Text of a span of this record; empty where the field is absent. Not for the hot path. */
  textOf(span: Span): string {
    return span.isEmpty ? "" : textOf(this.text, span.start, span.end);
  }
}
