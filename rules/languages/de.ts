/** German, as an engineer writes to customers. Menus, commands and protocols keep their own names. */
import { checkRemedies } from "./de/check-remedies.ts";
import { moreCheckRemedies } from "./de/check-remedies-more.ts";
import { checks } from "./de/checks.ts";
import { failures } from "./de/failures.ts";
import { frontEnds } from "./de/front-ends.ts";
import { policies } from "./de/policies.ts";
import { remedies } from "./de/remedies.ts";
import { verdicts } from "./de/verdicts.ts";
import { warnings } from "./de/warnings.ts";
import type { Language } from "./language.ts";

export const german: Language = {
  templates: { ...verdicts, ...policies, ...checks, ...remedies, ...frontEnds, ...checkRemedies, ...moreCheckRemedies },
  warnings,
  failures,
  number: (count) => count.toLocaleString("de-DE"),
  moment: (day, time, zone) => `${day.split("-").reverse().join(".")} ${time} ${zone}`,
};
