/** Times as ECS has them: ISO 8601 in UTC, to the millisecond, or to the microsecond where the log has them. */
import type { JsonWriter } from "./json-writer.ts";

/** The second that was last written, `2026-10-01T08:00:00.`, and when it began: most lines share theirs with another. */
let second = "";
let secondStartMs = Number.NaN;

/** A member of a time; none where there is no time. */
export function writeIsoTime(json: JsonWriter, name: string, timeMs: number): void {
  if (Number.isNaN(timeMs)) return;
  const micros = Math.round(timeMs * 1000);
  const wholeMs = Math.floor(micros / 1000);
  const startMs = Math.floor(wholeMs / 1000) * 1000;
  if (startMs !== secondStartMs) {
    second = new Date(startMs).toISOString().slice(0, -"000Z".length);
    secondStartMs = startMs;
  }
  const rest = micros - wholeMs * 1000;
  json.plain(name, `${second}${threeDigits(wholeMs - startMs)}${rest === 0 ? "" : threeDigits(rest)}Z`);
}

function threeDigits(value: number): string {
  return String(value).padStart(3, "0");
}
