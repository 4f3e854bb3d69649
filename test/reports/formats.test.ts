import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadReportFormat, reportFormatIdOf, reportFormats } from "../../reports/formats.ts";
import { json } from "../../reports/json.ts";
import type { ReportFormat } from "../../reports/report-format.ts";
import { hostileText, withStrings } from "./hostile.ts";
import { everything, samples } from "./samples.ts";

const FOLDER = join(import.meta.dirname, "../../reports");
const options = { width: 80, color: false, ascii: false, verbose: false };

describe("the registry of report formats", () => {
  test("lists every format in the folder, and each under its own id", async () => {
    const found: string[] = [];
    for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".ts"))) {
      const module: Record<string, unknown> = await import(join(FOLDER, file));
      for (const value of Object.values(module)) if (isFormat(value)) found.push(value.id);
    }
    expect(reportFormats.map(({ id }) => id).sort()).toEqual(found.sort());
    for (const entry of reportFormats) {
      const format = await entry.load();
      expect([format.id, format.extension]).toEqual([entry.id, entry.extension]);
    }
  });

  test("loads by id", async () => {
    expect((await loadReportFormat("json"))?.title).toMatch(/JSON/);
    expect(await loadReportFormat("__proto__")).toBeUndefined();
  });

  test("knows a file's format by its ending", () => {
    expect(reportFormatIdOf("out/Audit.JSON")).toBe("json");
    expect(reportFormatIdOf("audit.txt")).toBe("text");
    expect(reportFormatIdOf("json")).toBeUndefined();
  });

  test.each(reportFormats.map(({ id }) => id))("%s renders every sample, the same each time", async (id) => {
    const format = (await loadReportFormat(id)) as ReportFormat;
    for (const sample of Object.values(samples)) {
      const before = JSON.stringify(sample);
      const first = await format.render(sample, options);
      expect(first).toEqual(await format.render(sample, options));
      expect(JSON.stringify(sample), "the result is left as it was").toBe(before);
      if (typeof first === "string") expect(first.endsWith("\n")).toBe(true);
    }
  });
});

describe("json", () => {
  test("is the very object, with a line end", () => {
    fc.assert(
      fc.property(hostileText, (hostile) => {
        const result = withStrings(everything, (text) => text + hostile);
        const printed = String(json.render(result, options));
        expect(JSON.parse(printed)).toEqual(result);
        expect(printed).toMatch(/\}\n$/);
      }),
      { numRuns: 30 },
    );
  });

  test("holds no byte that a terminal obeys", () => {
    const printed = String(
      json.render(
        withStrings(everything, () => "\u001b\u009b\u202e\u2028\u007f"),
        options,
      ),
    );
    expect(printed).not.toMatch(/[^\n\x20-\x7e\u00a0-\u1fff\u3000-\ud7ff]/);
    expect(printed).toContain("\\u001b\\u009b\\u202e\\u2028\\u007f");
  });
});

function isFormat(value: unknown): value is ReportFormat {
  return typeof value === "object" && value !== null && "render" in value && "extension" in value;
}
