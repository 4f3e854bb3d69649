/** The words of the reports in German, as an engineer writes to customers: plain, formal where it addresses them. */
import type { Phrases } from "../phrases.ts";
import { evidence } from "./de/evidence.ts";
import { findings } from "./de/findings.ts";
import { fleet } from "./de/fleet.ts";
import { keys } from "./de/keys.ts";
import { page } from "./de/page.ts";
import { summary } from "./de/summary.ts";
import { terminal } from "./de/terminal.ts";
import { terms } from "./de/terms.ts";
import { triage } from "./de/triage.ts";
import { triageMessages } from "./de/triage-messages.ts";
import { triageRows } from "./de/triage-rows.ts";

export const german: Phrases = {
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
};
