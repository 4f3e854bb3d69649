/**
 * The README's picture: the demo's real output as an SVG, so that it cannot drift from what the program prints
 * (`npm run readme` writes it, a test compares it).
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { text } from "../../reports/text.ts";
import type { AuditResult } from "../../rules/result.ts";
import { auditDemo } from "./demo-result.ts";

export const PICTURE = fileURLToPath(new URL("../../.readme/demo.svg", import.meta.url));

const COLUMNS = 100;
const CHARACTER_WIDTH = 8.4;
const LINE_HEIGHT = 18;
const MARGIN = 16;

/** SGR codes that the text report uses, as colours that read well on dark. */
const COLOURS: Readonly<Record<string, string>> = {
  "31": "#ff7b72",
  "32": "#7ee787",
  "33": "#e3b341",
  "34": "#79c0ff",
  "35": "#d2a8ff",
  "36": "#76e3ea",
  "90": "#8b949e",
  "91": "#ff7b72",
};

/** The lines that fit a first look: the window, the summary, and the first finding, which is the gravest. */
export function pictureLines(rendered: string): string[] {
  const lines = rendered.split("\n");
  const plain = lines.map(stripCodes);
  const gravest = plain.findIndex((line) => line.includes("✖ CRITICAL"));
  const gravestEnd = plain.findIndex((line, i) => i > gravest && line === "");
  const summary = plain.indexOf("Summary");
  const inputs = plain.indexOf("", 2);
  return [...lines.slice(0, inputs + 1), ...lines.slice(summary, gravestEnd)];
}

export function svgOf(lines: readonly string[]): string {
  const width = Math.ceil(COLUMNS * CHARACTER_WIDTH + 2 * MARGIN);
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  const rows = lines.map(
    (line, i) =>
      `<text x="${MARGIN}" y="${MARGIN + (i + 1) * LINE_HEIGHT - 5}" xml:space="preserve">${spans(line)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Output of ringfence demo">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" fill="#e6edf3">
${rows.join("\n")}
</g>
</svg>
`;
}

const ESCAPE = String.fromCharCode(27);
const CODES = new RegExp(`${ESCAPE}\\[([0-9;]*)m`);

function stripCodes(line: string): string {
  return line
    .split(CODES)
    .filter((_, i) => i % 2 === 0)
    .join("");
}

/** Text runs of one line, each with the style that its SGR codes switch on. */
function spans(line: string): string {
  const parts = line.split(CODES);
  let colour = "";
  let bold = false;
  let dim = false;
  return parts
    .map((part, i) => {
      if (i % 2 === 1) {
        for (const code of part.split(";")) {
          if (code === "0" || code === "") [colour, bold, dim] = ["", false, false];
          else if (code === "1") bold = true;
          else if (code === "2") dim = true;
          else if (code === "22") [bold, dim] = [false, false];
          else if (code === "39") colour = "";
          else colour = COLOURS[code] ?? colour;
        }
        return "";
      }
      if (part === "") return "";
      const style = `${colour ? ` fill="${colour}"` : dim ? ' fill="#8b949e"' : ""}${bold ? ' font-weight="bold"' : ""}`;
      const escaped = part.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
      return `<tspan${style}>${escaped}</tspan>`;
    })
    .join("");
}

export function pictureOf(result: AuditResult): string {
  const rendered = text.render(result, { width: COLUMNS, color: true, ascii: false, verbose: false }) as string;
  return svgOf(pictureLines(rendered));
}

export function committedPicture(): string {
  return readFileSync(PICTURE, "utf8");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PICTURE, pictureOf(await auditDemo()));
