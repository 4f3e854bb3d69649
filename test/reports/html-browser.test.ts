/** The HTML report in a browser: its script under its own policy, and axe-core over both themes. */
import { describe, expect, test } from "vitest";
import { html } from "../../reports/html.ts";
import { chromium, domOf } from "./chromium.ts";
import { inaccessible } from "./html-checks.ts";
import { everything, samples } from "./samples.ts";

const options = { width: 80, color: false, ascii: false, verbose: false };
const render = (sample = everything) => String(html.render(sample, options));

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
    expect(await inaccessible(render(samples[name]))).toEqual([]);
  });
});
