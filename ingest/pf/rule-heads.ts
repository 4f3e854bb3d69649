/**
 * The first nine columns of a filterlog line, up to the version, say the same for every packet that a rule logs at an
 * interface. They are cut and read once; from then on a comparison finds them (PERFORMANCE.md).
 */
import { copyOf, parseDecimal } from "../bytes.ts";
import { DIRECTION_OUT, type LogRecord, type RecordDirection, type Verdict } from "../record.ts";
import type { Columns } from "./columns.ts";

/** The columns as filterlog prints them. */
const RULE_NAME = 2;
const RULE_ID = 3;
const INTERFACE = 4;
const REASON = 5;
const ACTION = 6;
const DIRECTION = 7;
const VERSION = 8;
export const HEAD_COLUMNS = 9;

const SETS = 64;
/** A rule may log at several interfaces. */
const WAYS = 4;
const MAX_HEAD_BYTES = 256;

/** Read columns; all places count from the head's first byte. */
export class RuleHead {
  readonly bytes: Uint8Array;
  readonly verdict: Verdict;
  readonly direction: RecordDirection;
  readonly isIpv4: boolean;
  /** By column, up to ACTION. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(bytes: Uint8Array, start: number, columns: Columns, verdict: Verdict, direction: RecordDirection) {
    this.bytes = copyOf(bytes, start, columns.start(HEAD_COLUMNS));
    this.verdict = verdict;
    this.direction = direction;
    this.isIpv4 = parseDecimal(bytes, columns.start(VERSION), columns.end(VERSION)) === 4;
    for (let column = 0; column < DIRECTION; column++) {
      this.#starts.push(columns.start(column) - start);
      this.#ends.push(columns.end(column) - start);
    }
  }

  /** Puts what the head says into the record, for a line in which it begins at `start`. */
  fill(into: LogRecord, start: number): void {
    const starts = this.#starts;
    const ends = this.#ends;
    into.verdict = this.verdict;
    into.direction = this.direction;
    into.ruleName.set(start + (starts[RULE_NAME] as number), start + (ends[RULE_NAME] as number));
    into.ruleId.set(start + (starts[RULE_ID] as number), start + (ends[RULE_ID] as number));
    into.reason.set(start + (starts[REASON] as number), start + (ends[REASON] as number));
    into.action.set(start + (starts[ACTION] as number), start + (ends[ACTION] as number));
    const at = this.direction === DIRECTION_OUT ? into.egress : into.ingress;
    at.set(start + (starts[INTERFACE] as number), start + (ends[INTERFACE] as number));
  }
}

export class RuleHeads {
  readonly #slots: (RuleHead | null)[] = new Array<RuleHead | null>(SETS * WAYS).fill(null);
  #nextWay = 0;

  /** The head that the payload begins with, or null where it has not been seen. */
  find(bytes: Uint8Array, start: number, end: number): RuleHead | null {
    const set = setOf(bytes, start);
    for (let way = 0; way < WAYS; way++) {
      const head = this.#slots[set + way] as RuleHead | null;
      if (head === null) return null;
      if (isAt(head.bytes, bytes, start, end)) return head;
    }
    return null;
  }

  add(head: RuleHead): void {
    if (head.bytes.length > MAX_HEAD_BYTES) return;
    const set = setOf(head.bytes, 0);
    let way = 0;
    while (way < WAYS && this.#slots[set + way] !== null) way++;
    if (way === WAYS) {
      this.#nextWay = (this.#nextWay + 1) % WAYS;
      way = this.#nextWay;
    }
    this.#slots[set + way] = head;
  }
}

/** By the rule's number: its first digits and where they end. */
function setOf(bytes: Uint8Array, start: number): number {
  const mixed = (bytes[start] as number) + (bytes[start + 1] as number) * 7 + (bytes[start + 2] as number) * 31;
  return (mixed & (SETS - 1)) * WAYS;
}

function isAt(head: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  const { length } = head;
  if (end - start < length) return false;
  // What differs most often, rule and interface, stands toward the end.
  for (let i = length - 1; i >= 0; i--) if (head[i] !== bytes[start + i]) return false;
  return true;
}
