/**
 * Golden renderings: `cases/<name>/result.json` with what each format makes of it; the text report in 80 columns, in
 * Unicode and in ASCII. PDF has none: its bytes follow its library. `UPDATE_GOLDEN=1` writes them anew: read the difference before you commit it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { reportFormats } from "../../reports/formats.ts";
import { text } from "../../reports/text.ts";
import type { AuditResult } from "../../rules/result.ts";
import { samples } from "./samples.ts";

const CASES = join(import.meta.dirname, "cases");
const UPDATE = process.env.UPDATE_GOLDEN === "1";
const plain = { width: 80, color: false, ascii: false, verbose: false };

function compare(file: string, actual: string): void {
  if (UPDATE) writeFileSync(file, actual);
  expect(actual).toBe(existsSync(file) ? readFileSync(file, "utf8") : "(no such file: UPDATE_GOLDEN=1 writes it)");
}

const fileOf = (sample: AuditResult) => `${JSON.stringify(sample, null, 2)}\n`;

if (UPDATE) {
  for (const [name, sample] of Object.entries(samples)) {
    mkdirSync(join(CASES, name), { recursive: true });
    writeFileSync(join(CASES, name, "result.json"), fileOf(sample));
  }
}

test.each(Object.entries(samples))("the case %s holds the sample of that name", (name, sample) => {
  compare(join(CASES, name, "result.json"), fileOf(sample));
});

describe.each(readdirSync(CASES))("%s", (name) => {
  const result = JSON.parse(readFileSync(join(CASES, name, "result.json"), "utf8")) as AuditResult;

  test.each(reportFormats.filter(({ id }) => !["text", "json", "pdf"].includes(id)))("as $id", async (entry) => {
    const format = await entry.load();
    compare(join(CASES, name, `expected.${entry.extension}`), String(await format.render(result, plain)));
  });

  test("in Unicode", async () => {
    compare(join(CASES, name, "expected.txt"), String(await text.render(result, plain)));
  });

  test("in ASCII", async () => {
    compare(join(CASES, name, "expected-ascii.txt"), String(await text.render(result, { ...plain, ascii: true })));
  });

  test("with everything, in 120 columns", async () => {
    const all = { ...plain, width: 120, verbose: true };
    compare(join(CASES, name, "expected-verbose.txt"), String(await text.render(result, all)));
  });
});
