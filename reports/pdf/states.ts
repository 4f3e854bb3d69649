/** Scorecards, charts by component, what the logs leave open, and the coverage matrix of the PDF report. */
import type { Content } from "pdfmake";
import type { PolicyState, RequirementState } from "../../rules/result.ts";
import { documentText, type ReportDocument } from "../document.ts";
import { light } from "../html/palette.ts";
import { groupByReason, policiesToRead, policyStates, requirementStates } from "../outline.ts";
import { phrases } from "../phrases.ts";
import type { Scorecard } from "../scorecard.ts";
import { hostsText } from "../systems.ts";
import { stateLook } from "../text/style.ts";
import type { Timeline } from "../timeline.ts";
import { number, requirementFlow } from "../words.ts";
import { columnChart, stateBar } from "./charts.ts";
import { printable } from "./fonts.ts";
import { caption, facts, heading, note, PAGE_WIDTH, quiet, stateChip, table, text } from "./parts.ts";

export function scorecardPages(document: ReportDocument): Content[] {
  const { cards, timeline } = document;
  const charts = [...(timeline === null ? [] : overTime(timeline)), ...cards.flatMap(components)];
  return [
    ...(cards.length === 0 ? [] : [heading(2, phrases.sections.scorecard, { listed: true }), ...cards.map(card)]),
    ...(charts.length === 0 ? [] : [heading(2, phrases.sections.charts, { listed: true }), ...charts]),
  ];
}

function card(one: Scorecard): Content {
  const { fields } = phrases;
  const { deployment } = one;
  return {
    unbreakable: true,
    margin: [0, 0, 0, 12],
    stack: [
      heading(3, deployment?.product ?? one.name),
      ...facts([
        [fields.vendorName, deployment?.vendor ?? ""],
        [fields.catalog, one.name],
        [fields.document, deployment ? documentText(deployment) : ""],
        [fields.features, deployment?.features.join(", ") ?? ""],
        [fields.hosts, deployment === null ? "" : hostsText(deployment)],
        [fields.findings, one.findings],
      ]),
      text(phrases.proven(one.open, one.applicable), { bold: true, margin: [0, 4, 0, 3] }),
      stateBar(ordered(one.requirements), one.applicable, PAGE_WIDTH, 10),
      legend(fields.requirements, one.requirements, requirementStates),
      legend(fields.policies, one.policies, policyStates),
    ],
  };
}

function ordered(states: ReadonlyMap<RequirementState, number>): Map<RequirementState, number> {
  return new Map(requirementStates.map((state) => [state, states.get(state) ?? 0]));
}

function legend<State extends RequirementState | PolicyState>(
  title: string,
  states: ReadonlyMap<State, number>,
  order: readonly State[],
): Content {
  const present = order.filter((state) => (states.get(state) ?? 0) > 0);
  if (present.length === 0) return text("");
  const parts = present.flatMap((state): Content[] => [
    stateChip(state),
    `\u00a0${number(states.get(state) ?? 0)}    `,
  ]);
  return { text: [{ text: `${title}:  `, color: quiet }, ...parts] as Content[], margin: [0, 5, 0, 0] };
}

/** One chart under the other, on one time axis. */
function overTime({ note: whatColumnsAre, from, to, charts }: Timeline): Content[] {
  return [
    heading(3, phrases.chart.activity),
    note(whatColumnsAre),
    ...charts.map(
      ({ title, peak, ground, counts, part }): Content => ({
        unbreakable: true,
        stack: [
          text(`${title} (${peak})`, { margin: [0, 6, 0, 2] }),
          ...(part === null
            ? []
            : [
                {
                  text: [
                    { text: "■ ", color: light.grounds[part.ground] },
                    printable(`${part.words}   `),
                    { text: "■ ", color: light.grounds[ground] },
                    printable(part.rest),
                  ],
                  fontSize: 8,
                  color: quiet,
                  margin: [0, 0, 0, 2],
                } as Content,
              ]),
          columnChart(PAGE_WIDTH, 42, { ground, counts }, part),
          {
            columns: [text(from), text(to, { alignment: "right" })],
            fontSize: 7.5,
            color: quiet,
          },
        ],
      }),
    ),
  ];
}

const BAR_WIDTH = 110;

function components(one: Scorecard): Content[] {
  if (one.components.length === 0) return [];
  const widest = Math.max(...one.components.map(({ applicable }) => applicable));
  const present = requirementStates.filter((state) =>
    one.components.some(({ states }) => (states.get(state) ?? 0) > 0),
  );
  const idle = one.idleComponents;
  return [
    caption(`${phrases.chart.components}: ${one.name}`),
    table(
      [
        { title: phrases.fields.component, width: "*" },
        { title: phrases.fields.requirements, width: BAR_WIDTH },
        ...present.map((state) => ({
          title: `${stateLook[state].symbol} ${stateLook[state].brief}`,
          width: 44,
          right: true,
        })),
      ],
      one.components.map(({ name, states }) => [
        name,
        stateBar(ordered(states), widest, BAR_WIDTH - 2, 7),
        ...present.map((state) => states.get(state) ?? 0),
      ]),
    ),
    ...(idle.length > 0
      ? [text(phrases.notApplicableComponents(idle.length, idle.join(", ")), { fontSize: 8, color: quiet })]
      : []),
  ];
}

export function unprovenPages({ outline }: ReportDocument): Content[] {
  const { fields } = phrases;
  const unseen = outline.deployments.flatMap(({ name, requirements }) => {
    const groups = groupByReason(requirements.filter(({ state }) => state === "not-seen" || state === "manual"));
    if (groups.length === 0) return [];
    const rows = groups.map(({ reason, rows: all }) => [
      reason ?? phrases.unknown,
      number(all.length),
      all.map(({ id }) => id).join(", "),
    ]);
    const columns = [
      { title: fields.cure, width: 170 },
      { title: fields.count, width: 34, right: true },
      { title: fields.requirements, width: "*" as const },
    ];
    return [caption(name), table(columns, rows)];
  });
  if (outline.deployments.length === 0) return [];
  return [
    heading(2, phrases.sections.notSeen, { listed: true }),
    ...(unseen.length === 0 ? [text(phrases.allSeen)] : [note(phrases.notSeenNote), ...unseen]),
  ];
}

export function policyPages({ outline }: ReportDocument): Content[] {
  const { fields } = phrases;
  const parts = outline.deployments
    .filter(({ policies }) => policies.length > 0)
    .flatMap(({ name, policies }) => {
      const { judged, byHand } = policiesToRead(policies);
      const judgedTable = table(
        [
          { title: fields.statement, width: "*" },
          { title: fields.state, width: 76 },
          { title: fields.reason, width: 124 },
          { title: fields.section, width: 82 },
        ],
        judged.map(({ statement, state, reason, section }) => [statement, stateChip(state), reason ?? "", section]),
      );
      const byHandTables = byHand.flatMap(({ reason, rows }) => [
        caption(`${stateLook.manual.symbol} ${stateLook.manual.words}${reason === null ? "" : `: ${reason}`}`),
        table(
          [
            { title: fields.statement, width: "*" },
            ...(reason === null ? [{ title: fields.reason, width: 150 }] : []),
            { title: fields.section, width: 110 },
          ],
          rows.map((row) => [row.statement, ...(reason === null ? [row.reason ?? ""] : []), row.section]),
        ),
      ]);
      return [heading(3, name), ...(judged.length > 0 ? [judgedTable] : []), ...byHandTables];
    });
  if (parts.length === 0) return [];
  const manual = outline.deployments.some(({ policies }) => policies.some(({ state }) => state === "manual"));
  return [
    heading(2, phrases.sections.policies, { listed: true }),
    ...(manual ? [note(phrases.manualNote(stateLook.manual.words))] : []),
    ...parts,
  ];
}

/** A longer matrix begins on a page of its own. */
const OWN_PAGE = 30;

export function coveragePages({ outline, result }: ReportDocument): Content[] {
  const title = heading(2, phrases.sections.coverage, { listed: true, newPage: result.requirements.length > OWN_PAGE });
  if (result.requirements.length === 0) return [title, text(phrases.noCoverage)];
  const { fields } = phrases;
  const tables = outline.deployments
    .filter(({ requirements }) => requirements.length > 0)
    .flatMap(({ name, requirements }) => [
      caption(name),
      table(
        [
          { title: fields.requirement, width: 92 },
          { title: fields.state, width: 76 },
          { title: fields.needs, width: "*" },
          { title: fields.allowed, width: 32, right: true },
          { title: fields.denied, width: 40, right: true },
          { title: fields.section, width: 40 },
        ],
        requirements.map((row) => [
          row.id,
          stateChip(row.state),
          `${row.application}; ${requirementFlow(row)}`,
          row.allowed,
          row.denied,
          row.section,
        ]),
      ),
    ]);
  return [title, note(phrases.coverageNote(result.requirements.length)), ...tables];
}
