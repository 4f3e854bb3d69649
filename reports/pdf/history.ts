/** What changed since the audit before, and waivers that no longer do their work, in the PDF report. */
import type { Content } from "pdfmake";
import type { GoneFinding } from "../../rules/result.ts";
import type { ReportDocument } from "../document.ts";
import { waiverTarget } from "../history.ts";
import { light } from "../html/palette.ts";
import type { NumberedFinding } from "../numbered.ts";
import { phrases } from "../phrases.ts";
import { dateText } from "../times.ts";
import { briefFlow } from "../words.ts";
import { caption, chip, heading, note, severityChip, table, text } from "./parts.ts";

/** The others are marked where they stand. */
const MOST_LISTED = 50;

export function historyPages({ history }: ReportDocument): Content[] {
  if (history === null) return [];
  const { fresh, gone, notSeenAgain, summary } = history;
  const absent = [...gone, ...notSeenAgain];
  return [
    heading(2, phrases.sections.history, { listed: true }),
    text(summary, { bold: true, margin: [0, 2, 0, 4] }),
    ...(fresh.length + absent.length === 0 ? [text(phrases.noChanges)] : []),
    ...(fresh.length > 0 ? newFindings(fresh) : []),
    ...(absent.length > 0 ? goneFindings(absent) : []),
  ];
}

function newFindings(fresh: readonly NumberedFinding[]): Content[] {
  const { fields } = phrases;
  const more = fresh.length - MOST_LISTED;
  return [
    caption(phrases.newFindings),
    table(
      [
        { title: "", width: 22 },
        { title: fields.title, width: "*" },
        { title: fields.severity, width: 52 },
        { title: fields.traffic, width: 150 },
      ],
      fresh
        .slice(0, MOST_LISTED)
        .map(({ finding, label }) => [
          { text: label, linkToDestination: `f-${label}`, color: light.link, decoration: "underline" },
          finding.title,
          severityChip(finding.severity),
          briefFlow(finding),
        ]),
    ),
    ...(more > 0 ? [text(phrases.more(more))] : []),
  ];
}

function goneFindings(absent: readonly GoneFinding[]): Content[] {
  const { fields } = phrases;
  return [
    caption(phrases.goneFindings),
    note(phrases.goneNote),
    table(
      [
        { title: fields.title, width: "*" },
        { title: fields.change, width: 72 },
        { title: fields.severity, width: 52 },
        { title: fields.reason, width: 150 },
      ],
      absent.map(({ title, state, severity, reason }) => [
        title,
        state === "gone" ? chip("✔", phrases.change.gone, "open") : chip("○", phrases.change[state], "not-seen"),
        severityChip(severity),
        reason ?? "",
      ]),
    ),
  ];
}

export function waiverPages({ idleWaivers }: ReportDocument): Content[] {
  if (idleWaivers.length === 0) return [];
  const { fields } = phrases;
  return [
    heading(2, phrases.sections.waivers, { listed: true }),
    note(phrases.waiversNote),
    table(
      [
        { title: fields.waiver, width: 130 },
        { title: fields.state, width: 90 },
        { title: fields.waivedUntil, width: 52 },
        { title: fields.waivedBy, width: 80 },
        { title: fields.waivedReason, width: "*" },
      ],
      idleWaivers.map((waiver) => [
        waiverTarget(waiver),
        phrases.waiverState[waiver.state],
        dateText(waiver.expires),
        waiver.owner,
        waiver.reason,
      ]),
    ),
  ];
}
