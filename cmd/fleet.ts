/** `ringfence fleet fleet.yaml`: many customers in one run, each by itself, and an overview across all of them. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative, resolve } from "node:path";
import type { Input } from "../ingest/inputs/inputs.ts";
import { inLanguage } from "../reports/languages.ts";
import { phrases } from "../reports/phrases.ts";
import { localise } from "../rules/messages/localise.ts";
import { type LanguageId, SEVERITIES, type Severity } from "../rules/result.ts";
import { say, writeOut } from "./console.ts";
import { EXIT_DONE, EXIT_FINDINGS, EXIT_INPUT, UsageError } from "./exit.ts";
import { type Fleet, type FleetCustomer, readFleet } from "./fleet/config.ts";
import { auditedRow, type CustomerRow, emptyRow, type FleetOverview, notesOf, worstFirst } from "./fleet/overview.ts";
import { overviewHtml } from "./fleet/overview-html.ts";
import { overviewText } from "./fleet/overview-text.ts";
import { runCustomers } from "./fleet/processes.ts";
import { AUDIT_FILE, newRun, previousRun, reportFile, writeWhole } from "./fleet/runs.ts";
import {
  catalogsFingerprint,
  type FleetState,
  fingerprintOf,
  inputsOf,
  newState,
  readState,
  STATE_FILE,
} from "./fleet/state.ts";
import { packageVersion } from "./package.ts";
import { readResult } from "./report.ts";

export interface FleetFlags {
  jobs?: string;
  timeout?: string;
  only?: string[];
  failOn?: Severity;
  resume?: boolean;
  catalogDir?: string;
  lang?: LanguageId;
}

interface AuditPlan {
  state: FleetState;
  jobs: number;
  limitMs: number;
  catalogDir: string | null;
  nowMs: number;
}

/** One customer and what it is made of. */
interface Planned {
  customer: FleetCustomer;
  inputs: Input[];
  fingerprint: string;
}

export async function fleetCommand(file: string, flags: FleetFlags): Promise<number> {
  const nowMs = Date.now();
  const fleet = readFleet(file, flags.lang ?? "en");
  const jobs = jobsFromFlag(flags.jobs);
  const limitMs = limitFromFlag(flags.timeout);
  const chosen = chosenCustomers(fleet, flags.only);
  const catalogDir = flags.catalogDir === undefined ? null : resolve(flags.catalogDir);
  const state = stateOf(fleet, flags, nowMs);
  const catalogs = catalogsFingerprint(catalogDir);
  const planned = await Promise.all(
    chosen.map(async (customer): Promise<Planned> => {
      const inputs = await inputsOf(fleet, customer, nowMs);
      return { customer, inputs, fingerprint: fingerprintOf(fleet, customer, inputs, catalogs) };
    }),
  );
  const rows = new Map<string, CustomerRow>();
  const due: Planned[] = [];
  for (const one of planned) {
    const { slug } = one.customer;
    const done =
      flags.resume && state.done[slug] === one.fingerprint && (await savedRow(fleet, one.customer, state.run));
    if (done) rows.set(slug, done);
    else due.push(one);
  }
  if (flags.resume && rows.size > 0)
    say(`ringfence: done already in run ${state.run}: ${rows.size} of ${chosen.length} customers`);
  await auditAll(fleet, due, { state, jobs, limitMs, catalogDir, nowMs }, (row) => rows.set(row.slug, row));
  const overview: FleetOverview = {
    schemaVersion: "1",
    tool: { name: "ringfence", version: packageVersion() },
    run: state.run,
    language: fleet.language,
    customers: worstFirst(
      await Promise.all(fleet.customers.map(async (one) => rows.get(one.slug) ?? (await leftOutRow(fleet, one)))),
    ),
    warnings: inLanguage(fleet.language, () => sharedInputs(fleet.folder, planned)),
  };
  await writeWhole(join(fleet.output, "overview.json"), `${JSON.stringify(overview, null, 2)}\n`);
  const pages = inLanguage(fleet.language, () => ({ html: overviewHtml(overview), text: overviewText(overview) }));
  await writeWhole(join(fleet.output, "overview.html"), pages.html);
  await writeOut(pages.text);
  say(`ringfence: reports are in ${fleet.output}`);
  return fleetStatus([...rows.values()], flags.failOn ?? null);
}

async function auditAll(
  fleet: Fleet,
  due: readonly Planned[],
  { state, jobs, limitMs, catalogDir, nowMs }: AuditPlan,
  keep: (row: CustomerRow) => void,
): Promise<void> {
  const stateFile = join(fleet.output, STATE_FILE);
  for (const { customer } of due) delete state.done[customer.slug];
  await writeWhole(stateFile, jsonOf(state)).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`output ${fleet.output}: cannot be written (${cause.code})`);
  });
  const sizeOf = ({ inputs }: Planned) => inputs.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0);
  let finished = 0;
  await runCustomers({
    tasks: [...due]
      .sort((a, b) => sizeOf(b) - sizeOf(a))
      .map(({ customer }) => ({
        customer,
        formats: fleet.formats,
        language: fleet.language,
        output: fleet.output,
        run: state.run,
        catalogDir,
        nowMs,
      })),
    folder: fleet.folder,
    jobs,
    limitMs,
    onRow: async (row) => {
      keep(row);
      finished += 1;
      const status = inLanguage(fleet.language, () => phrases.overview.statusWord[row.status]);
      say(`ringfence: ${finished}/${due.length} ${row.name}: ${status}`);
      const { fingerprint } = due.find(({ customer }) => customer.slug === row.slug) as Planned;
      if (row.status !== "done") return;
      state.done[row.slug] = fingerprint;
      await writeWhole(stateFile, jsonOf(state));
    },
  });
}

/** The latest run where it is resumed, else a new one. */
function stateOf(fleet: Fleet, flags: FleetFlags, nowMs: number): FleetState {
  const latest = readState(join(fleet.output, STATE_FILE));
  if (flags.resume && latest) return latest;
  const slugs = fleet.customers.map(({ slug }) => slug);
  return newState(newRun(fleet.output, slugs, nowMs, latest?.run ?? null));
}

/** A customer that this run leaves out, as its last report shows it. */
async function leftOutRow(fleet: Fleet, customer: FleetCustomer): Promise<CustomerRow> {
  const run = previousRun(fleet.output, customer.slug, null);
  const row = run === null ? null : await savedRow(fleet, customer, run);
  return row ? { ...row, status: "not-run" } : emptyRow(customer, "not-run", []);
}

/** Null where the run left no audit that can be read. */
async function savedRow(fleet: Fleet, customer: FleetCustomer, run: string): Promise<CustomerRow | null> {
  const folder = join(fleet.output, customer.slug, run);
  const result = await readResult(join(folder, AUDIT_FILE)).catch(() => null);
  if (!result) return null;
  const files = fleet.formats.map(reportFile).filter((name) => existsSync(join(folder, name)));
  const said = localise(result, fleet.language);
  return auditedRow(customer, said, {
    status: "done",
    run,
    messages: inLanguage(fleet.language, () => notesOf(said)),
    files: files.map((name) => `${customer.slug}/${run}/${name}`),
  });
}

function chosenCustomers(fleet: Fleet, only: readonly string[] | undefined): FleetCustomer[] {
  for (const wanted of only ?? []) {
    if (!fleet.customers.some((one) => isNamed(one, wanted)))
      throw new UsageError(
        `--only: no customer ${wanted}; known: ${fleet.customers.map(({ name }) => name).join(", ")}`,
      );
  }
  return fleet.customers.filter((customer) => !only || only.some((wanted) => isNamed(customer, wanted)));
}

function isNamed({ name, slug }: FleetCustomer, wanted: string): boolean {
  return name === wanted || slug === wanted;
}

/** The same file or index read for two customers would bring lines of one into reports of the other. */
function sharedInputs(folder: string, planned: readonly Planned[]): string[] {
  const readers = new Map<string, string[]>();
  for (const { customer, inputs } of planned) {
    const { elasticsearch, cloudId, index } = customer.elasticsearch ?? {};
    const sources = inputs.flatMap(({ path }) => (path === null ? [] : relative(folder, path)));
    if (index !== undefined) sources.push(["index", index, elasticsearch ?? cloudId ?? ""].join(" ").trim());
    for (const source of sources) readers.set(source, [...(readers.get(source) ?? []), customer.name]);
  }
  return [...readers]
    .filter(([, names]) => names.length > 1)
    .map(([source, names]) => phrases.overview.sharedInput(source, names.join(", ")));
}

function fleetStatus(rows: readonly CustomerRow[], failOn: Severity | null): number {
  if (rows.some(({ status }) => status !== "done")) return EXIT_INPUT;
  if (failOn === null) return EXIT_DONE;
  const counting = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  const found = rows.some(({ findings }) => counting.some((severity) => (findings?.[severity] ?? 0) > 0));
  return found ? EXIT_FINDINGS : EXIT_DONE;
}

function jobsFromFlag(text: string | undefined): number {
  const jobs = text === undefined ? availableParallelism() : Number(text);
  if (!Number.isInteger(jobs) || jobs < 1) throw new UsageError(`--jobs: ${text} is no whole number from 1 upwards`);
  return jobs;
}

const DEFAULT_LIMIT_MINUTES = 120;
/** What a timer can wait. */
const LONGEST_LIMIT_MINUTES = 35_000;

function limitFromFlag(text: string | undefined): number {
  const minutes = text === undefined ? DEFAULT_LIMIT_MINUTES : Number(text);
  if (!(minutes > 0 && minutes <= LONGEST_LIMIT_MINUTES))
    throw new UsageError(`--timeout: ${text} is no number of minutes up to ${LONGEST_LIMIT_MINUTES}`);
  return minutes * 60_000;
}

function jsonOf(state: FleetState): string {
  return `${JSON.stringify(state, null, 2)}\n`;
}
