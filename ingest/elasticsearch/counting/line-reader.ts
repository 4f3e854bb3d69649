/**
 * Buckets of another's documents, read by our own parsers: the bucket is written as the line that the firewall logs for
 * such packets, so that verdicts, out-of-state packets and inspection are judged as those of files are.
 */
import { DeviceClock } from "../../clocks/device-clock.ts";
import { FOREIGN, type LogFormat, NO_VERDICT, PARSED, type PrefixVerdict } from "../../format.ts";
import type { BucketReader, BucketValues } from "../layout.ts";

/** Times are the bucket's own affair: any will do in the line. */
const ANY_MOMENT_MS = Date.UTC(2026, 0, 1);

export function lineReader(
  format: LogFormat,
  lineOf: (values: BucketValues) => string,
  prefixVerdicts: readonly PrefixVerdict[] = [],
): BucketReader {
  const parse = format.open({ clock: new DeviceClock("UTC", ANY_MOMENT_MS), prefixVerdicts });
  const encoder = new TextEncoder();
  return (values, into) => {
    const bytes = encoder.encode(lineOf(values));
    const status = parse(bytes, 0, bytes.length, into);
    if (status === PARSED || status === NO_VERDICT) return format;
    return status === FOREIGN ? "foreign" : null;
  };
}

/** A value as one word of a line whose words end at blanks or commas. */
export function word(text: string): string {
  return text.replaceAll(/[\s,"]+/g, "_");
}

export const everywhere = (field: string) => ({ field, everywhere: true });
export const ifConcerned = (field: string) => ({ field, everywhere: false });
