/** `ringfence init`: a first site file, proposed from logs, with the evidence for each line as a comment. */
import { writeFile } from "node:fs/promises";
import { stringify } from "yaml";
import type { Catalog } from "../catalogs/catalog.ts";
import type { InputError } from "../ingest/errors.ts";
import { countFlows } from "../ingest/flows/count.ts";
import { type Proposal, propose, sketchSelection } from "../rules/site/propose.ts";
import { CatalogFinder } from "./catalog-finder.ts";
import { complaintOf, say, standardInput, writeOut } from "./console.ts";
import { EXIT_DONE, EXIT_INPUT, UsageError } from "./exit.ts";
import { listInputs } from "./input-list.ts";
import { formatsFromFlag, type ReadFlags, windowFromFlags } from "./read-options.ts";
import { STANDARD_OUTPUT } from "./show.ts";
import { zoneFromFlag } from "./site-options.ts";

export interface InitFlags extends ReadFlags {
  tz?: string;
  name?: string;
  output?: string;
  catalogDir?: string;
}

export async function initCommand(names: readonly string[], flags: InitFlags): Promise<number> {
  const nowMs = Date.now();
  const zone = zoneFromFlag(flags.tz);
  const finder = new CatalogFinder(flags.catalogDir);
  const catalogs = finder.ids.flatMap((id) => finder.find(id)?.catalog ?? []);
  let unreadable = false;
  const onUnreadable = (error: InputError) => {
    unreadable = true;
    say(`ringfence: ${complaintOf(error)}`);
  };
  const inputs = await listInputs(names, nowMs, onUnreadable);
  const { table, reports } = await countFlows({
    inputs,
    selection: { ...sketchSelection(catalogs), ...windowFromFlags(flags, zone, nowMs) },
    zone,
    only: formatsFromFlag(flags),
    stdin: standardInput(),
    threads: null,
    onUnreadable,
  });
  if (!reports.some(({ lines }) => lines.parsed > 0)) {
    say(
      reports.some(({ lines }) => lines.outsideWindow > 0)
        ? "ringfence: no line lies in the window of --since and --until, so nothing can be proposed"
        : "ringfence: no line was recognised, so nothing can be proposed (see: ringfence formats)",
    );
    return EXIT_INPUT;
  }
  const text = siteText(propose(table.flows(), catalogs), flags.name ?? "My site", zone, catalogs);
  if (flags.output === undefined || flags.output === STANDARD_OUTPUT) await writeOut(text);
  else {
    await writeFile(flags.output, text, { flag: "wx" }).catch((cause: NodeJS.ErrnoException) => {
      throw new UsageError(
        `-o ${flags.output}: ${cause.code === "EEXIST" ? "exists already; it is not overwritten" : `cannot be written (${cause.code})`}`,
      );
    });
  }
  return unreadable ? EXIT_INPUT : EXIT_DONE;
}

/** YAML with a comment behind each proposal; what could only be guessed says so. */
function siteText(proposal: Proposal, name: string, zone: string, catalogs: readonly Catalog[]): string {
  const lines = [
    "# Proposed by ringfence init from the logs: check every line, the comments say what it rests on.",
    `site: ${inline(name)}`,
    `timezone: ${inline(zone)}`,
    ...section("networks", proposal.networks),
    ...proposal.networks.map(
      ({ name: id, cidr, zone: lies, why }) =>
        `  ${inline(id)}: {cidr: [${inline(cidr)}], zone: ${lies}}  # ${comment(why)}`,
    ),
    ...section("firewalls", proposal.firewalls),
    ...proposal.firewalls.flatMap((firewall) => [
      `  - name: ${inline(firewall.name)}`,
      `    platform: ${firewall.platform}`,
      ...(firewall.interfaces.length > 0 ? ["    interfaces:"] : []),
      ...firewall.interfaces.map((one) => `      ${inline(one.name)}: ${one.zone}  # ${comment(one.why)}`),
      ...(firewall.outside.length > 0 ? ["    public:"] : []),
      ...firewall.outside.map(({ address, why }) => `      - ${inline(address)}  # ${comment(why)}`),
    ]),
    "",
    "deployments:",
    ...proposal.systems.flatMap((system) => deploymentLines(system, catalogs)),
    ...(proposal.systems.length === 0
      ? [
          "  # No host was seen to answer SIP or to call it outside. Name your system (ringfence catalogs show ID lists its roles),",
          `  # with its address in place of the braces, such as {${mainRole(catalogs[0])}: 192.168.10.5}: catalogs are ${catalogs.map(({ id }) => id).join(", ")}.`,
          `  - catalog: ${catalogs[0]?.id}`,
          "    hosts: {}",
        ]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** The head of a section; YAML has none for what has no entries. */
function section(key: string, entries: readonly unknown[]): string[] {
  return entries.length > 0 ? ["", `${key}:`] : [];
}

function mainRole(catalog: Catalog | undefined): string {
  return catalog?.roles.find((role) => role.main)?.id ?? "main";
}

function deploymentLines(system: Proposal["systems"][number], catalogs: readonly Catalog[]): string[] {
  const catalog = catalogs.find(({ id }) => id === system.catalog) ?? catalogs[0];
  const main = mainRole(catalog);
  const phones = catalog?.roles.find(({ id }) => id === "phones")?.id;
  const guess = system.catalog ? "" : `  # a guess: one of ${catalogs.map(({ id }) => id).join(", ")}`;
  return [
    `  # ${comment(`${system.address} ${system.why}`)}`,
    `  - catalog: ${catalog?.id}${guess}`,
    "    hosts:",
    `      ${inline(main)}: [${inline(system.address)}]`,
    ...(phones && system.phones.length > 0
      ? [
          `      ${phones}: [${system.phones.map(inline).join(", ")}]  # ${system.phoneCount === 1 ? "1 host uses" : `${system.phoneCount} hosts use`} its SIP`,
        ]
      : []),
  ];
}

/** A scalar that YAML reads back as this text. */
function inline(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd();
}

/** Log text in a comment must not end it. */
function comment(text: string): string {
  return text.replaceAll(/[\r\n]+/g, " ");
}
