/**
 * Documents that hold no line but its fields: Sentinel's CommonSecurityLog, and the columns of a pfirewall.log as NXLog's
 * xm_w3c names them. (FortiOS's own names are read where they stand.)
 */
import { ascii, findBytes, OPEN_BRACE, SPACE, textOf } from "./bytes.ts";
import { Span } from "./record.ts";
import { rowLineOf } from "./spread-row.ts";
import type { LinesWithin } from "./wrapped-line.ts";

/** One of these is in every such document. */
const KEYS = ['"DeviceVendor"', '"src-ip"'].map(ascii);
const TIME = "TimeGenerated";

/** One is reused for all documents of an input. */
export class SpreadDocument implements LinesWithin {
  count = 0;
  bytes: Uint8Array = new Uint8Array(0);
  readonly lines: readonly Span[] = [new Span()];
  /** CommonSecurityLog's lines name it themselves. */
  readonly host = new Span();
  readonly timeMs = Number.NaN;

  /** Whether `[start, end)` is such a document. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    this.count = 0;
    if (!startsObject(bytes, start, end) || !KEYS.some((key) => findBytes(bytes, key, start, end) >= 0)) return false;
    const document = objectIn(textOf(bytes, start, end));
    const rowLine = document && rowLineOf(Object.keys(document));
    if (!rowLine) return false;
    const textIn = (column: string) => String(document[column] ?? "");
    const line = rowLine(textIn, Date.parse(textIn(TIME)));
    this.bytes = Buffer.concat([line, Buffer.from(textIn("Hostname") || textIn("hostname"))]);
    (this.lines[0] as Span).set(0, line.length);
    this.host.set(line.length, this.bytes.length);
    this.count = 1;
    return true;
  }
}

function startsObject(bytes: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while (i < end && (bytes[i] as number) <= SPACE) i++;
  return bytes[i] === OPEN_BRACE;
}

/** The object in the text, which in an array has a comma behind it. */
function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(text.slice(0, text.lastIndexOf("}") + 1)) as Record<string, unknown>;
  } catch {
    return null;
  }
}
