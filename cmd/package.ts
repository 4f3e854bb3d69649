/** Where the program's own data lies, run from source or built, and which version it is. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json: two levels up from `dist/cmd`, one from `cmd`. */
export const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

export const catalogsRoot: string = join(packageRoot, "catalogs");
export const demoRoot: string = join(packageRoot, "cmd", "demo");

export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string };
  return version;
}

function findRoot(folder: string): string {
  const parent = dirname(folder);
  return existsSync(join(folder, "package.json")) || parent === folder ? folder : findRoot(parent);
}
