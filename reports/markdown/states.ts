/** Requirements and policies in Markdown. */
import type { PolicyState, RequirementState } from "../../rules/result.ts";
import { documentText, type ReportDocument } from "../document.ts";
import { groupByReason, policiesToRead, policyStates, requirementStates } from "../outline.ts";
import { phrases } from "../phrases.ts";
import type { Scorecard } from "../scorecard.ts";
import { hostsText } from "../systems.ts";
import { stateLook } from "../text/style.ts";
import { number, requirementFlow } from "../words.ts";
import { facts, heading, paragraph, table } from "./text.ts";

export function markdownScorecard({ cards }: ReportDocument): string {
  return cards.map(card).join("");
}

function card(one: Scorecard): string {
  const { fields } = phrases;
  const { deployment } = one;
  return [
    heading(3, deployment?.product ?? one.name),
    facts([
      [fields.vendorName, deployment?.vendor ?? ""],
      [fields.catalog, one.name],
      [fields.document, deployment === null ? "" : documentText(deployment)],
      [fields.features, deployment?.features.join(", ") ?? ""],
      [fields.hosts, deployment === null ? "" : hostsText(deployment)],
      [
        fields.requirements,
        `${phrases.proven(one.open, one.applicable)}${counts(one.requirements, requirementStates)}`,
      ],
      [fields.policies, counts(one.policies, policyStates).replace(/^: /, "")],
    ]),
  ].join("");
}

function counts<State extends RequirementState | PolicyState>(
  states: ReadonlyMap<State, number>,
  order: readonly State[],
): string {
  const present = order.filter((state) => (states.get(state) ?? 0) > 0);
  return present.length === 0
    ? ""
    : `: ${present.map((state) => `${states.get(state)} ${stateLook[state].words}`).join(", ")}`;
}

export function markdownNotSeen({ outline }: ReportDocument): string {
  if (outline.deployments.length === 0) return "";
  const { fields } = phrases;
  const parts = outline.deployments.map(({ name, requirements }) => {
    const groups = groupByReason(requirements.filter(({ state }) => state === "not-seen" || state === "manual"));
    if (groups.length === 0) return "";
    const rows = groups.map(({ reason, rows: all }) => [
      reason ?? phrases.unknown,
      number(all.length),
      all.map(({ id }) => id).join(", "),
    ]);
    return (
      heading(3, name) +
      table([{ title: fields.cure }, { title: fields.count, right: true }, { title: fields.requirements }], rows)
    );
  });
  const body = parts.join("");
  return body === "" ? paragraph(phrases.allSeen) : paragraph(phrases.notSeenNote) + body;
}

export function markdownPolicies({ outline }: ReportDocument): string {
  const { fields } = phrases;
  return outline.deployments
    .filter(({ policies }) => policies.length > 0)
    .map(({ name, policies }) => {
      const { judged, byHand } = policiesToRead(policies);
      const rows = [...judged, ...byHand.flatMap(({ rows: all }) => all)].map(
        ({ id, state, section, statement, reason }) => [statement, signed(state), reason ?? "", section, id],
      );
      return (
        heading(3, name) +
        table(
          [fields.statement, fields.state, fields.reason, fields.section, fields.policyId].map((title) => ({ title })),
          rows,
        )
      );
    })
    .join("");
}

export function markdownCoverage({ outline, result }: ReportDocument): string {
  if (result.requirements.length === 0) return paragraph(phrases.noCoverage);
  const { fields } = phrases;
  const titles = [fields.requirement, fields.state, fields.component, fields.needs, fields.strength];
  const columns = [
    ...titles.map((title) => ({ title })),
    { title: fields.allowed, right: true },
    { title: fields.denied, right: true },
    { title: fields.section },
  ];
  const tables = outline.deployments
    .filter(({ requirements }) => requirements.length > 0)
    .map(
      ({ name, requirements }) =>
        heading(3, name) +
        table(
          columns,
          requirements.map((row) => [
            row.id,
            signed(row.state),
            row.component,
            `${row.application}; ${requirementFlow(row)}`,
            phrases.strength[row.strength],
            number(row.allowed),
            number(row.denied),
            row.section,
          ]),
        ),
    );
  return paragraph(phrases.coverageNote(result.requirements.length)) + tables.join("");
}

function signed(state: RequirementState | PolicyState): string {
  return `${stateLook[state].symbol} ${stateLook[state].words}`;
}
