/** What `--resume` needs: which customers of the latest run are done, and from what they were made. */
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { listCatalogIds, loadCatalog } from "../../catalogs/load.ts";
import { findInputs, type Input } from "../../ingest/inputs/inputs.ts";
import { packageVersion } from "../package.ts";
import type { Fleet, FleetCustomer } from "./config.ts";
import { isRun } from "./runs.ts";

const STATE_VERSION = "1";
export const STATE_FILE = ".fleet-run.json";

export interface FleetState {
  version: typeof STATE_VERSION;
  run: string;
  /** Fingerprints of the customers that are done, by slug. */
  done: Record<string, string>;
}

export function newState(run: string): FleetState {
  return { version: STATE_VERSION, run, done: {} };
}

/** Null where there is none, or none that this version wrote. */
export function readState(file: string): FleetState | null {
  try {
    const state = JSON.parse(readFileSync(file, "utf8")) as Partial<FleetState> | null;
    const { version, run, done } = state ?? {};
    if (
      version !== STATE_VERSION ||
      typeof run !== "string" ||
      !isRun(run) ||
      typeof done !== "object" ||
      done === null
    )
      return null;
    return { version, run, done: { ...done } };
  } catch {
    return null;
  }
}

/** A customer's inputs as they are now; those that cannot be found are reported by its audit. */
export async function inputsOf(fleet: Fleet, customer: FleetCustomer, nowMs: number): Promise<Input[]> {
  const names = customer.inputs.map((name) => resolve(fleet.folder, name));
  return await findInputs(names, nowMs, () => {}).catch(() => []);
}

/** Changes with the catalogs in a folder of the user's own; those of the program change with its version. */
export function catalogsFingerprint(catalogDir: string | null): string[] {
  if (catalogDir === null) return [];
  return listCatalogIds(catalogDir).map((id) => `${id} ${loadCatalog(join(catalogDir, id)).sha256}`);
}

/** Changes with everything that the customer's reports are made of: its entry, its files, the catalogs, the program. */
export function fingerprintOf(
  fleet: Fleet,
  customer: FleetCustomer,
  inputs: readonly Input[],
  catalogs: readonly string[],
): string {
  const hash = createHash("sha256");
  const add = (...parts: unknown[]) => hash.update(`${JSON.stringify(parts)}\n`);
  add(packageVersion(), fleet.formats, customer, catalogs);
  for (const file of [customer.site, customer.logo, customer.baseline]) {
    if (file === null || file === "auto" || file === "none") continue;
    add(file, contentHash(resolve(fleet.folder, file)));
  }
  for (const name of customer.inputs) add(name);
  for (const { path, sizeBytes } of inputs) add(path, sizeBytes, path === null ? null : modified(path));
  return hash.digest("hex");
}

function contentHash(file: string): string | null {
  try {
    return createHash("sha256").update(readFileSync(file)).digest("hex");
  } catch {
    return null;
  }
}

function modified(path: string): string | null {
  try {
    return String(statSync(path, { bigint: true }).mtimeNs);
  } catch {
    return null;
  }
}
