/** The rating of findings as the documentation tells it is the one that the program prints. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CONFIDENCE_RATINGS, RATING_SUBJECTS, ratingText, SEVERITY_RATINGS } from "../../cmd/ratings.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const ARCHITECTURE = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
const KINDS = new Set(["blocked but required", "open but unneeded", "inspection anomaly"]);

describe("ratings", () => {
  it("stand in ARCHITECTURE.md as the program has them, each once and in its order", () => {
    const rows = ARCHITECTURE.split("\n").flatMap((line) => {
      const [, kind, when, level] = line.split("|").map((cell) => cell.trim());
      return KINDS.has(kind ?? "") ? [{ kind, when, level }] : [];
    });
    const all = [...SEVERITY_RATINGS, ...CONFIDENCE_RATINGS].map(({ kind, ...rest }) => ({
      kind: kind.replaceAll("-", " "),
      ...rest,
    }));
    expect(rows).toEqual(all);
  });

  it("are the only levels in rules/: no file but the table and the checks' meta names one", () => {
    const named = globSync("rules/**/*.ts", { cwd: ROOT, exclude: ["rules/languages/**", "rules/remedies/**"] })
      .filter((file) => !["rules/ratings.ts", "rules/result.ts", "rules/findings/finding.ts"].includes(file))
      .flatMap((file) =>
        readFileSync(join(ROOT, file), "utf8")
          .split("\n")
          .filter((line) => /"(?:critical|high|medium|low|info)"/.test(line) && !/\b(?:severity|level): "/.test(line))
          .map((line) => `${file}: ${line.trim()}`),
      );
    expect(named).toEqual([]);
  });

  it.each(RATING_SUBJECTS)("explains %s", (subject) => {
    const text = ratingText(subject) as string;
    const rows = [...SEVERITY_RATINGS, ...CONFIDENCE_RATINGS].filter(({ when }) => text.includes(when));
    expect(rows.length).toBeGreaterThan(3);
  });

  it("leaves checks to themselves", () => {
    expect(ratingText("sip-alg-active")).toBeNull();
  });
});
