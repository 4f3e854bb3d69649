/** A firewall as its own logs show it: what lies behind its interfaces, and its outside addresses. */
import { type AddressWords, formatAddress, isIpv4, isPrivateAddress } from "../../ingest/address.ts";
import type { Flow } from "../../ingest/flows/flow.ts";
import type { PlatformName, Zone } from "../result.ts";

export interface ProposedFirewall {
  name: string;
  platform: PlatformName;
  interfaces: { name: string; zone: Zone; why: string }[];
  outside: { address: string; why: string }[];
}

const INTERFACE_WORDS: readonly (readonly [RegExp, Zone])[] = [
  [/^(wan|pppoe|ppp|outside|inet|internet)/i, "internet"],
  [/^(ovpn|openvpn|wg|tun|ipsec|ssl\.|vpn)/i, "vpn"],
  [/^dmz/i, "dmz"],
  [/^(lan|internal|inside|voice|voip|office)/i, "internal"],
];
/** So many of those behind an interface must be public before it is called the Internet's. */
const PUBLIC_SHARE = 0.5;
/** 32 hexadecimal digits, or a UUID. */
const OPNSENSE_LABEL = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export interface SeenFirewall {
  platform: PlatformName;
  /** By ingress interface: networks of public senders, and private senders. */
  senders: Map<string, { open: Set<string>; inside: Set<string> }>;
  outside: Map<string, number>;
}

/** Addresses of `trunks` are no outside addresses: the site itself calls them. */
export function proposeFirewall(
  name: string,
  { platform, senders, outside }: SeenFirewall,
  trunks: ReadonlySet<string>,
): ProposedFirewall {
  const interfaces = [...senders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([interfaceName, { open, inside }]) => {
      if (interfaceName === "") return [];
      const word = interfaceZone(interfaceName);
      const share = open.size / Math.max(1, open.size + inside.size);
      const zone: Zone = word ?? (share > PUBLIC_SHARE ? "internet" : "internal");
      const networks = `${open.size} public ${open.size === 1 ? "network" : "networks"}`;
      const hosts = `${inside.size} private ${inside.size === 1 ? "address" : "addresses"}`;
      const why = `senders behind it: ${networks}, ${hosts}${word ? ", and its name" : ""}`;
      return [{ name: interfaceName, zone, why }];
    });
  const addresses = [...outside]
    .filter(([address]) => !trunks.has(address))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    name,
    platform,
    interfaces,
    outside: addresses.slice(0, 4).map(([address, count]) => ({
      address,
      why: `${count} ${count === 1 ? "packet" : "packets"} from the Internet denied at it`,
    })),
  };
}

/** Its lines are pfSense's, but for labels in place of rule numbers; and the device may say it by its name. */
export function isOpnsense({ platform, ruleId, observer }: Flow["context"]): boolean {
  return platform === "pfsense" && (OPNSENSE_LABEL.test(ruleId) || /opnsense/i.test(observer));
}

/** The zone that an interface's name speaks of, or null. */
export function interfaceZone(name: string): Zone | null {
  return INTERFACE_WORDS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/**
 * Counts who sends to the firewall through the interface, a private address or a public network; of IPv6 the hosts inside
 * have public addresses too.
 */
export function noteSender(firewall: SeenFirewall, ingress: string, sender: AddressWords): void {
  if (!isIpv4(sender) && !isPrivateAddress(sender)) return;
  const seen = firewall.senders.get(ingress) ?? { open: new Set(), inside: new Set() };
  firewall.senders.set(ingress, seen);
  (isPrivateAddress(sender) ? seen.inside : seen.open).add(formatAddress(sender));
}
