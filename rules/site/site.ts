/** A customer's place, resolved: what the audit knows beyond the logs. */
import type { Catalog } from "../../catalogs/catalog.ts";
import type { Facts } from "../../catalogs/condition.ts";
import { type AddressWords, type Prefix, prefixContains, prefixFromText } from "../../ingest/address.ts";
import { VERDICT_ALLOW, VERDICT_DENY, VERDICT_NONE, type Verdict } from "../../ingest/record.ts";
import { say } from "../messages/message.ts";
import type { PlatformName, Zone } from "../result.ts";
import type { Forward } from "./forward.ts";

/** What a site is called that no file describes. */
export const NO_SITE_FILE = say`(command line)`;

export interface Site {
  name: string;
  /** IANA zone in which the result's times are printed, and of logs that carry none. */
  timezone: string;
  networks: Network[];
  firewalls: Firewall[];
  deployments: Deployment[];
  waivers: Waiver[];
  /** Host names of the catalogs that were looked up for this audit, and those that nothing is known of. */
  lookUp?: { names: readonly string[]; failed: readonly string[]; atMs: number };
  /** Where the logs already are, and how their documents are laid out where no known layout fits. */
  elasticsearch?: SiteElasticsearch;
}

/** No login: a site file is handed round. */
export interface SiteElasticsearch {
  url?: string;
  index?: string;
  mapping?: DocumentMapping;
}

/** Fields of documents of the site's own making. */
export interface DocumentMapping {
  platform: PlatformName;
  /** What the fields are called, by what they hold. */
  fields: Readonly<Record<string, string>>;
  /** Words of the action field that let traffic through, and that stop it; absent: the usual ones. */
  allow?: readonly string[];
  deny?: readonly string[];
}

export interface Network {
  name: string;
  prefix: Prefix;
  zone: Zone;
}

export interface Firewall {
  name: string;
  platform: PlatformName;
  timezone: string | null;
  /** Interface name as logged to the zone behind it. */
  interfaces: ReadonlyMap<string, Zone>;
  /** Its own outside addresses. */
  outside: Prefix[];
  forwards: Forward[];
  /** Verdicts of netfilter log prefixes that their words do not tell; the longest prefix that fits decides. */
  prefixes: { prefix: string; verdict: Verdict }[];
}

/** One vendor's system at the site. */
export interface Deployment {
  /** Evaluated at the site's parameters. */
  catalog: Catalog;
  /** Of the catalog's files. */
  catalogSha256: string;
  facts: Facts;
  /** By role, component or host name of the catalog, as the site file writes them. */
  hosts: ReadonlyMap<string, Binding[]>;
  /** Host names of `hosts` that were looked up or learned from the logs, not bound: they may have other addresses too. */
  notBound?: ReadonlySet<string>;
}

export interface Binding {
  prefix: Prefix;
  /** As the site writes it: names the host in findings. */
  text: string;
}

export interface Waiver {
  finding: string;
  cidr: Prefix | null;
  /** As the site writes it. */
  cidrText: string | null;
  reason: string;
  owner: string;
  /** ISO date; holds to the end of that day in the site's zone. */
  expires: string;
}

/**
 * Bindings of the system's own hosts and of its users. Roles that anybody outside may play while nothing is bound to
 * them (a SIP provider, a support team) are peers, and so are the vendor's servers that host names stand for.
 */
export function deployedBindings({ catalog, hosts }: Deployment): Binding[] {
  return [...hosts].flatMap(([id, bindings]) => {
    const component = catalog.components.find((one) => one.id === id);
    const role = catalog.roles.find((one) => one.id === (component?.role ?? id));
    return role && role.unbound !== "any" ? bindings : [];
  });
}

/** All other bindings: peers that the site knows by address. */
export function peerBindings(deployment: Deployment): Binding[] {
  const own = new Set(deployedBindings(deployment));
  return [...deployment.hosts.values()].flat().filter((binding) => !own.has(binding));
}

/** Bindings of the deployment's SIP trunks. */
export function providerBindings({ catalog, hosts }: Deployment): Binding[] {
  return catalog.roles.flatMap(({ id, provider }) => (provider ? (hosts.get(id) ?? []) : []));
}

/** Bindings of host names: where the vendor's servers are today. */
export function hostNameBindings({ catalog, hosts }: Deployment): Binding[] {
  const known = new Set([...catalog.roles, ...catalog.components].map(({ id }) => id));
  return [...hosts].flatMap(([id, bindings]) => (known.has(id) ? [] : bindings));
}

/** Host names that the deployment's catalog gives as peers. */
export function hostNamesOf({ catalog }: Deployment): string[] {
  const parties = new Set([...catalog.roles, ...catalog.components].map(({ id }) => id));
  const names = catalog.requirements.flatMap(({ remote }) => remote.split(";"));
  return [...new Set(names)].filter((name) => name.includes(".") && !parties.has(name));
}

/** Verdicts as a site file writes them. */
export const VERDICT_WORDS: Readonly<Record<string, Verdict>> = {
  allow: VERDICT_ALLOW,
  deny: VERDICT_DENY,
  none: VERDICT_NONE,
};

/** Binding of an address or block; null where the text is neither. */
export function bindingFromText(text: string): Binding | null {
  const prefix = prefixFromText(text);
  return prefix ? { prefix, text } : null;
}

export function isOutsideAddress(firewall: Firewall, address: AddressWords): boolean {
  return firewall.outside.some((prefix) => prefixContains(prefix, address));
}
