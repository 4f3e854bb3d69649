/** Reads `fleet.yaml`: which customers are audited, from what, and how their reports look. */
import { dirname, resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type CatalogProblem, formatProblem, listed, quoted } from "../../catalogs/problems.ts";
import { schemaProblem } from "../../catalogs/schema-problem.ts";
import { parseYaml, type YamlFile, type YamlPath } from "../../catalogs/yaml-file.ts";
import { reportFormats } from "../../reports/formats.ts";
import type { LanguageId } from "../../rules/result.ts";
import type { ElasticsearchFlags } from "../elasticsearch/options.ts";
import { UsageError } from "../exit.ts";
import schema from "../fleet.schema.json" with { type: "json" };
import { windowFromFlags } from "../read-options.ts";
import { readSettings } from "../settings-file.ts";
import { slugOf } from "./slug.ts";

export interface FleetCustomer {
  name: string;
  /** Names its folder; unique. */
  slug: string;
  /** Paths as written: relative ones start at the fleet file's folder. */
  site: string;
  inputs: string[];
  /** Documents to audit as well, as the flags of `audit` would name them. */
  elasticsearch: ElasticsearchFlags | null;
  /** `auto`, `none` or a path. */
  baseline: string;
  since: string | null;
  until: string | null;
  logo: string | null;
  colours: { primary: string | null; accent: string | null };
  footer: string | null;
  /** Of its reports. */
  language: LanguageId;
}

export interface Fleet {
  /** Folder of the fleet file: where relative paths start. */
  folder: string;
  /** Absolute. */
  output: string;
  formats: string[];
  /** Of the overview. */
  language: LanguageId;
  customers: FleetCustomer[];
}

/** What `fleet.schema.json` lets through. */
interface FleetYaml {
  output?: string;
  formats?: string[];
  language?: LanguageId;
  customers: CustomerYaml[];
}

interface CustomerYaml {
  name: string;
  site: string;
  inputs?: string[];
  elasticsearch?: ElasticsearchYaml;
  baseline?: string;
  since?: string;
  until?: string;
  logo?: string;
  colours?: { primary?: string; accent?: string };
  footer?: string;
  language?: LanguageId;
}

interface ElasticsearchYaml {
  url?: string;
  cloud_id?: string;
  index?: string;
  api_key_env?: string;
  user?: string;
  password_env?: string;
  ca_file?: string;
  ca_fingerprint?: string;
}

const DEFAULT_OUTPUT = "./reports";
const DEFAULT_FORMATS: readonly string[] = ["html", "json"];

const validate = new Ajv2020({ allErrors: true, verbose: true }).compile<FleetYaml>(schema);

/** `defaultLanguage`: where the file names none. Throws UsageError with every problem, each with line and column. */
export function readFleet(file: string, defaultLanguage: LanguageId): Fleet {
  const { yaml, problems } = parseYaml(file, readSettings(file, "fleet"));
  if (!yaml) throw usageError(problems);
  const { value } = yaml;
  if (!validate(value)) throw usageError((validate.errors ?? []).map((error) => schemaProblem(yaml, error)));
  const further = furtherProblems(yaml, value);
  if (further.length > 0) throw usageError(further);
  const folder = dirname(resolve(file));
  const language = value.language ?? defaultLanguage;
  return {
    folder,
    output: resolve(folder, value.output ?? DEFAULT_OUTPUT),
    formats: [...new Set(["json", ...(value.formats ?? DEFAULT_FORMATS)])],
    language,
    customers: value.customers.map((customer) => customerOf(customer, language)),
  };
}

function usageError(problems: readonly CatalogProblem[]): UsageError {
  return new UsageError(problems.map(formatProblem).join("\n"));
}

/** What a schema cannot say. */
function furtherProblems(yaml: YamlFile, value: FleetYaml): CatalogProblem[] {
  const problems: CatalogProblem[] = [];
  const complain = (path: YamlPath, message: string) => problems.push(yaml.problemAt(path, message));
  const known = reportFormats.map(({ id }) => id);
  for (const [index, id] of (value.formats ?? []).entries()) {
    if (!known.includes(id))
      complain(["formats", index], `unknown report format ${quoted(id)}; known: ${listed(known)}`);
  }
  const bySlug = new Map<string, string>();
  for (const [index, customer] of value.customers.entries()) {
    const path: YamlPath = ["customers", index];
    const slug = slugOf(customer.name);
    const other = bySlug.get(slug);
    if (slug === "") complain([...path, "name"], `${quoted(customer.name)} has no letter or digit to name a folder by`);
    else if (other !== undefined)
      complain(
        [...path, "name"],
        `${quoted(customer.name)} and ${quoted(other)} would share the folder ${slug}: give one of them another name`,
      );
    bySlug.set(slug, other ?? customer.name);
    if (!customer.inputs && !customer.elasticsearch)
      complain(path, `what to read for ${quoted(customer.name)} is missing: inputs, or elasticsearch`);
    for (const [number, input] of (customer.inputs ?? []).entries()) {
      if (input === "-") complain([...path, "inputs", number], "standard input cannot be an input of a fleet");
    }
    for (const key of ["since", "until"] as const) {
      const moment = customer[key];
      if (moment !== undefined && !isMoment(moment))
        complain([...path, key], `${quoted(moment)} is no moment; write 2026-10-01, 2026-10-01T08:00, 24h or 7d`);
    }
  }
  return problems;
}

function isMoment(text: string): boolean {
  try {
    windowFromFlags({ since: text }, "UTC", Date.now());
    return true;
  } catch {
    return false;
  }
}

function customerOf(
  { name, site, inputs, elasticsearch, baseline, since, until, logo, colours, footer, language }: CustomerYaml,
  fleetLanguage: LanguageId,
): FleetCustomer {
  return {
    name,
    slug: slugOf(name),
    site,
    inputs: inputs ?? [],
    elasticsearch: elasticsearch ? flagsOf(elasticsearch) : null,
    baseline: baseline ?? "auto",
    since: since ?? null,
    until: until ?? null,
    logo: logo ?? null,
    colours: { primary: colours?.primary ?? null, accent: colours?.accent ?? null },
    footer: footer ?? null,
    language: language ?? fleetLanguage,
  };
}

/** Only what is there: a flag that is undefined is no flag. */
function flagsOf({
  url,
  cloud_id: cloudId,
  index,
  api_key_env: apiKeyEnv,
  user,
  password_env: passwordEnv,
  ca_file: caFile,
  ca_fingerprint: caFingerprint,
}: ElasticsearchYaml): ElasticsearchFlags {
  const flags = { elasticsearch: url, cloudId, index, apiKeyEnv, user, passwordEnv, caFile, caFingerprint };
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}
