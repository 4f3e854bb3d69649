/** Where an address is: its zone, the deployed host it belongs to, and whether requirements can tell it from others. */
import {
  type AddressWords,
  formatAddress,
  formatPrefix,
  isIpv4,
  type Prefix,
  prefixContains,
} from "../ingest/address.ts";
import type { Host } from "./judged-flow.ts";
import { fitOf } from "./parties.ts";
import type { RequirementRow } from "./requirement-rows.ts";
import type { Zone } from "./result.ts";
import type { PreparedSite } from "./selection.ts";
import { type Binding, deployedBindings, type Firewall } from "./site.ts";
import type { Zones } from "./zones.ts";

export interface Place {
  address: AddressWords;
  /** The address as shown. */
  text: string;
  zone: Zone;
  /** The logs tell host names of the address. */
  isNamed: boolean;
  host: Host | null;
  /** The host as further deployments bind the address. */
  alsoHosts: readonly Host[];
  /** Same number: no requirement can tell the addresses apart. */
  profile: number;
}

export class Places {
  readonly #rows: readonly RequirementRow[];
  readonly #zones: Zones;
  readonly #bindings: { prefix: Prefix; host: Host }[];
  /** By deployment. */
  readonly #catalogs: readonly string[];
  readonly #profiles = new Map<string, number>();
  /** By firewall and interface, then by address: an IPv4 address's number, else its words as text. */
  readonly #places = new Map<Firewall | null, Map<string, Map<number | string, Place>>>();
  /** All that requirements name, each once. */
  readonly #named: readonly Prefix[];
  readonly #namedAddresses: ReadonlySet<string>;

  constructor(prepared: PreparedSite, zones: Zones) {
    this.#rows = prepared.rows;
    this.#zones = zones;
    this.#namedAddresses = prepared.namedAddresses;
    const named = prepared.rows.flatMap(({ component, remote, hostNames }) =>
      [...component.bindings, ...remote.bindings, ...hostNames].map(({ prefix }) => prefix),
    );
    this.#named = [...new Map(named.map((prefix) => [formatPrefix(prefix), prefix])).values()];
    this.#catalogs = prepared.site.deployments.map(({ catalog }) => catalog.id);
    this.#bindings = prepared.site.deployments
      .flatMap((deployment, index) => hostsOf(deployedBindings(deployment), index))
      .sort((a, b) => b.prefix.bits - a.prefix.bits);
  }

  /** `firewall` and `interfaceName`: behind which interface the address was seen; null: not at an interface. */
  at(address: AddressWords, firewall: Firewall | null, interfaceName: string): Place {
    const places = this.#placesBehind(firewall, firewall ? interfaceName : "");
    const key = isIpv4(address) ? (address[3] as number) : address.join();
    let place = places.get(key);
    if (!place) {
      const zone = this.#zones.zoneOf(address, firewall, interfaceName);
      const [host = null, ...alsoHosts] = this.#hostsAt(address);
      const text = formatAddress(address);
      const isNamed = this.#namedAddresses.has(text);
      place = { address, text, zone, isNamed, host, alsoHosts, profile: this.#profileOf(address, zone, isNamed) };
      places.set(key, place);
    }
    return place;
  }

  /** At most one of each catalog: the narrowest binding. */
  #hostsAt(address: AddressWords): Host[] {
    const hosts = new Map<string, Host>();
    for (const { prefix, host } of this.#bindings) {
      const catalog = this.#catalogs[host.deployment] as string;
      if (!hosts.has(catalog) && prefixContains(prefix, address)) hosts.set(catalog, host);
    }
    return [...hosts.values()];
  }

  #placesBehind(firewall: Firewall | null, interfaceName: string): Map<number | string, Place> {
    const byInterface = this.#places.get(firewall) ?? new Map<string, Map<number | string, Place>>();
    const places = byInterface.get(interfaceName) ?? new Map<number | string, Place>();
    if (places.size === 0) this.#places.set(firewall, byInterface.set(interfaceName, places));
    return places;
  }

  #profileOf(address: AddressWords, zone: Zone, isNamed: boolean): number {
    const named = this.#named.some((prefix) => prefixContains(prefix, address));
    const fits = named
      ? this.#rows.map(({ component, remote, hostNames }) => {
          const elsewhere = hostNames.some(({ prefix }) => prefixContains(prefix, address));
          return `${fitOf(component, address, zone)},${fitOf(remote, address, zone)},${elsewhere}`;
        })
      : [];
    const signature = `${zone}|${isNamed}|${fits.join(";")}`;
    let profile = this.#profiles.get(signature);
    if (profile === undefined) {
      profile = this.#profiles.size;
      this.#profiles.set(signature, profile);
    }
    return profile;
  }
}

/** One host for all bindings of the same text, so that hosts can be compared as objects. */
function hostsOf(bindings: readonly Binding[], deployment: number): { prefix: Prefix; host: Host }[] {
  const hosts = new Map(bindings.map(({ text }) => [text, { deployment, text }]));
  return bindings.map(({ prefix, text }) => ({ prefix, host: hosts.get(text) as Host }));
}
