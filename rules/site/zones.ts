/** In which zone an address lies, as the site file, the interface and the address itself tell. */
import { type AddressWords, isIpv4, isPrivateAddress, type Prefix } from "../../ingest/address.ts";
import type { FlowContext } from "../../ingest/flows/flow.ts";
import { PrefixIndex } from "../../ingest/prefix-index.ts";
import { DOMAIN_MARK, domainOf, namesOf } from "../../ingest/virtual-domain.ts";
import type { Zone } from "../result.ts";
import { deployedBindings, type Firewall, type Network, providerBindings, type Site } from "./site.ts";

/** An IPv4 block of 256 addresses; smaller ones may be parts of a network. */
const NETWORK_BITS = 96 + 24;

export class Zones {
  /** Narrow ones first. */
  readonly #networks: readonly Network[];
  readonly #networkIndex: PrefixIndex;
  readonly #firewalls: readonly Firewall[];
  readonly #deployed: PrefixIndex;
  readonly #deployedNetworks: readonly Prefix[];
  readonly #providers: PrefixIndex;
  readonly #byContext = new Map<FlowContext, Firewall | null>();

  constructor(site: Site) {
    this.#networks = [...site.networks].sort((a, b) => b.prefix.bits - a.prefix.bits);
    this.#networkIndex = new PrefixIndex(this.#networks.map(({ prefix }) => prefix));
    this.#firewalls = site.firewalls;
    const deployed = site.deployments.flatMap(deployedBindings).map(({ prefix }) => prefix);
    this.#deployed = new PrefixIndex(deployed);
    this.#deployedNetworks = deployed.filter(({ bits }) => bits <= NETWORK_BITS);
    this.#providers = new PrefixIndex(site.deployments.flatMap(providerBindings).map(({ prefix }) => prefix));
  }

  /** What the firewall that wrote these lines is called: as the site calls it, but each virtual domain by itself. */
  nameOf(context: FlowContext): string {
    const { observer, platform } = context;
    const firewall = this.firewallOf(context);
    if (!firewall) return observer || platform;
    const domain = domainOf(observer, platform);
    const isDomain = domain === "" || domainOf(firewall.name, platform) !== "";
    return isDomain ? firewall.name : firewall.name + DOMAIN_MARK + domain;
  }

  /** The site's firewall that wrote these lines: by its own name, or the only one of its platform. */
  firewallOf(context: FlowContext): Firewall | null {
    let firewall = this.#byContext.get(context);
    if (firewall === undefined) {
      const platform = this.#firewalls.filter((one) => samePlatform(one, context));
      const only = platform.length === 1 ? (platform[0] as Firewall) : null;
      firewall =
        namesOf(context.observer, context.platform)
          .map((known) => this.#firewalls.find(({ name }) => name.toLowerCase() === known))
          .find((one) => one !== undefined) ?? (only && domainOf(only.name, only.platform) === "" ? only : null);
      this.#byContext.set(context, firewall);
    }
    return firewall;
  }

  /** Whether it stands for all hosts of a network that the site names, or of a bound block as large as a network is. */
  isBroadcast(address: AddressWords): boolean {
    if (!isIpv4(address)) return false;
    const network = this.#networks[this.#networkIndex.first(address)];
    if (network) return isLastOf(network.prefix, address);
    return this.#deployedNetworks.some((prefix) => isLastOf(prefix, address));
  }

  /**
   * Zone of an address seen behind `interfaceName` of the firewall. A named network wins; a public address bound to a SIP
   * trunk is the provider's wherever it is seen; then what the site says of the interface counts, but for public addresses
   * that reach an inner firewall through an outer one; and last the address itself: private, unique-local, link-local and
   * shared ones are internal.
   */
  zoneOf(address: AddressWords, firewall: Firewall | null, interfaceName: string): Zone {
    const network = this.#networks[this.#networkIndex.first(address)];
    if (network) return network.zone;
    if (!isPrivateAddress(address) && this.#providers.first(address) >= 0) return "provider";
    const behind = firewall?.interfaces.get(interfaceName);
    if (firewall && behind && this.#tells(behind, firewall, address)) return behind;
    return isPrivateAddress(address) ? "internal" : "internet";
  }

  /** Whether the zone of the interface tells that of an address behind it. */
  #tells(behind: Zone, firewall: Firewall, address: AddressWords): boolean {
    const isDeployed = () => this.#deployed.first(address) >= 0;
    // A deployed host that is seen on the outside interface is no part of the Internet for it.
    if (behind === "internet") return !isDeployed();
    // Inside, public addresses of IPv6 are what every host has.
    const isOdd = behind === "dmz" || (behind === "internal" && isIpv4(address));
    return !isOdd || isPrivateAddress(address) || !isBehindAnother(firewall) || isDeployed();
  }
}

/** Without an interface toward the Internet: an outer firewall stands between it and that. */
export function isBehindAnother({ interfaces }: Firewall): boolean {
  return ![...interfaces.values()].includes("internet");
}

function isLastOf({ words, bits }: Prefix, address: AddressWords): boolean {
  // A link between two hosts has no broadcast address (RFC 3021).
  return bits <= 126 && ((words[3] as number) | (2 ** (128 - bits) - 1)) >>> 0 === address[3];
}

function samePlatform(firewall: Firewall, context: FlowContext): boolean {
  if (firewall.platform === context.platform) return true;
  return firewall.platform === "opnsense" && context.platform === "pfsense";
}
