/** The coverage matrix: every requirement of every document, with a filter for readers whose browser runs scripts. */
import type { ReportDocument } from "../document.ts";
import { requirementStates } from "../outline.ts";
import { phrases } from "../phrases.ts";
import { stateLook } from "../text/style.ts";
import { requirementFlow } from "../words.ts";
import { type Markup, markup } from "./markup.ts";
import { countCell, stateChip, table } from "./parts.ts";

export function coverageSection(document: ReportDocument): Markup {
  const { outline, result } = document;
  if (result.requirements.length === 0) return markup`<p>${phrases.noCoverage}</p>`;
  const { fields } = phrases;
  const rows = outline.deployments.flatMap(({ name, requirements }, system) =>
    requirements.map((row) => ({
      attributes: markup` data-state="${row.state}" data-system="${system}"`,
      cells: [
        markup`<span class="id">${row.id}</span> <span class="under">${name} · ${row.section}</span>`,
        stateChip(row.state),
        row.component,
        markup`${row.application}; ${requirementFlow(row)}${row.reason === null ? null : markup` <span class="under">${row.reason}</span>`}`,
        phrases.strength[row.strength],
        countCell(row.allowed),
        countCell(row.denied),
      ],
    })),
  );
  return markup`<p>${phrases.coverageNote(result.requirements.length)}</p>
${filter(document, rows.length)}
${table(
  fields.allRequirements,
  [
    { title: fields.requirement },
    { title: fields.state },
    { title: fields.component },
    { title: fields.needs, kind: "wide" },
    { title: fields.strength },
    { title: fields.allowed, kind: "number" },
    { title: fields.denied, kind: "number" },
  ],
  rows,
  "matrix",
)}`;
}

/** Hidden until the script runs: without it, it would do nothing. */
function filter({ outline, result }: ReportDocument, rows: number): Markup {
  const { filter: words } = phrases;
  const states = requirementStates.filter((state) => result.requirements.some((row) => row.state === state));
  const systems = outline.deployments.flatMap(({ name, requirements }, index) =>
    requirements.length > 0 ? [{ name, index }] : [],
  );
  const system =
    systems.length < 2
      ? null
      : markup`<label>${words.system} <select name="system"><option value="">${words.any}</option>${systems.map(
          ({ name, index }) => markup`<option value="${index}">${name}</option>`,
        )}</select></label>\n`;
  return markup`<div class="filter" id="filter" role="search" aria-label="${words.title}" data-shown="${words.shown("#", String(rows))}" hidden>
<label>${words.search} <input type="search" name="search" autocomplete="off"></label>
<label>${words.state} <select name="state"><option value="">${words.any}</option>${states.map(
    (state) => markup`<option value="${state}">${stateLook[state].words}</option>`,
  )}</select></label>
${system}<output role="status"></output>
</div>`;
}
