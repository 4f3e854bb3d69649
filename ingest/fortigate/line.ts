/** One line as a FortiGate or its relays wrote it: envelopes off, fields found, kind known. */
import {
  ascii,
  COLON,
  DASH,
  equals,
  findByte,
  findBytes,
  isOneOf,
  LESS,
  LOWER_A,
  OPEN_BRACE,
  parseDecimal,
  SLASH,
  SPACE,
  startsWith,
} from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import { Envelope, readEnvelope, readNextEnvelope } from "../envelopes/envelope.ts";
import { isAccessLog } from "../lexing/access-log.ts";
import { afterCefMark, CEF_ESCAPES } from "../lexing/cef.ts";
import type { FieldSpans } from "../lexing/field-spans.ts";
import { QUOTED_ESCAPES } from "../lexing/key-value.ts";
import type { Span } from "../record.ts";
import { ROOT_DOMAIN } from "../virtual-domain.ts";
import { CefReader } from "./cef-reader.ts";
import {
  CATEGORY,
  DATE,
  DEVID,
  EVENTTIME,
  HEADER_NAME,
  isNativeStart,
  JSON_ESCAPES,
  LOGID,
  newFieldSpans,
  OLD_LOGID,
  POLICYID,
  readJson,
  readNative,
  SRCIP,
  SUBTYPE,
  TYPE,
  VD,
} from "./fields.ts";
import { KIND_BLANK, KIND_UNKNOWN, kindOfLogId, kindOfWords } from "./verdict.ts";

const CEF_PROGRAM = ascii("CEF");
/** Where a collector keeps the program apart from its message. */
const CEF_START = ascii("0|Fortinet|");
const MAX_ENVELOPES = 3;
/** So far an envelope may reach. */
const MAX_ENVELOPE_BYTES = 200;
const MAX_NAME_BYTES = 64;
const ROOT = ascii(ROOT_DOMAIN);
const SEPARATORS = [" ", ":", ">", "\t"].map(ascii);
const DATE_PAIR = ascii("date=20");
const CEF_MARK = ascii(" CEF:");
/** Neither pairs nor CEF. */
const NO_PAYLOAD = -1;
const LOG_ID_DIGITS = 10;

/** One is reused for all lines of an input. */
export class FortigateLine {
  readonly fields: FieldSpans = newFieldSpans();
  isCef = false;
  #isJson = false;
  readonly #clock: DeviceClock;
  readonly #envelope = new Envelope();
  readonly #cef = new CefReader(this.fields);
  #start = 0;
  #end = 0;
  /** Where the line ends in the buffer that all spans refer to. */
  textEnd = 0;
  /** The line is of a virtual domain other than `root`. */
  isOfDomain = false;
  /** A copy of the line where values had to be unescaped, or a name is put together. */
  #scratch = new Uint8Array(0);

  constructor(clock: DeviceClock) {
    this.#clock = clock;
  }

  /** The innermost envelope's time, or NaN. */
  get timeMs(): number {
    return this.#envelope.timeMs;
  }

  /** The innermost envelope's host. */
  get host(): Span {
    return this.#envelope.host;
  }

  /** Finds the fields of `bytes[start, end)`. Returns the kind of record. */
  scan(bytes: Uint8Array, start: number, end: number): number {
    this.fields.clear();
    let from = start;
    let to = end;
    while (from < to && (bytes[from] as number) <= SPACE) from++;
    while (to > from && (bytes[to - 1] as number) <= SPACE) to--;
    if (bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf) from += 3;
    if (from >= to) return KIND_BLANK;
    this.#start = from;
    this.#end = to;
    this.textEnd = to;
    const payload = this.#findPayload(bytes, from, to);
    if (payload === NO_PAYLOAD) return KIND_UNKNOWN;
    if (this.#isJson) {
      if (!readJson(bytes, payload, to, this.fields)) return KIND_UNKNOWN;
    } else if (!this.isCef) readNative(bytes, payload, to, this.fields);
    else if (!this.#cef.read(bytes, payload, to)) return KIND_UNKNOWN;
    return this.#kind(bytes);
  }

  /** Whether a line of unknown kind is a FortiGate's that ends before it says more. */
  isCut(): boolean {
    const { fields } = this;
    if (this.#isJson) return fields.has(LOGID) && fields.has(TYPE);
    if (fields.has(LOGID) || fields.has(TYPE)) return false;
    return fields.has(DATE) && (fields.has(DEVID) || fields.has(EVENTTIME));
  }

  /**
   * The buffer that all spans refer to: `bytes`, or, where values hold escapes, a copy of the line without them; also where
   * the firewall's name has to be put together (`nameDomain`). Every span moves along; a value never stands at a line's
   * first byte, so none moves to 0.
   */
  unescape(bytes: Uint8Array): Uint8Array {
    const { fields } = this;
    this.isOfDomain = fields.has(VD) && !equals(bytes, ROOT, fields.start(VD), fields.end(VD));
    if (!fields.hasEscapes && !this.isOfDomain) return bytes;
    const length = this.#end - this.#start;
    // Twice, so that there is room for a name behind the line.
    if (this.#scratch.length < 2 * length) this.#scratch = new Uint8Array(2 * length);
    this.#scratch.set(bytes.subarray(this.#start, this.#end));
    this.textEnd = length;
    fields.unescape(
      this.#scratch,
      this.#start,
      this.isCef ? CEF_ESCAPES : this.#isJson ? JSON_ESCAPES : QUOTED_ESCAPES,
    );
    const { host } = this.#envelope;
    if (!host.isEmpty) host.set(host.start - this.#start, host.end - this.#start);
    return this.#scratch;
  }

  /** Makes `observer`, the device's name in the copy that `unescape` made, that of the virtual domain: `device/domain`. */
  nameDomain(observer: Span): void {
    const text = this.#scratch;
    const middle = this.textEnd + observer.end - observer.start;
    const end = middle + 1 + this.fields.end(VD) - this.fields.start(VD);
    text.copyWithin(this.textEnd, observer.start, observer.end);
    text[middle] = SLASH;
    text.copyWithin(middle + 1, this.fields.start(VD), this.fields.end(VD));
    observer.set(this.textEnd, end);
  }

  /** The action in CEF's header, `traffic:forward close`, for those that leave it out of the extension. */
  actionOfHeader(bytes: Uint8Array, into: Span): void {
    const start = this.fields.start(HEADER_NAME);
    const end = this.fields.end(HEADER_NAME);
    const blank = findByte(bytes, SPACE, start, end);
    if (findByte(bytes, COLON, start, blank) === blank) return;
    for (let i = blank + 1; i < end; i++) if (bytes[i] !== DASH && !isLowerCase(bytes[i] as number)) return;
    if (blank + 1 < end) into.set(blank + 1, end);
  }

  /** First byte of the pairs or, for CEF, of its version; relays put envelopes of their own around the device's. */
  #findPayload(bytes: Uint8Array, start: number, end: number): number {
    this.isCef = false;
    this.#isJson = false;
    const envelope = this.#envelope;
    let from = start;
    for (let depth = 0; depth < MAX_ENVELOPES; depth++) {
      if (depth === 0) readEnvelope(bytes, from, end, this.#clock, envelope);
      else readNextEnvelope(bytes, from, end, this.#clock, envelope);
      const { payload, program, host } = envelope;
      const isBare =
        equals(bytes, CEF_PROGRAM, program.start, program.end) || startsWith(bytes, CEF_START, payload, end);
      let cef = isBare ? payload : afterCefMark(bytes, payload, end);
      // Without a host, `CEF:0|Fortinet|...` up to its first blank looks like one.
      if (cef < 0 && !host.isEmpty) {
        cef = afterCefMark(bytes, host.start, end);
        if (cef >= 0) host.set(0, 0);
      }
      if (cef >= 0) {
        this.isCef = true;
        return cef;
      }
      // A relay that writes RFC 5424 takes the first pairs, up to the hour, for the program's name.
      const isTorn = startsWith(bytes, DATE_PAIR, program.start, program.end);
      if (isTorn || isNativeStart(bytes, payload, end)) return payload;
      if (bytes[payload] === OPEN_BRACE) {
        this.#isJson = true;
        return payload;
      }
      const behindName = this.#findBehindName(bytes, end);
      if (behindName !== NO_PAYLOAD) return behindName;
      if (payload === from || (Number.isNaN(envelope.timeMs) && bytes[payload] !== LESS))
        return depth === 0 && Number.isNaN(envelope.timeMs) ? this.#findBehindUnknown(bytes, from, end) : NO_PAYLOAD;
      from = payload;
    }
    return NO_PAYLOAD;
  }

  /** The same behind the device's name, to which a relay's header with a name of its own is no envelope. */
  #findBehindName(bytes: Uint8Array, end: number): number {
    const { payload, host, program, timeMs } = this.#envelope;
    if (Number.isNaN(timeMs) || host.isEmpty || !program.isEmpty) return NO_PAYLOAD;
    const nameEnd = findByte(bytes, SPACE, payload, Math.min(end, payload + MAX_NAME_BYTES));
    const after = nameEnd + 1;
    const cef = afterCefMark(bytes, after, end);
    if (bytes[nameEnd] !== SPACE || (cef < 0 && !isNativeStart(bytes, after, end))) return NO_PAYLOAD;
    host.set(payload, nameEnd);
    this.isCef = cef >= 0;
    return this.isCef ? cef : after;
  }

  /** The same behind an envelope that nobody knows: pairs that begin with a date, or CEF of this vendor. */
  #findBehindUnknown(bytes: Uint8Array, start: number, end: number): number {
    const reach = Math.min(end, start + MAX_ENVELOPE_BYTES);
    const pairs = findBytes(bytes, DATE_PAIR, start, reach);
    const isPairs = pairs > start && isOneOf(bytes, SEPARATORS, pairs - 1, pairs);
    const mark = isPairs ? -1 : findBytes(bytes, CEF_MARK, start, reach);
    if ((!isPairs && mark < 0) || isAccessLog(bytes, start, end)) return NO_PAYLOAD;
    if (isPairs) return pairs;
    this.isCef = true;
    return afterCefMark(bytes, mark + 1, end);
  }

  #kind(bytes: Uint8Array): number {
    const { fields } = this;
    // FortiWeb, FortiADC and FortiMail write FortiOS 4's names to this day, but have no policies with numbers.
    if (fields.has(OLD_LOGID)) {
      if (!fields.has(POLICYID)) return KIND_UNKNOWN;
      fields.adopt(LOGID, OLD_LOGID);
    }
    const logIdStart = fields.start(LOGID);
    const logIdEnd = fields.end(LOGID);
    if (fields.has(TYPE)) {
      // Other products write `type`, too.
      const isOurs = parseDecimal(bytes, logIdStart, logIdEnd) >= 0 || (fields.has(SUBTYPE) && fields.has(SRCIP));
      return isOurs ? this.#kindOfWords(bytes, fields.start(TYPE), fields.end(TYPE)) : KIND_UNKNOWN;
    }
    if (this.isCef) {
      // `traffic:forward`, in FortiOS's header followed by more words.
      fields.adopt(CATEGORY, HEADER_NAME);
      const start = fields.start(CATEGORY);
      const end = fields.end(CATEGORY);
      const colon = findByte(bytes, COLON, start, end);
      if (colon < end) {
        fields.put(bytes, SUBTYPE, colon + 1, findByte(bytes, SPACE, colon + 1, end));
        return this.#kindOfWords(bytes, start, colon);
      }
    }
    if (logIdEnd - logIdStart !== LOG_ID_DIGITS) return KIND_UNKNOWN;
    return kindOfLogId(parseDecimal(bytes, logIdStart, logIdEnd));
  }

  #kindOfWords(bytes: Uint8Array, start: number, end: number): number {
    return kindOfWords(bytes, start, end, this.fields.start(SUBTYPE), this.fields.end(SUBTYPE));
  }
}

function isLowerCase(byte: number): boolean {
  return byte >= LOWER_A && byte < LOWER_A + 26;
}
