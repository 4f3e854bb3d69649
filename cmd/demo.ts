/** `ringfence demo`: the main job, done on the bundled example site. */
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { type AuditFlags, auditCommand } from "./audit.ts";
import { demoRoot } from "./package.ts";
import { refuseFlags, type TriageFlags } from "./triage/source.ts";

/** Flags of reports that the terminal UI has too. */
const LOOKS = ["ascii", "color", "lang"];

/** Audits the bundled logs against the bundled site; the flags of `audit` hold. `triage`: in the terminal UI. */
export async function demoCommand({ triage, ...flags }: AuditFlags & { triage?: boolean }): Promise<number> {
  const folder = shownPath(join(demoRoot, "site"));
  const site = join(folder, "site.yaml");
  const logs = readdirSync(folder)
    .filter((name) => name.endsWith(".log"))
    .sort()
    .map((name) => join(folder, name));
  if (!triage) return auditCommand(logs, { ...flags, site });
  refuseFlags(flags, LOOKS, "--triage shows the findings in the terminal; leave it out for a report");
  return await withCopy(site, async (copy) =>
    (await import("./triage.ts")).triageCommand(logs, { ...(flags as TriageFlags), site }, copy),
  );
}

/** The example belongs to the program: waivers that are tried out go into a copy, which ends with the session. */
async function withCopy(site: string, use: (copy: string) => Promise<number>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-demo-"));
  try {
    const copy = join(folder, "copy-of-site.yaml");
    copyFileSync(site, copy);
    return await use(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The path as people would write it from where they are: inputs are shown under it. */
function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}
