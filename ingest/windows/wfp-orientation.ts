/**
 * Which side of a Windows filtering platform event is the host, and which opened the connection.
 *
 * Packet events (5152, 5153) show the packet as on the wire. Connection events (5156, 5157) do so for outbound ones
 * and, in logs from 2019 on, for inbound ones; in those of 2015 (Windows 7, 8.1, Server 2012) an inbound event's source is the
 * *local* socket, as learn.microsoft.com still documents event 5157 ("Source Address: local IP address on which application
 * received the connection") with a sample to match. No field tells the two apart, so an
 * inbound connection is turned round only where ports or addresses show that it must be.
 *
 * The layer says who opened it: Connect is the host, even where the packet that had it authorised again came in (then the
 * event says Inbound and its source is the local ephemeral port); Receive/Accept is the peer.
 */
import { type AddressWords, isIpv4, isMulticastOrBroadcast, isPrivateAddress } from "../address.ts";
import { TCP } from "../protocols.ts";

/** The layer is unknown, or is none of a connection's. */
export const LAYER_OTHER = 0;
/** ALE Receive/Accept: the peer opened the connection. */
export const LAYER_ACCEPT = 1;
/** ALE Connect: the host opened it. */
export const LAYER_CONNECT = 2;
export type Layer = 0 | 1 | 2;

/** The layer of a run-time id: fixed numbers since Windows Vista (fwpsk.h, FWPS_BUILTIN_LAYERS), v4, v6 and their discards. */
export function layerOfId(id: number): Layer {
  if (id >= 44 && id <= 47) return LAYER_ACCEPT;
  return id >= 48 && id <= 51 ? LAYER_CONNECT : LAYER_OTHER;
}

/** Windows clients open from 49152 up, Linux ones from 32768. */
const CLIENT_PORT_MIN = 32_768;

/** Whether the source of an inbound connection event is the local socket. */
export function isLocalFirst(
  protocol: number,
  source: AddressWords,
  sourcePort: number,
  destination: AddressWords,
  destinationPort: number,
): boolean {
  // Nobody sends from a group or broadcast address; the host receives on it.
  if (isGroup(protocol, source)) return !isGroup(protocol, destination);
  if (isGroup(protocol, destination)) return false;
  const isSourcePrivate = isPrivateAddress(source);
  if (isSourcePrivate !== isPrivateAddress(destination)) {
    // A host behind NAT. A public client of a public-side server would contradict its ports.
    return isSourcePrivate && !(sourcePort >= CLIENT_PORT_MIN && destinationPort < CLIENT_PORT_MIN);
  }
  // UDP answers to multicast questions (SSDP, LLMNR) come from fixed ports to ephemeral ones: only TCP's ports tell.
  return protocol === TCP && sourcePort < CLIENT_PORT_MIN && destinationPort >= CLIENT_PORT_MIN;
}

/** Multicast, broadcast, or, as subnets go, most likely a subnet's broadcast (never with TCP). */
function isGroup(protocol: number, address: AddressWords): boolean {
  if (isMulticastOrBroadcast(address)) return true;
  return protocol !== TCP && isIpv4(address) && ((address[3] as number) & 0xff) === 0xff;
}

/** Whether an inbound event without a known layer is the host's own connection: a local ephemeral port to a service outside. */
export function isOwnConnection(
  source: AddressWords,
  sourcePort: number,
  destination: AddressWords,
  destinationPort: number,
): boolean {
  return (
    isPrivateAddress(source) &&
    !isPrivateAddress(destination) &&
    !isMulticastOrBroadcast(destination) &&
    sourcePort >= CLIENT_PORT_MIN &&
    destinationPort < CLIENT_PORT_MIN
  );
}
