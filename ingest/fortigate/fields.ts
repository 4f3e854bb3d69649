/** The fields of FortiOS logs that say something of traffic, under their native names and those of its CEF output. */
import { ascii, BACKSLASH, DIGIT_9, EQUALS, LOWER_A, matchesAt, QUOTE, SLASH, startsWith } from "../bytes.ts";
import { CefHeader, readCefHeader, readCefPairs } from "../lexing/cef.ts";
import { FieldSpans } from "../lexing/field-spans.ts";
import { JSON_BROKEN, JSON_END, JSON_LITERAL, JSON_STRING, JsonScanner } from "../lexing/json-scan.ts";
import { readPairs } from "../lexing/key-value.ts";
import { UNKNOWN_WORD, WordIndex } from "../lexing/word-index.ts";

const names: string[] = [];

/** Number of the next field, by its native name. */
function field(name: string): number {
  return names.push(name) - 1;
}

export const DATE = field("date");
export const TIME = field("time");
export const TZ = field("tz");
export const EVENTTIME = field("eventtime");
export const ITIME = field("itime");
export const TIMESTAMP = field("timestamp");
export const DEVNAME = field("devname");
export const DEVID = field("devid");
export const VD = field("vd");
export const LOGID = field("logid");
export const TYPE = field("type");
export const SUBTYPE = field("subtype");
export const ACTION = field("action");
export const STATUS = field("status");
export const UTMACTION = field("utmaction");
export const SRCIP = field("srcip");
export const DSTIP = field("dstip");
export const SRCPORT = field("srcport");
export const DSTPORT = field("dstport");
export const SRCINTF = field("srcintf");
export const DSTINTF = field("dstintf");
export const PROTO = field("proto");
export const SERVICE = field("service");
export const APP = field("app");
export const POLICYID = field("policyid");
export const POLICYNAME = field("policyname");
export const POLUUID = field("poluuid");
export const SESSIONID = field("sessionid");
export const TRANDISP = field("trandisp");
export const TRANSIP = field("transip");
export const TRANSPORT = field("transport");
export const TRANIP = field("tranip");
export const TRANPORT = field("tranport");
export const DURATION = field("duration");
export const SENTBYTE = field("sentbyte");
export const RCVDBYTE = field("rcvdbyte");
export const SENTPKT = field("sentpkt");
export const RCVDPKT = field("rcvdpkt");
export const SENTDELTA = field("sentdelta");
export const RCVDDELTA = field("rcvddelta");
export const SENTPKTDELTA = field("sentpktdelta");
export const RCVDPKTDELTA = field("rcvdpktdelta");
export const SHAPERDROPSENTBYTE = field("shaperdropsentbyte");
export const SHAPERDROPRCVDBYTE = field("shaperdroprcvdbyte");
export const ATTACK = field("attack");
export const VIRUS = field("virus");
export const MALFORM_DESC = field("malform_desc");
export const REASON = field("reason");
export const MSG = field("msg");
export const HOSTNAME = field("hostname");
export const QNAME = field("qname");
export const IPADDR = field("ipaddr");
export const DSTNAME = field("dstname");
export const SCERTCNAME = field("scertcname");
export const COUNT = field("count");
export const ICMPTYPE = field("icmptype");
export const ICMPCODE = field("icmpcode");
export const VOIP_PROTO = field("voip_proto");
export const KIND = field("kind");
/** FortiOS 4, and other Fortinet products until today. */
export const OLD_LOGID = field("log_id");

const NATIVE_FIELDS = names.length;

// CEF only: what has no native twin, or one under two names.
export const CATEGORY = field("cat");
export const DESTINATION_HOST = field("dhost");
export const RECEIPT_TIME = field("rt");
export const START_TIME = field("start");
export const HEADER_NAME = field("");
const CUSTOM_STRING = field("cs5");
const CUSTOM_STRING_LABEL = field("cs5Label");
const CUSTOM_NUMBER = field("cn1");
const CUSTOM_NUMBER_LABEL = field("cn1Label");
const CUSTOM_NUMBER_2 = field("cn2");
const CUSTOM_NUMBER_2_LABEL = field("cn2Label");
const CUSTOM_NUMBER_3 = field("cn3");
const CUSTOM_NUMBER_3_LABEL = field("cn3Label");

const nativeKeys = new WordIndex([
  ...names.slice(0, NATIVE_FIELDS).map((name, index): [string, number] => [name, index]),
  // VoIP logs keep FortiOS 4 names (LOGID_EVENT_VOIP, 44032).
  ["src_ip", SRCIP],
  ["dst_ip", DSTIP],
  ["session_id", SESSIONID],
  ["src_port", SRCPORT],
  ["dst_port", DSTPORT],
  ["src_int", SRCINTF],
  ["dst_int", DSTINTF],
  ["policy_id", POLICYID],
  ["malformdesc", MALFORM_DESC],
  ["voipproto", VOIP_PROTO],
  // FortiOS 4 (FortiGate Log Message Reference 4.0 MR3).
  ["device_id", DEVID],
  ["src", SRCIP],
  ["dst", DSTIP],
  ["tran_disp", TRANDISP],
  ["tran_sip", TRANSIP],
  ["tran_sport", TRANSPORT],
  ["tran_ip", TRANIP],
  ["tran_port", TRANPORT],
  ["sent", SENTBYTE],
  ["rcvd", RCVDBYTE],
  ["sent_pkt", SENTPKT],
  ["rcvd_pkt", RCVDPKT],
  ["shaper_drop_sent", SHAPERDROPSENTBYTE],
  ["shaper_drop_rcvd", SHAPERDROPRCVDBYTE],
  ["SN", SESSIONID],
]);

const cefKeys = new WordIndex([
  ["deviceExternalId", DEVID],
  ["dvchost", DEVNAME],
  ["cat", CATEGORY],
  ["act", ACTION],
  ["outcome", STATUS],
  ["src", SRCIP],
  ["dst", DSTIP],
  ["spt", SRCPORT],
  ["dpt", DSTPORT],
  ["deviceInboundInterface", SRCINTF],
  ["deviceOutboundInterface", DSTINTF],
  ["proto", PROTO],
  ["app", SERVICE],
  ["externalId", SESSIONID],
  ["sourceTranslatedAddress", TRANSIP],
  ["sourceTranslatedPort", TRANSPORT],
  ["destinationTranslatedAddress", TRANIP],
  ["destinationTranslatedPort", TRANPORT],
  ["out", SENTBYTE],
  ["in", RCVDBYTE],
  ["cnt", COUNT],
  ["msg", MSG],
  ["reason", REASON],
  ["dhost", DESTINATION_HOST],
  ["rt", RECEIPT_TIME],
  ["start", START_TIME],
  ["cs5", CUSTOM_STRING],
  ["cs5Label", CUSTOM_STRING_LABEL],
  ["cn1", CUSTOM_NUMBER],
  ["cn1Label", CUSTOM_NUMBER_LABEL],
  ["cn2", CUSTOM_NUMBER_2],
  ["cn2Label", CUSTOM_NUMBER_2_LABEL],
  ["cn3", CUSTOM_NUMBER_3],
  ["cn3Label", CUSTOM_NUMBER_3_LABEL],
]);

/** In front of native names in CEF: FortiOS, FortiOS 6.2.9 as some relays have it, FortiAnalyzer. */
const CEF_PREFIXES = [ascii("FTNTFGT"), ascii("FortinetFortiGate"), ascii("ad.")];

/** What FortiOS 5.6 puts into CEF's custom fields. */
const customFields = [
  { target: POLICYID, value: CUSTOM_STRING, label: CUSTOM_STRING_LABEL, text: ascii("Policy Id") },
  { target: DURATION, value: CUSTOM_NUMBER, label: CUSTOM_NUMBER_LABEL, text: ascii("Duration") },
  { target: SENTPKT, value: CUSTOM_NUMBER_2, label: CUSTOM_NUMBER_2_LABEL, text: ascii("Packets Sent") },
  { target: RCVDPKT, value: CUSTOM_NUMBER_3, label: CUSTOM_NUMBER_3_LABEL, text: ascii("Packets Received") },
];

const VENDOR = ascii("Fortinet");
/** Lower case. FortiMail, FortiWeb and others write CEF of their own. */
const PRODUCTS = [ascii("fortigate"), ascii("fortiwifi"), ascii("fortios"), ascii("fortiproxy")];

/** Spans for one line. FortiAnalyzer puts its own `tz` in front of the device's, so there the last one counts. */
export function newFieldSpans(): FieldSpans {
  return new FieldSpans(names.length, TZ);
}

/** Whether a native payload begins at `start`: a key and `=`, perhaps in quotes. */
export function isNativeStart(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] === QUOTE ? start + 1 : start;
  for (let i = first; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte === EQUALS) return i > first;
    if (
      byte > DIGIT_9 ? byte < LOWER_A && byte !== 0x5f && !(byte >= 0x41 && byte <= 0x5a) : byte < 0x2d || byte === 0x2f
    )
      return false;
  }
  return false;
}

export function readNative(bytes: Uint8Array, start: number, end: number, into: FieldSpans): void {
  readPairs(bytes, start, end, nativeKeys, into);
}

const scanner = new JsonScanner();
/** Bytes that a backslash escapes in JSON and that FortiOS writes. */
export const JSON_ESCAPES = new Uint8Array([QUOTE, BACKSLASH, SLASH]);

/** Reads the object that begins at `start` (`set format json`: the native names). False where it is no whole JSON object. */
export function readJson(bytes: Uint8Array, start: number, end: number, into: FieldSpans): boolean {
  scanner.open(bytes, start, end);
  for (let event = scanner.next(); event !== JSON_END; event = scanner.next()) {
    if (event === JSON_BROKEN) return false;
    if (scanner.depth !== 1 || (event !== JSON_STRING && event !== JSON_LITERAL)) continue;
    const known = nativeKeys.find(bytes, scanner.keyStart, scanner.keyEnd);
    if (known === UNKNOWN_WORD) continue;
    if (scanner.hasEscapes && event === JSON_STRING)
      into.putEscaped(bytes, known, scanner.valueStart, scanner.valueEnd);
    else into.put(bytes, known, scanner.valueStart, scanner.valueEnd);
  }
  return true;
}

/** Reads CEF lines into the same fields. */
export class CefReader {
  readonly #header = new CefHeader();
  readonly #fields: FieldSpans;
  #bytes: Uint8Array = new Uint8Array(0);
  readonly #put = (keyStart: number, keyEnd: number, valueEnd: number, isEscaped: boolean): void => {
    const bytes = this.#bytes;
    const known = fieldOfCefKey(bytes, keyStart, keyEnd);
    if (known === UNKNOWN_WORD) return;
    if (isEscaped) this.#fields.putEscaped(bytes, known, keyEnd + 1, valueEnd);
    else this.#fields.put(bytes, known, keyEnd + 1, valueEnd);
  };

  constructor(fields: FieldSpans) {
    this.#fields = fields;
  }

  /** Reads from the version on, the byte after `CEF:`. False where the header is cut or of another product. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    const header = this.#header;
    if (!readCefHeader(bytes, start, end, header)) return false;
    if (header.vendor.end - header.vendor.start !== VENDOR.length || !matchesAt(bytes, VENDOR, header.vendor.start))
      return false;
    if (!isProduct(bytes, header.product.start, header.product.end)) return false;
    const fields = this.#fields;
    this.#bytes = bytes;
    readCefPairs(bytes, header.extension, end, this.#put);
    fields.put(bytes, LOGID, header.signature.start, header.signature.end);
    fields.put(bytes, HEADER_NAME, header.name.start, header.name.end);
    for (const custom of customFields) {
      const labelStart = fields.start(custom.label);
      if (startsWith(bytes, custom.text, labelStart, fields.end(custom.label)))
        fields.adopt(custom.target, custom.value);
    }
    return true;
  }
}

function fieldOfCefKey(bytes: Uint8Array, start: number, end: number): number {
  for (let i = 0; i < CEF_PREFIXES.length; i++) {
    const prefix = CEF_PREFIXES[i] as Uint8Array;
    if (prefix[0] !== bytes[start] || !startsWith(bytes, prefix, start, end)) continue;
    return nativeKeys.find(bytes, start + prefix.length, end);
  }
  return cefKeys.find(bytes, start, end);
}

function isProduct(bytes: Uint8Array, start: number, end: number): boolean {
  for (const product of PRODUCTS) {
    if (end - start < product.length) continue;
    let i = 0;
    while (i < product.length && ((bytes[start + i] as number) | 0x20) === product[i]) i++;
    if (i === product.length) return true;
  }
  return false;
}
