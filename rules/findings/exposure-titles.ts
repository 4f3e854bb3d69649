/** What an exposure claims in one line: whether the host could be reached, or another firewall stopped what one had let in. */
import type { Policy } from "../../catalogs/catalog.ts";
import { type Message, type MessageValue, say } from "../messages/message.ts";
import type { Zone } from "../result.ts";

export const FROM_ZONE: Readonly<Record<Zone, Message>> = {
  internet: say`from the Internet`,
  provider: say`from the provider's network`,
  dmz: say`from the DMZ`,
  vpn: say`from the VPN`,
  internal: say`from inside`,
};

export interface Exposed {
  host: string;
  from: Message;
  isStopped: boolean;
}

/** How the vendor's word is broken. */
const POLICY_WORDS: Partial<Record<Policy["kind"], Message>> = {
  "forbid-exposure": say`which the vendor forbids`,
  "restrict-source": say`though the vendor restricts it to the provider's addresses`,
  "vpn-only": say`though the vendor wants a VPN in between`,
};

export function forbiddenTitle(
  { host, from, isStopped }: Exposed,
  kind: Policy["kind"],
): (ports: MessageValue) => Message {
  const against = POLICY_WORDS[kind] as Message;
  return isStopped
    ? (ports) => say`One firewall lets traffic ${from} pass to ${host} on ${ports}, ${against}; another stops it`
    : (ports) => say`${host} is reachable ${from} on ${ports}, ${against}`;
}

/** `port`: with its transport. */
export function unlistedTitle({ host, from, isStopped }: Exposed, port: MessageValue, vendor: MessageValue): Message {
  return isStopped
    ? say`One firewall lets traffic ${from} pass to ${port} of ${host}, and ${vendor} does not ask for it; another stops it`
    : say`${port} of ${host} is reachable ${from}, and ${vendor} does not ask for it`;
}

export function manyPortsTitle({ host, from, isStopped }: Exposed, transport: MessageValue): Message {
  return isStopped
    ? say`One firewall lets traffic ${from} pass to many ${transport} ports of ${host} that no requirement names; another stops it`
    : say`Many ${transport} ports of ${host} that no requirement names are reachable ${from}`;
}
