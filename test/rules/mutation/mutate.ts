/**
 * Makes small wrongs in the rules, one at a time, and reports those that no scenario and no generated site notices.
 * `npm run mutate -- [FILE...] [--every N]`: files under rules/ (default: those that judge), every Nth mutant only.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { mutantsOf, mutated } from "./mutants.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const JUDGES = [
  "answers",
  "exposures",
  "match",
  "meaning",
  "outside-address",
  "parties",
  "path",
  "places",
  "policy-scope",
  "requirement-rows",
  "requirements",
  "selection",
  "traffic",
  "zones",
].map((name) => `${name}.ts`);
const TREE = ["catalogs", "cmd", "ingest", "reports", "rules", "test/scenarios", "test/rules", "package.json"];
/** A mutant may loop for ever. */
const TIMEOUT_MS = 120_000;

const { values, positionals } = parseArgs({
  options: { every: { type: "string", default: "1" }, offset: { type: "string", default: "0" } },
  allowPositionals: true,
});
const files = positionals.length > 0 ? positionals : JUDGES;

const tree = mkdtempSync(join(tmpdir(), "ringfence-mutants-"));
for (const part of TREE) cpSync(join(ROOT, part), join(tree, part), { recursive: true });
symlinkSync(join(ROOT, "node_modules"), join(tree, "node_modules"), "junction");

/** What noticed, or null. */
function noticed(): string | null {
  const run = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(tree, "test/rules/mutation/verdicts.ts")],
    {
      cwd: tree,
      encoding: "utf8",
      timeout: TIMEOUT_MS,
    },
  );
  if (run.status === 0) return null;
  return run.stdout.trim() || (run.stderr.split("\n").find((line) => line.includes("Error")) ?? `signal ${run.signal}`);
}

try {
  const unchanged = noticed();
  if (unchanged) throw new Error(`the unchanged rules fail: ${unchanged}`);
  let tried = 0;
  let survived = 0;
  for (const file of files) {
    const path = join(tree, "rules", file);
    const source = readFileSync(path, "utf8");
    const mutants = mutantsOf(source).filter((_, at) => at % Number(values.every) === Number(values.offset));
    for (const mutant of mutants) {
      tried += 1;
      writeFileSync(path, mutated(source, mutant));
      if (noticed() === null) {
        survived += 1;
        const was = Buffer.from(source).subarray(mutant.start, mutant.end).toString();
        process.stdout.write(`survived rules/${file}:${mutant.line}: ${was.trim()} -> ${mutant.text.trim()}\n`);
      }
    }
    writeFileSync(path, source);
    process.stdout.write(`rules/${file}: ${mutants.length} mutants\n`);
  }
  process.stdout.write(`${tried} mutants, ${survived} survived\n`);
} finally {
  rmSync(tree, { recursive: true, force: true });
}
