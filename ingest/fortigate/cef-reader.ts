/** FortiOS logs in ArcSight's Common Event Format, read into the fields of the native ones. */
import { ascii, matchesAt, startsWith } from "../bytes.ts";
import { CefHeader, readCefHeader, readCefPairs } from "../lexing/cef.ts";
import type { FieldSpans } from "../lexing/field-spans.ts";
import { UNKNOWN_WORD, WordIndex } from "../lexing/word-index.ts";
import * as field from "./fields.ts";

const cefKeys = new WordIndex([
  ["deviceExternalId", field.DEVID],
  ["dvchost", field.DEVNAME],
  ["cat", field.CATEGORY],
  ["act", field.ACTION],
  ["outcome", field.STATUS],
  ["src", field.SRCIP],
  ["dst", field.DSTIP],
  ["spt", field.SRCPORT],
  ["dpt", field.DSTPORT],
  ["deviceInboundInterface", field.SRCINTF],
  ["deviceOutboundInterface", field.DSTINTF],
  ["proto", field.PROTO],
  ["app", field.SERVICE],
  ["externalId", field.SESSIONID],
  ["sourceTranslatedAddress", field.TRANSIP],
  ["sourceTranslatedPort", field.TRANSPORT],
  ["destinationTranslatedAddress", field.TRANIP],
  ["destinationTranslatedPort", field.TRANPORT],
  ["out", field.SENTBYTE],
  ["in", field.RCVDBYTE],
  ["cnt", field.COUNT],
  ["msg", field.MSG],
  ["reason", field.REASON],
  ["dhost", field.DESTINATION_HOST],
  ["rt", field.RECEIPT_TIME],
  ["start", field.START_TIME],
  ["cs5", field.CUSTOM_STRING],
  ["cs5Label", field.CUSTOM_STRING_LABEL],
  ["cn1", field.CUSTOM_NUMBER],
  ["cn1Label", field.CUSTOM_NUMBER_LABEL],
  ["cn2", field.CUSTOM_NUMBER_2],
  ["cn2Label", field.CUSTOM_NUMBER_2_LABEL],
  ["cn3", field.CUSTOM_NUMBER_3],
  ["cn3Label", field.CUSTOM_NUMBER_3_LABEL],
]);

/** In front of native names in CEF: FortiOS, FortiOS 6.2.9 as some relays have it, FortiAnalyzer. */
const CEF_PREFIXES = [ascii("FTNTFGT"), ascii("FortinetFortiGate"), ascii("ad.")];

/** What FortiOS 5.6 puts into CEF's custom fields. */
const customFields = [
  { target: field.POLICYID, value: field.CUSTOM_STRING, label: field.CUSTOM_STRING_LABEL, text: ascii("Policy Id") },
  { target: field.DURATION, value: field.CUSTOM_NUMBER, label: field.CUSTOM_NUMBER_LABEL, text: ascii("Duration") },
  {
    target: field.SENTPKT,
    value: field.CUSTOM_NUMBER_2,
    label: field.CUSTOM_NUMBER_2_LABEL,
    text: ascii("Packets Sent"),
  },
  {
    target: field.RCVDPKT,
    value: field.CUSTOM_NUMBER_3,
    label: field.CUSTOM_NUMBER_3_LABEL,
    text: ascii("Packets Received"),
  },
];

const VENDOR = ascii("Fortinet");
/** Lower case. FortiMail, FortiWeb and others write CEF of their own. */
const PRODUCTS = [ascii("fortigate"), ascii("fortiwifi"), ascii("fortios"), ascii("fortiproxy")];

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
    fields.put(bytes, field.LOGID, header.signature.start, header.signature.end);
    fields.put(bytes, field.HEADER_NAME, header.name.start, header.name.end);
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
    return field.nativeKeys.find(bytes, start + prefix.length, end);
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
