/** Rows that leave the program: saved to a file, or copied. */
import { csvRow } from "../../../reports/escape.ts";
import { phrases } from "../../../reports/phrases.ts";
import { findingFlow, portsText } from "../../../reports/words.ts";
import type { FindingResult, ResultPorts } from "../../../rules/result.ts";
import { plain } from "../look.ts";
import { subjectLines } from "../pages/row-pages.ts";
import { currentList, currentRow, currentTable, notesOf, type State } from "../state.ts";
import type { Subject } from "../subject.ts";

/** The rows that the filter shows, as the result's own objects, with the waivers of this session. */
export function savedRows(state: State): object[] {
  const table = currentTable(state);
  if (!table) return [];
  return Array.from(currentList(state).order, (row) => savedRow(table.subject(row), state));
}

function savedRow(subject: Subject, { waived }: State): object {
  switch (subject.kind) {
    case "finding":
      return { ...subject.finding, waived: waived.get(subject.finding.id) ?? null };
    case "requirement":
      return subject.requirement;
    case "policy":
      return subject.policy;
    case "flow":
      return subject.rows.saved(subject.row);
    case "evidence": {
      const { what, name, text } = subject.row;
      return { what, name, text };
    }
  }
}

/** A file's content, after its ending. */
export function savedText(file: string, view: string, filter: string, rows: readonly object[]): string {
  if (/\.json$/i.test(file)) return `${JSON.stringify({ view, filter, rows }, null, 2)}\n`;
  return csvText(rows);
}

/** Lists are joined, objects and hourly counts left to JSON. */
function csvText(rows: readonly object[]): string {
  const names = Object.entries(rows[0] ?? {})
    .filter(([name, value]) => isCell(name, value))
    .map(([name]) => name);
  const cells = rows.map((row) => names.map((name) => csvValue(name, (row as Record<string, unknown>)[name])));
  return [names, ...cells].map(csvRow).join("");
}

function isCell(name: string, value: unknown): boolean {
  if (name === "waived" || name === "localPorts" || name === "remotePorts") return true;
  if (Array.isArray(value)) return !["hourly", "examples", "remediation"].includes(name);
  return name === "citation" || typeof value !== "object" || value === null;
}

function csvValue(name: string, value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return value;
  if (/ports$/i.test(name)) return portsText(value as ResultPorts);
  if (name === "waived") {
    const { reason, owner, expires } = value as NonNullable<FindingResult["waived"]>;
    return `${reason} (${phrases.text.acceptedBy(owner, expires)})`;
  }
  if (name === "citation") {
    const { section, document, statement } = value as NonNullable<FindingResult["citation"]>;
    return `${statement} (${phrases.citation(section, document)})`;
  }
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** The marked rows of this view, else the current one. */
export function chosenRows(state: State): number[] {
  const table = currentTable(state);
  if (!table) return [];
  const marked = Array.from(currentList(state).order).filter((row) => state.marks.has(table.keyOf(row)));
  const row = currentRow(state);
  return marked.length > 0 ? marked : row < 0 ? [] : [row];
}

/** Rows as lines of text. */
export function copiedRows(state: State): string {
  const table = currentTable(state);
  const notes = notesOf(state);
  return chosenRows(state)
    .map((row) => {
      const subject = table?.subject(row);
      if (subject?.kind === "finding") {
        const { severity, title, id } = subject.finding;
        return `${phrases.text.severity[severity]}: ${title} (${findingFlow(subject.finding)}) ${id}`;
      }
      return (table?.columns ?? []).map((_, column) => table?.cell(row, column, notes).text).join("  ");
    })
    .join("\n");
}

/** The detail pane's text, without its looks. */
export function subjectText(state: State, subject: Subject): string {
  if (!state.result) return "";
  const look = { ascii: false, color: false };
  return subjectLines(subject, state.result, notesOf(state), 100, look, false)
    .map((line) => plain(line).trimEnd())
    .join("\n");
}
