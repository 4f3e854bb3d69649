/** The report as PDF for handing over: A4, numbered pages, contents with links and bookmarks, its own fonts. */
import pdfmake, { type Content } from "pdfmake";
import { documentOf, documentText, type ReportDocument } from "./document.ts";
import { light } from "./html/palette.ts";
import { brandCover, brandFoot } from "./pdf/branding.ts";
import { coverPage, evidencePages, summaryPages } from "./pdf/cover.ts";
import { findingPages, waivedPages } from "./pdf/findings.ts";
import { isLeftBehind, keepHeadings, margins } from "./pdf/flow.ts";
import { fontFile, fonts, missing, printable } from "./pdf/fonts.ts";
import { historyPages, waiverPages } from "./pdf/history.ts";
import { facts, heading, quiet, table, text } from "./pdf/parts.ts";
import { coveragePages, policyPages, scorecardPages, unprovenPages } from "./pdf/states.ts";
import { undeclaredPages } from "./pdf/undeclared.ts";
import { phrases } from "./phrases.ts";
import type { ReportFormat } from "./report-format.ts";
import { number } from "./words.ts";

/** Files that the library reads from memory; its types do not know it. */
const { virtualfs } = pdfmake as unknown as {
  virtualfs: { writeFileSync: (name: string, content: Uint8Array) => void };
};

export const pdf: ReportFormat = {
  id: "pdf",
  title: "PDF, to hand over",
  extension: "pdf",
  showsHashes: true,
  binary: true,
  async render(result, { branding }) {
    const document = documentOf(result);
    pdfmake.setFonts({ ...fonts });
    pdfmake.setUrlAccessPolicy(() => false);
    pdfmake.setLocalAccessPolicy(() => false);
    for (const name of Object.values(fonts).flatMap((face) => Object.values(face))) {
      virtualfs.writeFileSync(name, fontFile(name));
    }
    const written = dateOf(document);
    const content: Content[] = [
      ...brandCover(branding, result.site.name),
      ...coverPage(document),
      { text: "", pageBreak: "after" },
      ...summaryPages(document),
      ...evidencePages(document),
      ...scorecardPages(document),
      ...historyPages(document),
      ...undeclaredPages(document),
      ...findingPages(document),
      ...waivedPages(document),
      ...waiverPages(document),
      ...unprovenPages(document),
      ...policyPages(document),
      ...coveragePages(document),
      ...endPages(document),
    ];
    if (JSON.stringify(content).includes(missing)) {
      content.push(text(phrases.missingGlyphs, { color: quiet, fontSize: 7.5, margin: [0, 12, 0, 0] }));
    }
    return await pdfmake
      .createPdf({
        pageSize: "A4",
        pageMargins: [margins.side, margins.top, margins.side, margins.bottom],
        language: phrases.language,
        displayTitle: true,
        info: {
          title: printable(document.title),
          creator: phrases.by(result.tool.name, result.tool.version),
          producer: "pdfmake",
          creationDate: written,
          modDate: written,
        },
        content: keepHeadings(content),
        header: (page) =>
          page === 1 ? "" : edge(document.title, phrases.by(result.tool.name, result.tool.version), 28),
        footer: (page, pages) => edge(brandFoot(branding, document.window), phrases.page(page, pages), 14),
        defaultStyle: { font: "sans", fontSize: 9, lineHeight: 1.2, color: light.text },
        styles: {
          title: { fontSize: 24, bold: true },
          h2: { fontSize: 15, bold: true, margin: [0, 18, 0, 6] },
          h3: { fontSize: 11, bold: true, margin: [0, 10, 0, 4] },
          h4: { fontSize: 10.5, bold: true, margin: [0, 1, 0, 3] },
          label: { bold: true, color: quiet, margin: [0, 6, 0, 2] },
        },
        pageBreakBefore: isLeftBehind,
      })
      .getBuffer();
  },
};

/** The end of the evidence: the same result gives the same bytes, whenever it is printed. */
function dateOf({ result }: ReportDocument): Date {
  const at = Date.parse(result.evidence.to ?? "");
  return new Date(Number.isFinite(at) ? at : 0);
}

function edge(left: string, right: string, top: number): Content {
  return {
    columns: [text(left, { width: "*" }), text(right.replaceAll(" ", "\u00a0"), { width: "auto", alignment: "right" })],
    columnGap: 12,
    fontSize: 7.5,
    color: quiet,
    margin: [margins.side, top, margins.side, 0],
  };
}

function endPages({ result, accounts }: ReportDocument): Content[] {
  const { fields, sections } = phrases;
  const { inputs } = result.evidence;
  return [
    heading(2, sections.accounts, { listed: true }),
    accounts.length === 0
      ? text(phrases.accounts.none)
      : table(
          [
            { title: fields.count, width: 60, right: true },
            { title: fields.meaning, width: "*" },
          ],
          accounts.map(({ packets, text: meaning }) => [number(packets), meaning]),
        ),
    heading(2, sections.inputs, { listed: true }),
    inputs.length === 0
      ? text(phrases.none)
      : table(
          [
            { title: fields.input, width: "*" },
            { title: fields.format, width: 80 },
            ...[fields.lines, fields.parsed, fields.foreign, fields.malformed, fields.setAside].map((title) => ({
              title,
              width: 48,
              right: true,
            })),
          ],
          inputs.map(({ name, formats, lines, sha256 }) => [
            withHash(name, sha256),
            formats.join(", ") || phrases.unknown,
            ...[lines.read, lines.parsed, lines.foreign, lines.malformed, lines.structure + lines.outsideWindow].map(
              number,
            ),
          ]),
        ),
    heading(2, sections.versions, { listed: true }),
    ...facts([
      [fields.tool, phrases.by(result.tool.name, result.tool.version)],
      [fields.schema, result.schemaVersion],
      ...result.deployments.map((one): [string, Content] => [
        one.catalog,
        withHash(
          `${one.vendor}: ${one.product}${one.version === null ? "" : ` ${one.version}`}; ${documentText(one)}`,
          one.catalogSha256,
        ),
      ]),
    ]),
  ];
}

/** A name, and under it the hash of what it names. */
function withHash(name: string, sha256: string | null): Content {
  if (sha256 === null) return text(name);
  return {
    stack: [
      text(name),
      { text: `${phrases.fields.sha256} ${printable(sha256, "mono", 32)}`, font: "mono", fontSize: 5, color: quiet },
    ],
  };
}
