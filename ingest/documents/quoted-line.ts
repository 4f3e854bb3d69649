/**
 * A line as people show it to each other: quoted in a mail (`> `), in a list (`- `, `1. `), a comment, a table of Markdown,
 * between quotation marks, backticks or tags (`<pre>`, `[code]`, Splunk's XML), coloured by a terminal, behind a byte order
 * mark, a label (`Sample: `, `message: '`) or a shell's prompt. Tried where the line as it stands tells nothing, or no time.
 */
import { ascii, COLON, findByte, isDigit, LESS, LOWER_A, OPEN_BRACE, OPEN_BRACKET, SPACE, UPPER_A } from "../bytes.ts";
import { AMPERSAND, unescapeXml } from "../lexing/xml-text.ts";
import { Span } from "../record.ts";
import type { LinesWithin } from "./wrapped-line.ts";

/** Marks around a line are no longer. */
const MAX_MARK_BYTES = 80;
/** An administrator's prefix may begin with a number (`12: sip-drop: `): it is a mark in front of a header only. */
const OPENING =
  /^(?:\s|\u{ef}\u{bb}\u{bf}|>|["'`]|[-*#|] |\/\/|\d{1,6}[.:)]?[ \t](?=[\s\d<[]|\w{3} )|<[a-z][^<>]*>|\[[a-z]+\]|\p{Cc}\[[\d;]*m)+/iu;
/** What says what the line is, and the date that begins it: `fw1# Jul  3 19:10:30 ...`, `"raw": "2026-07-03 ...`. */
const LABEL =
  /^(?:[^<>{}[\]]{0,40}[:=#$]|;|--)(?:\s|["'`]|\|-)*(?=<\d{1,3}>|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d |\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|date=\d{4}-)/u;
const CLOSING = /(?:\s|\||<[a-z/][^<>]*>|\[\/[a-z]+\]|\p{Cc}\[[\d;]*m)+$/iu;
/** The quotation mark that opens the line, and what separates it from the next in a list. */
const QUOTATION = /["'`](?=[^"'`]*$)/u;
const QUOTATION_END = /(["'`])[\s,;]*$/u;

const BEHIND_NUMBERS = ascii(".:) \t");

/** One is reused for all lines of an input. */
export class QuotedLine implements LinesWithin {
  readonly count = 1;
  readonly lines = [new Span()] as const;
  readonly host = new Span();
  readonly timeMs = Number.NaN;
  bytes: Uint8Array = new Uint8Array(0);

  /** Whether `[start, end)` is a line with such marks around it. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (!mayBeMark(bytes, start, end)) return false;
    const opening = openingOf(latin1(bytes, start, Math.min(end, start + MAX_MARK_BYTES)));
    if (opening === "" && bytes[start] !== AMPERSAND) return false;
    const from = start + opening.length;
    let tail = latin1(bytes, Math.max(from, end - MAX_MARK_BYTES), end);
    const cut = (closing: RegExpExecArray | null) => {
      if (closing) tail = tail.slice(0, closing.index);
    };
    const tailAt = end - tail.length;
    cut(CLOSING.exec(tail));
    const closed = QUOTATION_END.exec(tail);
    if (closed?.[1] === QUOTATION.exec(opening)?.[0]) cut(closed);
    this.#hold(bytes, from, tailAt + tail.length);
    return from < end;
  }

  #hold(bytes: Uint8Array, start: number, end: number): void {
    const isEscaped = findByte(bytes, AMPERSAND, start, end) < end;
    this.bytes = isEscaped ? new Uint8Array(end - start) : bytes;
    if (isEscaped) this.lines[0].set(0, unescapeXml(bytes, start, end, this.bytes, 0));
    else this.lines[0].set(start, end);
  }
}

function openingOf(head: string): string {
  const marks = OPENING.exec(head)?.[0] ?? "";
  return marks + (LABEL.exec(head.slice(marks.length))?.[0] ?? "");
}

/** A quick look: most lines that come here begin with a date or as `<134>`, `4,,,`, `2026-`, `[ 17.3]`, `{` do. */
function mayBeMark(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] as number;
  if (first === LESS || first === OPEN_BRACKET) return (bytes[start + 1] as number) >= UPPER_A;
  let i = start;
  while (i < end && isDigit(bytes[i])) i++;
  if (i > start) return BEHIND_NUMBERS.includes(bytes[i] as number);
  const isLetter = (first | 0x20) >= LOWER_A && (first | 0x20) < LOWER_A + 26;
  return isLetter ? mayBeLabel(bytes, start, Math.min(end, start + MAX_MARK_BYTES)) : first !== OPEN_BRACE;
}

/** Whether a time stands there, but not in a date of syslog's that begins the line. */
function mayBeLabel(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start + 3] === SPACE && isDigit(bytes[start + 5]) && bytes[start + 6] === SPACE) return false;
  for (let i = start; i < end; i++) {
    if (bytes[i] === COLON && bytes[i + 3] === COLON && isDigit(bytes[i + 1])) return true;
  }
  return false;
}

/** A character a byte. */
function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
}
