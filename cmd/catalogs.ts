/** `ringfence catalogs`: what vendors require and forbid, as text or JSON; and the validation of a user's own. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Catalog, PortSet } from "../catalogs/catalog.ts";
import { listCatalogIds, loadCatalog } from "../catalogs/load.ts";
import { formatProblem } from "../catalogs/problems.ts";
import { documentText, productName } from "../reports/document.ts";
import { formatRanges } from "../rules/matching/port-ranges.ts";
import { CatalogFinder } from "./catalog-finder.ts";
import { say, writeOut } from "./console.ts";
import { EXIT_DONE, EXIT_USAGE, UsageError } from "./exit.ts";

interface CatalogFlags {
  json?: boolean;
  catalogDir?: string;
}

export async function listCatalogs(flags: CatalogFlags): Promise<number> {
  const finder = new CatalogFinder(flags.catalogDir);
  const catalogs = finder.ids.map((id) => catalogNamed(finder, id));
  if (flags.json) {
    const plain = catalogs.map(
      ({ requirements, policies, roles, components, parameters, features, deployments, ...head }) => ({
        ...head,
        requirements: requirements.length,
        policies: policies.length,
      }),
    );
    await writeOut(`${JSON.stringify(plain, null, 2)}\n`);
  } else {
    const width = Math.max(...catalogs.map(({ id }) => id.length));
    for (const catalog of catalogs) {
      const { id, requirements, policies } = catalog;
      await writeOut(
        `${id.padEnd(width)}  ${productName(catalog)}: ${requirements.length} requirements, ${policies.length} policies; ${documentText(catalog)}\n`,
      );
    }
  }
  return EXIT_DONE;
}

export async function showCatalog(id: string, flags: CatalogFlags): Promise<number> {
  const catalog = catalogNamed(new CatalogFinder(flags.catalogDir), id);
  await writeOut(flags.json ? `${JSON.stringify(catalog, null, 2)}\n` : describe(catalog));
  return EXIT_DONE;
}

/** `folder` is a catalog, or holds some. */
export async function checkCatalogs(folder: string): Promise<number> {
  if (!existsSync(folder)) throw new UsageError(`${folder}: no such folder`);
  const ids = listCatalogIds(folder);
  const folders = ids.length > 0 ? ids.map((id) => join(folder, id)) : [folder];
  let broken = false;
  for (const one of folders) {
    const { catalog, problems } = loadCatalog(one);
    for (const problem of problems) say(formatProblem(problem));
    broken ||= problems.length > 0;
    if (catalog)
      await writeOut(
        `${one}: ${catalog.id}: ${catalog.requirements.length} requirements, ${catalog.policies.length} policies, no problems\n`,
      );
  }
  return broken ? EXIT_USAGE : EXIT_DONE;
}

function catalogNamed(finder: CatalogFinder, id: string): Catalog {
  const catalog = finder.find(id)?.catalog;
  if (!catalog) throw new UsageError(`unknown catalog ${id}; known: ${finder.ids.join(", ")}`);
  return catalog;
}

function describe(catalog: Catalog): string {
  const named = (
    title: string,
    items: readonly { id: string; title: string }[],
    extra: (index: number) => string = () => "",
  ) =>
    items.length === 0
      ? ""
      : `\n${title}\n${items.map((item, index) => `  ${item.id}: ${item.title}${extra(index)}\n`).join("")}`;
  const roles = named("Roles (bind them to addresses)", catalog.roles, (index) => {
    const role = catalog.roles[index] as Catalog["roles"][number];
    if (role.main) return " [main: --host ADDRESS]";
    return role.members.length > 0 ? ` [stands for ${role.members.join(", ")}]` : ` [unbound: ${role.unbound}]`;
  });
  const parameters = named(
    "Parameters",
    catalog.parameters,
    (index) => ` [default ${(catalog.parameters[index] as Catalog["parameters"][number]).default}]`,
  );
  const sections = new Map<string, Catalog["requirements"]>();
  for (const requirement of catalog.requirements)
    sections.set(requirement.section, [...(sections.get(requirement.section) ?? []), requirement]);
  const requirements = [...sections]
    .map(([section, rows]) => `\nSection ${section}\n${rows.map(requirementLine).join("")}`)
    .join("");
  const policies = catalog.policies
    .map(({ id, kind, section, statement }) => `  ${id} [${kind}] (${section})\n    ${statement}\n`)
    .join("");
  return (
    `${catalog.id}: ${productName(catalog)}\n${documentText(catalog)}\n` +
    `${roles}${named("Features", catalog.features)}${named("Deployments", catalog.deployments)}${parameters}` +
    `\nRequirements (${catalog.requirements.length})${requirements}\nPolicies (${catalog.policies.length})\n${policies}`
  );
}

function requirementLine(requirement: Catalog["requirements"][number]): string {
  const {
    id,
    component,
    direction,
    application,
    transport,
    localPorts,
    remote,
    remotePorts,
    scope,
    strength,
    when,
    note,
  } = requirement;
  const extras = [
    scope === "wan" ? "WAN" : "",
    strength === "required" ? "" : strength,
    when ? `when ${when}` : "",
    requirement.uncertain ? "uncertain" : "",
  ].filter(Boolean);
  return (
    `  ${id}: ${component} ${direction} ${transport} ${application}, local ${portText(localPorts)}, peer ${remote} ${portText(remotePorts)}` +
    `${extras.length > 0 ? ` (${extras.join("; ")})` : ""}\n${note ? `    ${note}\n` : ""}`
  );
}

function portText(ports: PortSet): string {
  return typeof ports === "string" ? ports : formatRanges(ports, ";");
}
