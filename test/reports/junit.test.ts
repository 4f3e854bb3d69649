import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { loadReportFormat } from "../../reports/formats.ts";
import { junit } from "../../reports/junit.ts";
import { localise } from "../../rules/messages/localise.ts";
import type { AuditResult, FindingResult } from "../../rules/result.ts";
import { everything, samples } from "./samples.ts";

const xsd = readFileSync(new URL("schemas/junit.xsd", import.meta.url), "utf8");
const render = (sample: AuditResult) =>
  String(junit.render(sample, { width: 80, color: false, ascii: false, verbose: false }));

/** What xmllint says of it. */
async function problemsOf(contents: string): Promise<unknown> {
  const { errors } = await validateXML({
    xml: [{ fileName: "report.xml", contents }],
    schema: [{ fileName: "junit.xsd", contents: xsd }],
  });
  return errors.map(({ message }) => message);
}

describe("the JUnit report", () => {
  test.each(Object.entries(samples))("of %s fits the schema", async (_, sample) => {
    expect(await problemsOf(render(sample))).toEqual([]);
  });

  test("fails what is blocked or violated, and skips what the logs do not show", () => {
    const report = render(everything);
    expect(report).toMatch(/<testsuite name="agfeo" [^>]*tests="6" failures="1" errors="0" skipped="2"/);
    expect(report).toMatch(
      /<testsuite name="swyxware 13\.10, onsite" [^>]*tests="29" failures="2" errors="0" skipped="27"/,
    );
    expect(report).toMatch(
      /<testcase name="never-open-5060: [^>]*>\s*<failure message="violated: SIP of the phone system/,
    );
    expect(report).toMatch(/<testcase name="client-in-1: [^>]*>\s*<skipped message="not seen: fgt-60f logs no allowed/);
    expect(report).toMatch(/<testcase name="pbx-out-dns-udp: [^>]*\/>/);
  });

  test("marks what is waived, and counts it as skipped", () => {
    const waiver = { reason: "known", owner: "it", expires: "2027-01-01" };
    const findings = everything.findings.map((one): FindingResult => ({ ...one, waived: waiver }));
    const report = render({ ...everything, findings });
    expect(report).toMatch(/<skipped message="Waived by it until 2027-01-01: known\. violated: SIP of the phone/);
    expect(report).toMatch(/<testsuites [^>]*failures="1"/); // the intermittent row that no finding tells of
  });

  test("tells every finding in one case", () => {
    const cases = render(everything).split("<testcase ");
    for (const { id } of everything.findings)
      expect(
        cases.filter((one) => one.includes(id)),
        id,
      ).toHaveLength(1);
  });

  test("says states, severities and the baseline in the report's language", async () => {
    const format = await loadReportFormat("junit");
    const report = String(
      await format?.render(localise(everything, "de"), { width: 80, color: false, ascii: false, verbose: false }),
    );
    expect(report).toMatch(/<skipped message="nicht beobachtet: /);
    expect(report).toMatch(/kritisch: .*\nBefund-ID: /);
    expect(report).toMatch(/Vergleich: (?:seitdem neu|bestand schon)/);
    expect(report).not.toMatch(/since the audit before|message="(?:not seen|blocked|violated)/);
  });
});
