/**
 * Makes small wrongs in the rules, one at a time, and reports those that no scenario and no generated site notices.
 * `npm run mutate -- [FILE...]`: files under rules/ (default: those that judge).
 */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Mutant, withMutants } from "./mutants.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const JUDGES = [
  "findings/exposures",
  "findings/policy-scope",
  "findings/requirements",
  "matching/match",
  "matching/requirement-rows",
  "matching/selection",
  "site/outside-address",
  "site/parties",
  "site/places",
  "site/zones",
  "traffic/answers",
  "traffic/meaning",
  "traffic/path",
  "traffic/traffic",
].map((name) => `${name}.ts`);
const TREE = ["catalogs", "cmd", "ingest", "reports", "rules", "test/scenarios", "test/rules", "package.json"];
/** A mutant may loop for ever. */
const TIMEOUT_MS = 300_000;

const files = process.argv.length > 2 ? process.argv.slice(2) : JUDGES;
const tree = mkdtempSync(join(tmpdir(), "ringfence-mutants-"));

/** Tries the mutants from `from` on in one process; returns the first that it did not come to. */
function tryFrom(from: number, to: number, survived: (number: number) => void): Promise<number> {
  return new Promise((resolve) => {
    const program = join(tree, "test", "rules", "mutation", "verdicts.ts");
    const child = spawn(process.execPath, [program, String(from), String(to)], {
      cwd: tree,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let next = from;
    let timer = setTimeout(() => child.kill(), TIMEOUT_MS);
    createInterface({ input: child.stdout }).on("line", (line) => {
      clearTimeout(timer);
      timer = setTimeout(() => child.kill(), TIMEOUT_MS);
      const [number, verdict] = line.split(" ");
      next = Number(number) + 1;
      if (verdict === "survived") survived(Number(number));
      else if (from === -1) throw new Error(`the unchanged rules fail: ${line}`);
    });
    child.on("close", () => {
      clearTimeout(timer);
      resolve(next);
    });
  });
}

try {
  for (const part of TREE) cpSync(join(ROOT, part), join(tree, part), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(tree, "node_modules"), "junction");
  const all: (Mutant & { file: string })[] = [];
  for (const file of files) {
    const path = join(tree, "rules", file);
    const { text, mutants } = withMutants(readFileSync(path, "utf8"), all.length);
    writeFileSync(path, text);
    all.push(...mutants.map((mutant) => ({ ...mutant, file })));
  }
  await tryFrom(-1, 0, () => {});
  let survivors = 0;
  for (let next = 0; next < all.length; ) {
    const reached = await tryFrom(next, all.length, (number) => {
      survivors += 1;
      const { file, line, was, text } = all[number] as (typeof all)[number];
      process.stdout.write(`survived rules/${file}:${line}: ${was} -> ${text}\n`);
    });
    // One that never came to an end, or ended the process, was noticed.
    next = reached < all.length ? reached + 1 : reached;
  }
  process.stdout.write(`${all.length} mutants, ${survivors} survived\n`);
} finally {
  rmSync(tree, { recursive: true, force: true });
}
