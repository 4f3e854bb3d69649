/** The words of the reports in English. */
import { evidence } from "./en/evidence.ts";
import { findings } from "./en/findings.ts";
import { fleet } from "./en/fleet.ts";
import { page } from "./en/page.ts";
import { summary } from "./en/summary.ts";
import { terminal } from "./en/terminal.ts";
import { terms } from "./en/terms.ts";

export const english = { ...terms, ...page, ...summary, ...findings, ...evidence, ...terminal, ...fleet } as const;
