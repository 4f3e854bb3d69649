/**
 * Entries of the systemd journal as `journalctl -o export` and `-o verbose` print them: a field a line, the program's own
 * line in `MESSAGE`. https://systemd.io/JOURNAL_EXPORT_FORMATS/#journal-export-format
 *
 *   __CURSOR=s=...;i=1                              Fri 2026-07-03 19:10:30.118004 CEST [s=...;i=1;b=...]
 *   __REALTIME_TIMESTAMP=1783098630118004               _HOSTNAME=fw
 *   _HOSTNAME=fw                                        MESSAGE=[UFW BLOCK] IN=eth0 ...
 *   MESSAGE=[UFW BLOCK] IN=eth0 ...
 *   (an empty line)
 *
 * In an export, a value that is no text stands behind its name's line, with its length in eight bytes before it.
 */
import { ascii, DASH, EQUALS, equals, findByte, LF, parseDecimal, SPACE, startsWith, textOf } from "../bytes.ts";
import type { DeviceClock } from "../clocks/device-clock.ts";
import type { TimeCursor } from "../clocks/timestamps.ts";
import { readZonedTime } from "../envelopes/rare-times.ts";
import type { RecordEnd } from "../inputs/lines.ts";
import { Span } from "../record.ts";
import { JournalWriter } from "./journal-writer.ts";
import type { Entries } from "./wrapped-line.ts";

const EXPORT_STARTS = /^\s*__CURSOR=s=[0-9a-f]+;/;
/** Behind what older versions say first: `-- Logs begin at ... --`. */
const VERBOSE_STARTS = /^(?:-- [^\n]* --\r?\n)?\S+ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S* \S+ \[s=[0-9a-f]+;/;
const MAX_START_BYTES = 512;

const MESSAGE = ascii("MESSAGE");
const HOST = ascii("_HOSTNAME");
const RECEIVED = ascii("__REALTIME_TIMESTAMP");
const SENT = ascii("_SOURCE_REALTIME_TIMESTAMP");
const BOUNDARY = ascii("-- ");
const LENGTH_BYTES = 8;
/** A longer entry is none: the kernel's lines have a kilobyte. */
const MAX_ENTRY_BYTES = 1 << 20;

const cursor: TimeCursor = { end: 0 };

/** One is reused for all entries of an input. */
export class JournalText implements Entries {
  count = 0;
  bytes: Uint8Array = new Uint8Array(0);
  readonly lines: readonly Span[] = [new Span()];
  readonly host = new Span();
  timeMs = Number.NaN;
  readonly recordEnd: RecordEnd;
  readonly #isVerbose: boolean;
  readonly #clock: DeviceClock;
  readonly #writer = new JournalWriter();
  #sentMs = Number.NaN;

  /** The journal that an input with these first bytes is, or null. `clock`: for the local times of `-o verbose`. */
  static open(head: Uint8Array, clock: DeviceClock): JournalText | null {
    const text = textOf(head, 0, Math.min(head.length, MAX_START_BYTES));
    const isVerbose = VERBOSE_STARTS.test(text);
    return isVerbose || EXPORT_STARTS.test(text) ? new JournalText(isVerbose, clock) : null;
  }

  private constructor(isVerbose: boolean, clock: DeviceClock) {
    this.#isVerbose = isVerbose;
    this.#clock = clock;
    this.recordEnd = isVerbose ? verboseEnd : exportEnd;
  }

  get isOfProgram(): boolean {
    return this.#writer.isProgram;
  }

  /** `-- Logs begin at ... --`, `-- Reboot --`, nothing. */
  isRemark(bytes: Uint8Array, start: number, end: number): boolean {
    return (
      (bytes[start] === DASH && startsWith(bytes, BOUNDARY, start, end)) || trimmedEnd(bytes, start, end) === start
    );
  }

  /** Reads the entry in `[start, end)`; false where there is no message in it. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    this.count = 0;
    this.bytes = bytes;
    this.host.set(0, 0);
    this.timeMs = Number.NaN;
    this.#sentMs = Number.NaN;
    this.#writer.clear();
    let at = start;
    if (this.#isVerbose) at = this.#readHead(bytes, start, end);
    while (at < end) at = this.#readField(bytes, at, end);
    if (!Number.isNaN(this.#sentMs)) this.timeMs = this.#sentMs;
    return this.count > 0;
  }

  /** `Fri 2026-07-03 19:10:30.118004 CEST [s=...]`; returns where the next line begins. */
  #readHead(bytes: Uint8Array, start: number, end: number): number {
    const lineEnd = findByte(bytes, LF, start, end);
    const timeAt = findByte(bytes, SPACE, start, lineEnd) + 1;
    this.timeMs = readZonedTime(bytes, timeAt, lineEnd, this.#clock, cursor);
    return lineEnd + 1;
  }

  /** Returns where the next field begins. */
  #readField(bytes: Uint8Array, start: number, end: number): number {
    let nameAt = start;
    while (nameAt < end && bytes[nameAt] === SPACE) nameAt++;
    const lineEnd = findByte(bytes, LF, nameAt, end);
    const nameEnd = findByte(bytes, EQUALS, nameAt, lineEnd);
    if (nameEnd < lineEnd || this.#isVerbose) {
      this.#take(bytes, nameAt, nameEnd, nameEnd + 1, trimmedEnd(bytes, nameEnd, lineEnd));
      return lineEnd + 1;
    }
    const next = lineEnd + LENGTH_BYTES < end ? binaryEnd(bytes, lineEnd) : -1;
    // The line end behind the last value is no part of the record.
    if (next < 0 || next > end + 1 || (next <= end && bytes[next - 1] !== LF)) return lineEnd + 1;
    this.#take(bytes, nameAt, trimmedEnd(bytes, nameAt, lineEnd), lineEnd + 1 + LENGTH_BYTES, next - 1);
    return next;
  }

  #take(bytes: Uint8Array, nameAt: number, nameEnd: number, start: number, end: number): void {
    if (end <= start) return;
    if (equals(bytes, MESSAGE, nameAt, nameEnd)) {
      (this.lines[0] as Span).set(start, end);
      this.count = 1;
    } else if (equals(bytes, HOST, nameAt, nameEnd)) this.host.set(start, end);
    else if (equals(bytes, RECEIVED, nameAt, nameEnd)) this.timeMs = milliseconds(bytes, start, end);
    else if (equals(bytes, SENT, nameAt, nameEnd)) this.#sentMs = milliseconds(bytes, start, end);
    else this.#writer.take(bytes, nameAt, nameEnd, start, end);
  }
}

function milliseconds(bytes: Uint8Array, start: number, end: number): number {
  const micros = parseDecimal(bytes, start, end);
  return micros < 0 ? Number.NaN : micros / 1000;
}

function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let to = end;
  while (to > start && (bytes[to - 1] as number) <= SPACE) to--;
  return to;
}

/**
 * Index just past the value that is no text, and past its line end; its name ends at `lineEnd`, its length is there. -1 where
 * that is no length: text, for the line is damaged.
 */
function binaryEnd(bytes: Uint8Array, lineEnd: number): number {
  let length = 0;
  for (let i = LENGTH_BYTES; i > 0; i--) length = length * 256 + (bytes[lineEnd + i] as number);
  return length > MAX_ENTRY_BYTES ? -1 : lineEnd + 1 + LENGTH_BYTES + length + 1;
}

/** Past the empty line behind the entry, or -1 while it is incomplete. */
function exportEnd(bytes: Uint8Array, from: number, limit: number): number {
  const bound = Math.min(limit, from + MAX_ENTRY_BYTES);
  for (let line = from; line < bound; ) {
    const lineEnd = findByte(bytes, LF, line, bound);
    if (lineEnd >= bound) break;
    if (trimmedEnd(bytes, line, lineEnd) === line) return lineEnd + 1;
    const isText = findByte(bytes, EQUALS, line, lineEnd) < lineEnd;
    line = lineEnd + 1;
    if (isText) continue;
    const next = lineEnd + LENGTH_BYTES < bound ? binaryEnd(bytes, lineEnd) : bound + 1;
    if (next > bound && bound === limit) return -1;
    if (next > 0 && next <= bound && bytes[next - 1] === LF) line = next;
  }
  return bound === limit ? -1 : lineAfter(bytes, from, limit);
}

/** Where the next line begins that is not set in, or -1 while it has not. */
function verboseEnd(bytes: Uint8Array, from: number, limit: number): number {
  const bound = Math.min(limit, from + MAX_ENTRY_BYTES);
  for (let line = lineAfter(bytes, from, bound); line > 0 && line < bound; line = lineAfter(bytes, line, bound))
    if (bytes[line] !== SPACE) return line;
  return bound === limit ? -1 : lineAfter(bytes, from, limit);
}

function lineAfter(bytes: Uint8Array, from: number, limit: number): number {
  const lineEnd = findByte(bytes, LF, from, limit);
  return lineEnd < limit ? lineEnd + 1 : -1;
}
