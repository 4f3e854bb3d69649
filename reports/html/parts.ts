/** What many sections of the HTML report are made of: chips, tables, facts, prose. */
import type { PolicyState, RequirementState, Severity } from "../../rules/result.ts";
import { blocksOf } from "../blocks.ts";
import { neutralise } from "../escape.ts";
import { phrases } from "../phrases.ts";
import { groundOfState } from "../state-ground.ts";
import { severityLook, stateLook } from "../text/style.ts";
import { number } from "../words.ts";
import { type Markup, type MarkupPart, markup } from "./markup.ts";
import type { Ground } from "./palette.ts";

/** Sign and word on a coloured ground. */
export function chip(symbol: string, words: string, ground: Ground): Markup {
  const sign = symbol === "" ? null : markup`<span aria-hidden="true">${symbol} </span>`;
  return markup`<span class="chip g-${ground}">${sign}${words}</span>`;
}

/** Sign, word and colour of a severity. */
export function severityChip(severity: Severity): Markup {
  return chip(severityLook[severity].symbol, phrases.severity[severity], severity);
}

/** Sign, word and colour of a state. */
export function stateChip(state: RequirementState | PolicyState): Markup {
  const { symbol, words } = stateLook[state];
  return chip(symbol, words, groundOfState(state));
}

export interface HtmlColumn {
  title: string;
  /** Numbers are set to the right; `wide` columns keep room for text. */
  kind?: "number" | "wide";
}

export interface HtmlRow {
  cells: MarkupPart[];
  /** Attributes of the row, as markup. */
  attributes?: Markup;
}

/** A table in a box that scrolls where the page is narrow. The first cell of each row is its heading. */
export function table(caption: string, columns: readonly HtmlColumn[], rows: readonly HtmlRow[], id?: string): Markup {
  const classOf = ({ kind }: HtmlColumn) =>
    kind === "number" ? markup` class="n"` : kind === "wide" ? markup` class="wide"` : null;
  return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table${id === undefined ? null : markup` id="${id}"`}>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => markup`<th scope="col"${classOf(column)}>${column.title}</th>`)}</tr></thead>
<tbody>
${rows.map(
  ({ cells, attributes = null }) =>
    markup`<tr${attributes}>${cells.map((cell, index) =>
      index === 0
        ? markup`<th scope="row"${classOf(columns[0] as HtmlColumn)}>${cell}</th>`
        : markup`<td${classOf(columns[index] as HtmlColumn)}>${cell}</td>`,
    )}</tr>\n`,
)}</tbody>
</table>
</div>`;
}

/** A count for a table's cell; none is a quiet dot that a screen reader reads as 0. */
export function countCell(count: number): MarkupPart {
  return count === 0 ? markup`<span class="quiet">0</span>` : number(count);
}

/** Labels and values; those without a value are left out. */
export function facts(entries: readonly (readonly [label: string, value: MarkupPart])[]): Markup {
  const present = entries.filter(([, value]) => value !== null && value !== "");
  return markup`<dl class="facts">
${present.map(([label, value]) => markup`<dt>${label}</dt><dd>${value}</dd>\n`)}</dl>`;
}

/** A text of sentences, steps and commands, each as what it is. */
export function prose(text: string): Markup {
  return markup`${blocksOf(text).map((block) => {
    if (block.kind === "code") return markup`<pre><code>${block.text}</code></pre>\n`;
    if (block.kind === "paragraph") return markup`<p>${block.text}</p>\n`;
    const items = block.items.map((item) => markup`<li>${item}</li>`);
    return block.ordered ? markup`<ol start="${block.start}">${items}</ol>\n` : markup`<ul>${items}</ul>\n`;
  })}`;
}

/** A log line as it stands there: one line, whatever line ends it holds. */
export function logText(text: string): Markup {
  return markup`<pre><code>${neutralise(text)}</code></pre>\n`;
}

export interface ChartSeries {
  ground: Ground;
  counts: readonly number[];
}

/** Counts as columns, and part of each at its foot; a count above none is always to be seen. */
export function columnChart(name: string, text: string, whole: ChartSeries, part: ChartSeries | null = null): Markup {
  const most = Math.max(1, ...whole.counts);
  const columns = ({ ground, counts }: ChartSeries) =>
    counts.map((count, index) => {
      if (count <= 0) return null;
      const height = Math.max(4, Math.round((count / most) * 100));
      return markup`<rect class="f-${ground}" x="${index * 10 + 1}" y="${100 - height}" width="8" height="${height}"/>`;
    });
  return markup`<svg class="${name}" role="img" aria-label="${text}" viewBox="0 0 ${whole.counts.length * 10} 100" preserveAspectRatio="none" focusable="false">${columns(whole)}${part && columns(part)}</svg>`;
}
