/** `ringfence waivers`: accepted findings in the site file, listed, checked and added. */
import { counted } from "../reports/words.ts";
import type { Site, Waiver } from "../rules/site/site.ts";
import { hasExpired, isDay, matchesId } from "../rules/site/waivers.ts";
import { say, writeOut } from "./console.ts";
import { EXIT_DONE, EXIT_FINDINGS, UsageError } from "./exit.ts";
import { readResult } from "./report.ts";
import { siteFromFlags } from "./site-options.ts";
import { writeWaivers } from "./tui/world/site-file.ts";
import { SiteFileError } from "./tui/world/site-waivers.ts";

interface WaiverFlags {
  site: string;
  json?: boolean;
  catalogDir?: string;
}

export async function listWaivers(flags: WaiverFlags): Promise<number> {
  const site = siteFromFlags(flags);
  const rows = site.waivers.map((waiver) => ({ ...plain(waiver), state: stateOf(waiver, site) }));
  if (flags.json) await writeOut(`${JSON.stringify(rows, null, 2)}\n`);
  else if (rows.length === 0) await writeOut("no waivers\n");
  for (const { finding, cidr, reason, owner, expires, state } of flags.json ? [] : rows) {
    await writeOut(`${finding}${cidr ? ` (${cidr})` : ""}\n  ${state}: until ${expires}, by ${owner}: ${reason}\n`);
  }
  return EXIT_DONE;
}

/** Says what is wrong with the waivers; against a saved audit also which match nothing. */
export async function lintWaivers(auditFile: string | undefined, flags: WaiverFlags): Promise<number> {
  const site = siteFromFlags(flags);
  const findings = auditFile === undefined ? null : (await readResult(auditFile)).findings;
  const seen = new Set<string>();
  const problems = site.waivers.flatMap((waiver) => {
    const key = `${waiver.finding} ${waiver.cidrText ?? ""}`;
    const found = [
      ...(hasExpired(waiver, site.timezone, Date.now()) ? [`expired on ${waiver.expires}: it no longer holds`] : []),
      ...(waivesAll(waiver.finding) ? [WAIVES_ALL] : []),
      ...(seen.has(key) ? ["stands twice"] : []),
      ...(findings && !findings.some(({ id }) => matchesId(waiver.finding, id))
        ? ["matches no finding of that audit"]
        : []),
    ];
    seen.add(key);
    return found.map((problem) => `${waiver.finding}: ${problem}`);
  });
  for (const problem of problems) say(`${flags.site}: ${problem}`);
  if (problems.length === 0) await writeOut(`${flags.site}: ${counted(site.waivers.length, "waiver")}, no problems\n`);
  return problems.length > 0 ? EXIT_FINDINGS : EXIT_DONE;
}

/** Adds a waiver to the site file without disturbing the rest of it; the file must be sound before and after. */
export async function addWaiver(
  finding: string,
  flags: WaiverFlags & { reason: string; owner: string; expires: string },
): Promise<number> {
  const site = siteFromFlags(flags);
  const { site: file, reason, owner, expires } = flags;
  if (!isDay(expires)) throw new UsageError(`--expires: ${expires} is no day of the calendar; write 2027-03-31`);
  if (hasExpired({ expires }, site.timezone, Date.now()))
    throw new UsageError(`--expires: ${expires} is over already: name a day to come`);
  for (const [flag, text] of Object.entries({ reason, owner })) {
    if (text.trim() === "") throw new UsageError(`--${flag}: must not be empty`);
  }
  if (waivesAll(finding)) throw new UsageError(`${finding} ${WAIVES_ALL}`);
  const standing = site.waivers.find((one) => one.finding === finding && !one.cidr && stateOf(one, site) === "active");
  if (standing)
    throw new UsageError(
      `${file}: ${finding} is waived already, until ${standing.expires} by ${standing.owner}: change that waiver`,
    );
  try {
    await writeWaivers(file, [finding], { reason, owner, expires });
  } catch (cause) {
    if (cause instanceof SiteFileError) throw new UsageError(`${file}: ${cause.message}`);
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (syscall !== undefined) throw new UsageError(`${file}: cannot be written (${code})`);
    throw cause;
  }
  await writeOut(`${file}: ${finding} is waived until the end of ${expires}\n`);
  return EXIT_DONE;
}

const WAIVES_ALL = "waives everything: name the finding";

function waivesAll(finding: string): boolean {
  return /^\**$/.test(finding);
}

function stateOf(waiver: Waiver, site: Site): "active" | "expired" {
  return hasExpired(waiver, site.timezone, Date.now()) ? "expired" : "active";
}

function plain({ finding, cidrText, reason, owner, expires }: Waiver) {
  return { finding, cidr: cidrText, reason, owner, expires };
}
