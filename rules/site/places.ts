/** Where an address is: its zone, the deployed host it belongs to, and whether requirements can tell it from others. */
import { type AddressWords, formatAddress, formatPrefix, isIpv4, type Prefix } from "../../ingest/address.ts";
import { PrefixIndex } from "../../ingest/prefix-index.ts";
import type { RequirementRow } from "../matching/requirement-rows.ts";
import type { PreparedSite } from "../matching/selection.ts";
import type { Zone } from "../result.ts";
import type { Host } from "../traffic/judged-flow.ts";
import { within } from "../within.ts";
import { fitOf, isBoundBy } from "./parties.ts";
import { type Binding, deployedBindings, type Firewall } from "./site.ts";
import type { Zones } from "./zones.ts";

/** All that judging needs of an address; shared by those that agree on it, as all strangers of one zone do. */
export interface Standing {
  zone: Zone;
  /** The logs tell host names of the address. */
  isNamed: boolean;
  host: Host | null;
  /** The host as further deployments bind the address. */
  alsoHosts: readonly Host[];
  /** Same number: no requirement can tell the addresses apart. */
  profile: number;
}

/** An address behind an interface. There may be as many as a week has scanners, so its words and text are made when asked for. */
export class Place {
  /** An IPv4 address as a signed number. */
  readonly #address: number | AddressWords;
  readonly standing: Standing;
  #text: string | null = null;

  constructor(address: number | AddressWords, standing: Standing) {
    this.#address = address;
    this.standing = standing;
  }

  get address(): AddressWords {
    return typeof this.#address === "number" ? Uint32Array.of(0, 0, 0xffff, this.#address) : this.#address;
  }

  /** The address as shown. */
  get text(): string {
    this.#text ??= formatAddress(this.address);
    return this.#text;
  }

  get zone(): Zone {
    return this.standing.zone;
  }

  get isNamed(): boolean {
    return this.standing.isNamed;
  }

  get host(): Host | null {
    return this.standing.host;
  }

  get alsoHosts(): readonly Host[] {
    return this.standing.alsoHosts;
  }

  get profile(): number {
    return this.standing.profile;
  }
}

/** The addresses seen behind one interface. */
export class PlacesBehind {
  readonly #standingOf: (address: AddressWords) => Standing;
  /** An IPv4 address by its signed number, another by its words as text. */
  readonly #places = new Map<number | string, Place>();

  constructor(standingOf: (address: AddressWords) => Standing) {
    this.#standingOf = standingOf;
  }

  at(address: AddressWords): Place {
    const key = isIpv4(address) ? (address[3] as number) | 0 : address.join();
    let place = this.#places.get(key);
    if (!place) {
      place = new Place(typeof key === "number" ? key : address, this.#standingOf(address));
      this.#places.set(key, place);
    }
    return place;
  }
}

export class Places {
  readonly #rows: readonly RequirementRow[];
  readonly #zones: Zones;
  /** All bound hosts, the narrowest first, and where they are. */
  readonly #hosts: readonly Host[];
  readonly #hostIndex: PrefixIndex;
  /** By deployment. */
  readonly #catalogs: readonly string[];
  readonly #profiles = new Map<string, number>();
  /** By all that is in them. */
  readonly #standings = new Map<string, Standing>();
  /** By firewall and interface; null: not at an interface. */
  readonly #behind = new Map<Firewall | null, Map<string, PlacesBehind>>();
  /** All that requirements name, each once. */
  readonly #named: PrefixIndex;
  readonly #namedAddresses: ReadonlySet<string>;

  constructor(prepared: PreparedSite, zones: Zones) {
    this.#rows = prepared.rows;
    this.#zones = zones;
    this.#namedAddresses = prepared.namedAddresses;
    const named = prepared.rows.flatMap(({ component, remote, own, hostNames }) =>
      [...component.bindings, ...remote.bindings, ...own, ...hostNames].map(({ prefix }) => prefix),
    );
    this.#named = new PrefixIndex(new Map(named.map((prefix) => [formatPrefix(prefix), prefix])).values());
    this.#catalogs = prepared.site.deployments.map(({ catalog }) => catalog.id);
    const bound = prepared.site.deployments
      .flatMap((deployment, index) => hostsOf(deployedBindings(deployment), index))
      .sort((a, b) => b.prefix.bits - a.prefix.bits);
    this.#hosts = bound.map(({ host }) => host);
    this.#hostIndex = new PrefixIndex(bound.map(({ prefix }) => prefix));
  }

  /** Those behind an interface of a firewall; null: not at an interface. */
  behind(firewall: Firewall | null, interfaceName: string): PlacesBehind {
    const byInterface = within(this.#behind, firewall, () => new Map<string, PlacesBehind>());
    return within(byInterface, firewall ? interfaceName : "", () => {
      return new PlacesBehind((address) =>
        this.#standingOf(address, this.#zones.zoneOf(address, firewall, interfaceName)),
      );
    });
  }

  #standingOf(address: AddressWords, zone: Zone): Standing {
    const [host = null, ...alsoHosts] = this.#hostsAt(address);
    const isNamed = this.#namedAddresses.size > 0 && this.#namedAddresses.has(formatAddress(address));
    const profile = this.#profileOf(address, zone, isNamed);
    const hosts = host ? [host, ...alsoHosts].map(({ deployment, text }) => `${deployment} ${text}`) : [];
    const make = () => ({ zone, isNamed, host, alsoHosts, profile });
    return within(this.#standings, `${zone}|${profile}|${hosts.join("|")}`, make);
  }

  /** At most one of each catalog: the narrowest binding. */
  #hostsAt(address: AddressWords): Host[] {
    const hosts = new Map<string, Host>();
    for (const at of this.#hostIndex.all(address)) {
      const host = this.#hosts[at] as Host;
      within(hosts, this.#catalogs[host.deployment] as string, () => host);
    }
    return [...hosts.values()];
  }

  #profileOf(address: AddressWords, zone: Zone, isNamed: boolean): number {
    const named = this.#named.first(address) >= 0;
    const fits = named
      ? this.#rows.map(({ component, remote, own, hostNames }) => {
          const [isOwn, elsewhere] = [own, hostNames].map((bindings) => isBoundBy(bindings, address));
          return `${fitOf(component, address, zone)},${fitOf(remote, address, zone)},${isOwn},${elsewhere}`;
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
