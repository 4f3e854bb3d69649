/** The folders of `cases/`: small catalogs, and the problems that loading each of them must give. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const CASES = join(import.meta.dirname, "cases");

export interface CatalogCase {
  name: string;
  folder: string;
  /** `file:line:column: message`, the file without its folder; empty for a sound catalog. */
  expected: string[];
}

/** Reads every case; `expected.txt` holds one problem a line. */
export function catalogCases(): CatalogCase[] {
  return readdirSync(CASES).map((name) => {
    const folder = join(CASES, name);
    const expected = readFileSync(join(folder, "expected.txt"), "utf8")
      .split("\n")
      .filter((line) => line !== "");
    return { name, folder, expected };
  });
}
