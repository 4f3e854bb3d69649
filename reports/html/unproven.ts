/** What the logs leave open: requirements without a trace, and statements that no log can answer. */
import type { PolicyResult } from "../../rules/result.ts";
import type { ReportDocument } from "../document.ts";
import { type DeploymentOutline, groupByReason, policiesToRead } from "../outline.ts";
import { phrases } from "../phrases.ts";
import { stateLook } from "../text/style.ts";
import { type Markup, markup } from "./markup.ts";
import { stateChip, table } from "./parts.ts";

export function notSeenSection({ outline }: ReportDocument): Markup | null {
  if (outline.deployments.length === 0) return null;
  const parts = outline.deployments.map(unseenOf).filter((part) => part !== null);
  if (parts.length === 0) return markup`<p>${phrases.allSeen}</p>`;
  return markup`<p>${phrases.notSeenNote}</p>\n${parts}`;
}

function unseenOf({ name, requirements }: DeploymentOutline): Markup | null {
  const groups = groupByReason(requirements.filter(({ state }) => state === "not-seen" || state === "manual"));
  if (groups.length === 0) return null;
  const { fields } = phrases;
  return table(
    name,
    [
      { title: fields.cure, kind: "wide" },
      { title: fields.count, kind: "number" },
      { title: fields.requirements, kind: "wide" },
    ],
    groups.map(({ reason, rows }) => ({
      cells: [
        reason ?? phrases.unknown,
        rows.length,
        markup`<span class="id">${rows.map(({ id }) => id).join(", ")}</span>`,
      ],
    })),
  );
}

export function policiesSection({ outline }: ReportDocument): Markup | null {
  const parts = outline.deployments
    .filter(({ policies }) => policies.length > 0)
    .map(({ name, policies }) => markup`<h3>${name}</h3>\n${policyTable(name, policies)}`);
  return parts.length === 0 ? null : markup`${parts}`;
}

function policyTable(name: string, policies: readonly PolicyResult[]): Markup {
  const { fields } = phrases;
  const { judged, byHand } = policiesToRead(policies);
  const statementCell = ({ id, statement }: PolicyResult) =>
    markup`<span class="said">${statement}</span> <span class="id quiet">${id}</span>`;
  const judgedTable =
    judged.length === 0
      ? null
      : table(
          `${name}: ${phrases.statements(judged.length)}`,
          [
            { title: fields.statement, kind: "wide" },
            { title: fields.state },
            { title: fields.reason },
            { title: fields.section },
          ],
          judged.map((policy) => ({
            cells: [statementCell(policy), stateChip(policy.state), policy.reason, policy.section],
          })),
        );
  const byHandTables = byHand.map(({ reason, rows }) =>
    table(
      `${[stateLook.manual.words, reason].filter(Boolean).join(": ")} (${phrases.statements(rows.length)})`,
      [
        { title: fields.statement, kind: "wide" },
        ...(reason === null ? [{ title: fields.reason }] : []),
        { title: fields.section },
      ],
      rows.map((policy) => ({
        cells: [statementCell(policy), ...(reason === null ? [policy.reason] : []), policy.section],
      })),
    ),
  );
  const manualNote = markup`<p class="small quiet">${phrases.manualNote(stateLook.manual.words)}</p>\n`;
  return markup`${judgedTable}${byHand.length > 0 ? manualNote : null}${byHandTables}`;
}
