import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { uriOf } from "../../reports/file-uri.ts";
import { sarif } from "../../reports/sarif.ts";
import type { AuditResult } from "../../rules/result.ts";
import { blind, everything, samples } from "./samples.ts";
import { sarifSchema } from "./schemas/sarif.ts";

const validate = new Ajv2020({
  allErrors: true,
  strict: true,
  strictRequired: false,
  formats: { uri: (text: string) => URL.canParse(text), "uri-reference": isReference },
}).compile(sarifSchema);

/** RFC 3986: allowed characters only, percent signs only before two digits. */
function isReference(text: string): boolean {
  return /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-F]{2})*$/.test(text);
}

interface Run {
  tool: { driver: { rules: { id: string }[] } };
  results: {
    ruleId: string;
    ruleIndex: number;
    level: string;
    baselineState?: string;
    partialFingerprints: Record<string, string>;
    suppressions: object[];
    locations: { physicalLocation?: object }[];
  }[];
}

function runOf(sample: AuditResult): Run {
  const printed = String(sarif.render(sample, { width: 80, color: false, ascii: false, verbose: false }));
  return (JSON.parse(printed) as { runs: [Run] }).runs[0];
}

describe("the SARIF report", () => {
  test.each(Object.entries(samples))("of %s fits the schema", (_, sample) => {
    const log = JSON.parse(String(sarif.render(sample, { width: 80, color: false, ascii: false, verbose: false })));
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
  });

  test("names a rule for every result, and finds it by its index", () => {
    const { results, tool } = runOf(everything);
    for (const result of results) expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(new Set(tool.driver.rules.map(({ id }) => id)).size).toBe(tool.driver.rules.length);
  });

  test("has the finding's id for a fingerprint, and a suppression where it is waived", () => {
    const results = runOf(everything).results;
    expect(results.map(({ partialFingerprints }) => Object.values(partialFingerprints))).toEqual(
      everything.findings.map(({ id }) => [id]),
    );
    for (const [index, { waived }] of everything.findings.entries()) {
      expect(results[index]?.suppressions).toHaveLength(waived === null ? 0 : 1);
    }
    expect(results.find(({ suppressions }) => suppressions.length > 0)?.suppressions[0]).toMatchObject({
      kind: "external",
      status: "accepted",
      properties: { owner: "Jürgen Groß, IT", expires: "2027-03-31" },
    });
    expect(results.map(({ baselineState }) => baselineState)).toEqual(
      everything.findings.map(({ baseline }) => (baseline === "new" ? "new" : "unchanged")),
    );
    expect(runOf(blind).results.every(({ baselineState }) => baselineState === undefined)).toBe(true);
  });

  test("points at lines and bytes", () => {
    const result = runOf(everything).results.find(({ level }) => level === "error");
    expect(result?.locations[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: "logs/fgt.log" },
      region: { startLine: 40, byteOffset: 20111 },
    });
  });

  test.each([
    ["logs/fw 1.log", "logs/fw%201.log"],
    ["デモ.log", "%E3%83%87%E3%83%A2.log"],
    ["/var/log/fw.log", "file:///var/log/fw.log"],
    ["C:\\logs\\fw.log", "file:///C:/logs/fw.log"],
    ["\\\\nas\\logs\\fw.log", "file://nas/logs/fw.log"],
    ["a:b.log", "a%3Ab.log"],
    ["\ud800", "%EF%BF%BD"],
    ["", "-"],
    ["-", "-"],
  ])("writes %j as %j", (input, uri) => expect(uriOf(input)).toBe(uri));
});
