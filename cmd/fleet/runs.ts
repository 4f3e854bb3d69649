/**
 * Where a fleet's reports lie: `<output>/<customer>/<run>/audit.json`, `report.html`, ... A run is called by its day, the
 * second one of a day `2026-11-21-2`, so that nothing is ever overwritten; whole folders appear at once, under a hidden
 * name until they are complete.
 */
import { existsSync, readdirSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DateTime } from "luxon";
import { reportFormats } from "../../reports/formats.ts";

const RUN = /^(\d{4}-\d{2}-\d{2})(?:-([1-9]\d*))?$/;

export const AUDIT_FILE = "audit.json";

/** `audit.json`, `report.html`, ... */
export function reportFile(format: string): string {
  return format === "json"
    ? AUDIT_FILE
    : `report.${reportFormats.find(({ id }) => id === format)?.extension ?? format}`;
}

export function isRun(name: string): boolean {
  return RUN.test(name);
}

/** The next run on this day of which no customer has a folder yet. */
export function newRun(output: string, slugs: readonly string[], nowMs: number, taken: string | null): string {
  const day = DateTime.fromMillis(nowMs).toISODate() as string;
  for (let number = 1; ; number += 1) {
    const run = number === 1 ? day : `${day}-${number}`;
    if (run !== taken && !slugs.some((slug) => existsSync(join(output, slug, run)))) return run;
  }
}

/** The latest of the customer's runs that is older than `before` and left an audit; null where there is none. */
export function previousRun(output: string, slug: string, before: string | null): string | null {
  let names: string[];
  try {
    names = readdirSync(join(output, slug));
  } catch {
    return null;
  }
  const runs = names
    .filter((name) => isRun(name) && (before === null || compareRuns(name, before) < 0))
    .filter((name) => existsSync(join(output, slug, name, AUDIT_FILE)))
    .sort(compareRuns);
  return runs.at(-1) ?? null;
}

export function compareRuns(a: string, b: string): number {
  const [dayA, numberA] = partsOf(a);
  const [dayB, numberB] = partsOf(b);
  return dayA === dayB ? numberA - numberB : dayA < dayB ? -1 : 1;
}

function partsOf(run: string): [day: string, number: number] {
  const match = RUN.exec(run);
  return [match?.[1] ?? run, Number(match?.[2] ?? 1)];
}

/** Puts all files of a run in place at once; what an earlier attempt of the same run left there goes. */
export async function writeRunFolder(
  customerFolder: string,
  run: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<void> {
  await mkdir(customerFolder, { recursive: true });
  const partial = join(customerFolder, `.${run}.partial`);
  const old = join(customerFolder, `.${run}.old`);
  const final = join(customerFolder, run);
  for (const left of [partial, old]) await rm(left, { recursive: true, force: true });
  await mkdir(partial);
  for (const [name, content] of files) await writeFile(join(partial, name), content);
  if (existsSync(final)) await rename(final, old);
  await rename(partial, final);
  await rm(old, { recursive: true, force: true });
}

/** The whole file or none of it. */
export async function writeWhole(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  try {
    await writeFile(partial, content);
    await rename(partial, file);
  } catch (cause) {
    await rm(partial, { force: true });
    throw cause;
  }
}
