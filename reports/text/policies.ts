/** What vendors say beyond port rows: what is violated, what the logs cannot show, what a person has to check. */
import type { PolicyResult, PolicyState } from "../../rules/result.ts";
import type { Outline } from "../outline.ts";
import { phrases } from "../phrases.ts";
import { writeRowsByReason } from "./groups.ts";
import type { Page } from "./page.ts";
import { label, stateLook } from "./style.ts";

const SHOWN: readonly PolicyState[] = ["violated", "not-seen"];
const SHOWN_IN_FULL: readonly PolicyState[] = ["violated", "not-seen", "manual", "upheld"];

export function writePolicies(page: Page, outline: Outline): void {
  const states = page.verbose ? SHOWN_IN_FULL : SHOWN;
  for (const { name, policies } of outline.deployments) {
    const manual = policies.filter(({ state }) => state === "manual").length;
    if (manual === 0 && !policies.some(({ state }) => states.includes(state))) continue;
    const violated = policies.filter(({ state }) => state === "violated").length;
    page.heading(
      { text: phrases.text.policiesOf(name), tone: "strong" },
      { text: phrases.text.violated(violated, policies.length), tone: "quiet" },
    );
    for (const state of states) writeState(page, state, policies);
    if (manual > 0 && !page.verbose) writeManual(page, manual);
  }
}

function writeState(page: Page, state: PolicyState, policies: readonly PolicyResult[]): void {
  const rows = policies.filter((policy) => policy.state === state);
  if (rows.length === 0) return;
  const { symbol, words, tone } = stateLook[state];
  page.blank();
  page.paragraph([label(symbol, words, tone), { text: phrases.text.policies(rows.length), tone: "quiet" }]);
  writeRowsByReason(page, rows, ({ id, section, statement }) => [id, section, statement]);
}

function writeManual(page: Page, count: number): void {
  page.blank();
  page.paragraph({
    text: phrases.text.manualHint(count),
    tone: "quiet",
  });
}
