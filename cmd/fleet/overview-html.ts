/** The overview across customers as one HTML file, in the reports' own style; for the provider, never for a customer. */
import { type Markup, type MarkupPart, markup } from "../../reports/html/markup.ts";
import { htmlPage } from "../../reports/html/page.ts";
import type { Ground } from "../../reports/html/palette.ts";
import { chip, countCell, severityChip, table } from "../../reports/html/parts.ts";
import { style } from "../../reports/html/style.ts";
import { phrases } from "../../reports/phrases.ts";
import { severityLook } from "../../reports/text/style.ts";
import { spanText } from "../../reports/times.ts";
import { number } from "../../reports/words.ts";
import { SEVERITIES } from "../../rules/result.ts";
import type { CustomerRow, FleetOverview } from "./overview.ts";
import { AUDIT_FILE } from "./runs.ts";

const STATUS: Readonly<Record<CustomerRow["status"], { symbol: string; ground: Ground }>> = {
  done: { symbol: "✔", ground: "open" },
  incomplete: { symbol: "▲", ground: "medium" },
  failed: { symbol: "✖", ground: "critical" },
  "not-run": { symbol: "○", ground: "info" },
};

/** In the language that is being spoken. */
export function overviewHtml({ run, customers, warnings, tool }: FleetOverview): string {
  const { overview: words } = phrases;
  const failed = customers.filter(({ status }) => status === "failed");
  const title = words.title(run);
  return htmlPage({
    title,
    skip: words.skipToContent,
    style,
    body: markup`<header class="top">
<h1>${title}</h1>
<p class="quiet">${words.subtitle}</p>
</header>
<main id="main">
${totals(customers)}${failed.length > 0 ? failures(failed) : null}<section aria-labelledby="customers"><h2 id="customers">${words.customers}</h2>
${customersTable(customers)}
</section>
${notes(customers, warnings)}</main>
<footer class="end"><p>${title} · ${phrases.by(tool.name, tool.version)}</p></footer>`,
  });
}

/** How many customers are in which state, and how many have findings of each severity. */
function totals(customers: readonly CustomerRow[]): Markup {
  const { overview: words } = phrases;
  const states = (Object.keys(STATUS) as CustomerRow["status"][])
    .map((status) => ({ status, count: customers.filter((row) => row.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => markup`<li>${statusChip(status)} ${number(count)}</li>\n`);
  const worst = SEVERITIES.map((severity) => ({
    severity,
    count: customers.filter(({ findings }) => (findings?.[severity] ?? 0) > 0).length,
  }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => markup`<li>${severityChip(severity)} ${number(count)}</li>\n`);
  return markup`<section aria-labelledby="totals"><h2 id="totals">${words.inShort}</h2>
<ul class="legend" aria-label="${words.byStatus}">
<li class="quiet" aria-hidden="true">${words.all(customers.length)}</li>
${states}</ul>
${
  worst.length === 0
    ? null
    : markup`<ul class="legend" aria-label="${words.bySeverity}">
<li class="quiet" aria-hidden="true">${words.withFindings}</li>
${worst}</ul>
`
}</section>
`;
}

function statusChip(status: CustomerRow["status"]): Markup {
  const { symbol, ground } = STATUS[status];
  return chip(symbol, phrases.overview.status[status], ground);
}

function failures(failed: readonly CustomerRow[]): Markup {
  return markup`<section aria-labelledby="failed"><h2 id="failed">${phrases.overview.failed}</h2>
<ul>
${failed.map(({ name, messages }) => markup`<li><strong>${name}</strong>: ${messages.join("; ")}</li>\n`)}</ul>
</section>
`;
}

function customersTable(customers: readonly CustomerRow[]): Markup {
  const { overview: words } = phrases;
  return table(
    words.caption,
    [
      { title: words.customer, kind: "wide" },
      { title: phrases.fields.state },
      ...SEVERITIES.map((severity) => ({
        title: `${severityLook[severity].symbol} ${phrases.severity[severity]}`,
        kind: "number" as const,
      })),
      { title: phrases.fields.waived, kind: "number" },
      { title: words.changes },
    ],
    customers.map((row) => ({ cells: cellsOf(row) })),
  );
}

function cellsOf(row: CustomerRow): MarkupPart[] {
  const { name, status, findings, waived, worst } = row;
  return [
    [
      name,
      ...worst.map(
        ({ severity, title, isNew }) =>
          markup`<span class="said small">${severityChip(severity)}${isNew ? markup` ${chip("+", phrases.change.new, "manual")}` : null} ${title}</span>`,
      ),
      reports(row),
    ],
    statusChip(status),
    ...SEVERITIES.map((severity) => (findings ? countCell(findings[severity]) : "–")),
    findings ? countCell(waived) : "–",
    changesText(row),
  ];
}

function changesText({ changes }: CustomerRow): string {
  if (changes === null) return "–";
  const { overview: words } = phrases;
  const { new: fresh, gone, notSeenAgain } = changes;
  const parts = [
    fresh > 0 ? words.new(fresh) : "",
    gone > 0 ? words.gone(gone) : "",
    notSeenAgain > 0 ? words.notSeenAgain(notSeenAgain) : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : words.unchanged;
}

function reports({ files, run, from, to }: CustomerRow): MarkupPart {
  if (run === null) return null;
  const span = spanText(from, to);
  const forPeople = [...files].sort((a, b) => Number(a.endsWith(AUDIT_FILE)) - Number(b.endsWith(AUDIT_FILE)));
  const links = forPeople.map((file) => {
    const target = file.split("/").map(encodeURIComponent).join("/");
    return markup`<a href="${target}">${file.split("/").at(-1) ?? file}</a> `;
  });
  return markup`<span class="said small"><span class="quiet">${run}:</span> ${links}</span>${
    span === null ? null : markup`<span class="said small quiet">${phrases.overview.logsOf(span)}</span>`
  }`;
}

function notes(customers: readonly CustomerRow[], warnings: readonly string[]): Markup | null {
  const told = customers.filter(({ status, messages }) => status !== "failed" && messages.length > 0);
  if (told.length === 0 && warnings.length === 0) return null;
  return markup`<section aria-labelledby="notes"><h2 id="notes">${phrases.overview.notes}</h2>
<ul>
${warnings.map((warning) => markup`<li>${warning}</li>\n`)}${told.map(({ name, messages }) => markup`<li><strong>${name}</strong>: ${messages.join("; ")}</li>\n`)}</ul>
</section>
`;
}
