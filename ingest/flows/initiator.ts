/**
 * Who opened the conversation that a line belongs to. The answer depends on the line and on what
 * rules know of the hosts alone, never on other lines, so that any order of lines gives the same flows.
 */
import { isMulticastOrBroadcast } from "../address.ts";
import { TCP, UDP } from "../protocols.ts";
import { type LogRecord, TCP_ACK, TCP_FIN, TCP_RST, TCP_SYN } from "../record.ts";
import type { FlowSelector } from "./flow-selection.ts";

/** Source opened it, and the log says so. */
export const SOURCE_CERTAIN = 0;
/** Source opened it, as far as ports tell. */
export const SOURCE_LIKELY = 1;
/** The line is a packet back to the opener, and the log says so (SYN+ACK). */
export const DESTINATION_CERTAIN = 2;
/** The line looks like a packet back to the opener. */
export const DESTINATION_LIKELY = 3;
export type Initiator = 0 | 1 | 2 | 3;

/** Linux takes such ports for calls of its own, Windows the upper half of them. */
const FIRST_EPHEMERAL_PORT = 32_768;

/** `sourceIndex` and `destinationIndex`: `hostIndex` of the record's source and of its (translated) destination. */
export function initiatorOf(
  record: LogRecord,
  selector: FlowSelector,
  sourceIndex: number,
  destinationIndex: number,
): Initiator {
  if (record.sourceIsInitiator) return SOURCE_CERTAIN;
  const { protocol, tcpFlags, sourcePort } = record;
  if (protocol === TCP && tcpFlags >= 0) {
    const handshake = tcpFlags & (TCP_SYN | TCP_ACK | TCP_RST | TCP_FIN);
    if (handshake === TCP_SYN) return SOURCE_CERTAIN;
    if (handshake === (TCP_SYN | TCP_ACK)) return DESTINATION_CERTAIN;
  }
  const destinationPort = record.destinationNatPort >= 0 ? record.destinationNatPort : record.destinationPort;
  if ((protocol !== TCP && protocol !== UDP) || sourcePort < 0 || destinationPort < 0) return SOURCE_LIKELY;
  // Nobody sends from a group of hosts, so what goes to one answers nothing (paging, discovery).
  if (protocol === UDP && isMulticastOrBroadcast(record.destination)) return SOURCE_LIKELY;
  // Both ends use the same port (SIP, NTP): whoever sent this packet is as good a guess as any.
  if (sourcePort === destinationPort) return SOURCE_LIKELY;
  if (sourceIndex >= 0 || destinationIndex >= 0) {
    const destination = record.hasDestinationNat ? record.destinationNat : record.destination;
    const opens = selector.isClientPort(sourceIndex, record.source, protocol, sourcePort);
    const opened = selector.isClientPort(destinationIndex, destination, protocol, destinationPort);
    const serves = selector.isService(destinationIndex, destination, protocol, destinationPort);
    // The clearest case: a port that only calls, and the well-known port that it calls.
    if (opens && !opened && isWellKnown(destinationPort)) return SOURCE_LIKELY;
    // Scanners send SIP from SIP's ports too: to a host that answers on one it is a request.
    const isRequest = serves && isSip(destinationPort) && isSip(sourcePort);
    if (opened && !opens && isWellKnown(sourcePort) && !isRequest) return DESTINATION_LIKELY;
    // A port that its host both serves and calls from proves nothing.
    const served = !opens && selector.isService(sourceIndex, record.source, protocol, sourcePort);
    // A host may call the well-known port of a peer from a port that is a service of its own.
    if (served && !serves && isWellKnown(destinationPort)) return SOURCE_LIKELY;
    if (serves !== served) return serves ? SOURCE_LIKELY : DESTINATION_LIKELY;
    // Nobody answers from a port that is taken for a while, so that what comes from one to where a host calls from is a knock.
    if (opens !== opened) return opens || sourcePort >= FIRST_EPHEMERAL_PORT ? SOURCE_LIKELY : DESTINATION_LIKELY;
    if (serves) return SOURCE_LIKELY;
  }
  return destinationPort <= sourcePort ? SOURCE_LIKELY : DESTINATION_LIKELY;
}

/** DNS, NTP, STUN and SIP: what a voice host's peers answer on. */
function isWellKnown(port: number): boolean {
  return port === 53 || port === 123 || port === 3478 || isSip(port);
}

function isSip(port: number): boolean {
  return port === 5060 || port === 5061;
}
