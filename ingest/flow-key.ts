/** How a flow's key packs into five 32-bit integers, and unpacks. */
import type { Fold } from "./flow.ts";
import type { Inspection, LogRecord, Verdict } from "./record.ts";

/** Integers of a key: initiator, responder, conversation, marks, context and folds. */
export const KEY_INTS = 5;

const INITIATOR = 0;
const RESPONDER = 1;
const CONVERSATION = 2;
const MARKS = 3;
const CONTEXT = 4;

/** Context numbers take 26 bits; the two folds lie above. */
const CONTEXT_MASK = 0x3ffffff;

/** What of a conversation does not stand in the record itself. */
export interface KeyParts {
  /** -1: none, or not worth telling apart. */
  responderPort: number;
  /** Lowest port of the initiator's class, -1: none. */
  initiatorLow: number;
  reply: boolean;
  certain: boolean;
  dscp: number;
}

/** The numbers of a table. */
export interface KeyEnds {
  initiatorId: number;
  responderId: number;
  contextId: number;
  initiatorFold: Fold;
  responderFold: Fold;
}

export function packKey(key: Int32Array, parts: KeyParts, record: LogRecord, ends: KeyEnds): void {
  key[CONVERSATION] =
    (parts.responderPort + 1) |
    ((record.protocol + 1) << 17) |
    (record.verdict << 26) |
    (record.outOfState ? 1 << 28 : 0) |
    (parts.reply ? 1 << 29 : 0) |
    (record.fragmentOffset > 0 ? 1 << 30 : 0) |
    (parts.certain ? 1 << 31 : 0);
  key[MARKS] =
    (parts.initiatorLow + 1) |
    ((parts.dscp + 1) << 17) |
    (record.inspection << 24) |
    (record.inspectionVerdict << 28) |
    (record.verdictAssumed ? 1 << 30 : 0) |
    (record.hasDestinationNat ? 1 << 31 : 0);
  packEnds(key, ends);
}

/** Puts other addresses, folds and context into a key that is otherwise right. */
export function packEnds(key: Int32Array, ends: KeyEnds): void {
  key[INITIATOR] = ends.initiatorId;
  key[RESPONDER] = ends.responderId;
  key[CONTEXT] = ends.contextId | (ends.initiatorFold << 26) | (ends.responderFold << 28);
}

/** Reads the key that starts at `at`. */
export const keyOf = {
  initiatorId: (keys: Int32Array, at: number): number => keys[at + INITIATOR] as number,
  responderId: (keys: Int32Array, at: number): number => keys[at + RESPONDER] as number,
  responderPort: (keys: Int32Array, at: number): number => ((keys[at + CONVERSATION] as number) & 0x1ffff) - 1,
  protocol: (keys: Int32Array, at: number): number => (((keys[at + CONVERSATION] as number) >>> 17) & 0x1ff) - 1,
  verdict: (keys: Int32Array, at: number): Verdict => (((keys[at + CONVERSATION] as number) >>> 26) & 3) as Verdict,
  outOfState: (keys: Int32Array, at: number): boolean => bit(keys[at + CONVERSATION], 28),
  reply: (keys: Int32Array, at: number): boolean => bit(keys[at + CONVERSATION], 29),
  laterFragment: (keys: Int32Array, at: number): boolean => bit(keys[at + CONVERSATION], 30),
  certain: (keys: Int32Array, at: number): boolean => bit(keys[at + CONVERSATION], 31),
  initiatorLow: (keys: Int32Array, at: number): number => ((keys[at + MARKS] as number) & 0x1ffff) - 1,
  dscp: (keys: Int32Array, at: number): number => (((keys[at + MARKS] as number) >>> 17) & 0x7f) - 1,
  inspection: (keys: Int32Array, at: number): Inspection => (((keys[at + MARKS] as number) >>> 24) & 15) as Inspection,
  inspectionVerdict: (keys: Int32Array, at: number): Verdict => (((keys[at + MARKS] as number) >>> 28) & 3) as Verdict,
  verdictAssumed: (keys: Int32Array, at: number): boolean => bit(keys[at + MARKS], 30),
  destinationTranslated: (keys: Int32Array, at: number): boolean => bit(keys[at + MARKS], 31),
  contextId: (keys: Int32Array, at: number): number => (keys[at + CONTEXT] as number) & CONTEXT_MASK,
  initiatorFold: (keys: Int32Array, at: number): Fold => (((keys[at + CONTEXT] as number) >>> 26) & 3) as Fold,
  responderFold: (keys: Int32Array, at: number): Fold => (((keys[at + CONTEXT] as number) >>> 28) & 3) as Fold,
} as const;

function bit(value: number | undefined, position: number): boolean {
  return (((value as number) >>> position) & 1) === 1;
}

export function sameKey(keys: Int32Array, at: number, key: Int32Array): boolean {
  return (
    keys[at] === key[0] &&
    keys[at + 1] === key[1] &&
    keys[at + 2] === key[2] &&
    keys[at + 3] === key[3] &&
    keys[at + 4] === key[4]
  );
}

export function hashKey(keys: Int32Array, at: number): number {
  let hash = 0;
  for (let i = 0; i < KEY_INTS; i++) hash = Math.imul(hash ^ (keys[at + i] as number), 0x9e3779b1) + (hash >>> 13);
  return hash ^ (hash >>> 16);
}
