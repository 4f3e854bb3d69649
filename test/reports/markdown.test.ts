import { marked, type Token, type Tokens } from "marked";
import { describe, expect, test } from "vitest";
import { md } from "../../reports/markdown.ts";
import type { AuditResult } from "../../rules/result.ts";
import { everything, samples } from "./samples.ts";

const render = (sample: AuditResult) =>
  String(md.render(sample, { width: 80, color: false, ascii: false, verbose: false }));

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  marked.walkTokens(marked.lexer(text), (token) => {
    tokens.push(token);
  });
  return tokens;
}

describe("the Markdown report", () => {
  test.each(Object.entries(samples))("of %s holds no HTML, link or image", (_, sample) => {
    for (const { type, raw } of tokensOf(render(sample))) expect(["html", "link", "image"], raw).not.toContain(type);
  });

  test("has headings in order", () => {
    let level = 0;
    for (const token of tokensOf(render(everything))) {
      if (token.type !== "heading") continue;
      const { depth } = token as Tokens.Heading;
      expect(depth - level, token.raw).toBeLessThanOrEqual(1);
      level = depth;
    }
  });

  test("has one row a requirement, none of them torn", () => {
    const tables = tokensOf(render(everything)).filter(({ type }) => type === "table") as Tokens.Table[];
    const rows = tables.filter(({ header }) => header[0]?.text === "Requirement").flatMap(({ rows: all }) => all);
    expect(rows.map(([first]) => first?.text)).toEqual(everything.requirements.map(({ id }) => id));
  });

  test("keeps log lines as they stand, in fences that they cannot close", () => {
    const sample = structuredClone(everything);
    for (const finding of sample.findings)
      for (const example of finding.examples) example.text = "``` end\n# forged `````";
    const fences = tokensOf(render(sample)).filter(({ type }) => type === "code") as Tokens.Code[];
    expect(fences.filter(({ text }) => text === "``` end\\n# forged `````").length).toBeGreaterThan(3);
    expect(tokensOf(render(sample)).some(({ type, raw }) => type === "heading" && raw.includes("forged"))).toBe(false);
  });
});
