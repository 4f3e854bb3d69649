/**
 * Prefixes repeat: a firewall has as many as it has logging rules. Each is read once and kept with its bytes in a small
 * cache of fixed size, so that a line costs a hash and a comparison.
 */
import {
  CLOSE_BRACKET,
  COMMA,
  copyOf,
  DOT,
  findByte,
  isDigit,
  matchesAt,
  OPEN_BRACKET,
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
 * processor, `[ 1732.118004][  T123] `, or what /dev/kmsg has, `4,1234,1732118004,-;`. They are no dates.
 */
export function skipKernelStamp(bytes: Uint8Array, start: number, end: number): number {
  let at = afterKmsgHead(bytes, start, end);
  while (at < end && bytes[at] === OPEN_BRACKET) {
    let i = at + 1;
    while (i < end && bytes[i] === SPACE) i++;
    const firstAt = i;
    if (bytes[i] === 0x54 || bytes[i] === 0x43) i++;
    const digitsAt = i;
    while (i < end && (isDigit(bytes[i]) || bytes[i] === DOT)) i++;
    if (i === digitsAt || i >= end || bytes[i] !== CLOSE_BRACKET) return at;
    // A number alone is no stamp: `[42] ` may be an administrator's prefix.
    if (firstAt === digitsAt && !hasDot(bytes, digitsAt, i)) return at;
    at = i + 1;
    while (at < end && bytes[at] === SPACE) at++;
  }
  return at;
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
