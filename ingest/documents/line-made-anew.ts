/** Lines that stand in no document as they were written, but in its fields, and are put together again. */
import { Span } from "../record.ts";
import type { LinesWithin } from "./wrapped-line.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** One is reused for all documents of an input. */
export abstract class LineMadeAnew implements LinesWithin {
  count = 0;
  bytes: Uint8Array = new Uint8Array(0);
  readonly lines: readonly Span[] = [new Span()];
  readonly host = new Span();
  /** The line names it itself. */
  readonly timeMs = Number.NaN;

  /** Whether `[start, end)` is a document of which there is a line now. */
  abstract read(bytes: Uint8Array, start: number, end: number): boolean;

  /** `host`: of a line that does not name it. */
  protected hold(line: Uint8Array, host = ""): void {
    this.bytes = host === "" ? line : Buffer.concat([line, Buffer.from(host)]);
    (this.lines[0] as Span).set(0, line.length);
    this.host.set(line.length, this.bytes.length);
    this.count = 1;
  }
}

/** The object in the text, behind what a stream of events writes before each (`data: `) and before an array's comma; or null. */
export function fieldsIn(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
    return typeof value === "object" && value !== null ? (value as Fields) : null;
  } catch {
    return null;
  }
}
