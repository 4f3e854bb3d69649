/** One card a system, and the charts: what was seen open, component by component, and when findings happened. */
import type { PolicyState, RequirementState } from "../rules/result.ts";
import { activityOf } from "./activity.ts";
import { documentText, type ReportDocument } from "./document.ts";
import { type Markup, markup } from "./html-markup.ts";
import { countCell, facts, stateChip, table } from "./html-parts.ts";
import { policyStates, requirementStates, severities } from "./outline.ts";
import { phrases } from "./phrases.ts";
import type { Scorecard } from "./scorecard.ts";
import { groundOfKind, groundOfState } from "./state-ground.ts";
import { stateLook } from "./text-style.ts";
import { timeText } from "./times.ts";
import { kindTitles, number } from "./words.ts";

/** Columns of a chart over time. */
const COLUMNS = 96;

export function scorecardSection({ cards }: ReportDocument): Markup | null {
  return cards.length === 0 ? null : markup`${cards.map(card)}`;
}

function card(one: Scorecard): Markup {
  const { fields } = phrases;
  const { deployment } = one;
  const findings = severities
    .filter((severity) => one.findings[severity] > 0)
    .map((severity) => `${one.findings[severity]} ${phrases.severity[severity].toLowerCase()}`);
  if (one.waived > 0) findings.push(phrases.waivedCount(one.waived));
  return markup`<div class="card">
<h3>${deployment?.product ?? one.name}</h3>
${
  deployment === null
    ? null
    : facts([
        [fields.vendorName, deployment.vendor],
        [fields.catalog, one.name],
        [fields.document, documentText(deployment)],
        [fields.features, deployment.features.join(", ")],
        [fields.hosts, deployment.hosts.map(({ role, addresses }) => `${role} ${addresses.join(", ")}`).join("; ")],
      ])
}
<p><strong>${phrases.proven(one.open, one.applicable)}</strong></p>
${bar(one.requirements, requirementStates, one.applicable)}
${legend(one.requirements, requirementStates, fields.requirements)}
${legend(one.policies, policyStates, fields.policies)}
<p>${fields.findings}: ${findings.length > 0 ? findings.join(", ") : phrases.none}</p>
</div>
`;
}

/** States as parts of one bar. What does not apply has no part in it. The numbers stand beside it, so it is hidden from screen readers. */
function bar(
  states: ReadonlyMap<RequirementState, number>,
  order: readonly RequirementState[],
  full: number,
): Markup | null {
  if (full === 0) return null;
  let x = 0;
  const parts = order
    .filter((state) => state !== "not-applicable")
    .map((state) => {
      const count = states.get(state) ?? 0;
      const at = x;
      x += count;
      return count === 0
        ? null
        : markup`<rect class="f-${groundOfState(state)}" x="${at}" y="0" width="${count}" height="1"/>`;
    });
  return markup`<svg class="bar" viewBox="0 0 ${full} 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">${parts}</svg>`;
}

function legend<State extends RequirementState | PolicyState>(
  states: ReadonlyMap<State, number>,
  order: readonly State[],
  title: string,
): Markup | null {
  const present = order.filter((state) => (states.get(state) ?? 0) > 0);
  if (present.length === 0) return null;
  return markup`<ul class="legend" aria-label="${title}">
<li class="quiet" aria-hidden="true">${title}:</li>
${present.map((state) => markup`<li>${stateChip(state)} ${number(states.get(state) ?? 0)}</li>\n`)}</ul>
`;
}

export function chartsSection({ outline, cards }: ReportDocument): Markup | null {
  const over = activity(outline.classes);
  const components = cards.filter((one) => one.components.length > 0).map(componentsTable);
  return over === null && components.length === 0 ? null : markup`${over}${components}`;
}

/** One chart a class, on one time axis: nothing is told by colour alone. */
function activity(classes: ReportDocument["outline"]["classes"]): Markup | null {
  const all = activityOf(
    classes.flatMap(({ findings }) => findings),
    COLUMNS,
  );
  if (all === null) return null;
  const bucket = all.hoursPerColumn === 1 ? phrases.chart.hour : phrases.chart.hours(all.hoursPerColumn);
  const charts = classes.map(({ kind }) => {
    const counts = all.columns.map(({ counts: ofKinds }) => ofKinds[kind]);
    const most = Math.max(...counts);
    if (most === 0) return null;
    return markup`<figure>
<figcaption><strong>${kindTitles[kind]}</strong> (${phrases.chart.busiest(number(most), bucket)})</figcaption>
${columnChart("chart", groundOfKind[kind], counts, phrases.chart.activityText(timeText(all.from), timeText(all.to), number(most)))}
<p class="axis"><span>${timeText(all.from)}</span><span>${timeText(all.to)}</span></p>
</figure>
`;
  });
  return markup`<h3>${phrases.chart.activity}</h3>
<p class="small quiet">${phrases.chart.activityNote(bucket)}</p>
${charts}`;
}

/** Counts as columns; a count above none is always to be seen. */
export function columnChart(name: string, ground: string, counts: readonly number[], text: string): Markup {
  const most = Math.max(1, ...counts);
  const rects = counts.map((count, index) => {
    if (count <= 0) return null;
    const height = Math.max(4, Math.round((count / most) * 100));
    return markup`<rect class="f-${ground}" x="${index * 10 + 1}" y="${100 - height}" width="8" height="${height}"/>`;
  });
  return markup`<svg class="${name}" role="img" aria-label="${text}" viewBox="0 0 ${counts.length * 10} 100" preserveAspectRatio="none" focusable="false">${rects}</svg>`;
}

function componentsTable(one: Scorecard): Markup {
  const widest = Math.max(...one.components.map(({ applicable }) => applicable));
  const present = requirementStates.filter((state) =>
    one.components.some(({ states }) => (states.get(state) ?? 0) > 0),
  );
  const columns = [
    { title: phrases.fields.component },
    { title: phrases.fields.requirements },
    ...present.map((state) => ({
      title: `${stateLook[state].symbol} ${stateLook[state].brief}`,
      kind: "number" as const,
    })),
  ];
  const rows = one.components.map(({ name, states }) => ({
    cells: [name, bar(states, requirementStates, widest), ...present.map((state) => countCell(states.get(state) ?? 0))],
  }));
  const idle = one.idleComponents;
  return markup`${table(`${phrases.chart.components}: ${one.name}`, columns, rows)}
${idle.length > 0 ? markup`<p class="small quiet">${phrases.notApplicableComponents(idle.length, idle.join(", "))}</p>\n` : null}`;
}
