/** Which packets may be audio of a call, as far as one line tells. */
import { UDP } from "./protocols.ts";
import { type LogRecord, PHASE_END, PHASE_PACKET, VERDICT_ALLOW } from "./record.ts";

/** Media of hosts that nobody declared keep their ports in blocks of so many, which start at multiples of it. */
export const MEDIA_BLOCK_PORTS = 1024;
/** No telephone sends audio from or to a well-known port. */
export const FIRST_MEDIA_PORT = 1024;
/** Mean IP bytes of a packet of speech: G.729 with 20 ms takes 60, G.711 with 30 ms 280; SRTP and IPv6 add some. */
export const SMALLEST_SPEECH_BYTES = 50;
export const LARGEST_SPEECH_BYTES = 320;

export function isSpeechSized(bytes: number, packets: number): boolean {
  return SMALLEST_SPEECH_BYTES * packets <= bytes && bytes <= LARGEST_SPEECH_BYTES * packets;
}

/**
 * UDP between two high ports, of the size of speech, and in a session both ways. Meetings in a browser look the same, so
 * it is evidence only beside SIP.
 */
export function looksLikeMedia(record: LogRecord, initiatorPort: number, responderPort: number): boolean {
  if (record.protocol !== UDP || record.verdict !== VERDICT_ALLOW) return false;
  if (initiatorPort < FIRST_MEDIA_PORT || responderPort < FIRST_MEDIA_PORT) return false;
  if (record.phase === PHASE_PACKET) return isSpeechSized(record.bytes, 1);
  if (record.phase !== PHASE_END || record.packets <= 0 || record.replyPackets <= 0) return false;
  return isSpeechSized(record.bytes, record.packets);
}
