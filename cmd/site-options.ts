/** The site to audit: from `--site FILE`, or built from `--catalog` and `--host`. */
import { formatProblem } from "../catalogs/problems.ts";
import { isKnownZone } from "../ingest/clocks/device-clock.ts";
import type { Site } from "../rules/site/site.ts";
import { readSite, shortSite } from "../rules/site/site-file.ts";
import type { DeploymentYaml, SiteOptions } from "../rules/site/site-reader.ts";
import { CatalogFinder } from "./catalog-finder.ts";
import { UsageError } from "./exit.ts";
import { readSettings } from "./settings-file.ts";

export interface SiteFlags {
  site?: string;
  catalog?: string[];
  host?: string[];
  feature?: string[];
  deployment?: string;
  productVersion?: string;
  tz?: string;
  catalogDir?: string;
  /** Look up the catalogs' host names. */
  resolve?: boolean;
}

/** Throws UsageError with every problem, each with its place where it has one. */
export function siteFromFlags(flags: SiteFlags): Site {
  const finder = new CatalogFinder(flags.catalogDir);
  const options: SiteOptions = {
    defaultTimezone: zoneFromFlag(flags.tz),
    isKnownZone,
    findCatalog: (id) => finder.find(id),
    catalogIds: finder.ids,
  };
  const site =
    flags.site === undefined ? siteFromWords(flags, finder, options) : siteFromFile(flags.site, flags, options);
  return flags.tz === undefined ? site : { ...site, timezone: flags.tz };
}

/** The zone of `--tz`, else the machine's own. */
export function zoneFromFlag(tz: string | undefined): string {
  if (tz !== undefined && !isKnownZone(tz))
    throw new UsageError(`--tz: unknown time zone ${tz}; use an IANA name such as Europe/Berlin`);
  return tz ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function siteFromFile(file: string, flags: SiteFlags, options: SiteOptions): Site {
  if (flags.catalog || flags.host)
    throw new UsageError("--site already says which catalogs and hosts: leave out --catalog and --host");
  const { site, problems } = readSite(file, readSettings(file, "site"), options);
  if (!site) throw new UsageError(problems.map(formatProblem).join("\n"));
  return site;
}

function siteFromWords(flags: SiteFlags, finder: CatalogFinder, options: SiteOptions): Site {
  const catalogs = flags.catalog ?? [];
  if (catalogs.length === 0) {
    throw new UsageError(
      `say what to audit: --site site.yaml (ringfence init proposes one from the logs), or --catalog and --host (catalogs: ${finder.ids.join(", ")})`,
    );
  }
  if ((flags.host ?? []).length === 0)
    throw new UsageError(
      "say where the system is: --host 192.168.10.5 (repeat it for more, --host ROLE=ADDRESS for other roles)",
    );
  const deployments = catalogs.map((id): DeploymentYaml => {
    const catalog = finder.find(id)?.catalog;
    return {
      catalog: id,
      hosts: hostsFromFlags(flags.host ?? [], catalog?.roles.find(({ main }) => main)?.id ?? "main", id, catalogs),
      ...(flags.feature ? { features: flags.feature } : {}),
      ...(flags.deployment === undefined ? {} : { deployment: flags.deployment }),
      ...(flags.productVersion === undefined ? {} : { version: flags.productVersion }),
    };
  });
  const { site, problems } = shortSite(deployments, options);
  if (!site) throw new UsageError(problems.join("\n"));
  return site;
}

/** `ADDRESS`, `ROLE=ADDRESS`, or with several catalogs `CATALOG:ROLE=ADDRESS` and `CATALOG:=ADDRESS`; commas list more. */
function hostsFromFlags(
  hosts: readonly string[],
  mainRole: string,
  catalog: string,
  catalogs: readonly string[],
): Record<string, string[]> {
  const byRole: Record<string, string[]> = {};
  for (const host of hosts) {
    const equals = host.indexOf("=");
    let role = equals < 0 ? "" : host.slice(0, equals);
    const colon = role.indexOf(":");
    if (colon >= 0) {
      const named = role.slice(0, colon);
      if (!catalogs.includes(named))
        throw new UsageError(`--host ${host}: ${named} is not among --catalog ${catalogs.join(", ")}`);
      if (named !== catalog) continue;
      role = role.slice(colon + 1);
    }
    const key = role === "" ? mainRole : role;
    byRole[key] = [
      ...(byRole[key] ?? []),
      ...host
        .slice(equals + 1)
        .split(",")
        .map(bareAddress),
    ];
  }
  return byRole;
}

/** `[2001:db8::5]`, as addresses stand in URLs, or with blanks around it. */
function bareAddress(text: string): string {
  return text.trim().replace(/^\[(.*)\]$/, "$1");
}
