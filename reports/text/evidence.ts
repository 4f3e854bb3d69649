/** The head of the text report: whose audit this is, and what its logs can show at all. */
import type { AuditResult, FirewallResult, InputResult } from "../../rules/result.ts";
import type { Axis } from "../activity.ts";
import { busiestFirewalls } from "../firewalls.ts";
import { limitsAndWarnings } from "../limits.ts";
import { phrases } from "../phrases.ts";
import { lengthText, spanText } from "../times.ts";
import { nothingInWindow } from "../verdict.ts";
import { platformTitles } from "../words.ts";
import { countCell, type Page } from "./page.ts";
import type { Rich } from "./style.ts";
import type { Column } from "./table.ts";

/** Inputs that are listed one by one: rotated sets run to hundreds. */
const INPUTS_SHOWN = 12;

interface LineCount {
  key: "lines" | "parsed" | "foreign" | "malformed" | "setAside";
  of: (lines: InputResult["lines"]) => number;
}

/** Together they are all lines; columns past the second are left out where they count nothing. */
const LINE_COUNTS: readonly LineCount[] = [
  { key: "lines", of: (lines) => lines.read },
  { key: "parsed", of: (lines) => lines.parsed },
  { key: "foreign", of: (lines) => lines.foreign },
  { key: "malformed", of: (lines) => lines.malformed },
  { key: "setAside", of: (lines) => lines.structure + lines.outsideWindow },
];

/** @param axis the hours that all charts show */
export function writeEvidence(page: Page, result: AuditResult, axis: Axis): void {
  const { evidence, site, tool } = result;
  page.heading(
    { text: phrases.title(site.name), tone: "strong" },
    { text: phrases.by(tool.name, tool.version), tone: "quiet" },
  );
  const span = spanText(evidence.from, evidence.to);
  const length = lengthText(evidence.from, evidence.to);
  const noSpan = nothingInWindow(result) ? phrases.text.nothingInWindow : phrases.text.noTimes;
  page.field(phrases.fields.window, span === null ? noSpan : `${span}${length ? ` (${length})` : ""}`);
  page.field(phrases.fields.timeZone, site.timezone);
  writeInputs(page, evidence.inputs);
  writeFirewalls(page, evidence.firewalls);
  writeLimits(page, limitsAndWarnings(result, axis));
}

function writeInputs(page: Page, inputs: readonly InputResult[]): void {
  if (inputs.length === 0) {
    page.field(phrases.sections.inputs, phrases.none);
    return;
  }
  const counts = LINE_COUNTS.filter(({ of }, index) => index < 2 || inputs.some(({ lines }) => of(lines) > 0));
  const columns: Column[] = [
    { title: phrases.fields.input, flexible: true },
    { title: phrases.text.columns.format },
    ...counts.map(({ key }): Column => ({ title: phrases.text.columns[key], align: "right" })),
  ];
  const shown = page.verbose || inputs.length <= INPUTS_SHOWN ? inputs : inputs.slice(0, INPUTS_SHOWN - 1);
  const rows = shown.map(({ name, format, formats, lines }) => ({
    cells: [
      name,
      format === null
        ? ({ text: phrases.unknown, tone: "warning" } as const)
        : formats.length > 1
          ? formats.join(", ")
          : format,
      ...counts.map(({ key, of }) => countCell(of(lines), key === "malformed" ? "warning" : undefined)),
    ] as Rich[],
  }));
  const rest = inputs.slice(shown.length);
  if (rest.length > 0) rows.push(totalRow(phrases.text.moreInputs(rest.length), rest, counts));
  if (inputs.length > 1) rows.push(totalRow(phrases.text.allInputs, inputs, counts));
  page.blank();
  page.table(columns, rows);
  writeSetAside(page, inputs);
}

/** What a row of `set aside` adds up. */
function writeSetAside(page: Page, inputs: readonly InputResult[]): void {
  const outside = inputs.reduce((sum, { lines }) => sum + lines.outsideWindow, 0);
  const structure = inputs.reduce((sum, { lines }) => sum + lines.structure, 0);
  const parts = [
    outside > 0 ? phrases.text.outsideWindow(outside) : "",
    structure > 0 ? phrases.text.structure(structure) : "",
  ].filter((part) => part !== "");
  if (parts.length > 0) page.paragraph({ text: phrases.text.setAside(parts.join(", ")), tone: "quiet" });
}

function totalRow(name: string, inputs: readonly InputResult[], counts: readonly LineCount[]): { cells: Rich[] } {
  const sums = counts.map(({ of }) => countCell(inputs.reduce((sum, { lines }) => sum + of(lines), 0)));
  return { cells: [{ text: name, tone: "quiet" }, "", ...sums] };
}

function writeFirewalls(page: Page, firewalls: readonly FirewallResult[]): void {
  if (firewalls.length === 0) return;
  const titles = phrases.text.columns;
  const columns: Column[] = [
    { title: phrases.fields.firewall, flexible: true },
    { title: titles.platform },
    { title: titles.logsAllows },
    { title: titles.logsDenies },
    { title: titles.allowed, align: "right" },
    { title: titles.denied, align: "right" },
    { title: titles.unit },
  ];
  const { shown, more } = busiestFirewalls(firewalls);
  const rows = shown.map((firewall) => ({
    cells: [
      firewall.name,
      platformTitles[firewall.platform],
      logged(firewall.logsAllows),
      logged(firewall.logsDenies),
      countCell(firewall.allowed),
      countCell(firewall.denied),
      phrases.units[firewall.unit],
    ],
  }));
  page.blank();
  page.table(columns, rows);
  if (more > 0) page.paragraph({ text: phrases.moreFirewalls(more), tone: "quiet" });
}

function logged(yes: boolean): Rich {
  return yes ? { text: `✔ ${phrases.yes}`, tone: "good" } : { text: `✖ ${phrases.no}`, tone: "warning" };
}

function writeLimits(page: Page, limits: readonly string[]): void {
  if (limits.length === 0) return;
  page.blank();
  page.paragraph({ text: phrases.limits, tone: "quiet" });
  for (const limit of limits) page.paragraph([{ text: "▲ ", tone: "warning" }, limit], 2, 2);
}
