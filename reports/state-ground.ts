/** Which colour stands for a state, in HTML and PDF alike. */
import type { FindingKind, PolicyState, RequirementState } from "../rules/result.ts";
import type { Ground } from "./html/palette.ts";

const OF_STATE: Readonly<Record<RequirementState | PolicyState, Ground>> = {
  open: "open",
  blocked: "blocked",
  intermittent: "intermittent",
  "not-seen": "not-seen",
  "not-applicable": "not-applicable",
  manual: "manual",
  upheld: "open",
  violated: "blocked",
};

export function groundOfState(state: RequirementState | PolicyState): Ground {
  return OF_STATE[state];
}

/** The colour of a class of findings, in charts. */
export const groundOfKind: Readonly<Record<FindingKind, Ground>> = {
  "blocked-but-required": "high",
  "open-but-unneeded": "critical",
  "inspection-anomaly": "manual",
};
