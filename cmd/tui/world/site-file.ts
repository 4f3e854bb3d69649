/** The site file on disk: read, written whole or not at all. */
import { randomBytes } from "node:crypto";
import { chmod, readFile, realpath, rename, stat, unlink, writeFile } from "node:fs/promises";
import { phrases } from "../../../reports/phrases.ts";
import type { WaivedResult } from "../../../rules/result.ts";
import { hasExpired, matchesId } from "../../../rules/site/waivers.ts";
import type { WrittenWaiver } from "../state.ts";
import { SiteFileError, waiversOf, withWaivers } from "./site-waivers.ts";

/** Adds waivers; tells how the file was before and is now. */
export async function writeWaivers(file: string, ids: readonly string[], waiver: WaivedResult): Promise<WrittenWaiver> {
  const before = await readFile(file, "utf8");
  const after = withWaivers(before, ids, waiver);
  await replaceFile(file, after);
  return { ids, before, after };
}

/** Takes a written step back, unless somebody has changed the file since. */
export async function takeBack(file: string, step: WrittenWaiver): Promise<void> {
  if ((await readFile(file, "utf8")) !== step.after) throw new SiteFileError(phrases.siteFile.changed);
  await replaceFile(file, step.before);
}

/** Findings that the file's waivers accept now; those for single blocks are left to the next audit. */
export async function waivedByFile(
  file: string,
  ids: readonly string[],
  zone: string,
  nowMs: number,
): Promise<Map<string, WaivedResult>> {
  const waivers = waiversOf(await readFile(file, "utf8")).filter((waiver) => !hasExpired(waiver, zone, nowMs));
  const waived = new Map<string, WaivedResult>();
  for (const { finding, reason, owner, expires } of waivers) {
    for (const id of ids) if (!waived.has(id) && matchesId(finding, id)) waived.set(id, { reason, owner, expires });
  }
  return waived;
}

/** Through a new file beside it, so that a crash or a full disk leaves the old one. Links stay links. */
async function replaceFile(file: string, text: string): Promise<void> {
  const path = await realpath(file);
  const { mode } = await stat(path);
  const fresh = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    await writeFile(fresh, text, { flag: "wx", mode });
    await chmod(fresh, mode);
    await rename(fresh, path);
  } catch (cause) {
    await unlink(fresh).catch(() => undefined);
    throw cause;
  }
}
