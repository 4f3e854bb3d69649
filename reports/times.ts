/** Times as people read them. They keep the offset that the result gives them: nothing depends on our own clock. */
import { phrases } from "./phrases.ts";

const ISO = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** `2026-10-02 03:14:15 +02:00`; text that is no ISO time stays as it is. */
export function timeText(iso: string): string {
  const match = ISO.exec(iso);
  return match ? `${dateText(match[1] as string)} ${match[2]} ${zoneText(match[3])}` : iso;
}

/** `2026-10-02 03:14:15 to 04:00:00 +02:00`: what both ends share is said once. Null where neither is known. */
export function spanText(from: string | null, to: string | null): string | null {
  const start = from ?? to;
  const end = to ?? from;
  if (start === null || end === null) return null;
  if (start === end) return timeText(start);
  const first = ISO.exec(start);
  const last = ISO.exec(end);
  if (!first || !last || first[3] !== last[3]) return phrases.span(timeText(start), timeText(end));
  const startText = `${dateText(first[1] as string)} ${first[2]}`;
  const endText = first[1] === last[1] ? last[2] : `${dateText(last[1] as string)} ${last[2]}`;
  return `${phrases.span(startText, endText as string)} ${zoneText(last[3])}`;
}

/** `7 days`, `23 hours`, `40 minutes`; null where it cannot be said. */
export function lengthText(from: string | null, to: string | null): string | null {
  const milliseconds = from === null || to === null ? Number.NaN : Date.parse(to) - Date.parse(from);
  if (!Number.isFinite(milliseconds) || milliseconds < 0) return null;
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 120) return phrases.minutes(minutes);
  if (minutes < 48 * 60) return phrases.hours(Math.round(minutes / 60));
  return phrases.days(Math.round(minutes / 1440));
}

/** A day as its language writes it; text that is no ISO date stays as it is. */
export function dateText(iso: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(iso) ? phrases.date(iso) : iso;
}

function zoneText(offset: string | undefined): string {
  return offset === "Z" || offset === undefined ? "UTC" : offset;
}
