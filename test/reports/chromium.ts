/** Headless Chromium, where the machine has one: what it makes of a page. */
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--virtual-time-budget=10000",
];

/** Undefined where there is none; says so once. */
export const chromium = find("chromium", "--version");

/** Whether pdftotext of poppler-utils is there; says so once if not. */
export const pdftotext = find("pdftotext", "-v");

/** The page's document after its scripts have run. */
export async function domOf(html: string, flags: readonly string[] = []): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "ringfence-chromium-"));
  try {
    const file = join(folder, "page.html");
    writeFileSync(file, html);
    const all = [...FLAGS, `--user-data-dir=${join(folder, "profile")}`, ...flags, "--dump-dom", `file://${file}`];
    const { stdout } = await promisify(execFile)(chromium as string, all, { maxBuffer: 100_000_000 });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function find(program: string, flag: string): string | undefined {
  try {
    execFileSync(program, [flag], { stdio: "ignore" });
    return program;
  } catch {
    console.warn(`${program} is not installed: the tests that need it are skipped`);
    return undefined;
  }
}
