/** The HTML report in a browser: its script under its own policy, and axe-core over both themes. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { html } from "../../reports/html.ts";
import { chromium, domOf } from "./chromium.ts";
import { everything, samples } from "./samples.ts";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const options = { width: 80, color: false, ascii: false, verbose: false };
const render = (sample = everything) => String(html.render(sample, options));

/** The page without its policy, with axe-core, which leaves what it finds in the title. */
function withAxe(page: string): string {
  const run = `axe.run({ resultTypes: ["violations"] }).then(({ violations }) => {
    document.title = "AXE" + JSON.stringify(violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map((node) => node.html.slice(0, 120))])) + "END";
  }, (cause) => { document.title = "AXE" + JSON.stringify(String(cause)) + "END"; });`;
  return page
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "")
    .replace("</body>", () => `<script>${axe}</script><script>${run}</script></body>`);
}

function violationsIn(dom: string): unknown {
  const found = /AXE(.*?)END/s.exec(dom)?.[1];
  const text = found?.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  return text === undefined ? "axe-core did not finish" : JSON.parse(text);
}

describe.skipIf(!chromium)("the HTML report in Chromium", () => {
  test("runs its script under its policy", async () => {
    const dom = await domOf(render());
    expect(dom).toContain(`${everything.requirements.length} of ${everything.requirements.length} rows shown</output>`);
    expect(dom).not.toMatch(/id="filter"[^>]* hidden/);
  });

  test("filters rows by words, state and system", async () => {
    const typed = `const set = (name, value) => {
      const field = document.querySelector("[name=" + name + "]");
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    set("search", "CLIENT api"); set("state", "not-seen"); set("system", "1");`;
    const page = render()
      .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "")
      .replace("</body>", () => `<script>${typed}</script></body>`);
    const dom = await domOf(page);
    expect(dom).toContain(">24 of 31 rows shown</output>");
    expect(dom.match(/<tr [^>]*hidden/g)).toHaveLength(7);
  });

  test.each(Object.keys(samples))("is accessible in both themes: %s", async (name) => {
    const page = withAxe(render(samples[name]));
    expect(violationsIn(await domOf(page))).toEqual([]);
    expect(violationsIn(await domOf(page, ["--blink-settings=preferredColorScheme=0"]))).toEqual([]);
  });
});
