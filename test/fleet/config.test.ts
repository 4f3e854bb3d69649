import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { readFleet } from "../../cmd/fleet/config.ts";
import { compareRuns } from "../../cmd/fleet/runs.ts";
import { slugOf } from "../../cmd/fleet/slug.ts";
import { cssString } from "../../reports/html/branding.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-fleet-config-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string) {
  const file = join(folder, "fleet.yaml");
  writeFileSync(file, text);
  return readFleet(file, "en");
}

describe("fleet.yaml", () => {
  it("has defaults, and paths from its own folder", () => {
    const fleet = read("customers:\n  - {name: A GmbH, site: a/site.yaml, inputs: [a/fw.log]}\n");
    expect(fleet).toMatchObject({ folder, output: join(folder, "reports"), formats: ["json", "html"] });
    expect(fleet.customers[0]).toMatchObject({ slug: "a-gmbh", baseline: "auto", since: null, logo: null });
  });

  it("says the language of customers that name none", () => {
    const entries = "[{name: A, site: s, inputs: [x]}, {name: B, site: s, inputs: [x], language: en}]";
    const fleet = read(`language: de\ncustomers: ${entries}\n`);
    expect([fleet.language, ...fleet.customers.map(({ language }) => language)]).toEqual(["de", "de", "en"]);
  });

  it("of the README is one", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const [, example = ""] = /```yaml\n(# fleet\.yaml[\s\S]*?)```/.exec(readme) ?? [];
    const [first, second] = read(example).customers;
    expect(first).toMatchObject({ slug: "muster-gmbh", since: "30d", language: "de", logo: "muster/logo.png" });
    expect(second).toMatchObject({ inputs: [], language: "en", elasticsearch: { index: "logs-beispiel-*" } });
  });

  const customer = "{name: A, site: s.yaml, inputs: [x]}";
  it.each([
    [
      "an unknown key",
      `customers:\n  - {name: A, site: s, inputs: [x], colour: red}\n`,
      /:2:\d+: unknown key "colour"/,
    ],
    ["a key twice", `output: a\noutput: b\ncustomers: [${customer}]\n`, /:2:1: duplicate key/],
    ["no customers", "output: a\n", /missing key "customers"/],
    ["an empty list", "customers: []\n", /:1:12: customers must have at least one entry/],
    [
      "a format that is none",
      `formats: [html, docx]\ncustomers: [${customer}]\n`,
      /:1:17: unknown report format "docx"/,
    ],
    [
      "two names in one folder",
      "customers:\n  - {name: Ä B, site: s, inputs: [x]}\n  - {name: ae-b, site: s, inputs: [x]}\n",
      /:3:12: "ae-b" and "Ä B" would share the folder ae-b/,
    ],
    ["a name without letters", 'customers:\n  - {name: "!!", site: s, inputs: [x]}\n', /:2:12: "!!" has no letter/],
    ["standard input", 'customers:\n  - {name: A, site: s, inputs: ["-"]}\n', /:2:\d+: standard input/],
    ["nothing to read", "customers:\n  - {name: A, site: s}\n", /:2:\d+: what to read for "A" is missing/],
    [
      "a login in an address",
      'customers:\n  - {name: A, site: s, elasticsearch: {url: "https://me:secret@es:9200"}}\n',
      /:2:\d+: url/,
    ],
    [
      "a moment that is none",
      "customers:\n  - {name: A, site: s, inputs: [x], since: soon}\n",
      /:2:\d+: "soon" is no moment/,
    ],
    [
      "a colour that is none",
      'customers:\n  - {name: A, site: s, inputs: [x], colours: {primary: "red;}"}}\n',
      /:2:\d+: primary "red;}" is not valid/,
    ],
    ["a footer of two lines", 'customers:\n  - {name: A, site: s, inputs: [x], footer: "a\\nb"}\n', /:2:\d+: footer/],
    [
      "a language to come",
      "customers:\n  - {name: A, site: s, inputs: [x], language: fr}\n",
      /unknown language "fr"; valid: en, de/,
    ],
    ["no YAML", "customers: [\n", /no valid YAML/],
  ])("%s is refused with its place", (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

describe("folders", () => {
  it.each([
    ["Müller & Söhne GmbH", "mueller-soehne-gmbh"],
    ["../../etc/passwd", "etc-passwd"],
    ["Café Noël", "cafe-noel"],
    ["東京 電話", "東京-電話"],
    ["CON", "con-customer"],
    ["  ", ""],
  ])("%s: %s", (name, slug) => expect(slugOf(name)).toBe(slug));

  it("are plain names, whatever the customer is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(slugOf(name)).toMatch(/^(?:[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*)?$/u);
      }),
    );
  });

  it("of runs are in the order of the runs", () => {
    const runs = ["2026-11-21-10", "2026-11-21", "2026-11-20-3", "2026-11-21-2"];
    expect(runs.sort(compareRuns)).toEqual(["2026-11-20-3", "2026-11-21", "2026-11-21-2", "2026-11-21-10"]);
  });
});

it("a footer cannot leave its CSS string", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(cssString(text)).toMatch(/^"(?:[\p{L}\p{N} .,:()-]|\\[\da-f]{1,6} )*"$/u);
    }),
  );
});
