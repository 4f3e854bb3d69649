/**
 * Documents that hold no line but its fields: Sentinel's CommonSecurityLog, Elastic's FortiGate integration, and the columns
 * of a pfirewall.log as NXLog's xm_w3c names them. (FortiOS's own names are read where they stand.)
 */
import { ascii, findBytes, OPEN_BRACE, SPACE, textOf } from "../bytes.ts";
import { DeviceClock } from "../clocks/device-clock.ts";
import { readIsoTime, type TimeCursor } from "../clocks/timestamps.ts";
import { type Fields, fieldsIn, LineMadeAnew } from "./line-made-anew.ts";
import { rowLineOf } from "./spread-row.ts";

/** One of these is in every such document. */
const KEYS = ['"DeviceVendor"', '"src-ip"', '"fortinet'].map(ascii);
/** Log Analytics' own time, in UTC even where an exporter dropped the `Z`, and Elastic's. */
const TIMES = ["TimeGenerated", "@timestamp"];
/** What search answers and their exports put around a document. */
const WRAPPERS = ["_source", "fields"];
const clock = new DeviceClock("UTC", 0);
const cursor: TimeCursor = { end: 0 };

export class SpreadDocument extends LineMadeAnew {
  /** Whether `[start, end)` is such a document. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    this.count = 0;
    if (!startsObject(bytes, start, end) || !KEYS.some((key) => findBytes(bytes, key, start, end) >= 0)) return false;
    const document = fieldsIn(textOf(bytes, start, end));
    if (!document) return false;
    const columns = new Map<string, string>();
    spread(WRAPPERS.map((name) => document[name]).find(isFields) ?? document, "", columns);
    const rowLine = rowLineOf([...columns.keys()]);
    if (!rowLine) return false;
    const textIn = (column: string) => columns.get(column) ?? "";
    const time = Buffer.from(TIMES.map(textIn).join(""));
    const line = rowLine(textIn, readIsoTime(time, 0, time.length, clock, cursor));
    this.hold(line, textIn("Hostname") || textIn("hostname"));
    return true;
  }
}

/** Puts what the fields hold into `columns`, names of nested ones with dots. */
function spread(fields: Fields, prefix: string, columns: Map<string, string>): void {
  for (const [name, value] of Object.entries(fields)) {
    if (isFields(value)) spread(value, `${prefix}${name}.`, columns);
    else columns.set(prefix + name, Array.isArray(value) ? value.join(", ") : String(value ?? ""));
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function startsObject(bytes: Uint8Array, start: number, end: number): boolean {
  let i = start;
  while (i < end && (bytes[i] as number) <= SPACE) i++;
  return bytes[i] === OPEN_BRACE;
}
