/** The overview across customers as text. Names and messages come from outside: nothing in them reaches the terminal raw. */
import { neutralise } from "../../reports/escape.ts";
import { phrases } from "../../reports/phrases.ts";
import { textWidth } from "../../reports/text/width.ts";
import { SEVERITIES } from "../../rules/result.ts";
import type { CustomerRow, FleetOverview } from "./overview.ts";

const LONGEST_NAME = 40;

export function overviewText({ run, customers, warnings }: FleetOverview): string {
  const audited = customers.filter(({ status }) => status === "done" || status === "incomplete").length;
  const failed = customers.filter(({ status }) => status === "failed");
  const { overview: words } = phrases;
  const head = words.head(run, audited, customers.length, failed.length);
  const table = [
    [
      words.columns.customer,
      words.columns.status,
      ...SEVERITIES.map((severity) => phrases.severity[severity]),
      phrases.fields.waived,
      words.columns.new,
      words.columns.gone,
      words.columns.run,
    ].map((title) => title.toUpperCase()),
    ...customers.map(cellsOf),
  ];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((cells) => textWidth(cells[column] ?? ""))));
  const lines = table.map((cells) =>
    cells
      .map((cell, column) => {
        const room = " ".repeat((widths[column] ?? 0) - textWidth(cell));
        return column < 2 || column === cells.length - 1 ? cell + room : room + cell;
      })
      .join("  ")
      .trimEnd(),
  );
  return `${[head, "", ...lines, ...troubles(customers), ...(warnings.length > 0 ? [""] : []), ...warnings.map((warning) => words.warning(neutralise(warning)))].join("\n")}\n`;
}

function cellsOf({ name, status, findings, waived, changes, run }: CustomerRow): string[] {
  const count = (value: number | undefined) => (value === undefined ? "-" : String(value));
  return [
    cut(neutralise(name)),
    phrases.overview.statusWord[status],
    ...SEVERITIES.map((severity) => count(findings?.[severity])),
    findings ? count(waived) : "-",
    count(changes?.new),
    count(changes?.gone),
    run ?? "-",
  ];
}

/** Everything that went wrong, under the name of the customer it concerns. */
function troubles(customers: readonly CustomerRow[]): string[] {
  return customers
    .filter(({ status, messages }) => status === "failed" || messages.length > 0)
    .flatMap(({ name, status, messages }) => [
      `\n${neutralise(name)}${status === "failed" ? ` ${phrases.overview.statusWord.failed}` : ""}:`,
      ...messages.map((message) => `  ${neutralise(message)}`),
    ]);
}

function cut(name: string): string {
  const letters = [...name];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join("")}…` : name;
}
