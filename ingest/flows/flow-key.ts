/** How a flow's key packs into five 32-bit integers, and unpacks. */
import type { Inspection, LogRecord, Verdict } from "../record.ts";
import type { Fold } from "./flow.ts";

/** Integers of a key: initiator, responder, conversation, marks, context and folds. */
export const KEY_INTS = 5;

const INITIATOR = 0;
const RESPONDER = 1;
const CONVERSATION = 2;
const MARKS = 3;
const CONTEXT = 4;

/** Context numbers take 26 bits; the two folds lie above, and one mark that found no room elsewhere. */
const CONTEXT_MASK = 0x3ffffff;
const CLOSING = 1 << 30;

/** What of a conversation does not stand in the record itself. */
export interface KeyParts {
  /** -1: none, or not worth telling apart. */
  responderPort: number;
  /** Lowest port of the initiator's class, -1: none. */
  initiatorLow: number;
  reply: boolean;
  certain: boolean;
  dscp: number;
  /** Out of state, and it closes its connection. */
  closing: boolean;
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
  key[CONTEXT] = parts.closing ? CLOSING : 0;
  packEnds(key, ends);
}

/** Puts other addresses, folds and context into a key that is otherwise right. */
export function packEnds(key: Int32Array, ends: KeyEnds): void {
  key[INITIATOR] = ends.initiatorId;
  key[RESPONDER] = ends.responderId;
  key[CONTEXT] =
    ((key[CONTEXT] as number) & CLOSING) | ends.contextId | (ends.initiatorFold << 26) | (ends.responderFold << 28);
}

/** What stands in a key's integer that tells of the conversation. */
export const conversationOf = {
  responderPort: (bits: number): number => (bits & 0x1ffff) - 1,
  protocol: (bits: number): number => ((bits >>> 17) & 0x1ff) - 1,
  verdict: (bits: number): Verdict => ((bits >>> 26) & 3) as Verdict,
  outOfState: (bits: number): boolean => bit(bits, 28),
  reply: (bits: number): boolean => bit(bits, 29),
  laterFragment: (bits: number): boolean => bit(bits, 30),
  certain: (bits: number): boolean => bit(bits, 31),
} as const;

/** What stands in its integer of marks. */
export const marksOf = {
  initiatorLow: (bits: number): number => (bits & 0x1ffff) - 1,
  dscp: (bits: number): number => ((bits >>> 17) & 0x7f) - 1,
  inspection: (bits: number): Inspection => ((bits >>> 24) & 15) as Inspection,
  inspectionVerdict: (bits: number): Verdict => ((bits >>> 28) & 3) as Verdict,
  verdictAssumed: (bits: number): boolean => bit(bits, 30),
  destinationTranslated: (bits: number): boolean => bit(bits, 31),
} as const;

/** What stands in its integer of context and folds. */
export const contextOf = {
  contextId: (bits: number): number => bits & CONTEXT_MASK,
  initiatorFold: (bits: number): Fold => ((bits >>> 26) & 3) as Fold,
  responderFold: (bits: number): Fold => ((bits >>> 28) & 3) as Fold,
  closing: (bits: number): boolean => (bits & CLOSING) !== 0,
} as const;

/** Reads the key that starts at `at`. */
export const keyOf = {
  initiatorId: (keys: Int32Array, at: number): number => keys[at + INITIATOR] as number,
  responderId: (keys: Int32Array, at: number): number => keys[at + RESPONDER] as number,
  conversation: (keys: Int32Array, at: number): number => keys[at + CONVERSATION] as number,
  marks: (keys: Int32Array, at: number): number => keys[at + MARKS] as number,
  context: (keys: Int32Array, at: number): number => keys[at + CONTEXT] as number,
  responderPort: (keys: Int32Array, at: number): number => conversationOf.responderPort(keyOf.conversation(keys, at)),
  protocol: (keys: Int32Array, at: number): number => conversationOf.protocol(keyOf.conversation(keys, at)),
  verdict: (keys: Int32Array, at: number): Verdict => conversationOf.verdict(keyOf.conversation(keys, at)),
  reply: (keys: Int32Array, at: number): boolean => conversationOf.reply(keyOf.conversation(keys, at)),
  initiatorLow: (keys: Int32Array, at: number): number => marksOf.initiatorLow(keyOf.marks(keys, at)),
  contextId: (keys: Int32Array, at: number): number => contextOf.contextId(keyOf.context(keys, at)),
  initiatorFold: (keys: Int32Array, at: number): Fold => contextOf.initiatorFold(keyOf.context(keys, at)),
  responderFold: (keys: Int32Array, at: number): Fold => contextOf.responderFold(keyOf.context(keys, at)),
} as const;

function bit(bits: number, position: number): boolean {
  return ((bits >>> position) & 1) === 1;
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
