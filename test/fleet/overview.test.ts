/** The overview across customers as a page and as text, in each language. */
import { describe, expect, test } from "vitest";
import type { FleetOverview } from "../../cmd/fleet/overview.ts";
import { overviewHtml } from "../../cmd/fleet/overview-html.ts";
import { overviewText } from "../../cmd/fleet/overview-text.ts";
import { english } from "../../reports/languages/en.ts";
import { inLanguage } from "../../reports/languages.ts";
import { LANGUAGES } from "../../rules/result.ts";
import { chromium } from "../reports/chromium.ts";
import { inaccessible, lint } from "../reports/html-checks.ts";

const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
const row = {
  run: "2026-11-01",
  messages: [],
  findings: none,
  waived: 0,
  changes: null,
  worst: [],
  from: "2026-10-01T00:00:12+02:00",
  to: "2026-10-31T23:59:58+01:00",
};
const overview: FleetOverview = {
  schemaVersion: "1",
  tool: { name: "ringfence", version: "9.9.9" },
  run: "2026-11-01",
  language: "en",
  customers: [
    {
      ...row,
      name: "Broken <b>KG</b>",
      slug: "broken",
      status: "failed",
      run: null,
      findings: null,
      messages: ["broken/site.yaml: \u001b[31mno such site file"],
      from: null,
      to: null,
      files: [],
    },
    {
      ...row,
      name: "Alpha \u001b[31mAG",
      slug: "alpha",
      status: "done",
      findings: { ...none, critical: 1, high: 1204 },
      waived: 2,
      changes: { new: 1, gone: 2, notSeenAgain: 3 },
      worst: [
        { severity: "critical", title: "open to <script>", isNew: true },
        { severity: "high", title: "blocked", isNew: false },
      ],
      files: ["alpha/2026-11-01/audit.json", "alpha/2026-11-01/report.html"],
    },
    {
      ...row,
      name: "Größe GmbH",
      slug: "groesse",
      status: "incomplete",
      messages: ["fw.log: could not be read"],
      changes: { new: 0, gone: 0, notSeenAgain: 0 },
      files: ["groesse/2026-11-01/audit.json"],
    },
    { ...row, name: "Left out", slug: "left-out", status: "not-run", files: ["left-out/2026-10-01/audit.json"] },
  ],
  warnings: ["fw.log is read for several customers: Alpha, Größe"],
};

describe.each(LANGUAGES)("the overview across customers, %s", (language) => {
  const page = inLanguage(language, () => overviewHtml(overview));
  const text = inLanguage(language, () => overviewText(overview));

  test("is a page without a flaw that the linter knows", async () => expect(await lint(page)).toEqual([]));

  test.skipIf(!chromium)("is accessible in both themes", async () => expect(await inaccessible(page)).toEqual([]));

  test("says its language, fetches nothing, and lets nothing through that came from outside", () => {
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).toMatch(
      /content="default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'"/,
    );
    for (const raw of ["<b>", "<script", "\u001b"]) expect(page).not.toContain(raw);
    expect(text).not.toContain("\u001b");
  });

  test("names every customer, what went wrong, and the reports for people first", () => {
    for (const shown of [page, text]) {
      for (const part of ["Größe GmbH", "Left out", "no such site file", "could not be read", "is read for several"])
        expect(shown).toContain(part);
    }
    expect(page).toMatch(/href="alpha\/2026-11-01\/report\.html"[\s\S]*href="alpha\/2026-11-01\/audit\.json"/);
  });
});

test("the German overview holds none of the English words", () => {
  const page = inLanguage("de", () => overviewHtml(overview));
  const said = Object.values(english.overview).filter((words) => typeof words === "string" && words.includes(" "));
  expect(said.length).toBeGreaterThan(6);
  expect(said.filter((words) => page.includes(words as string))).toEqual([]);
  expect(page).toContain("1.204");
});
