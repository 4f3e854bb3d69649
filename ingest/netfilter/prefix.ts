/**
 * Prefixes repeat: a firewall has as many as it has logging rules. Each is read once and kept with its bytes in a small
 * cache of fixed size, so that a line costs a hash and a comparison.
 */
import {
  CLOSE_BRACKET,
  COMMA,
  copyOf,
  DIGIT_0,
  DIGIT_9,
  DOT,
  findByte,
  GREATER,
  isDigit,
  LESS,
  matchesAt,
  OPEN_BRACKET,
  PLUS,
  SEMICOLON,
  SPACE,
} from "../bytes.ts";
import type { PrefixVerdict } from "../format.ts";
import { INSPECTION_OTHER, INSPECTION_SIP_ALG, type LogRecord, type Span, VERDICT_DENY } from "../record.ts";
import type { PrefixRange, PrefixReading } from "./reading.ts";
import { readPrefixText } from "./verdict.ts";

const SLOTS = 1024;
/** Longer than any prefix: the kernel keeps 127 bytes, UniFi adds a description. What is before it is not looked at. */
const MAX_PREFIX_BYTES = 384;

const latin1 = new TextDecoder("latin1");

interface Slot {
  bytes: Uint8Array;
  reading: PrefixReading;
}

export class PrefixReader {
  readonly #map: readonly PrefixVerdict[];
  readonly #slots: (Slot | undefined)[] = new Array<Slot | undefined>(SLOTS).fill(undefined);

  constructor(map: readonly PrefixVerdict[] = []) {
    this.#map = map.map(({ prefix, verdict }) => ({
      prefix: latin1.decode(new TextEncoder().encode(prefix)),
      verdict,
    }));
  }

  /** Puts what the prefix `[start, end)` says into the record, whose text must be `bytes`. */
  read(bytes: Uint8Array, start: number, end: number, into: LogRecord): void {
    const from = Math.max(start, end - MAX_PREFIX_BYTES);
    const reading = this.#readingOf(bytes, from, end);
    into.verdict = reading.verdict;
    into.verdictAssumed = reading.assumed;
    into.outOfState = reading.outOfState;
    into.inspection = reading.inspection;
    if (reading.inspection === INSPECTION_SIP_ALG || reading.inspection === INSPECTION_OTHER) {
      into.inspectionVerdict = VERDICT_DENY;
    }
    place(into.action, reading.action, from);
    place(into.reason, reading.reason, from);
    place(into.ruleId, reading.ruleId, from);
    place(into.ruleName, reading.ruleName, from);
  }

  #readingOf(bytes: Uint8Array, start: number, end: number): PrefixReading {
    let hash = end - start;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0;
    const index = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const slot = this.#slots[index];
    if (slot !== undefined && slot.bytes.length === end - start && matchesAt(bytes, slot.bytes, start))
      return slot.reading;
    const own = copyOf(bytes, start, end);
    const reading = readPrefixText(latin1.decode(own), this.#map);
    this.#slots[index] = { bytes: own, reading };
    return reading;
  }
}

function place(span: Span, range: PrefixRange | undefined, from: number): void {
  if (range !== undefined) span.set(from + range[0], from + range[1]);
}

/**
 * Skips the kernel's stamps at `start`: seconds since boot, `[ 1732.118004] `, and with CONFIG_PRINTK_CALLER the task or
 * processor, `[ 1732.118004][  T123] `, or what /dev/kmsg has, `4,1234,1732118004,-;`; also seconds since the line before, as
 * `dmesg` and `journalctl -o short-delta` show them: `[ 1732.118004 <    0.010180>] `, `[<    0.010180>] `, `[  +0.010180] `.
 * They are no dates. A relay that took the bracket for a program leaves `1732.118004] `.
 */
export function skipKernelStamp(bytes: Uint8Array, start: number, end: number): number {
  let at = afterKmsgHead(bytes, start, end);
  if (at < end && isDigit(bytes[at])) {
    const close = stampEnd(bytes, at, end);
    if (close >= 0) at = afterBlanks(bytes, close + 1, end);
  }
  while (at < end && bytes[at] === OPEN_BRACKET) {
    const close = stampEnd(bytes, at + 1, end);
    if (close < 0) return at;
    at = afterBlanks(bytes, close + 1, end);
  }
  return at;
}

/** The bracket that closes the stamp whose first byte is at `start`, or -1 where there is none. */
function stampEnd(bytes: Uint8Array, start: number, end: number): number {
  const plain = secondsEnd(bytes, start, end);
  return plain >= 0 ? plain : otherStampEnd(bytes, start, end);
}

/** The same for seconds since boot, as nearly all stamps are. */
function secondsEnd(bytes: Uint8Array, start: number, end: number): number {
  let i = afterBlanks(bytes, start, end);
  let hasDot = false;
  for (; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte === DOT) hasDot = true;
    else if (byte < DIGIT_0 || byte > DIGIT_9) break;
  }
  return hasDot && i < end && bytes[i] === CLOSE_BRACKET ? i : -1;
}

function otherStampEnd(bytes: Uint8Array, start: number, end: number): number {
  const firstAt = afterBlanks(bytes, start, end);
  const isMarked = bytes[firstAt] === 0x54 || bytes[firstAt] === 0x43 || bytes[firstAt] === PLUS;
  const digitsAt = isMarked ? firstAt + 1 : firstAt;
  let i = afterNumber(bytes, digitsAt, end);
  const hasSeconds = i > digitsAt;
  i = afterBlanks(bytes, i, end);
  if (bytes[i] === LESS) {
    i = afterBlanks(bytes, afterNumber(bytes, afterBlanks(bytes, i + 1, end), end), end);
    if (bytes[i] !== GREATER) return -1;
    i++;
  } else if (!hasSeconds) return -1;
  if (i >= end || bytes[i] !== CLOSE_BRACKET) return -1;
  // A number alone is no stamp: `[42] ` may be an administrator's prefix.
  return isMarked || hasDot(bytes, digitsAt, i) ? i : -1;
}

function afterBlanks(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && bytes[i] === SPACE) i++;
  return i;
}

function afterNumber(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && (isDigit(bytes[i]) || bytes[i] === DOT)) i++;
  return i;
}

/** Behind priority, number, microseconds since boot and flags (Documentation/ABI/testing/dev-kmsg), or `start`. */
function afterKmsgHead(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  for (let column = 0; column < KMSG_NUMBERS; column++) {
    const from = i;
    while (i < end && isDigit(bytes[i])) i++;
    if (i === from || bytes[i] !== COMMA) return start;
    i++;
  }
  const semicolon = findByte(bytes, SEMICOLON, i, Math.min(end, i + MAX_KMSG_FLAGS_BYTES));
  return bytes[semicolon] === SEMICOLON ? semicolon + 1 : start;
}

const KMSG_NUMBERS = 3;
/** `-`, `c`, and since Linux 5.1 `,caller=T123`. */
const MAX_KMSG_FLAGS_BYTES = 32;

function hasDot(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === DOT) return true;
  return false;
}
