/** The command line: every command, argument and flag, and nothing else; what they do is loaded when they are used. */
import { Command, Option } from "commander";
import { LANGUAGES, SEVERITIES } from "../rules/result.ts";
import { EXIT_DONE, EXIT_FINDINGS, EXIT_INPUT, EXIT_USAGE } from "./exit.ts";
import { packageVersion } from "./package.ts";

const EXIT_TABLE = `
Exit status:
  ${EXIT_DONE}  done
  ${EXIT_FINDINGS}  findings at or above --fail-on (off by default)
  ${EXIT_USAGE}  usage or configuration error
  ${EXIT_INPUT}  an input could not be read, or no line was recognised

Environment: NO_COLOR and FORCE_COLOR, COLUMNS where the output is no terminal, RINGFENCE_LANG.`;

/** Parses and runs; resolves to the exit status. Commander itself throws CommanderError for usage errors. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let status = EXIT_DONE;
  const program = new Command("ringfence")
    .description("Audits a firewall with its own logs against what phone-system vendors require and forbid.")
    .version(packageVersion())
    .showHelpAfterError("(run with --help for the flags)")
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "ringfence: ")) })
    .addHelpText("after", EXIT_TABLE)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();

  const collect = (value: string, previous: string[] | undefined) => [...(previous ?? []), value];
  const siteFlags = (command: Command): Command =>
    command
      .option("--site <file>", "site file: networks, firewalls, deployments, waivers")
      .option("--catalog <id>", "vendor catalog, without a site file (repeatable)", collect)
      .option("--host <[role=]address>", "address of the system, or of another role (repeatable)", collect)
      .option("--feature <id>", "feature that the deployment has (repeatable)", collect)
      .option("--deployment <id>", "deployment variant, where the catalog has several")
      .option("--product-version <version>", "version of the vendor's product")
      .option("--catalog-dir <folder>", "folder with catalogs of your own")
      .option("--resolve", "look up the vendors' host names (nothing is looked up otherwise)");
  const readFlags = (command: Command): Command =>
    command
      .option("--input-format <id>", "log format, instead of detection (repeatable)", collect)
      .option("--since <moment>", "only records from then on (2026-10-01, 2026-10-01T08:00, or 24h, 7d before now)")
      .option("--until <moment>", "only records before then")
      .option(
        "--tz <zone>",
        "time zone of logs that carry none, and of the result (default: the site's, else this machine's)",
      );
  const languageFlag = (command: Command, description = "language of the texts"): Command =>
    command.addOption(new Option("--lang <language>", description).choices(LANGUAGES).env("RINGFENCE_LANG"));
  const showFlags = (command: Command): Command =>
    languageFlag(command)
      .option("--format <id>", "report format; with several -o by their endings (repeatable)", collect)
      .option("-o, --output <file>", "write to this file instead of standard output (repeatable)", collect)
      .addOption(new Option("--fail-on <severity>", "exit with status 1 at this severity or above").choices(SEVERITIES))
      .option("--json", "the same as --format json")
      .option("--verbose", "whole log lines and all rows")
      .option("--ascii", "nothing but ASCII")
      .option("--no-color", "no colours");

  const redactFlag = (command: Command): Command =>
    command.option("--redact", "for sharing: stand-ins for public addresses, names, SIP users and serial numbers");

  const elasticsearchFlags = (command: Command): Command =>
    command
      .option("--elasticsearch <url>", "Elasticsearch server, 8 or 9 (or ELASTICSEARCH_URL)")
      .option("--index <pattern>", "data stream, index or pattern (or ELASTICSEARCH_INDEX)")
      .option("--cloud-id <id>", "deployment of Elastic Cloud (or ELASTIC_CLOUD_ID)")
      .option("--api-key <encoded>", "API key; other users of this machine can see flags, so better ELASTIC_API_KEY")
      .option("--api-key-env <name>", "environment variable that holds the API key")
      .option("--user <name>", "user (or ELASTIC_USERNAME); the password comes from ELASTIC_PASSWORD")
      .option("--password-env <name>", "environment variable that holds the password")
      .option("--ca-file <file>", "certificate authority, PEM (or ELASTIC_CA_FILE)")
      .option("--ca-fingerprint <sha256>", "the authority's fingerprint (or ELASTIC_CA_FINGERPRINT)")
      .option("--request-timeout <seconds>", "for one request (default: 120)");

  elasticsearchFlags(redactFlag(showFlags(readFlags(siteFlags(program.command("audit"))))))
    .option("--baseline <audit.json>", "an earlier audit: marks findings new or persisting, and lists what is gone")
    .option("--only <what>", "only findings of this id or pattern, kind, check or catalog (repeatable)", collect)
    .option("--skip <what>", "all but these findings (repeatable)", collect)
    .addOption(new Option("--severity <severity>", "only findings of this severity or above").choices(SEVERITIES))
    .description("audit firewall logs (files, folders, patterns, - for standard input), or documents in Elasticsearch")
    .argument("[inputs...]")
    .action(async (inputs: string[], flags) => {
      status = await (await import("./audit.ts")).auditCommand(inputs, flags);
    });
  elasticsearchFlags(languageFlag(readFlags(siteFlags(program.command("triage")))))
    .description("look through the findings in the terminal: of logs, of Elasticsearch, or of a saved audit (JSON)")
    .argument("[inputs...]")
    .option("--follow", "read on as the files grow and are rotated (key: f)")
    .option("--listen <address>", "receive syslog, as parse does (repeatable)", collect)
    .option("--mouse", "clicks select, the wheel scrolls; selecting text then takes the Shift key")
    .option("--ascii", "nothing but ASCII")
    .option("--no-color", "no colours")
    .option("--screen-reader", "plain lines as things happen, nothing redrawn")
    .action(async (inputs: string[], flags) => {
      status = await (await import("./triage.ts")).triageCommand(inputs, flags);
    });
  redactFlag(showFlags(program.command("report")))
    .description("render a saved audit (JSON) again, in any format")
    .argument("<audit.json>")
    .action(async (file: string, flags) => {
      status = await (await import("./report.ts")).reportCommand(file, flags);
    });
  readFlags(program.command("parse"))
    .description("print records as NDJSON in ECS")
    .argument("[inputs...]")
    .option("--quiet", "no summary on standard error")
    .option("--follow", "read on as the files grow and are rotated, until Ctrl-C; begins at their ends")
    .option("--from-start", "with --follow: what is in the files already, too")
    .option(
      "--listen <address>",
      "receive syslog: udp://HOST:PORT, tcp://HOST:PORT or tls://HOST:PORT?cert=FILE&key=FILE[&ca=FILE] (repeatable)",
      collect,
    )
    .action(async (inputs: string[], flags) => {
      status = await (await import("./parse.ts")).parseCommand(inputs, flags);
    });
  elasticsearchFlags(readFlags(program.command("ship")))
    .description("store records in Elasticsearch, as ECS, each of them once however often it is shipped")
    .argument("<inputs...>")
    .option("--site <file>", "site file, for its firewalls' time zones and log prefixes")
    .option("--plain-index", "make an index instead of a data stream")
    .option("--source <label>", "tells devices apart whose lines do not name them and may be equal")
    .option("--wait <minutes>", "how long the server may be away (default: 10)")
    .option("--quiet", "no progress and no summary on standard error")
    .action(async (inputs: string[], flags) => {
      status = await (await import("./ship.ts")).shipCommand(inputs, flags);
    });
  showFlags(program.command("demo"))
    .description("audit the bundled example site")
    .option("--triage", "look through its findings in the terminal")
    .action(async (flags) => {
      status = await (await import("./demo.ts")).demoCommand(flags);
    });

  languageFlag(program.command("fleet"), "language where the fleet file names none")
    .description("audit many customers in one run: a folder for each, and an overview across all of them")
    .argument("<fleet.yaml>")
    .option("--jobs <count>", "so many customers at once (default: one a core)")
    .option("--timeout <minutes>", "stop a customer that takes longer; the others go on (default: 120)")
    .option(
      "--only <customer>",
      "only this customer, by name or folder; others are shown as they were (repeatable)",
      collect,
    )
    .option("--resume", "go on with the latest run: skip customers that are done, and whose files have not changed")
    .option("--catalog-dir <folder>", "folder with catalogs of your own")
    .addOption(
      new Option("--fail-on <severity>", "exit with status 1 if any customer has this severity or above").choices(
        SEVERITIES,
      ),
    )
    .action(async (file: string, flags) => {
      status = await (await import("./fleet.ts")).fleetCommand(file, flags);
    });
  program.command("fleet-customer", { hidden: true }).action(async () => {
    status = await (await import("./fleet/customer.ts")).fleetCustomerCommand();
  });

  readFlags(program.command("init"))
    .description("propose a first site file from logs")
    .argument("<inputs...>")
    .option("--name <name>", "the site's name")
    .option("-o, --output <file>", "write it there; an existing file is not overwritten")
    .option("--catalog-dir <folder>", "folder with catalogs of your own")
    .action(async (inputs: string[], flags) => {
      status = await (await import("./init.ts")).initCommand(inputs, flags);
    });

  const catalogs = program.command("catalogs").description("what vendors require and forbid");
  catalogs
    .command("list", { isDefault: true })
    .description("all catalogs")
    .option("--json", "as JSON")
    .option("--catalog-dir <folder>", "folder with catalogs of your own")
    .action(async (flags) => {
      status = await (await import("./catalogs.ts")).listCatalogs(flags);
    });
  catalogs
    .command("show")
    .description("one catalog: roles, features, requirements, policies")
    .argument("<id>")
    .option("--json", "as JSON (public shape)")
    .option("--catalog-dir <folder>", "folder with catalogs of your own")
    .action(async (id: string, flags) => {
      status = await (await import("./catalogs.ts")).showCatalog(id, flags);
    });
  catalogs
    .command("check")
    .description("validate a catalog folder, or a folder of catalogs")
    .argument("<folder>")
    .action(async (folder: string) => {
      status = await (await import("./catalogs.ts")).checkCatalogs(folder);
    });

  const waivers = program.command("waivers").description("accepted findings in a site file");
  const waiverFlags = (command: Command): Command =>
    command
      .requiredOption("--site <file>", "site file")
      .option("--catalog-dir <folder>", "folder with catalogs of your own");
  waiverFlags(waivers.command("list"))
    .description("all waivers, and whether each still holds")
    .option("--json", "as JSON")
    .action(async (flags) => {
      status = await (await import("./waivers.ts")).listWaivers(flags);
    });
  waiverFlags(waivers.command("lint"))
    .description("expired, doubled and too wide waivers; with a saved audit also those that match nothing")
    .argument("[audit.json]")
    .action(async (file: string | undefined, flags) => {
      status = await (await import("./waivers.ts")).lintWaivers(file, flags);
    });
  waiverFlags(waivers.command("add"))
    .description("accept a finding; the rest of the site file stays as it is")
    .argument("<finding>", "its id, or a pattern with * and ?")
    .requiredOption("--reason <text>", "why it is accepted")
    .requiredOption("--owner <name>", "who accepts it")
    .requiredOption("--expires <date>", "last day on which it holds, such as 2027-03-31")
    .action(async (finding: string, flags) => {
      status = await (await import("./waivers.ts")).addWaiver(finding, flags);
    });

  const checks = program.command("checks").description("inspection anomalies that are looked for");
  checks
    .command("list", { isDefault: true })
    .description("all checks")
    .option("--json", "as JSON")
    .action(async (flags) => {
      status = await (await import("./checks.ts")).listChecks(flags);
    });
  checks
    .command("explain")
    .description(
      "what a check looks for and why, what else could explain it, and what to do; or how findings are rated",
    )
    .argument("<id>", "a check, a kind of finding (blocked-but-required, ...), severity or confidence")
    .action(async (id: string) => {
      status = await (await import("./checks.ts")).explainCheck(id);
    });

  program
    .command("formats")
    .description("log formats, with what each can and cannot show")
    .argument("[id]", "one format, with how to switch the needed logging on")
    .option("--json", "as JSON")
    .action(async (id: string | undefined, flags) => {
      status = await (await import("./formats.ts")).formatsCommand(id, flags);
    });

  await program.parseAsync(argv, { from: "user" });
  return status;
}
