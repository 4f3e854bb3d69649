/** A requirement's row in words. */
import type { Catalog, Requirement } from "../../catalogs/catalog.ts";
import { formatRanges } from "../matching/port-ranges.ts";
import { type Message, type MessageValue, say } from "../messages/message.ts";
import { vendorText } from "../messages/vendor-text.ts";

export const DIRECTION_WORDS: Readonly<Record<Requirement["direction"], Message>> = {
  in: say`in`,
  out: say`out`,
  both: say`both`,
  mutual: say`mutual`,
};

export const SCOPE_WORDS: Readonly<Record<Requirement["scope"], Message>> = { lan: say`lan`, wan: say`wan` };

/** "RTP: IpPbxSrv both udp, local port 51000-51499, peer any port any" */
export function describeRequirement(catalog: Catalog, requirement: Requirement): Message {
  return say`${vendorText(catalog, requirement.application)}: ${requirement.component} ${describePorts(requirement)}`;
}

/** "both udp, local port 51000-51499, peer any port any" */
export function describePorts({ direction, transport, localPorts, remote, remotePorts }: Requirement): Message {
  const peer = remote === "any" ? PORT_WORDS.any : namesOf(remote);
  return say`${DIRECTION_WORDS[direction]} ${transport}, local port ${portsOf(localPorts)}, peer ${peer} port ${portsOf(remotePorts)}`;
}

/** A role, or host names with commas between. */
export function namesOf(remote: string): string {
  return remote.replaceAll(";", ", ");
}

const PORT_WORDS = { any: say`any`, dynamic: say`dynamic`, unknown: say`unknown` };

function portsOf(ports: Requirement["localPorts"]): MessageValue {
  return typeof ports === "string" ? PORT_WORDS[ports] : formatRanges(ports);
}
