/** What changed since the baseline, and waivers that no longer do their work. */
import type { AuditResult, GoneFinding, WaiverResult } from "../rules/result.ts";
import type { Page } from "./text-page.ts";
import { label, severityLook } from "./text-style.ts";
import { spanText } from "./times.ts";
import { counted } from "./words.ts";

export function writeHistory(page: Page, { baseline, waivers }: AuditResult): void {
  if (baseline) {
    const span = spanText(baseline.from, baseline.to);
    page.heading(
      { text: "Since the baseline", tone: "strong" },
      {
        text: counted(baseline.gone.length, "finding not there now", "findings not there now"),
        tone: "quiet",
      },
    );
    if (span !== null) page.field("Baseline", span);
    for (const gone of baseline.gone) writeGone(page, gone);
    page.blank();
  }
  const idle = waivers.filter(({ state }) => state !== "active");
  if (idle.length === 0) return;
  page.heading({ text: "Waivers to look at", tone: "strong" }, { text: counted(idle.length, "waiver"), tone: "quiet" });
  for (const waiver of idle) writeIdle(page, waiver);
  page.blank();
}

function writeGone(page: Page, { severity, title, id, state, reason }: GoneFinding): void {
  const { symbol, tone } = severityLook[severity];
  const words = state === "gone" ? "gone" : "not seen again";
  page.paragraph([label(symbol, `${severity}, ${words}`, state === "gone" ? "good" : tone), title], 0, 2);
  page.paragraph({ text: id, tone: "quiet" }, 2);
  if (reason !== null) page.field("But", reason);
}

function writeIdle(page: Page, { finding, cidr, state, expires, owner, reason }: WaiverResult): void {
  const what = state === "expired" ? `expired on ${expires}: its findings count again` : "matches no finding";
  page.paragraph([{ text: "▲ ", tone: "warning" }, `${finding}${cidr === null ? "" : ` (${cidr})`}: ${what}`], 0, 2);
  page.field("Accepted", `by ${owner} until ${expires}: ${reason}`);
}
