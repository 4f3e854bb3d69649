/** The fields of UniFi's CEF lines that say something of traffic, and the spans of one line's values. */
import { type CefHeader, readCefPairs } from "../lexing/cef.ts";
import { FieldSpans } from "../lexing/field-spans.ts";
import { UNKNOWN_WORD, WordIndex } from "../lexing/word-index.ts";

export const UTC_TIME = 0;
export const HOST = 1;
export const ACTION = 2;
export const PROTOCOL = 3;
/** Three names each: plain CEF, a client of the network, the gateway or another UniFi device. */
export const SOURCE = 4;
export const DESTINATION = 5;
export const SOURCE_PORT = 6;
export const DESTINATION_PORT = 7;
export const IN_INTERFACE = 8;
export const OUT_INTERFACE = 9;
export const POLICY_NAME = 10;
export const POLICY_TYPE = 11;
export const WAY = 12;
export const APPLICATION = 13;
export const SIGNATURE = 14;
export const SIGNATURE_ID = 15;
export const SESSION = 16;
export const FLOW_COUNT = 17;
export const TOTAL_BYTES = 18;
export const TOTAL_PACKETS = 19;
export const SENT_BYTES = 20;
export const SENT_PACKETS = 21;
export const RECEIVED_BYTES = 22;
export const RECEIVED_PACKETS = 23;
export const MESSAGE = 24;
const FIELD_COUNT = 25;

const keys = new WordIndex([
  ["UNIFIutcTime", UTC_TIME],
  ["UNIFIhost", HOST],
  ["act", ACTION],
  ["proto", PROTOCOL],
  ["src", SOURCE],
  ["UNIFIsrcClientIp", SOURCE],
  ["UNIFIsrcDeviceIp", SOURCE],
  ["dst", DESTINATION],
  ["UNIFIdstClientIp", DESTINATION],
  ["UNIFIdstDeviceIp", DESTINATION],
  ["spt", SOURCE_PORT],
  ["dpt", DESTINATION_PORT],
  ["deviceInboundInterface", IN_INTERFACE],
  ["deviceOutboundInterface", OUT_INTERFACE],
  ["UNIFIfirewallPolicy", POLICY_NAME],
  ["UNIFIpolicyName", POLICY_NAME],
  ["UNIFIpolicyType", POLICY_TYPE],
  ["UNIFIdirection", WAY],
  ["app", APPLICATION],
  ["UNIFIipsSignature", SIGNATURE],
  ["UNIFIipsSignatureId", SIGNATURE_ID],
  ["UNIFIipsSessionId", SESSION],
  ["UNIFIflowCount", FLOW_COUNT],
  ["UNIFItotalBytes", TOTAL_BYTES],
  ["UNIFItotalPackets", TOTAL_PACKETS],
  ["UNIFIbytesSent", SENT_BYTES],
  ["UNIFIpacketsSent", SENT_PACKETS],
  ["UNIFIbytesReceived", RECEIVED_BYTES],
  ["UNIFIpacketsReceived", RECEIVED_PACKETS],
  ["msg", MESSAGE],
]);

/** One is reused for all lines of an input. */
export class UnifiFields extends FieldSpans {
  #bytes: Uint8Array = new Uint8Array(0);
  readonly #put = (keyStart: number, keyEnd: number, valueEnd: number, isEscaped: boolean): void => {
    const field = keys.find(this.#bytes, keyStart, keyEnd);
    if (field === UNKNOWN_WORD) return;
    if (isEscaped) this.putEscaped(this.#bytes, field, keyEnd + 1, valueEnd);
    else this.put(this.#bytes, field, keyEnd + 1, valueEnd);
  };

  constructor() {
    super(FIELD_COUNT, UNKNOWN_WORD);
  }

  /** Reads the pairs behind `header`. */
  read(bytes: Uint8Array, header: CefHeader, end: number): void {
    this.clear();
    this.#bytes = bytes;
    readCefPairs(bytes, header.extension, end, this.#put);
  }
}
