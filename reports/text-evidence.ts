/** The head of the text report: whose audit this is, and what its logs can show at all. */
import type { AuditResult, EvidenceResult, FirewallResult, InputResult } from "../rules/result.ts";
import { countCell, type Page } from "./text-page.ts";
import type { Rich } from "./text-style.ts";
import type { Column } from "./text-table.ts";
import { lengthText, spanText } from "./times.ts";
import { counted, platformTitles } from "./words.ts";

/** Inputs that are listed one by one: rotated sets run to hundreds. */
const INPUTS_SHOWN = 12;

interface LineCount {
  title: string;
  of: (lines: InputResult["lines"]) => number;
}

/** Together they are all lines; columns past the second are left out where they count nothing. */
const LINE_COUNTS: readonly LineCount[] = [
  { title: "lines", of: (lines) => lines.read },
  { title: "parsed", of: (lines) => lines.parsed },
  { title: "foreign", of: (lines) => lines.foreign },
  { title: "malformed", of: (lines) => lines.malformed },
  { title: "set aside", of: (lines) => lines.structure + lines.outsideWindow },
];

export function writeEvidence(page: Page, result: AuditResult): void {
  const { evidence, site, tool } = result;
  page.heading(
    { text: `Firewall audit of ${site.name}`, tone: "strong" },
    { text: `${tool.name} ${tool.version}`, tone: "quiet" },
  );
  const span = spanText(evidence.from, evidence.to);
  const length = lengthText(evidence.from, evidence.to);
  page.field("Window", span === null ? "no log line carries a time" : `${span}${length ? ` (${length})` : ""}`);
  page.field("Time zone", site.timezone);
  writeInputs(page, evidence.inputs);
  writeFirewalls(page, evidence.firewalls);
  writeLimits(page, evidence);
}

function writeInputs(page: Page, inputs: readonly InputResult[]): void {
  if (inputs.length === 0) {
    page.field("Inputs", "none");
    return;
  }
  const counts = LINE_COUNTS.filter(({ of }, index) => index < 2 || inputs.some(({ lines }) => of(lines) > 0));
  const columns: Column[] = [
    { title: "Input", flexible: true },
    { title: "format" },
    ...counts.map(({ title }): Column => ({ title, align: "right" })),
  ];
  const shown = page.verbose || inputs.length <= INPUTS_SHOWN ? inputs : inputs.slice(0, INPUTS_SHOWN - 1);
  const rows = shown.map(({ name, format, formats, lines }) => ({
    cells: [
      name,
      format === null
        ? ({ text: "unknown", tone: "warning" } as const)
        : formats.length > 1
          ? formats.join(", ")
          : format,
      ...counts.map(({ title, of }) => countCell(of(lines), title === "malformed" ? "warning" : undefined)),
    ] as Rich[],
  }));
  const rest = inputs.slice(shown.length);
  if (rest.length > 0) rows.push(totalRow(`${rest.length} more inputs`, rest, counts));
  if (inputs.length > 1) rows.push(totalRow("all inputs", inputs, counts));
  page.blank();
  page.table(columns, rows);
  writeSetAside(page, inputs);
}

/** What a row of `set aside` adds up. */
function writeSetAside(page: Page, inputs: readonly InputResult[]): void {
  const outside = inputs.reduce((sum, { lines }) => sum + lines.outsideWindow, 0);
  const structure = inputs.reduce((sum, { lines }) => sum + lines.structure, 0);
  const parts = [
    outside > 0 ? `${counted(outside, "line")} outside the window` : "",
    structure > 0 ? counted(structure, "heading or comment", "headings and comments") : "",
  ].filter((part) => part !== "");
  if (parts.length > 0) page.paragraph({ text: `Set aside: ${parts.join(", ")}.`, tone: "quiet" });
}

function totalRow(name: string, inputs: readonly InputResult[], counts: readonly LineCount[]): { cells: Rich[] } {
  const sums = counts.map(({ of }) => countCell(inputs.reduce((sum, { lines }) => sum + of(lines), 0)));
  return { cells: [{ text: name, tone: "quiet" }, "", ...sums] };
}

function writeFirewalls(page: Page, firewalls: readonly FirewallResult[]): void {
  if (firewalls.length === 0) return;
  const columns: Column[] = [
    { title: "Firewall", flexible: true },
    { title: "platform" },
    { title: "logs allows" },
    { title: "logs denies" },
    { title: "allowed", align: "right" },
    { title: "denied", align: "right" },
    { title: "counted in" },
  ];
  const rows = firewalls.map((firewall) => ({
    cells: [
      firewall.name,
      platformTitles[firewall.platform],
      logged(firewall.logsAllows),
      logged(firewall.logsDenies),
      countCell(firewall.allowed),
      countCell(firewall.denied),
      firewall.unit,
    ],
  }));
  page.blank();
  page.table(columns, rows);
}

function logged(yes: boolean): Rich {
  return yes ? { text: "✔ yes", tone: "good" } : { text: "✖ no", tone: "warning" };
}

function writeLimits(page: Page, { limits, firewalls, inputs }: EvidenceResult): void {
  const all = [
    ...limits,
    ...firewalls
      .filter(({ lostEvents }) => lostEvents > 0)
      .map(({ name, lostEvents }) => `${name} says that it lost ${counted(lostEvents, "log event")}.`),
    ...inputs.flatMap(({ name, warnings }) => warnings.map((warning) => `${name}: ${warning}`)),
  ];
  if (all.length === 0) return;
  page.blank();
  page.paragraph({ text: "Limits of this evidence", tone: "quiet" });
  for (const limit of all) page.paragraph([{ text: "▲ ", tone: "warning" }, limit], 2, 2);
}
