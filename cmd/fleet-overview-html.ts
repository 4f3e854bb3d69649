/** The overview across customers as one HTML file, in the reports' own style; for the provider, never for a customer. */
import { createHash } from "node:crypto";
import { type Markup, type MarkupPart, markup, trusted } from "../reports/html-markup.ts";
import { severityChip, table } from "../reports/html-parts.ts";
import { style } from "../reports/html-style.ts";
import { SEVERITIES } from "../rules/result.ts";
import type { CustomerRow, FleetOverview } from "./fleet-overview.ts";

const STATUS_WORDS: Readonly<Record<CustomerRow["status"], string>> = {
  done: "Audited",
  incomplete: "Incomplete",
  failed: "Failed",
  "not-run": "Not in this run",
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
${failed.length > 0 ? failures(failed) : null}<section aria-labelledby="customers"><h2 id="customers">Customers</h2>
${customersTable(customers)}
</section>
${notes(customers, warnings)}</main>
<footer class="end"><p>${title} · ${tool.name} ${tool.version}</p></footer>`;
  return `${page(title, body)}\n`;
}

function failures(failed: readonly CustomerRow[]): Markup {
  return markup`<section aria-labelledby="failed"><h2 id="failed">Failed in this run</h2>
<ul>
${failed.map(({ name, messages }) => markup`<li><strong>${name}</strong>: ${messages.join("; ")}</li>\n`)}</ul>
</section>
`;
}

function customersTable(customers: readonly CustomerRow[]): Markup {
  const counts = ["Waived", "New", "Gone", "Not seen again"];
  return table(
    "Findings by customer, and what changed since the run before",
    [
      { title: "Customer", kind: "wide" },
      { title: "Status" },
      ...SEVERITIES.map((severity) => ({ title: severity, kind: "number" as const })),
      ...counts.map((title) => ({ title, kind: "number" as const })),
      { title: "Reports" },
      { title: "Window of the logs" },
    ],
    customers.map((row) => ({ cells: cellsOf(row) })),
  );
}

function cellsOf(row: CustomerRow): MarkupPart[] {
  const { name, status, findings, waived, changes, worst, from, to } = row;
  const count = (value: number | undefined): MarkupPart => (value === undefined ? "–" : value);
  return [
    [
      name,
      ...worst.map(({ severity, title }) => markup`<span class="said small">${severityChip(severity)} ${title}</span>`),
    ],
    STATUS_WORDS[status],
    ...SEVERITIES.map((severity) => count(findings?.[severity])),
    findings ? waived : "–",
    count(changes?.new),
    count(changes?.gone),
    count(changes?.notSeenAgain),
    reports(row),
    from === null || to === null ? "–" : `${from} to ${to}`,
  ];
}

function reports({ files, run }: CustomerRow): MarkupPart {
  if (run === null) return "–";
  const links = files.map((file) => {
    const target = file.split("/").map(encodeURIComponent).join("/");
    return markup`<a href="${target}">${file.split("/").at(-1) ?? file}</a> `;
  });
  return [markup`<span class="quiet">${run}</span> `, ...links];
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
