/** The words of the reports in English. */
import { evidence } from "./en/evidence.ts";
import { findings } from "./en/findings.ts";
import { fleet } from "./en/fleet.ts";
import { keys } from "./en/keys.ts";
import { page } from "./en/page.ts";
import { summary } from "./en/summary.ts";
import { terminal } from "./en/terminal.ts";
import { terms } from "./en/terms.ts";
import { triage } from "./en/triage.ts";
import { triageMessages } from "./en/triage-messages.ts";
import { triageRows } from "./en/triage-rows.ts";

export const english = {
  ...terms,
  ...page,
  ...summary,
  ...findings,
  ...evidence,
  ...terminal,
  ...fleet,
  ...triage,
  ...triageRows,
  ...triageMessages,
  ...keys,
} as const;
