/** `ringfence demo`: the main job, done on the bundled example site. */
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { type AuditFlags, auditCommand } from "./audit.ts";
import { demoRoot } from "./package.ts";

/** Audits the bundled logs against the bundled site; the flags of `audit` hold. */
export function demoCommand(flags: AuditFlags): Promise<number> {
  const folder = shownPath(join(demoRoot, "site"));
  const logs = readdirSync(folder).filter((name) => name.endsWith(".log"));
  return auditCommand(
    logs.sort().map((name) => join(folder, name)),
    { ...flags, site: join(folder, "site.yaml") },
  );
}

/** The path as people would write it from where they are: inputs are shown under it. */
function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}
