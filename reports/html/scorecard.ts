/** One card a system, and the charts: what was seen open, component by component, and when findings happened. */
import type { PolicyState, RequirementState } from "../../rules/result.ts";
import { documentText, type ReportDocument } from "../document.ts";
import { policyStates, requirementStates } from "../outline.ts";
import { phrases } from "../phrases.ts";
import type { Scorecard } from "../scorecard.ts";
import { groundOfState } from "../state-ground.ts";
import { hostsText } from "../systems.ts";
import { stateLook } from "../text/style.ts";
import type { Timeline } from "../timeline.ts";
import { number } from "../words.ts";
import { type Markup, markup } from "./markup.ts";
import type { Ground } from "./palette.ts";
import { columnChart, countCell, facts, stateChip, table } from "./parts.ts";

/** Null where no system is deployed. */
export function scorecardSection({ cards }: ReportDocument): Markup | null {
  return cards.length === 0 ? null : markup`${cards.map(card)}`;
}

function card(one: Scorecard): Markup {
  const { fields } = phrases;
  const { deployment } = one;
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
        [fields.hosts, hostsText(deployment)],
      ])
}
<p><strong>${phrases.proven(one.open, one.applicable)}</strong></p>
${bar(one.requirements, requirementStates, one.applicable)}
${legend(one.requirements, requirementStates, fields.requirements)}
${legend(one.policies, policyStates, fields.policies)}
<p>${fields.findings}: ${one.findings}</p>
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

/** Null where there is nothing to draw. */
export function chartsSection({ timeline, cards }: ReportDocument): Markup | null {
  const components = cards.filter((one) => one.components.length > 0).map(componentsTable);
  return timeline === null && components.length === 0
    ? null
    : markup`${timeline === null ? null : overTime(timeline)}${components}`;
}

/** One chart under the other, on one time axis: nothing is told by colour alone. */
function overTime({ note, from, to, charts }: Timeline): Markup {
  return markup`<h3>${phrases.chart.activity}</h3>
<p class="small quiet">${note}</p>
${charts.map(
  ({ title, peak, text, ground, counts, part }) => markup`<figure>
<figcaption><strong>${title}</strong> (${peak})${
    part === null
      ? null
      : markup`<span class="parts">${key(part.ground)} ${part.words} ${key(ground)} ${part.rest}</span>`
  }</figcaption>
${columnChart("chart", text, { ground, counts }, part)}
<p class="axis"><span>${from}</span><span>${to}</span></p>
</figure>
`,
)}`;
}

function key(ground: Ground): Markup {
  return markup`<svg class="key" viewBox="0 0 1 1" aria-hidden="true" focusable="false"><rect class="f-${ground}" width="1" height="1"/></svg>`;
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
