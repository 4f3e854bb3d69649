/** Reports in another language than English: every format says nothing in English, however many are rendered at once. */
import { describe, expect, test } from "vitest";
import { loadReportFormat, reportFormats } from "../../reports/formats.ts";
import { german } from "../../reports/languages/de.ts";
import { phrases } from "../../reports/phrases.ts";
import type { RenderOptions } from "../../reports/report-format.ts";
import { localise } from "../../rules/messages/localise.ts";
import { auditDemo } from "../readme/demo-result.ts";

const options: RenderOptions = { width: 100, color: false, ascii: false, verbose: true };
const readable = reportFormats.filter(({ id }) => !["json", "pdf"].includes(id)).map(({ id }) => id);

describe("reports in German", async () => {
  const english = await auditDemo();
  const result = localise(english, "de");
  const render = async (id: string, one = result) => (await loadReportFormat(id))?.render(one, options);

  test.each(readable)("%s holds none of the English reports' sentences", async (id) => {
    const text = String(await render(id));
    // Units are codes too, in formats for programs.
    const { units: _, ...own } = german;
    const sentences = fixedTexts(phrases, own).filter((sentence) => sentence.includes(" "));
    expect(sentences.length).toBeGreaterThan(40);
    expect(sentences.filter((sentence) => text.includes(sentence))).toEqual([]);
  });

  test("say their language to browsers, and write numbers and days in its manner", async () => {
    expect(String(await render("html"))).toContain('<html lang="de">');
    const text = String(await render("text"));
    expect(text).toContain("12.10.2026 00:01:05 bis 18.10.2026 23:48:27");
    expect(text).toContain("6.409");
  });

  test.each(readable)("%s leaves out that a document carries no revision", async (id) => {
    for (const one of [result, english]) {
      expect(String(await render(id, one))).not.toMatch(/\((?:not stated|nicht angegeben)\)/);
    }
  });

  test("are spelt in ASCII where nothing else is wanted, titles of columns too", async () => {
    const format = await loadReportFormat("text");
    const text = String(await format?.render(result, { ...options, ascii: true }));
    expect(text.split("\n").filter((line) => /[^\x20-\x7e]/.test(line))).toEqual([]);
    expect(text).toMatch(/entfaellt/);
  });

  test("do not mix where several are rendered at once", async () => {
    const [pdf, html, text] = await Promise.all([render("pdf"), render("html", english), render("text", english)]);
    const [again, htmlAlone, textAlone] = [
      await render("pdf"),
      await render("html", english),
      await render("text", english),
    ];
    expect(pdf).toEqual(again);
    expect(html).toBe(htmlAlone);
    expect(text).toBe(textAlone);
  });
});

/** Texts of the one language that the other says otherwise. */
function fixedTexts(words: object, others: object): string[] {
  return Object.entries(others).flatMap(([key, other]): string[] => {
    const own: unknown = Reflect.get(words, key);
    if (typeof own === "string") return own === other ? [] : [own];
    return typeof own === "object" && own !== null ? fixedTexts(own, other as object) : [];
  });
}
