/** What counts are of, as the lines behind them are. */
import type { CountUnit } from "../result.ts";

export function unitOf(units: ReadonlySet<"packets" | "sessions">): CountUnit {
  if (units.size > 1) return "packets and sessions";
  return units.has("sessions") ? "sessions" : "packets";
}
