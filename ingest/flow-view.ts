/** One flow of a table, decoded field by field as it is asked for. */
import type { AddressWords } from "./address.ts";
import type { Flow, FlowContext, Fold, LinePointer } from "./flow.ts";
import type { FlowColumns } from "./flow-columns.ts";
import { KEY_INTS, keyOf } from "./flow-key.ts";
import * as value from "./flow-values.ts";
import type { Inspection, Verdict } from "./record.ts";

/** What a view needs of its table besides the columns. */
export interface FlowStore {
  columns: FlowColumns;
  addressAt(id: number): AddressWords;
  contextAt(id: number): FlowContext;
  /** The interval of initiator ports that begins at `low`. */
  portsFrom(protocol: number, low: number): [low: number, high: number];
  hoursOf(flow: number): [hour: number, count: number][];
}

export class FlowView implements Flow {
  readonly #store: FlowStore;
  readonly index: number;

  constructor(store: FlowStore, index: number) {
    this.#store = store;
    this.index = index;
  }

  #key<T>(read: (keys: Int32Array, at: number) => T): T {
    return read(this.#store.columns.keys, this.index * KEY_INTS);
  }

  #value(field: number): number {
    return this.#store.columns.values[this.index * value.VALUE_FLOATS + field] as number;
  }

  get contextId(): number {
    return this.#key(keyOf.contextId);
  }

  get context(): FlowContext {
    return this.#store.contextAt(this.contextId);
  }

  get protocol(): number {
    return this.#key(keyOf.protocol);
  }

  get verdict(): Verdict {
    return this.#key(keyOf.verdict);
  }

  get verdictAssumed(): boolean {
    return this.#key(keyOf.verdictAssumed);
  }

  get outOfState(): boolean {
    return this.#key(keyOf.outOfState);
  }

  get reply(): boolean {
    return this.#key(keyOf.reply);
  }

  get laterFragment(): boolean {
    return this.#key(keyOf.laterFragment);
  }

  get initiatorCertain(): boolean {
    return this.#key(keyOf.certain);
  }

  get initiatorId(): number {
    return this.#key(keyOf.initiatorId);
  }

  get initiator(): AddressWords {
    return this.#store.addressAt(this.initiatorId);
  }

  get initiatorFold(): Fold {
    return this.#key(keyOf.initiatorFold);
  }

  get responderId(): number {
    return this.#key(keyOf.responderId);
  }

  get responder(): AddressWords {
    return this.#store.addressAt(this.responderId);
  }

  get responderFold(): Fold {
    return this.#key(keyOf.responderFold);
  }

  get destinationTranslated(): boolean {
    return this.#key(keyOf.destinationTranslated);
  }

  get responderPort(): number {
    return this.#key(keyOf.responderPort);
  }

  get initiatorPorts(): [low: number, high: number] | null {
    const low = this.#key(keyOf.initiatorLow);
    return low < 0 ? null : this.#store.portsFrom(this.protocol, low);
  }

  get dscp(): number {
    return this.#key(keyOf.dscp);
  }

  get inspection(): Inspection {
    return this.#key(keyOf.inspection);
  }

  get inspectionVerdict(): Verdict {
    return this.#key(keyOf.inspectionVerdict);
  }

  /** A session told by start and end counts once; one that only interim lines tell of counts as one. */
  get count(): number {
    const counted = Math.max(this.#value(value.COUNT), this.#value(value.STARTS));
    return counted > 0 ? counted : Math.min(1, this.#value(value.INTERIMS));
  }

  get records(): number {
    return this.#value(value.RECORDS);
  }

  get bytes(): number {
    return this.#value(value.BYTES);
  }

  get packets(): number {
    return this.#value(value.PACKETS);
  }

  get unansweredSessions(): number {
    return this.#value(value.UNANSWERED);
  }

  get rewrittenSourcePorts(): number {
    return this.#value(value.REWRITTEN);
  }

  get largestPacketBytes(): number {
    return this.#value(value.LARGEST);
  }

  get lostEvents(): number {
    return this.#value(value.LOST);
  }

  get firstMs(): number {
    return this.#value(value.FIRST);
  }

  get lastMs(): number {
    return this.#value(value.LAST);
  }

  hours(): [hour: number, count: number][] {
    return this.#store.hoursOf(this.index);
  }

  examples(): LinePointer[] {
    return value.examplesOf(this.#store.columns.values, this.index * value.VALUE_FLOATS);
  }
}
