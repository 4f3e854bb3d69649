import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { printable } from "../../reports/pdf/fonts.ts";
import { pdf } from "../../reports/pdf.ts";
import type { AuditResult } from "../../rules/result.ts";
import { pdftotext } from "./chromium.ts";
import { withStrings } from "./hostile.ts";
import { everything, nothingRead, samples } from "./samples.ts";

const options = { width: 80, color: false, ascii: false, verbose: false };
const render = async (sample: AuditResult) => Buffer.from(await pdf.render(sample, options));

function textOf(file: Buffer): string {
  return execFileSync("pdftotext", ["-layout", "-", "-"], { input: file, encoding: "utf8", maxBuffer: 50_000_000 });
}

describe("the PDF report", () => {
  test.each(Object.entries(samples))("of %s is a PDF, the same bytes each time", async (_, sample) => {
    const first = await render(sample);
    expect(first.subarray(0, 5).toString()).toBe("%PDF-");
    expect(first.equals(await render(sample))).toBe(true);
  });

  test("is dated by its evidence, and by nothing where there is none", async () => {
    expect((await render(everything)).toString("latin1")).toContain("(D:20261007215958Z)");
    expect((await render(nothingRead)).toString("latin1")).toContain("(D:19700101000000Z)");
  });

  test.skipIf(!pdftotext)("holds the verdict, the findings, their evidence and the matrix", async () => {
    const text = textOf(await render(everything));
    const flat = text.replace(/\s+/g, " ");
    for (const part of [
      "Firewall audit of Müller & Söhne GmbH, Köln",
      "Act now: 1 critical finding, and 3 others.",
      "Page 1 of ",
      "Contents",
      "1,312 packets allowed, 2026-10-02 03:14:15 to 17:40:02 +02:00",
      "Port 5060 must never be opened from outside",
      "Fernwartung des Betreuers bis zur Umstellung",
      "AGFEO Übersicht der benutzten Netzwerkports (Stand 19.01.2026LB)",
      'policyname="□□□□□□ □ Müller"',
      "stands for characters that this document's font does not have",
    ]) {
      expect(flat).toContain(part);
    }
    for (const { id } of everything.requirements) expect(flat.replaceAll(" ", "")).toContain(id);
  });

  test("links its contents and findings, and has bookmarks", async () => {
    const source = (await render(everything)).toString("latin1");
    expect(source).toContain("/Outlines");
    const targets = new Set([...source.matchAll(/\/S \/GoTo\s+\/D \(([^)]+)\)/g)].map((match) => match[1]));
    const named = new Set([...source.matchAll(/\(([^)]+)\) \[\d+ 0 R \/XYZ/g)].map((match) => match[1]));
    expect(targets.size).toBeGreaterThan(12);
    for (const target of targets) expect(named, target).toContain(target);
    expect(targets).toContain("f-O1");
  });

  test("shows what its fonts have, and squares for what they lack", () => {
    expect(printable("Łódź Ωμέγα Дніпро → ✖ ✔ ≈")).toBe("Łódź Ωμέγα Дніпро → × ✓ ≈");
    expect(printable("東京 📞 \u001b[31m\u202e")).toBe("□□ □ \\x1b[31m\\u{202e}");
    expect(printable("e\u0301")).toBe("é");
  });

  test("bears endless words, empty texts and thousands of findings", async () => {
    const endless = withStrings(everything, (text) => (text.length % 3 === 0 ? "x".repeat(30_000) : text));
    expect((await render(endless)).length).toBeGreaterThan(10_000);
    expect((await render(withStrings(everything, () => ""))).length).toBeGreaterThan(10_000);
    const findings = Array.from({ length: 3000 }, (_, index) => ({
      ...(everything.findings[index % 3] as (typeof everything.findings)[number]),
      id: `finding-${index}`,
    }));
    expect((await render({ ...everything, findings })).length).toBeGreaterThan(10_000);
  }, 120_000);
});
