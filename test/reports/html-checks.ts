/** What every page that we write must pass: the markup linter, and axe-core in Chromium in both themes. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { HtmlValidate } from "html-validate";
import { domOf } from "./chromium.ts";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const linter = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:a11y", "html-validate:document"],
  rules: {
    // one file that needs nothing else: its style and script are inside
    "require-sri": "off",
    "no-inline-style": "error",
    "long-title": "off",
    // a table that scrolls has to be reached by keyboard, and WCAG asks for a name then
    "prefer-native-element": "off",
    "no-redundant-role": "off",
    "svg-focusable": "off",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    "attr-quotes": ["error", { style: "double" }],
  },
});

/** What the linter complains of. */
export async function lint(page: string): Promise<string[]> {
  const report = await linter.validateString(page);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`),
  );
}

/** What axe-core finds, light and dark. */
export async function inaccessible(page: string): Promise<unknown[]> {
  const audited = withAxe(page);
  return [
    violationsIn(await domOf(audited)),
    violationsIn(await domOf(audited, ["--blink-settings=preferredColorScheme=0"])),
  ].flat();
}

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
