/** The rating of findings as the documentation tells it is the one that the program prints. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CONFIDENCE_RATINGS, RATING_SUBJECTS, ratingText, SEVERITY_RATINGS } from "../../cmd/ratings.ts";

const ARCHITECTURE = readFileSync(join(import.meta.dirname, "..", "..", "ARCHITECTURE.md"), "utf8");

describe("ratings", () => {
  it.each(SEVERITY_RATINGS.filter(({ kind }) => kind !== "inspection-anomaly"))(
    "ARCHITECTURE.md: $kind, $when: $level",
    ({ kind, when, level }) => {
      const rows = ARCHITECTURE.split("\n").filter((line) => line.includes(when));
      expect(rows).toHaveLength(1);
      const cells = (rows[0] as string).split("|").map((cell) => cell.trim());
      expect(cells[1]).toBe(kind.replaceAll("-", " "));
      expect(cells[3]).toBe(level);
    },
  );

  it.each(RATING_SUBJECTS)("explains %s", (subject) => {
    const text = ratingText(subject) as string;
    const rows = [...SEVERITY_RATINGS, ...CONFIDENCE_RATINGS].filter(({ when }) => text.includes(when));
    expect(rows.length).toBeGreaterThan(3);
  });

  it("leaves checks to themselves", () => {
    expect(ratingText("sip-alg-active")).toBeNull();
  });
});
