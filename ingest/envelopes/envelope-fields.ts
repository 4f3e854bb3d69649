/** What a syslog header says of the line behind it. */
import type { Span } from "../record.ts";

export interface EnvelopeFields {
  /** First byte of the payload; the line's start where there is no envelope. */
  payload: number;
  /** UTC milliseconds, or NaN. */
  timeMs: number;
  readonly host: Span;
  readonly program: Span;
}
