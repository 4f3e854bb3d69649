/** The fields of FortiOS logs that say something of traffic, under their native names (those of its CEF output: cef-reader.ts). */
import { BACKSLASH, DIGIT_9, EQUALS, LOWER_A, QUOTE, SLASH } from "../bytes.ts";
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
export const CUSTOM_STRING = field("cs5");
export const CUSTOM_STRING_LABEL = field("cs5Label");
export const CUSTOM_NUMBER = field("cn1");
export const CUSTOM_NUMBER_LABEL = field("cn1Label");
export const CUSTOM_NUMBER_2 = field("cn2");
export const CUSTOM_NUMBER_2_LABEL = field("cn2Label");
export const CUSTOM_NUMBER_3 = field("cn3");
export const CUSTOM_NUMBER_3_LABEL = field("cn3Label");

export const nativeKeys = new WordIndex([
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
