/**
 * The packet half of a line of ebtables' `--log`, which words it in its own way. torvalds/linux net/bridge/netfilter/ebt_log.c
 *
 *   IN=eth1 OUT=eth2 MAC source = 02:... MAC dest = 02:... proto = 0x0800 IP SRC=192.0.2.1 IP DST=198.51.100.5, IP tos=0x00,
 *     IP proto=17 SPT=5060 DPT=5060
 *   IN=eth1 OUT=eth2 MAC source = ... proto = 0x86dd IPv6 SRC=2001:... IPv6 DST=2001:..., IPv6 priority=0x0, Next Header=17 ...
 *
 * Gaps: no length, no DSCP of IPv6, no TCP flags; of a later fragment the kernel prints its payload's first bytes as ports.
 */
import { parseAddress } from "../address.ts";
import { ascii, COMMA, equals, findBytes, parseDecimal, parseHex, SPACE } from "../bytes.ts";
import { FOREIGN, type LineStatus, MALFORMED, PARSED } from "../format.ts";
import type { LogRecord } from "../record.ts";

const ETHERTYPE = ascii(" proto = ");
const IPV4 = ascii("0x0800");
const IPV6 = ascii("0x86dd");
const SOURCE = [" IP SRC=", " IPv6 SRC="].map(ascii);
const DESTINATION = [" IP DST=", " IPv6 DST="].map(ascii);
const PROTOCOL = [" IP proto=", " Next Header="].map(ascii);
const TYPE_OF_SERVICE = [" IP tos="].map(ascii);
const SOURCE_PORT = [" SPT="].map(ascii);
const DESTINATION_PORT = [" DPT="].map(ascii);

/** The value that was found last. */
let valueStart = 0;
let valueEnd = 0;

/** Reads what stands behind the interfaces; FOREIGN where that is ARP, another layer, or nothing but the addresses of Ethernet. */
export function readBridgePacket(bytes: Uint8Array, start: number, end: number, into: LogRecord): LineStatus {
  if (!find([ETHERTYPE], bytes, start, end)) return MALFORMED;
  if (!equals(bytes, IPV4, valueStart, valueEnd) && !equals(bytes, IPV6, valueStart, valueEnd)) return FOREIGN;
  if (!find(SOURCE, bytes, start, end)) return FOREIGN;
  const version = parseAddress(bytes, valueStart, valueEnd, into.source);
  if (version === 0 || !find(DESTINATION, bytes, start, end)) return MALFORMED;
  // The comma shows that the address is whole.
  if (valueEnd === end || parseAddress(bytes, valueStart, valueEnd, into.destination) !== version) return MALFORMED;
  into.ipVersion = version;
  into.protocol = numberOf(PROTOCOL, bytes, start, end, 255);
  if (find(TYPE_OF_SERVICE, bytes, start, end)) into.dscp = parseHex(bytes, valueStart + 2, valueEnd) >> 2;
  into.sourcePort = numberOf(SOURCE_PORT, bytes, start, end, 65535);
  into.destinationPort = numberOf(DESTINATION_PORT, bytes, start, end, 65535);
  if (into.destinationPort < 0) into.sourcePort = -1;
  return PARSED;
}

/** Finds the value behind one of `keys`, up to a blank or a comma. */
function find(keys: readonly Uint8Array[], bytes: Uint8Array, start: number, end: number): boolean {
  for (const key of keys) {
    const at = findBytes(bytes, key, start, end);
    if (at < 0) continue;
    valueStart = at + key.length;
    valueEnd = valueStart;
    while (valueEnd < end && bytes[valueEnd] !== SPACE && bytes[valueEnd] !== COMMA) valueEnd++;
    return true;
  }
  return false;
}

function numberOf(keys: readonly Uint8Array[], bytes: Uint8Array, start: number, end: number, max: number): number {
  const value = find(keys, bytes, start, end) ? parseDecimal(bytes, valueStart, valueEnd) : -1;
  return value <= max ? value : -1;
}
