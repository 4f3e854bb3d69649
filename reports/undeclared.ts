/** What hosts do that behave like a phone system though the site binds them to no role, in words. */
import type { UndeclaredEvidence } from "../rules/result.ts";
import { phrases } from "./phrases.ts";
import { portsText } from "./words.ts";

/** `answers SIP, udp 5060: 12 packets, with the internal network (10.0.0.1, 10.0.0.2)` */
export function signText(sign: UndeclaredEvidence): string {
  const { what, transport, ports, packets, unit, peerZones, peers, peerCount } = sign;
  const { signs, on, with: withZones, hosts } = phrases.undeclared;
  const where = ports.length > 0 ? `${transport} ${portsText(ports)}` : transport;
  const others = peerCount > peers.length ? ", ..." : "";
  const named = peerCount > 0 ? ` (${hosts(peerCount)}: ${peers.join(", ")}${others})` : "";
  return `${signs[what]}, ${on(where, phrases.counted(packets, unit, null))}, ${withZones(peerZones.map((zone) => phrases.zones[zone]))}${named}`;
}
