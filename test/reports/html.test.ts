import { describe, expect, test } from "vitest";
import { dark, grounds, light, type Palette } from "../../reports/html/palette.ts";
import { html } from "../../reports/html.ts";
import { lint } from "./html-checks.ts";
import { everything, samples } from "./samples.ts";

const options = { width: 80, color: false, ascii: false, verbose: false };
const render = (sample = everything) => String(html.render(sample, options));

describe("the HTML report", () => {
  test.each(Object.entries(samples))("of %s is well formed and accessible by its linter", async (_, sample) => {
    expect(await lint(render(sample))).toEqual([]);
  });

  test("fetches nothing and allows nothing but its own style and script", () => {
    const page = render();
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1];
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; script-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'$/,
    );
    expect(page).not.toMatch(/\b(?:src|href)="(?!#)/);
    expect(page).not.toMatch(/url\(|@import|\sstyle="|\son[a-z]+="/);
  });

  test("links only to places that it has", () => {
    for (const sample of Object.values(samples)) {
      const page = render(sample);
      for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(` id="${target}"`);
    }
  });

  test("has every requirement in the matrix and every finding by its id", () => {
    const page = render();
    for (const { id } of [...everything.requirements, ...everything.findings]) expect(page).toContain(id);
    expect(page.match(/data-state="/g)).toHaveLength(everything.requirements.length);
  });

  test("tells the worst findings in full and lists the others", () => {
    const findings = Array.from({ length: 1000 }, (_, index) => ({
      ...(everything.findings[index % 3] as (typeof everything.findings)[number]),
      id: `finding-${index}`,
      rules: [`rule ${index}`],
    }));
    const page = render({ ...everything, findings });
    expect(page).toContain("300 of 1,000 findings are told in full");
    expect(page.match(/<article /g)).toHaveLength(300);
    for (const { id } of findings) expect(page).toContain(`>${id}<`);
  });
});

/** Relative luminance after WCAG 2. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe.each<[string, Palette]>([
  ["light", light],
  ["dark", dark],
])("the %s theme", (_, palette) => {
  const { page, surface, sunken, text, quiet, link, on } = palette;

  test.each([page, surface, sunken])("has readable text on %s", (ground) => {
    for (const color of [text, quiet, link]) expect(contrast(color, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(grounds)("has readable words on %s, which stands out itself", (name) => {
    const ground = palette.grounds[name];
    expect(contrast(on, ground)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(ground, surface)).toBeGreaterThanOrEqual(3);
    expect(contrast(ground, sunken)).toBeGreaterThanOrEqual(3);
  });
});

test("the palettes tell the grounds apart", () => {
  for (const palette of [light, dark]) expect(new Set(Object.values(palette.grounds)).size).toBe(grounds.length);
});
