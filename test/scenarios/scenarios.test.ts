/**
 * Each case under `cases/` is audited by the real pipeline and held against its `expected.json`; then the same lines are
 * handed over in other ways (shuffled, split, compressed, piped), which must not change the verdict.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, it } from "vitest";
import resultSchema from "../../rules/result.schema.json" with { type: "json" };
import { CONFIDENCES, type FindingResult, SEVERITIES } from "../../rules/result.ts";
import { differences } from "./compare.ts";
import { auditOf, essence, loadScenario, logPaths, type Scenario, scenarioNames } from "./scenario.ts";

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(resultSchema);
const scratch = mkdtempSync(join(tmpdir(), "ringfence-scenarios-"));
const SEED = 20_261_001;
const SPLITS = 3;

afterAll(() => rmSync(scratch, { recursive: true }));

describe.each(scenarioNames())("%s", (name) => {
  const scenario = loadScenario(name);
  const paths = logPaths(scenario);
  const check = scenario.expected.knownWrong ? it.fails : it;

  check("is judged as an engineer would", async () => {
    const result = await auditOf(scenario, paths);
    expect(validate(result), JSON.stringify(validate.errors, null, 1)).toBe(true);
    expect(result.findings.map(urgency)).toEqual(result.findings.map(urgency).sort());
    const problems = differences(scenario.expected, result, lineTexts(scenario, paths));
    expect(problems, `${name}\n  ${problems.join("\n  ")}\n`).toEqual([]);
  });

  it("is judged alike however its lines are handed over", async () => {
    const whole = essence(await auditOf(scenario, paths));
    const variants: Record<string, string[]> = {
      shuffled: written(scenario, "shuffled", ({ header, lines }) => [[...header, ...shuffled(lines)]]),
      split: written(scenario, "split", ({ header, lines }) => chunks(lines).map((part) => [...header, ...part])),
      compressed: written(scenario, "compressed", ({ header, lines }) => [[...header, ...lines]], gzipSync),
    };
    for (const [variant, files] of Object.entries(variants)) {
      expect(essence(await auditOf(scenario, files)), variant).toEqual(whole);
    }
    const [only, ...others] = scenario.logs;
    if (only && others.length === 0) {
      expect(essence(await auditOf(scenario, ["-"], only.text)), "piped").toEqual(whole);
    }
  });
});

/** What sorts findings as an engineer takes them up: what costs most, of that what is surest. */
function urgency({ severity, confidence }: FindingResult): string {
  return `${SEVERITIES.indexOf(severity)} ${CONFIDENCES.indexOf(confidence)}`;
}

interface LogParts {
  /** W3C directives, which the lines below cannot be read without. */
  header: string[];
  lines: string[];
}

/** Writes each log anew, in the pieces that `rearrange` makes of it; returns the new files. */
function written(
  { name, logs }: Scenario,
  variant: string,
  rearrange: (parts: LogParts) => string[][],
  pack: (bytes: Buffer) => Uint8Array = (bytes) => bytes,
): string[] {
  return logs.flatMap((log) => {
    const all = log.text.split("\n").filter((line) => line.trim() !== "");
    const pieces = rearrange({
      header: all.filter((line) => line.startsWith("#")),
      lines: all.filter((line) => !line.startsWith("#")),
    });
    return pieces.map((piece, index) => {
      const file = join(scratch, `${name.replaceAll("/", "-")}-${variant}-${index}-${log.name}`);
      writeFileSync(file, pack(Buffer.from(`${piece.join("\n")}\n`)));
      return file;
    });
  });
}

/** Fisher and Yates, with a generator of fixed seed (Lehmer's, modulus 2^31 - 1). */
function shuffled(lines: readonly string[]): string[] {
  const result = [...lines];
  let state = SEED;
  for (let i = result.length - 1; i > 0; i--) {
    state = (state * 48_271) % 2_147_483_647;
    const j = state % (i + 1);
    [result[i], result[j]] = [result[j] as string, result[i] as string];
  }
  return result;
}

function chunks(lines: readonly string[]): string[][] {
  const size = Math.max(1, Math.ceil(lines.length / SPLITS));
  return Array.from({ length: Math.ceil(lines.length / size) }, (_, i) => lines.slice(i * size, (i + 1) * size));
}

/** Text of each line by `path:number`. */
function lineTexts({ logs }: Scenario, paths: readonly string[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [index] of logs.entries()) {
    const path = paths[index] as string;
    for (const [line, text] of readFileSync(path, "utf8").split("\n").entries()) {
      texts.set(`${path}:${line + 1}`, text.replace(/\r$/, ""));
    }
  }
  return texts;
}
