/** The overview across customers as text. Names and messages come from outside: nothing in them reaches the terminal raw. */
import { neutralise } from "../reports/escape.ts";
import { textWidth } from "../reports/text-width.ts";
import { SEVERITIES } from "../rules/result.ts";
import type { CustomerRow, FleetOverview } from "./fleet-overview.ts";

const LONGEST_NAME = 40;

export function overviewText({ run, customers, warnings }: FleetOverview): string {
  const audited = customers.filter(({ status }) => status === "done" || status === "incomplete").length;
  const failed = customers.filter(({ status }) => status === "failed");
  const head = `Fleet run ${run}: ${audited} of ${customers.length} customers audited${failed.length > 0 ? `, ${failed.length} FAILED` : ""}`;
  const table = [
    ["CUSTOMER", "STATUS", ...SEVERITIES.map((severity) => severity.toUpperCase()), "WAIVED", "NEW", "GONE", "RUN"],
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
  return `${[head, "", ...lines, ...troubles(customers), ...(warnings.length > 0 ? [""] : []), ...warnings.map((warning) => `warning: ${neutralise(warning)}`)].join("\n")}\n`;
}

function cellsOf({ name, status, findings, waived, changes, run }: CustomerRow): string[] {
  const count = (value: number | undefined) => (value === undefined ? "-" : String(value));
  return [
    cut(neutralise(name)),
    status === "failed" ? "FAILED" : status,
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
      `\n${neutralise(name)}${status === "failed" ? " FAILED" : ""}:`,
      ...messages.map((message) => `  ${neutralise(message)}`),
    ]);
}

function cut(name: string): string {
  const letters = [...name];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join("")}…` : name;
}
