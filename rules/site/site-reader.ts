/** The content of a site file to the site that it describes, or everything that is wrong with it. */
import type { Catalog, Named } from "../../catalogs/catalog.ts";
import type { LoadedCatalog } from "../../catalogs/load.ts";
import { type CatalogProblem, listed, quoted } from "../../catalogs/problems.ts";
import { type CatalogSource, parameterProblems, parametersAt, requirementsAt } from "../../catalogs/source.ts";
import type { YamlFile, YamlPath } from "../../catalogs/yaml-file.ts";
import { prefixFromText } from "../../ingest/address.ts";
import { VERDICT_NONE } from "../../ingest/record.ts";
import type { PlatformName, Zone } from "../result.ts";
import { parseForward } from "./forward.ts";
import {
  type Binding,
  bindingFromText,
  type Deployment,
  type Firewall,
  type Network,
  type Site,
  type SiteElasticsearch,
  VERDICT_WORDS,
  type Waiver,
} from "./site.ts";
import { isDay } from "./waivers.ts";

/** What `site.schema.json` lets through. */
export interface SiteYaml {
  site: string;
  timezone?: string;
  networks?: Record<string, { cidr: string | string[]; zone: Zone }>;
  firewalls?: FirewallYaml[];
  deployments: DeploymentYaml[];
  elasticsearch?: SiteElasticsearch;
  waivers?: { finding: string; cidr?: string; reason: string; owner: string; expires: string }[];
}

interface FirewallYaml {
  name: string;
  platform: PlatformName;
  timezone?: string;
  interfaces?: Record<string, Zone>;
  public?: string[];
  forwards?: string[];
  prefixes?: Record<string, string>;
}

export interface DeploymentYaml {
  catalog: string;
  version?: string;
  deployment?: string;
  features?: string[];
  parameters?: Record<string, number>;
  hosts: Record<string, string | string[]>;
}

/** Finds a catalog by id; null where there is none. */
export type CatalogFinder = (id: string) => LoadedCatalog | null;

export interface SiteOptions {
  /** Zone used where the file names none. */
  defaultTimezone: string;
  isKnownZone: (zone: string) => boolean;
  findCatalog: CatalogFinder;
  catalogIds: readonly string[];
}

export class SiteReader {
  readonly #yaml: YamlFile;
  readonly #options: SiteOptions;
  readonly #problems: CatalogProblem[] = [];

  constructor(yaml: YamlFile, options: SiteOptions) {
    this.#yaml = yaml;
    this.#options = options;
  }

  read(content: SiteYaml): { site: Site | null; problems: CatalogProblem[] } {
    const site: Site = {
      name: content.site,
      timezone: this.#zone(["timezone"], content.timezone) ?? this.#options.defaultTimezone,
      networks: Object.entries(content.networks ?? {}).flatMap(([name, network]) => this.#network(name, network)),
      firewalls: (content.firewalls ?? []).map((firewall, index) => this.#firewall(firewall, index)),
      deployments: content.deployments.flatMap((deployment, index) => this.#deployment(deployment, index) ?? []),
      waivers: (content.waivers ?? []).map((waiver, index) => this.#waiver(waiver, index)),
      ...(content.elasticsearch ? { elasticsearch: content.elasticsearch } : {}),
    };
    return this.#problems.length > 0 ? { site: null, problems: this.#problems } : { site, problems: [] };
  }

  #complain(path: YamlPath, message: string): void {
    this.#problems.push(this.#yaml.problemAt(path, message));
  }

  #zone(path: YamlPath, zone: string | undefined): string | null {
    if (zone === undefined) return null;
    if (!this.#options.isKnownZone(zone))
      this.#complain(path, `unknown time zone ${quoted(zone)}; use an IANA name such as Europe/Berlin`);
    return zone;
  }

  #network(name: string, network: { cidr: string | string[]; zone: Zone }): Network[] {
    return [network.cidr].flat().flatMap((text, index) => {
      const prefix = prefixFromText(text);
      if (!prefix)
        this.#complain(
          ["networks", name, "cidr", index],
          `${quoted(text)} is no address block; write 10.20.0.0/24 or 2001:db8::/32`,
        );
      return prefix ? [{ name, prefix, zone: network.zone }] : [];
    });
  }

  #firewall(firewall: FirewallYaml, index: number): Firewall {
    const path: YamlPath = ["firewalls", index];
    return {
      name: firewall.name,
      platform: firewall.platform,
      timezone: this.#zone([...path, "timezone"], firewall.timezone),
      interfaces: new Map(Object.entries(firewall.interfaces ?? {})),
      prefixes: Object.entries(firewall.prefixes ?? {}).map(([prefix, word]) => ({
        prefix,
        verdict: VERDICT_WORDS[word] ?? VERDICT_NONE,
      })),
      outside: (firewall.public ?? []).flatMap((text, i) => {
        const prefix = prefixFromText(text);
        if (!prefix) this.#complain([...path, "public", i], `${quoted(text)} is no address`);
        return prefix ?? [];
      }),
      forwards: (firewall.forwards ?? []).flatMap((text, i) => {
        const forward = parseForward(text);
        if (!forward)
          this.#complain(
            [...path, "forwards", i],
            `${quoted(text)} is no forward; write udp 198.51.100.5:5060 -> 10.20.0.10:5060`,
          );
        return forward ?? [];
      }),
    };
  }

  #deployment(deployment: DeploymentYaml, index: number): Deployment | null {
    const path: YamlPath = ["deployments", index];
    const loaded = this.#options.findCatalog(deployment.catalog);
    if (!loaded) {
      this.#complain(
        [...path, "catalog"],
        `unknown catalog ${quoted(deployment.catalog)}; known: ${listed(this.#options.catalogIds)}`,
      );
      return null;
    }
    const { source, catalog, sha256 } = loaded;
    if (!source || !catalog) {
      this.#complain(
        [...path, "catalog"],
        `catalog ${quoted(deployment.catalog)} has problems; see: ringfence catalogs check`,
      );
      return null;
    }
    this.#checkNames(path, deployment, catalog);
    const parameters = new Map(Object.entries(deployment.parameters ?? {}));
    for (const problem of parameterProblems(source, parameters)) this.#complain([...path, "parameters"], problem);
    return {
      catalog: evaluated(source, parameters),
      catalogSha256: sha256,
      facts: {
        version: deployment.version ?? null,
        deployment: deployment.deployment ?? null,
        features: new Set(deployment.features ?? []),
        parameters: parametersAt(source, parameters),
      },
      hosts: new Map(
        Object.entries(deployment.hosts).map(([role, texts]) => [
          role,
          this.#bindings([...path, "hosts", role], texts),
        ]),
      ),
    };
  }

  #checkNames(path: YamlPath, deployment: DeploymentYaml, catalog: Catalog): void {
    const known = (what: string, valid: readonly Named[], place: YamlPath, id: string) => {
      if (!valid.some((one) => one.id === id)) {
        this.#complain(
          place,
          `unknown ${what} ${quoted(id)} in catalog ${catalog.id}; known: ${listed(valid.map((one) => one.id))}`,
        );
      }
    };
    (deployment.features ?? []).forEach((id, i) => {
      known("feature", catalog.features, [...path, "features", i], id);
    });
    if (deployment.deployment !== undefined)
      known("deployment", catalog.deployments, [...path, "deployment"], deployment.deployment);
    const bindable = [...catalog.roles, ...catalog.components];
    for (const id of Object.keys(deployment.hosts)) {
      if (!id.includes(".")) known("role", bindable, [...path, "hosts", id], id);
    }
  }

  #bindings(path: YamlPath, texts: string | string[]): Binding[] {
    return [texts].flat().flatMap((text, index) => {
      const binding = bindingFromText(text);
      if (!binding)
        this.#complain([...path, index], `${quoted(text)} is no address; write 10.20.0.10 or 10.20.0.64/26`);
      return binding ?? [];
    });
  }

  #waiver(waiver: NonNullable<SiteYaml["waivers"]>[number], index: number): Waiver {
    const cidr = waiver.cidr === undefined ? null : prefixFromText(waiver.cidr);
    if (waiver.cidr !== undefined && !cidr)
      this.#complain(["waivers", index, "cidr"], `${quoted(waiver.cidr)} is no address block`);
    if (!isDay(waiver.expires))
      this.#complain(["waivers", index, "expires"], `${quoted(waiver.expires)} is no date of the calendar`);
    return {
      finding: waiver.finding,
      cidr,
      cidrText: waiver.cidr ?? null,
      reason: waiver.reason,
      owner: waiver.owner,
      expires: waiver.expires,
    };
  }
}

function evaluated(source: CatalogSource, parameters: ReadonlyMap<string, number>): Catalog {
  const { policies, ...head } = source.head;
  return { ...head, requirements: requirementsAt(source, parameters), policies };
}
