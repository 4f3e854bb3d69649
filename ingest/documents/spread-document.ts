/**
 * Documents that hold no line but its fields: Sentinel's CommonSecurityLog, and the columns of a pfirewall.log as NXLog's
 * xm_w3c names them. (FortiOS's own names are read where they stand.)
 */
import { ascii, findBytes, OPEN_BRACE, SPACE, textOf } from "../bytes.ts";
import { DeviceClock } from "../clocks/device-clock.ts";
import { readIsoTime, type TimeCursor } from "../clocks/timestamps.ts";
import { fieldsIn, LineMadeAnew } from "./line-made-anew.ts";
import { rowLineOf } from "./spread-row.ts";

/** One of these is in every such document. */
const KEYS = ['"DeviceVendor"', '"src-ip"'].map(ascii);
/** Log Analytics' own time, in UTC even where an exporter dropped the `Z`. */
const TIME = "TimeGenerated";
const clock = new DeviceClock("UTC", 0);
const cursor: TimeCursor = { end: 0 };

export class SpreadDocument extends LineMadeAnew {
  /** Whether `[start, end)` is such a document. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    this.count = 0;
    if (!startsObject(bytes, start, end) || !KEYS.some((key) => findBytes(bytes, key, start, end) >= 0)) return false;
    const document = fieldsIn(textOf(bytes, start, end));
    const rowLine = document && rowLineOf(Object.keys(document));
    if (!rowLine) return false;
    const textIn = (column: string) => String(document[column] ?? "");
    const time = Buffer.from(textIn(TIME));
    const line = rowLine(textIn, readIsoTime(time, 0, time.length, clock, cursor));
    this.hold(line, textIn("Hostname") || textIn("hostname"));
    return true;
  }
}

function startsObject(bytes: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while (i < end && (bytes[i] as number) <= SPACE) i++;
  return bytes[i] === OPEN_BRACE;
}
