/** What changed since the audit before, and waivers that no longer do their work. */
import type { GoneFinding } from "../../rules/result.ts";
import type { ReportDocument } from "../document.ts";
import { waiverTarget } from "../history.ts";
import type { NumberedFinding } from "../numbered.ts";
import { phrases } from "../phrases.ts";
import { dateText } from "../times.ts";
import { briefFlow, kindTitles } from "../words.ts";
import { type Markup, markup } from "./markup.ts";
import { chip, severityChip, table } from "./parts.ts";

/** The others are marked where they stand. */
const MOST_LISTED = 50;

export function historySection({ history }: ReportDocument): Markup | null {
  if (history === null) return null;
  const { fresh, gone, notSeenAgain, summary } = history;
  const absent = [...gone, ...notSeenAgain];
  return markup`<p><strong>${summary}</strong></p>
${fresh.length + absent.length === 0 ? markup`<p>${phrases.noChanges}</p>\n` : null}${
  fresh.length > 0 ? newFindings(fresh) : null
}${absent.length > 0 ? goneFindings(absent) : null}`;
}

function newFindings(fresh: readonly NumberedFinding[]): Markup {
  const { fields } = phrases;
  const more = fresh.length - MOST_LISTED;
  return markup`${table(
    phrases.newFindings,
    [{ title: fields.title, kind: "wide" }, { title: fields.severity }, { title: fields.traffic }],
    fresh.slice(0, MOST_LISTED).map(({ finding, label }) => ({
      cells: [
        markup`<a href="#f-${label}">${label}</a> ${finding.title}`,
        severityChip(finding.severity),
        briefFlow(finding),
      ],
    })),
  )}
${more > 0 ? markup`<p>${phrases.more(more)}</p>\n` : null}`;
}

function goneFindings(absent: readonly GoneFinding[]): Markup {
  const { fields } = phrases;
  return markup`<p class="small quiet">${phrases.goneNote}</p>
${table(
  phrases.goneFindings,
  [
    { title: fields.title, kind: "wide" },
    { title: fields.change },
    { title: fields.severity },
    { title: fields.findingClass },
    { title: fields.reason, kind: "wide" },
  ],
  absent.map(({ title, id, state, severity, kind, reason }) => ({
    cells: [
      markup`${title} <span class="id quiet">${id}</span>`,
      state === "gone" ? chip("✔", phrases.change.gone, "open") : chip("○", phrases.change[state], "not-seen"),
      severityChip(severity),
      kindTitles[kind],
      reason,
    ],
  })),
)}
`;
}

export function waiversSection({ idleWaivers }: ReportDocument): Markup | null {
  if (idleWaivers.length === 0) return null;
  const { fields } = phrases;
  return markup`<p>${phrases.waiversNote}</p>
${table(
  phrases.waiversIdle(idleWaivers.length),
  [
    { title: fields.waiver },
    { title: fields.state },
    { title: fields.waivedUntil },
    { title: fields.waivedBy },
    { title: fields.waivedReason, kind: "wide" },
  ],
  idleWaivers.map((waiver) => ({
    cells: [
      markup`<span class="id">${waiverTarget(waiver)}</span>`,
      phrases.waiverState[waiver.state],
      dateText(waiver.expires),
      waiver.owner,
      waiver.reason,
    ],
  })),
)}`;
}
