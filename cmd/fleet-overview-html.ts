/** The overview across customers as one HTML file, in the reports' own style; for the provider, never for a customer. */
import { createHash } from "node:crypto";
import { type Markup, type MarkupPart, markup, trusted } from "../reports/html-markup.ts";
import type { Ground } from "../reports/html-palette.ts";
import { chip, countCell, severityChip, table } from "../reports/html-parts.ts";
import { style } from "../reports/html-style.ts";
import { phrases } from "../reports/phrases.ts";
import { severityLook } from "../reports/text-style.ts";
import { spanText } from "../reports/times.ts";
import { SEVERITIES } from "../rules/result.ts";
import type { CustomerRow, FleetOverview } from "./fleet-overview.ts";

const STATUS: Readonly<Record<CustomerRow["status"], { words: string; symbol: string; ground: Ground }>> = {
  done: { words: "Audited", symbol: "✔", ground: "open" },
  incomplete: { words: "Incomplete", symbol: "▲", ground: "medium" },
  failed: { words: "Failed", symbol: "✖", ground: "critical" },
  "not-run": { words: "Not in this run", symbol: "○", ground: "info" },
};

export function overviewHtml(overview: FleetOverview): string {
  const { run, customers, warnings, tool } = overview;
  const failed = customers.filter(({ status }) => status === "failed");
  const title = `Fleet overview, run ${run}`;
  const body = markup`<header class="top">
<h1>${title}</h1>
<p class="quiet">All customers, worst first. This page is for the provider: each customer's own reports lie in its folder.</p>
</header>
<main id="main">
${totals(customers)}${failed.length > 0 ? failures(failed) : null}<section aria-labelledby="customers"><h2 id="customers">Customers</h2>
${customersTable(customers)}
</section>
${notes(customers, warnings)}</main>
<footer class="end"><p>${title} · ${tool.name} ${tool.version}</p></footer>`;
  return `${page(title, body)}\n`;
}

/** How many customers are in which state, and how many have findings of each severity. */
function totals(customers: readonly CustomerRow[]): Markup {
  const states = (Object.keys(STATUS) as CustomerRow["status"][])
    .map((status) => ({ ...STATUS[status], count: customers.filter((row) => row.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ words, symbol, ground, count }) => markup`<li>${chip(symbol, words, ground)} ${count}</li>\n`);
  const worst = SEVERITIES.map((severity) => ({
    severity,
    count: customers.filter(({ findings }) => (findings?.[severity] ?? 0) > 0).length,
  }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => markup`<li>${severityChip(severity)} ${count}</li>\n`);
  return markup`<section aria-labelledby="totals"><h2 id="totals">In short</h2>
<ul class="legend" aria-label="Customers by status">
<li class="quiet" aria-hidden="true">${customers.length} customers:</li>
${states}</ul>
${
  worst.length === 0
    ? null
    : markup`<ul class="legend" aria-label="Customers with findings of each severity">
<li class="quiet" aria-hidden="true">Customers with findings:</li>
${worst}</ul>
`
}</section>
`;
}

function failures(failed: readonly CustomerRow[]): Markup {
  return markup`<section aria-labelledby="failed"><h2 id="failed">Failed in this run</h2>
<ul>
${failed.map(({ name, messages }) => markup`<li><strong>${name}</strong>: ${messages.join("; ")}</li>\n`)}</ul>
</section>
`;
}

function customersTable(customers: readonly CustomerRow[]): Markup {
  return table(
    "Findings by customer, and what changed since the run before",
    [
      { title: "Customer", kind: "wide" },
      { title: "Status" },
      ...SEVERITIES.map((severity) => ({
        title: `${severityLook[severity].symbol} ${phrases.severity[severity]}`,
        kind: "number" as const,
      })),
      { title: "Waived", kind: "number" },
      { title: "Since the run before" },
    ],
    customers.map((row) => ({ cells: cellsOf(row) })),
  );
}

function cellsOf(row: CustomerRow): MarkupPart[] {
  const { name, status, findings, waived, worst } = row;
  const { words, symbol, ground } = STATUS[status];
  return [
    [
      name,
      ...worst.map(({ severity, title }) => markup`<span class="said small">${severityChip(severity)} ${title}</span>`),
      reports(row),
    ],
    chip(symbol, words, ground),
    ...SEVERITIES.map((severity) => (findings ? countCell(findings[severity]) : "–")),
    findings ? countCell(waived) : "–",
    changesText(row),
  ];
}

function changesText({ changes }: CustomerRow): string {
  if (changes === null) return "–";
  const { new: fresh, gone, notSeenAgain } = changes;
  const parts = [
    fresh > 0 ? `${fresh} new` : "",
    gone > 0 ? `${gone} gone` : "",
    notSeenAgain > 0 ? `${notSeenAgain} not seen again` : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : "nothing";
}

function reports({ files, run, from, to }: CustomerRow): MarkupPart {
  if (run === null) return null;
  const span = spanText(from, to);
  const links = files.map((file) => {
    const target = file.split("/").map(encodeURIComponent).join("/");
    return markup`<a href="${target}">${file.split("/").at(-1) ?? file}</a> `;
  });
  return markup`<span class="said small"><span class="quiet">${run}:</span> ${links}</span>${
    span === null ? null : markup`<span class="said small quiet">logs of ${span}</span>`
  }`;
}

function notes(customers: readonly CustomerRow[], warnings: readonly string[]): Markup | null {
  const told = customers.filter(({ status, messages }) => status !== "failed" && messages.length > 0);
  if (told.length === 0 && warnings.length === 0) return null;
  return markup`<section aria-labelledby="notes"><h2 id="notes">To look at</h2>
<ul>
${warnings.map((warning) => markup`<li>${warning}</li>\n`)}${told.map(({ name, messages }) => markup`<li><strong>${name}</strong>: ${messages.join("; ")}</li>\n`)}</ul>
</section>
`;
}

function page(title: string, body: Markup): Markup {
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the overview</a>
<div class="layout">
${body}
</div>
</body>
</html>`;
}
