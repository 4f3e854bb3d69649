/** Sign and colour of a verdict. */
import type { Ground } from "./html/palette.ts";
import type { Verdict } from "./verdict.ts";

export const verdictLook: Readonly<Record<Verdict["level"], { ground: Ground; symbol: string }>> = {
  unknown: { ground: "not-seen", symbol: "?" },
  good: { ground: "open", symbol: "✔" },
  notice: { ground: "low", symbol: "○" },
  warning: { ground: "medium", symbol: "●" },
  bad: { ground: "high", symbol: "▲" },
  worst: { ground: "critical", symbol: "✖" },
};
