import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import type { RenderOptions } from "../../reports/report-format.ts";
import { text } from "../../reports/text.ts";
import type { AuditResult } from "../../rules/result.ts";
import { hostileText, withStrings } from "./hostile.ts";
import { everything, quiet } from "./samples.ts";

const plain: RenderOptions = { width: 80, color: false, ascii: false, verbose: false };

function render(result: AuditResult, options: Partial<RenderOptions> = {}): string {
  return String(text.render(result, { ...plain, ...options }));
}

/** The colours that we paint with ourselves. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape byte is what is looked for
const OUR_COLOURS = /\x1b\[(?:1|2|22|31|32|33|36|39)m/g;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;

describe("the text report", () => {
  test("lets nothing through that steers a terminal, and keeps to its width", () => {
    const options = fc.record({
      width: fc.integer({ min: 0, max: 200 }),
      color: fc.boolean(),
      ascii: fc.boolean(),
      verbose: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(hostileText, { minLength: 1, maxLength: 7 }),
        fc.boolean(),
        options,
        (texts, whole, wanted) => {
          let next = 0;
          const result = withStrings(everything, (original) => {
            const hostile = texts[next++ % texts.length] as string;
            return whole ? hostile : original + hostile;
          });
          const printed = render(result, wanted);
          expect(printed.endsWith("\n")).toBe(true);
          const bare = wanted.color ? printed.replace(OUR_COLOURS, "") : printed;
          for (const line of bare.slice(0, -1).split("\n")) {
            if (UNSEEN.test(line)) expect.fail(`unseen characters in ${JSON.stringify(line)}`);
            if (stringWidth(line) > Math.max(60, wanted.width)) expect.fail(`too wide: ${JSON.stringify(line)}`);
            if (/ $/.test(line)) expect.fail(`blanks at the end of ${JSON.stringify(line)}`);
            if (wanted.ascii && /[^\x20-\x7e]/.test(line)) expect.fail(`not ASCII: ${JSON.stringify(line)}`);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("has the same words with and without colour", () => {
    const painted = render(everything, { color: true });
    expect(painted).not.toBe(render(everything));
    expect(painted.replace(OUR_COLOURS, "")).toBe(render(everything));
  });

  test("does not cut log lines that are asked for in full", () => {
    const long = `begin ${"0123456789 ".repeat(300)}FINIS`;
    const result = withStrings(everything, (original) => (original.startsWith("date=") ? long : original));
    expect(render(result)).not.toContain("FINIS");
    expect(render(result)).toContain("…");
    const printed = render(result, { verbose: true });
    const shown = printed.split("\n").filter((line) => line.includes("│ "));
    expect(
      shown
        .map((line) => line.trim().slice(2))
        .join("")
        .replaceAll(" ", ""),
    ).toContain(long.replaceAll(" ", ""));
  });

  test("shows a log line behind a bar, so that it cannot pass for a finding", () => {
    const forged = "✖ CRITICAL  forged finding";
    const result = withStrings(everything, (original) => (original.startsWith("date=") ? `x\n${forged}` : original));
    for (const line of render(result)
      .split("\n")
      .filter((line) => line.includes("forged"))) {
      expect(line).toMatch(/^ +│ x\\n✖ CRITICAL/);
    }
  });

  test("claims no more than the logs show", () => {
    expect(render(quiet)).toContain("No findings in what these logs show.");
    const blind = structuredClone(quiet);
    for (const firewall of blind.evidence.firewalls) firewall.logsAllows = false;
    expect(render(blind).replace(/\s+/g, " ")).toContain(
      "That is no proof that all is well: fw01 logs nothing that it allows",
    );
  });

  test("renders thousands of findings in a moment", () => {
    const findings = Array.from({ length: 5_000 }, (_, index) => ({
      ...everything.findings[index % 5],
      id: `finding-${index}`,
    }));
    const begun = performance.now();
    const printed = render({ ...everything, findings } as AuditResult);
    expect(printed).toContain("finding-4999");
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  test("takes a log line of a megabyte", () => {
    const result = withStrings(everything, (original) =>
      original.startsWith("date=") ? "é".repeat(1_000_000) : original,
    );
    const begun = performance.now();
    expect(render(result, { verbose: true }).length).toBeGreaterThan(1_000_000);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
