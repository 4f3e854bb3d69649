/** A site as generated: written to YAML for the program, read as it is by the naive judge. */
import { join } from "node:path";
import type { Catalog, PortSet, Requirement } from "../../../catalogs/catalog.ts";
import { evaluateCondition, parseCondition } from "../../../catalogs/condition.ts";
import { listCatalogIds, loadCatalog } from "../../../catalogs/load.ts";
import { isIpv6, isPrivate, narrowness, within } from "./addresses.ts";

export type Zone = "internal" | "dmz" | "vpn" | "provider" | "internet";
export type PlatformName = "pfsense" | "fortigate" | "iptables" | "windows";

export interface NaiveFirewall {
  name: string;
  platform: PlatformName;
  interfaces: Record<string, Zone>;
  public: string[];
  forwards: { transport: "tcp" | "udp"; outside: string; outsidePort: number; inside: string; insidePort: number }[];
}

export interface NaiveDeployment {
  catalog: string;
  version?: string;
  deployment?: string;
  features: string[];
  /** Role or component to addresses. */
  hosts: Record<string, string[]>;
}

export interface NaiveSite {
  networks: { cidr: string; zone: Zone }[];
  firewalls: NaiveFirewall[];
  deployments: NaiveDeployment[];
}

/** JSON is YAML. */
export function siteText({ networks, firewalls, deployments }: NaiveSite): string {
  return JSON.stringify({
    site: "Generated",
    timezone: "UTC",
    networks: Object.fromEntries(networks.map((network, index) => [`n${index}`, network])),
    firewalls: firewalls.map(({ forwards, ...firewall }) => ({
      ...firewall,
      forwards: forwards.map(
        ({ transport, outside, outsidePort, inside, insidePort }) =>
          `${transport} ${outside}:${outsidePort} -> ${isIpv6(inside) ? `[${inside}]` : inside}:${insidePort}`,
      ),
    })),
    deployments,
  });
}

const ROOT = join(import.meta.dirname, "..", "..", "..", "catalogs");
export const CATALOGS: ReadonlyMap<string, Catalog> = new Map(
  listCatalogIds(ROOT).map((id) => [id, loadCatalog(join(ROOT, id)).catalog as Catalog]),
);

export function catalogOf({ catalog }: NaiveDeployment): Catalog {
  return CATALOGS.get(catalog) as Catalog;
}

/** Whether a condition holds for the deployment; `unknown`: the site does not say. */
export function holds(when: string | null, { version, deployment, features }: NaiveDeployment): boolean | "unknown" {
  if (when === null) return true;
  return evaluateCondition(parseCondition(when), {
    version: version ?? null,
    deployment: deployment ?? null,
    features: new Set(features),
    parameters: new Map(),
  });
}

export interface NaiveRow {
  deployment: number;
  row: Requirement;
  applies: boolean | "unknown";
}

export function rowsOf(site: NaiveSite): NaiveRow[] {
  return site.deployments.flatMap((deployment, index) =>
    catalogOf(deployment).requirements.map((row) => ({
      deployment: index,
      row,
      applies: holds(row.when, deployment),
    })),
  );
}

/** The addresses that a name of the catalog stands for, and who passes for it while nothing is bound. */
export interface NaiveParty {
  bound: string[];
  others: "any" | "internal" | "nobody";
}

/** `name`: a role, a component, `any`, or host names joined by `;`. */
export function partyOf(deployment: NaiveDeployment, name: string): NaiveParty {
  if (name === "any") return { bound: [], others: "any" };
  const { roles, components } = catalogOf(deployment);
  const own = deployment.hosts[name];
  if (own) return { bound: own, others: "nobody" };
  const roleId = components.find(({ id }) => id === name)?.role ?? name;
  const role = roles.find(({ id }) => id === roleId);
  if (!role) {
    const bound = name.split(";").flatMap((host) => deployment.hosts[host] ?? []);
    return { bound, others: bound.length > 0 ? "nobody" : "any" };
  }
  const bound = deployment.hosts[role.id];
  if (bound) return { bound, others: "nobody" };
  if (role.members.length > 0) {
    const members = role.members.map((member) => partyOf(deployment, member));
    const open = members.filter((member) => member.bound.length === 0).map(({ others }) => others);
    return {
      bound: members.flatMap((member) => member.bound),
      others: open.includes("any") ? "any" : open.includes("internal") ? "internal" : "nobody",
    };
  }
  return { bound: [], others: role.unbound === "absent" ? "nobody" : role.unbound };
}

/** Whether a row's remote is a host name of the vendor's. */
export function isHostName(deployment: NaiveDeployment, remote: string): boolean {
  const { roles, components } = catalogOf(deployment);
  return remote !== "any" && remote !== "localhost" && ![...roles, ...components].some(({ id }) => id === remote);
}

/** Hosts of the system itself and of its users: bindings of every role that not just anybody may play. */
export function deployedBlocks(site: NaiveSite): { block: string; deployment: number }[] {
  return site.deployments.flatMap((deployment, index) =>
    Object.entries(deployment.hosts).flatMap(([name, blocks]) => {
      const { roles, components } = catalogOf(deployment);
      const roleId = components.find(({ id }) => id === name)?.role ?? name;
      const role = roles.find(({ id }) => id === roleId);
      return role && role.unbound !== "any" ? blocks.map((block) => ({ block, deployment: index })) : [];
    }),
  );
}

export interface NaiveHost {
  deployment: number;
  text: string;
}

/** The deployed hosts that an address belongs to, narrowest binding first, one of each catalog. */
export function hostsOf(site: NaiveSite, address: string): NaiveHost[] {
  const catalog = ({ deployment }: { deployment: number }) => site.deployments[deployment]?.catalog;
  return deployedBlocks(site)
    .filter(({ block }) => within(address, block))
    .sort((a, b) => narrowness(b.block) - narrowness(a.block))
    .filter((one, at, all) => all.findIndex((other) => catalog(other) === catalog(one)) === at)
    .map(({ deployment, block }) => ({ deployment, text: block }));
}

export function hostOf(site: NaiveSite, address: string): NaiveHost | null {
  return hostsOf(site, address)[0] ?? null;
}

export function zoneOf(site: NaiveSite, address: string, firewall: NaiveFirewall | null, iface: string): Zone {
  const [network] = site.networks
    .filter(({ cidr }) => within(address, cidr))
    .sort((a, b) => narrowness(b.cidr) - narrowness(a.cidr));
  if (network) return network.zone;
  const trunk = site.deployments.some((deployment) =>
    catalogOf(deployment).roles.some(
      ({ id, provider }) => provider && deployment.hosts[id]?.some((block) => within(address, block)),
    ),
  );
  if (trunk && !isPrivate(address)) return "provider";
  const behind = firewall?.interfaces[iface];
  // An outer firewall lets the Internet into the network in which this one stands; IPv6 is public inside, too.
  const isInner = firewall !== null && !Object.values(firewall.interfaces).includes("internet");
  const isOdd = behind === "dmz" || (behind === "internal" && !isIpv6(address));
  if (isOdd && isInner && !isPrivate(address) && hostOf(site, address) === null) return "internet";
  if (behind && (behind !== "internet" || hostOf(site, address) === null)) return behind;
  return isPrivate(address) ? "internal" : "internet";
}

/** Ports by number where the vendor gives numbers. */
export function intervals(ports: PortSet): [number, number][] {
  return typeof ports === "string" ? [] : ports;
}

/** Ports on which a bound block answers, and ports that it only calls from, over all rows that may apply. */
export function knownPorts(
  site: NaiveSite,
  block: string,
  transport: string,
): { serves: [number, number][]; calls: [number, number][] } {
  const serves: [number, number][] = [];
  const calls: [number, number][] = [];
  for (const { row, applies, deployment } of rowsOf(site)) {
    if (applies === false || row.transport !== transport) continue;
    const at = site.deployments[deployment] as NaiveDeployment;
    if (partyOf(at, row.component).bound.some((one) => one === block))
      (row.direction === "out" ? calls : serves).push(...intervals(row.localPorts));
    if (row.remote !== "localhost" && partyOf(at, row.remote).bound.some((one) => one === block))
      (row.direction === "in" ? calls : serves).push(...intervals(row.remotePorts));
  }
  return { serves, calls };
}

export function contains(list: readonly [number, number][], port: number): boolean {
  return list.some(([low, high]) => low <= port && port <= high);
}
