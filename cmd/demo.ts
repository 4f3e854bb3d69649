/** `ringfence demo`: the main job, done on the bundled example site. */
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { type AuditFlags, auditCommand } from "./audit.ts";
import { demoRoot } from "./package.ts";

/** Audits the bundled logs against the bundled site; the flags of `audit` hold. `triage`: in the terminal UI. */
export async function demoCommand({ triage, ...flags }: AuditFlags & { triage?: boolean }): Promise<number> {
  const folder = shownPath(join(demoRoot, "site"));
  const site = join(folder, "site.yaml");
  const logs = readdirSync(folder)
    .filter((name) => name.endsWith(".log"))
    .sort()
    .map((name) => join(folder, name));
  if (!triage) return auditCommand(logs, { ...flags, site });
  const { ascii, color } = flags;
  const looks = { ...(ascii === undefined ? {} : { ascii }), ...(color === undefined ? {} : { color }) };
  // The example belongs to the program: nobody's waivers are kept in it.
  return (await import("./triage.ts")).triageCommand(logs, { site, ...looks }, false);
}

/** The path as people would write it from where they are: inputs are shown under it. */
function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}
