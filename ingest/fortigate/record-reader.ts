/** Records from the fields of a FortiGate's lines: traffic, and what its inspection engines say. */

import { ascii, equals, parseDecimal, startsWith } from "../bytes.ts";
import { DeviceClock } from "../clocks/device-clock.ts";
import { FOREIGN, type LineStatus, MALFORMED, NO_VERDICT, PARSED, STRUCTURE } from "../format.ts";
import type { FieldSpans } from "../lexing/field-spans.ts";
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
  type Verdict,
} from "../record.ts";
import { readEndpoints } from "./endpoints.ts";
import * as field from "./fields.ts";
import { FortigateLine } from "./line.ts";
import { timeOf } from "./time.ts";
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
} from "./verdict.ts";

const LOCAL = ascii("local");
const SNIFFER = ascii("sniffer");
const HTTP_TRANSACTION = ascii("http-transaction");
const NO_SESSION_MATCHED = ascii("no session matched");
const ROOT = ascii("root");
const UNKNOWN_INTERFACE = ascii("unknown");
const SCCP = ascii("sccp");

/** Fills records from the lines of one input. */
export class RecordReader {
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
    if (!readEndpoints(bytes, fields, into)) return MALFORMED;
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

    into.verdict = this.#verdictOf(bytes, action);
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

  /** A sniffer looks at copies of packets: its `accept` lets nothing through. */
  #verdictOf(bytes: Uint8Array, action: Span): Verdict {
    if (this.#isSubtype(bytes, SNIFFER)) return VERDICT_NONE;
    return action.isEmpty ? VERDICT_ALLOW : trafficVerdict(bytes, action.start, action.end);
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
