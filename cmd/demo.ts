/** `ringfence demo`: the main job, done on the bundled example site. */
import { join, relative } from "node:path";
import { type AuditFlags, auditCommand } from "./audit.ts";
import { demoRoot } from "./package.ts";

const SITE_FILE = "site.yaml";
const LOGS = "*.log";

/** Audits the bundled logs against the bundled site; every flag of `audit` holds. */
export function demoCommand(flags: AuditFlags): Promise<number> {
  const folder = shownPath(join(demoRoot, "site"));
  return auditCommand([join(folder, LOGS)], { ...flags, site: join(folder, SITE_FILE) });
}

/** The path by which people would name it from where they stand: inputs are shown under it. */
function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}
