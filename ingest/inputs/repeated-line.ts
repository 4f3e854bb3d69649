/**
 * Lines that stand for others. BSD's syslogd and its heirs (sysklogd, BusyBox) write `fw last message repeated 3 times` for
 * equal messages in a row, syslog-ng `fw filterlog: Last message '4,,,1000000103,igb0,' repeated 3 times, suppressed by
 * syslog-ng on fw`: the message is the last one of the same host. rsyslog puts it into the line itself
 * (repeated-message.ts). All are read as that message with this line's head, so with its time.
 * FreeBSD usr.sbin/syslogd/syslogd.c, "last message repeated"; syslog-ng lib/logwriter.c, "suppressed by syslog-ng"
 */
import {
  APOSTROPHE,
  ascii,
  CLOSE_BRACKET,
  DIGIT_0,
  findBytes,
  isDigit,
  LF,
  matchesAt,
  SPACE,
  textOf,
} from "../bytes.ts";
import { DeviceClock } from "../clocks/device-clock.ts";
import { Envelope, readEnvelope } from "../envelopes/envelope.ts";
import { type LinesBefore, REACH_BYTES } from "./lines-before.ts";
import { RepeatedMessage, readRepeatedMessage } from "./repeated-message.ts";

const TIMES = [" times", " time"].map(ascii);
const REPEATED = ascii(" repeated ");
/** Without its first letter, which syslog-ng writes large. */
const LAST_MESSAGE = ascii("ast message");
const SUPPRESSED = ascii(", suppressed by syslog-ng on ");
const SYSLOG = ascii("syslog");
const MAX_DIGITS = 9;
/** syslog-ng quotes twenty bytes of the message: ` '` and `'` around them. */
const MAX_QUOTE_BYTES = 23;
/** The message is most often in the line right before; only where it is not is more looked at. */
const NEAR_BYTES = 4096;
/** So many are remembered. */
const MAX_VAIN = 1024;

/** Any will do: times are not compared. */
const ANY_CLOCK = new DeviceClock("UTC", Date.UTC(2100, 0, 1));

/** Reads one line after another; what it finds holds until the next. */
export class RepeatedLine {
  /** How many messages the line stands for. */
  count = 0;
  /** The message behind the line's own head, `bytes[0, length)`; empty where no line in reach is the one meant. */
  bytes: Uint8Array = new Uint8Array(1024);
  length = 0;
  readonly #words = new RepeatWords();
  readonly #others = new RepeatWords();
  readonly #bracketed = new RepeatedMessage();
  readonly #envelope = new Envelope();
  readonly #before = new Envelope();
  /** Where the last line stands for which nothing was found, by what it sought: no later one need look behind it. */
  readonly #vain = new Map<string, number>();

  /** Whether the line `[start, end)`, which begins at `offset` in the input, stands for others. */
  read(bytes: Uint8Array, start: number, end: number, offset: number, lines: LinesBefore): boolean {
    this.length = 0;
    const to = trimmedEnd(bytes, start, end);
    if (bytes[to - 1] === CLOSE_BRACKET) return this.#readBracketed(bytes, start, to);
    if (!this.#words.read(bytes, start, to)) return false;
    this.count = this.#words.count;
    this.#readHead(bytes, start, to);
    const key = this.#key(bytes);
    const reach = Math.min(REACH_BYTES, offset - (this.#vain.get(key) ?? 0));
    for (const length of [Math.min(NEAR_BYTES, reach), reach]) {
      if (this.#search(bytes, start, lines.before(offset, length), offset <= length)) return true;
    }
    if (this.#vain.size >= MAX_VAIN) this.#vain.clear();
    this.#vain.set(key, offset);
    return true;
  }

  /** What the line meant must have: host, program or quotation. */
  #key(bytes: Uint8Array): string {
    const { host, program } = this.#envelope;
    const { start, quoteStart, quoteEnd } = this.#words;
    const tag = program.isEmpty ? "" : textOf(bytes, program.start, start);
    return `${textOf(bytes, host.start, host.end)} ${tag} ${textOf(bytes, quoteStart, quoteEnd)}`;
  }

  #readBracketed(bytes: Uint8Array, start: number, end: number): boolean {
    const envelope = this.#envelope;
    readEnvelope(bytes, start, end, ANY_CLOCK, envelope);
    const { payload } = envelope;
    if (!readRepeatedMessage(bytes, payload, end, this.#bracketed)) return false;
    const { start: from, end: to } = this.#bracketed;
    this.count = this.#bracketed.count;
    this.#join(bytes, start, payload, bytes, from, to);
    return true;
  }

  /** Who says it; a line that names no host shows the first of the words in its place. */
  #readHead(bytes: Uint8Array, start: number, end: number): void {
    const { host, program } = this.#envelope;
    readEnvelope(bytes, start, end, ANY_CLOCK, this.#envelope);
    if (host.start >= this.#words.start) host.set(0, 0);
    if (program.start >= this.#words.start) program.set(0, 0);
  }

  /** Looks for the message in the lines of `before`, the last first. `isWhole`: the first of them is not cut. */
  #search(bytes: Uint8Array, start: number, before: Buffer, isWhole: boolean): boolean {
    const { host } = this.#envelope;
    const first = isWhole ? 0 : before.indexOf(LF) + 1;
    if (first === 0 && !isWhole) return false;
    for (let end = before.length - 1; end > first; ) {
      // Lines that do not even hold the host's name are passed over.
      const at = host.isEmpty ? end - 1 : before.lastIndexOf(bytes.subarray(host.start, host.end), end - 1);
      if (at < first) return false;
      const line = Math.max(first, before.lastIndexOf(LF, at) + 1);
      const lineEnd = trimmedEnd(before, line, before.indexOf(LF, at));
      if (this.#isMeant(bytes, before, line, lineEnd)) {
        this.#joinMeant(bytes, start, before, line, lineEnd);
        return true;
      }
      end = line - 1;
    }
    return false;
  }

  /** Whether the line `[start, end)` of `before` is a message of the same host, and of the same program where that is told. */
  #isMeant(bytes: Uint8Array, before: Uint8Array, start: number, end: number): boolean {
    if (start >= end || this.#others.read(before, start, end)) return false;
    const envelope = this.#before;
    readEnvelope(before, start, end, ANY_CLOCK, envelope);
    const { host, program } = this.#envelope;
    if (!sameBytes(bytes, host.start, host.end, before, envelope.host.start, envelope.host.end)) return false;
    const { quoteStart, quoteEnd, start: wordsAt } = this.#words;
    const tagAt = envelope.program.isEmpty ? envelope.payload : envelope.program.start;
    if (quoteEnd > quoteStart) {
      const length = quoteEnd - quoteStart;
      return [envelope.payload, tagAt].some(
        (at) => at + length <= end && sameBytes(bytes, quoteStart, quoteEnd, before, at, at + length),
      );
    }
    if (program.isEmpty || findBytes(bytes, SYSLOG, program.start, program.end) >= 0) return true;
    const tagEnd = tagAt + wordsAt - program.start;
    return tagEnd <= end && sameBytes(bytes, program.start, wordsAt, before, tagAt, tagEnd);
  }

  #joinMeant(bytes: Uint8Array, start: number, before: Uint8Array, line: number, end: number): void {
    const { host, program, timeMs } = this.#envelope;
    const meant = this.#before;
    if (Number.isNaN(timeMs)) this.#join(bytes, start, start, before, line, end);
    else if (!host.isEmpty) this.#join(bytes, start, host.end, before, meant.host.end, end);
    else {
      const headEnd = program.isEmpty ? this.#words.start : program.start;
      this.#join(bytes, start, headEnd, before, meant.program.isEmpty ? meant.payload : meant.program.start, end);
    }
  }

  #join(head: Uint8Array, start: number, headEnd: number, text: Uint8Array, from: number, to: number): void {
    const headLength = headEnd - start;
    const length = headLength + to - from;
    if (this.bytes.length < length) this.bytes = new Uint8Array(2 * length);
    this.bytes.set(head.subarray(start, headEnd));
    this.bytes.set(text.subarray(from, to), headLength);
    this.length = length;
  }
}

/** `last message repeated 3 times` at the end of a line. */
class RepeatWords {
  count = 0;
  /** Where the words begin. */
  start = 0;
  /** The beginning of the message, where they quote it. */
  quoteStart = 0;
  quoteEnd = 0;

  /** False where the line ends otherwise: the last bytes tell most lines. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    const timesAt = countEnd(bytes, start, end);
    if (timesAt < 0) return false;
    let i = timesAt;
    this.count = 0;
    for (let unit = 1; timesAt - i < MAX_DIGITS && isDigit(bytes[i - 1]); unit *= 10)
      this.count += ((bytes[--i] as number) - DIGIT_0) * unit;
    const repeatedAt = i - REPEATED.length;
    if (this.count === 0 || repeatedAt <= start || !matchesAt(bytes, REPEATED, repeatedAt)) return false;
    let at = repeatedAt - LAST_MESSAGE.length;
    this.quoteStart = this.quoteEnd = repeatedAt;
    if (bytes[repeatedAt - 1] === APOSTROPHE) {
      const furthest = Math.max(start, at - MAX_QUOTE_BYTES);
      while (at > furthest && !matchesAt(bytes, LAST_MESSAGE, at)) at--;
      this.quoteStart = at + LAST_MESSAGE.length + 2;
      this.quoteEnd = repeatedAt - 1;
    }
    this.start = at - 1;
    return this.start >= start && matchesAt(bytes, LAST_MESSAGE, at) && ((bytes[at - 1] as number) | 0x20) === 0x6c;
  }
}

/** Just past the number in front of `times`, or -1. */
function countEnd(bytes: Uint8Array, start: number, end: number): number {
  const to = beforeSuppressed(bytes, start, end);
  for (const word of TIMES) {
    const at = to - word.length;
    if (at > start && matchesAt(bytes, word, at)) return at;
  }
  return -1;
}

/** Where syslog-ng's last words begin, behind which only a host's name stands; else `end`. */
function beforeSuppressed(bytes: Uint8Array, start: number, end: number): number {
  let hostAt = end;
  while (hostAt > start && bytes[hostAt - 1] !== SPACE) hostAt--;
  const at = hostAt - SUPPRESSED.length;
  return at > start && matchesAt(bytes, SUPPRESSED, at) ? at : end;
}

/** The line's end without blanks, CR and NUL. */
function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let i = end;
  while (i > start && (bytes[i - 1] as number) <= SPACE) i--;
  return i;
}

function sameBytes(a: Uint8Array, start: number, end: number, b: Uint8Array, from: number, to: number): boolean {
  if (end - start !== to - from) return false;
  for (let i = start; i < end; i++) if (a[i] !== b[from + i - start]) return false;
  return true;
}
