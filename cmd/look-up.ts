/** `--resolve`: where the vendors' host names point today. Nothing else is ever looked up. */
import { lookup } from "node:dns/promises";
import { type Binding, bindingFromText, type Deployment, hostNamesOf, type Site } from "../rules/site/site.ts";
import { say } from "./console.ts";

/** Addresses of a host name; throws where there are none. */
export type LookUp = (name: string) => Promise<readonly string[]>;

const systemLookUp: LookUp = async (name) => (await lookup(name, { all: true })).map(({ address }) => address);

/** The site as the flags want it: with `--resolve`, the host names of its catalogs that it does not bind are looked up. */
export async function lookUpIfAsked(site: Site, flags: { resolve?: boolean }, nowMs: number): Promise<Site> {
  if (!flags.resolve) return site;
  const names = unboundNames(site);
  say(`ringfence: looking up ${names.length === 1 ? "1 host name" : `${names.length} host names`} of the catalogs`);
  const looked = await lookUpNames(site, nowMs);
  for (const name of looked.lookUp?.failed ?? []) say(`ringfence: --resolve: ${name} could not be looked up`);
  return looked;
}

export async function lookUpNames(site: Site, nowMs: number, lookUp: LookUp = systemLookUp): Promise<Site> {
  const found = new Map<string, Binding[]>();
  await Promise.all(
    unboundNames(site).map(async (name) => {
      const addresses = await lookUp(name).catch(() => []);
      const bindings = [...new Set(addresses)].sort().flatMap((address) => bindingFromText(address) ?? []);
      if (bindings.length > 0) found.set(name, bindings);
    }),
  );
  const names = unboundNames(site);
  return {
    ...site,
    deployments: site.deployments.map((deployment) => {
      const own = unboundNamesOf(deployment).filter((name) => found.has(name));
      const hosts = own.map((name): [string, Binding[]] => [name, found.get(name) as Binding[]]);
      return { ...deployment, hosts: new Map([...deployment.hosts, ...hosts]), notBound: new Set(own) };
    }),
    lookUp: {
      names: names.filter((name) => found.has(name)),
      failed: names.filter((name) => !found.has(name)),
      atMs: nowMs,
    },
  };
}

function unboundNames({ deployments }: Site): string[] {
  return [...new Set(deployments.flatMap(unboundNamesOf))].sort();
}

function unboundNamesOf(deployment: Deployment): string[] {
  return hostNamesOf(deployment).filter((name) => !deployment.hosts.has(name));
}
