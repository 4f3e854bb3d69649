/** Who speaks with whom in a FortiGate's record: protocol, addresses, translations and ports. */
import { type AddressWords, isUnspecified, parseAddress } from "../address.ts";
import { ascii, equals, findByte, isDigit, parseDecimal, parseHex, parsePort, SLASH, startsWith } from "../bytes.ts";
import type { FieldSpans } from "../lexing/field-spans.ts";
import { WordIndex } from "../lexing/word-index.ts";
import { ICMP, ICMPV6, PROTOCOL_UNKNOWN, SCTP, TCP, UDP, UDPLITE } from "../protocols.ts";
import type { LogRecord } from "../record.ts";
import * as field from "./fields.ts";

const NO_TRANSLATION = ascii("noop");
const ICMP_SERVICE = ascii("icmp");

const protocolWords = new WordIndex([
  ["tcp", TCP],
  ["TCP", TCP],
  ["udp", UDP],
  ["UDP", UDP],
  ["icmp", ICMP],
  ["ICMP", ICMP],
]);

/** Reads protocol, addresses, translations and ports; false where one is none, or one of the two addresses is missing. */
export function readEndpoints(bytes: Uint8Array, fields: FieldSpans, into: LogRecord): boolean {
  into.protocol = protocolOf(bytes, fields);
  return readAddresses(bytes, fields, into) && readPorts(bytes, fields, into);
}

function protocolOf(bytes: Uint8Array, fields: FieldSpans): number {
  const start = fields.start(field.PROTO);
  const end = fields.end(field.PROTO);
  if (start === 0) return PROTOCOL_UNKNOWN;
  return isDigit(bytes[start]) ? parseDecimal(bytes, start, end) : protocolWords.find(bytes, start, end);
}

/** False where an address is none, or one of the two is missing. */
function readAddresses(bytes: Uint8Array, fields: FieldSpans, into: LogRecord): boolean {
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
  return readTranslations(bytes, fields, into);
}

/** `transip` is the translated source, `tranip` the translated destination; `0.0.0.0` and `::` are none. */
function readTranslations(bytes: Uint8Array, fields: FieldSpans, into: LogRecord): boolean {
  if (fields.has(field.TRANSIP)) {
    if (parseAddress(bytes, fields.start(field.TRANSIP), fields.end(field.TRANSIP), into.sourceNat) === 0) return false;
    into.hasSourceNat = !isUnspecified(into.sourceNat);
    if (into.hasSourceNat) into.sourceNatPort = translatedPort(bytes, fields, field.TRANSPORT, into.protocol);
  }
  if (fields.has(field.TRANIP)) {
    if (parseAddress(bytes, fields.start(field.TRANIP), fields.end(field.TRANIP), into.destinationNat) === 0)
      return false;
    into.hasDestinationNat = !isUnspecified(into.destinationNat);
    if (into.hasDestinationNat) into.destinationNatPort = translatedPort(bytes, fields, field.TRANPORT, into.protocol);
  }
  return true;
}

function translatedPort(bytes: Uint8Array, fields: FieldSpans, from: number, protocol: number): number {
  const port = hasPorts(protocol) ? parsePort(bytes, fields.start(from), fields.end(from)) : -1;
  return port > 0 ? port : -1;
}

/** False where a port is none. FortiOS writes port 0 for protocols that have none. */
function readPorts(bytes: Uint8Array, fields: FieldSpans, into: LogRecord): boolean {
  if (into.protocol === ICMP || into.protocol === ICMPV6) readIcmp(bytes, fields, into);
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
function readIcmp(bytes: Uint8Array, fields: FieldSpans, into: LogRecord): void {
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
