/** Whatever text a result holds, no format lets it act: not in a browser, a spreadsheet, a parser or a terminal. */
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { HtmlValidate } from "html-validate";
import { marked } from "marked";
import { describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { loadReportFormat, reportFormats } from "../../reports/formats.ts";
import type { ReportFormat } from "../../reports/report-format.ts";
import { hostileText, withStrings } from "./hostile.ts";
import { everything } from "./samples.ts";

const options = { width: 80, color: false, ascii: false, verbose: false };
/** What a terminal obeys, line ends aside. */
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const results = fc.array(hostileText, { minLength: 1, maxLength: 7 }).chain((texts) =>
  fc.boolean().map((whole) => {
    let next = 0;
    return withStrings(everything, (original) => {
      const hostile = texts[next++ % texts.length] as string;
      return whole ? hostile : original + hostile;
    });
  }),
);

async function formatNamed(id: string): Promise<ReportFormat> {
  return (await loadReportFormat(id)) as ReportFormat;
}

const textual = reportFormats.map(({ id }) => id).filter((id) => id !== "pdf");

test.each(textual)("%s holds nothing that a terminal obeys", async (id) => {
  const format = await formatNamed(id);
  await fc.assert(
    fc.asyncProperty(results, async (result) => {
      const printed = String(await format.render(result, options)).replaceAll(/\r?\n/g, "");
      const found = CONTROLS.exec(printed);
      // JSON escapes what is dangerous, and may keep soft hyphens and the like as they are
      const harmless = ["json", "sarif", "ocsf"].includes(id) && /\p{Cf}/u.test(found?.[0] ?? "");
      if (found && !harmless) {
        expect.fail(JSON.stringify(printed.slice(Math.max(0, found.index - 40), found.index + 10)));
      }
    }),
    { numRuns: 25 },
  );
});

describe("hostile text", () => {
  test("makes no element, attribute or link in HTML", async () => {
    const html = await formatNamed("html");
    const shape = (page: string) =>
      page.match(/<\/?[a-z][^>]*>/gi)?.map((tag) => /^<\/?[a-z0-9]+/i.exec(tag)?.[0]) ?? [];
    const known = new Set(shape(String(html.render(everything, options))));
    const linter = new HtmlValidate({
      rules: { "close-order": "error", "no-dup-id": "error", "no-raw-characters": "error" },
    });
    await fc.assert(
      fc.asyncProperty(results, async (result) => {
        const page = String(html.render(result, options));
        for (const tag of shape(page)) if (!known.has(tag)) expect.fail(`${tag} is none of ours`);
        expect(page.match(/<script/g)).toHaveLength(1);
        const { results: problems } = await linter.validateString(page);
        expect(problems.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test("makes no HTML, link, image or heading in Markdown", async () => {
    const md = await formatNamed("md");
    fc.assert(
      fc.property(results, (result) => {
        marked.walkTokens(marked.lexer(String(md.render(result, options))), ({ type, raw }) => {
          if (["html", "link", "image", "def"].includes(type)) expect.fail(`${type}: ${JSON.stringify(raw)}`);
          if (type === "heading" && !/^#{1,4} /.test(raw)) expect.fail(`heading: ${JSON.stringify(raw)}`);
        });
      }),
      { numRuns: 25 },
    );
  });

  test("is no formula in CSV, and shifts no cell", async () => {
    const csv = await formatNamed("csv");
    fc.assert(
      fc.property(results, (result) => {
        const rows = parse(String(csv.render(result, options))) as string[][];
        expect(rows).toHaveLength(everything.findings.length + 1);
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠\t\r]/);
      }),
      { numRuns: 25 },
    );
  });

  test("leaves XML well formed", async () => {
    const junit = await formatNamed("junit");
    await fc.assert(
      fc.asyncProperty(results, async (result) => {
        const contents = String(junit.render(result, options));
        const { valid, errors } = await validateXML({
          xml: [{ fileName: "report.xml", contents }],
          normalization: "format",
        });
        if (!valid && errors.length > 0) expect.fail(errors[0]?.message ?? "not well formed");
      }),
      { numRuns: 12 },
    );
  });

  test("makes no link in SARIF's messages", async () => {
    const sarif = await formatNamed("sarif");
    fc.assert(
      fc.property(results, (result) => {
        const log = JSON.parse(String(sarif.render(result, options)));
        for (const { message } of log.runs[0].results) expect(message.text).not.toMatch(/(?<!\\)\[[^\]]*(?<!\\)\]\(/);
      }),
      { numRuns: 25 },
    );
  });

  test("does not stop the PDF", async () => {
    const pdf = await formatNamed("pdf");
    await fc.assert(
      fc.asyncProperty(results, async (result) => {
        const file = Buffer.from(await pdf.render(result, options));
        expect(file.subarray(0, 5).toString()).toBe("%PDF-");
      }),
      { numRuns: 6 },
    );
  }, 120_000);
});
