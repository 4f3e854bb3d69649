/** What changed since the audit before, and waivers that no longer do their work, in Markdown. */
import type { ReportDocument } from "../document.ts";
import { waiverTarget } from "../history.ts";
import { phrases } from "../phrases.ts";
import { severityLook } from "../text/style.ts";
import { dateText } from "../times.ts";
import { briefFlow } from "../words.ts";
import { heading, paragraph, table } from "./text.ts";

export function markdownHistory({ history }: ReportDocument): string {
  if (history === null) return "";
  const { fields } = phrases;
  const { fresh, gone, notSeenAgain, summary } = history;
  const absent = [...gone, ...notSeenAgain];
  return [
    paragraph(summary),
    fresh.length + absent.length === 0 ? paragraph(phrases.noChanges) : "",
    fresh.length > 0 ? heading(3, phrases.newFindings) : "",
    table(
      [{ title: fields.title }, { title: fields.severity }, { title: fields.traffic }],
      fresh.map(({ finding, label }) => [
        `${label} ${finding.title}`,
        `${severityLook[finding.severity].symbol} ${phrases.severity[finding.severity]}`,
        briefFlow(finding),
      ]),
    ),
    absent.length > 0 ? heading(3, phrases.goneFindings) + paragraph(phrases.goneNote) : "",
    table(
      [
        { title: fields.title },
        { title: fields.change },
        { title: fields.severity },
        { title: fields.reason },
        { title: fields.id },
      ],
      absent.map(({ title, state, severity, reason, id }) => [
        title,
        phrases.change[state],
        phrases.severity[severity],
        reason ?? "",
        id,
      ]),
    ),
  ].join("");
}

export function markdownWaivers({ idleWaivers }: ReportDocument): string {
  if (idleWaivers.length === 0) return "";
  const { fields } = phrases;
  const columns = [fields.waiver, fields.state, fields.waivedUntil, fields.waivedBy, fields.waivedReason];
  return (
    paragraph(phrases.waiversNote) +
    table(
      columns.map((title) => ({ title })),
      idleWaivers.map((waiver) => [
        waiverTarget(waiver),
        phrases.waiverState[waiver.state],
        dateText(waiver.expires),
        waiver.owner,
        waiver.reason,
      ]),
    )
  );
}
