/** What changed since the baseline, and waivers that no longer do their work. */
import type { AuditResult, GoneFinding, WaiverResult } from "../../rules/result.ts";
import { phrases } from "../phrases.ts";
import { dateText, spanText } from "../times.ts";
import type { Page } from "./page.ts";
import { label, severityLook } from "./style.ts";

export function writeHistory(page: Page, { baseline, waivers }: AuditResult): void {
  if (baseline) {
    const span = spanText(baseline.from, baseline.to);
    page.heading(
      { text: phrases.text.sinceBaseline, tone: "strong" },
      {
        text: phrases.text.goneCount(baseline.gone.length),
        tone: "quiet",
      },
    );
    if (span !== null) page.field(phrases.text.baseline, span);
    for (const gone of baseline.gone) writeGone(page, gone);
    page.blank();
  }
  const idle = waivers.filter(({ state }) => state !== "active");
  if (idle.length === 0) return;
  page.heading(
    { text: phrases.text.idleWaivers, tone: "strong" },
    { text: phrases.text.waivers(idle.length), tone: "quiet" },
  );
  for (const waiver of idle) writeIdle(page, waiver);
  page.blank();
}

function writeGone(page: Page, { severity, title, id, state, reason }: GoneFinding): void {
  const { symbol, tone } = severityLook[severity];
  page.paragraph(
    [
      label(
        symbol,
        `${phrases.text.severity[severity]}, ${phrases.text.gone[state]}`,
        state === "gone" ? "good" : tone,
      ),
      title,
    ],
    0,
    2,
  );
  page.paragraph({ text: id, tone: "quiet" }, 2);
  if (reason !== null) page.field(phrases.text.but, reason);
}

function writeIdle(page: Page, { finding, cidr, state, expires, owner, reason }: WaiverResult): void {
  const what =
    state === "expired" ? phrases.text.waiverHasExpired(dateText(expires)) : phrases.text.waiverMatchesNothing;
  page.paragraph([{ text: "▲ ", tone: "warning" }, `${finding}${cidr === null ? "" : ` (${cidr})`}: ${what}`], 0, 2);
  page.field(phrases.text.accepted, `${phrases.text.acceptedBy(owner, dateText(expires))}: ${reason}`);
}
