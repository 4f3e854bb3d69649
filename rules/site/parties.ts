/** Who a catalog's role, component or host name stands for at a site. */
import type { Role, UnboundMeaning } from "../../catalogs/catalog.ts";
import type { AddressWords } from "../../ingest/address.ts";
import { PrefixIndex } from "../../ingest/prefix-index.ts";
import type { Zone } from "../result.ts";
import type { Binding, Deployment } from "./site.ts";

/** The addresses of a role or component, and what it means for addresses that no binding names. */
export interface Party {
  id: string;
  bindings: Binding[];
  /** `any` and `internal` let further addresses pass for the party; `absent`: only bound ones. */
  unbound: UnboundMeaning;
}

/** The party does not hold the address. */
export const FITS_NOT = 0;
/** No binding names the address, but the party's unbound meaning lets it pass. */
export const FITS_BY_MEANING = 1;
/** A binding names the address. */
export const FITS_BOUND = 2;
export type Fit = typeof FITS_NOT | typeof FITS_BY_MEANING | typeof FITS_BOUND;

/** Zones that count as inside: where phones, clients and users of a VPN are. */
export function isInside(zone: Zone): boolean {
  return zone === "internal" || zone === "vpn" || zone === "dmz";
}

/** Bindings are asked of every address, and hundreds of rows share them. */
const indexes = new WeakMap<readonly Binding[], PrefixIndex>();

/** Whether some binding holds the address. */
export function isBoundBy(bindings: readonly Binding[], address: AddressWords): boolean {
  let index = indexes.get(bindings);
  if (!index) {
    index = new PrefixIndex(bindings.map(({ prefix }) => prefix));
    indexes.set(bindings, index);
  }
  return index.first(address) >= 0;
}

/** Whether the address, in its zone, can be the party's. */
export function fitOf(party: Party, address: AddressWords, zone: Zone): Fit {
  if (isBoundBy(party.bindings, address)) return FITS_BOUND;
  if (party.unbound === "any") return FITS_BY_MEANING;
  return party.unbound === "internal" && isInside(zone) ? FITS_BY_MEANING : FITS_NOT;
}

/** The party of a role or component id, or of host names joined by `;`, in one deployment. */
export function partyOf(deployment: Deployment, id: string): Party {
  const { catalog, hosts, notBound } = deployment;
  const bound = hosts.get(id);
  if (bound && !notBound?.has(id)) return { id, bindings: bound, unbound: "absent" };
  const component = catalog.components.find((one) => one.id === id);
  const role = catalog.roles.find((one) => one.id === (component?.role ?? id));
  if (role) return { ...roleParty(deployment, role), id };
  const names = id.split(";");
  const named = names.flatMap((host) => hosts.get(host) ?? []);
  // A host name that the site does not bind may be any address outside: the catalogs' hosts are vendors' servers.
  const isBound = named.length > 0 && !names.some((name) => notBound?.has(name));
  return { id, bindings: named, unbound: isBound ? "absent" : "any" };
}

function roleParty(deployment: Deployment, role: Role): Party {
  const bound = deployment.hosts.get(role.id);
  if (bound) return { id: role.id, bindings: bound, unbound: "absent" };
  if (role.members.length === 0) return { id: role.id, bindings: [], unbound: role.unbound };
  const members = role.members.flatMap((id) => {
    const member = deployment.catalog.roles.find((one) => one.id === id);
    return member ? [roleParty(deployment, member)] : [];
  });
  const meanings = members.filter((member) => member.bindings.length === 0).map((member) => member.unbound);
  const unbound = meanings.includes("any") ? "any" : meanings.includes("internal") ? "internal" : "absent";
  return { id: role.id, bindings: members.flatMap((member) => member.bindings), unbound };
}
