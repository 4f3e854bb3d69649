/** Flags that say what to read and which part of it. */
import { DateTime, Duration } from "luxon";
import { formats } from "../ingest/formats.ts";
import { UsageError } from "./exit.ts";

export interface ReadFlags {
  inputFormat?: string[];
  since?: string;
  until?: string;
}

export interface ReadWindow {
  sinceMs: number | null;
  untilMs: number | null;
}

/** `--since` and `--until` as UTC milliseconds; `zone` holds for moments that name none. */
export function windowFromFlags(flags: ReadFlags, zone: string, nowMs: number): ReadWindow {
  const sinceMs = flags.since === undefined ? null : moment("--since", flags.since, zone, nowMs);
  const untilMs = flags.until === undefined ? null : moment("--until", flags.until, zone, nowMs);
  if (sinceMs !== null && untilMs !== null && sinceMs >= untilMs)
    throw new UsageError("--since must lie before --until");
  return { sinceMs, untilMs };
}

/** Format ids of `--input-format`, or null for detection. */
export function formatsFromFlag(flags: ReadFlags): string[] | null {
  const wanted = flags.inputFormat ?? [];
  const known = formats.map(({ id }) => id);
  for (const id of wanted) {
    if (!known.includes(id))
      throw new UsageError(`--input-format: unknown log format ${id}; known: ${known.join(", ")}`);
  }
  return wanted.length > 0 ? wanted : null;
}

const UNITS: Readonly<Record<string, string>> = { m: "minutes", h: "hours", d: "days", w: "weeks" };

/** An ISO 8601 moment, or a span before now: `30m`, `24h`, `7d`, `4w`. */
function moment(flag: string, text: string, zone: string, nowMs: number): number {
  const span = /^(\d+)([mhdw])$/.exec(text);
  if (span) {
    const [, count, unit] = span as unknown as [string, string, string];
    return nowMs - Duration.fromObject({ [UNITS[unit] as string]: Number(count) }).toMillis();
  }
  const time = DateTime.fromISO(text.replace(" ", "T"), { zone });
  if (!time.isValid)
    throw new UsageError(
      `${flag}: ${text} is no moment; write 2026-10-01, 2026-10-01T08:00 or a span such as 24h or 7d`,
    );
  return time.toMillis();
}
