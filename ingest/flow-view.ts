/** One flow of a table, decoded field by field as it is asked for. */
import type { AddressWords } from "./address.ts";
import type { Flow, FlowContext, Fold, LinePointer } from "./flow.ts";
import type { FlowColumns } from "./flow-columns.ts";
import { KEY_INTS, keyOf } from "./flow-key.ts";
import * as value from "./flow-values.ts";
import type { Inspection, Verdict } from "./record.ts";
import { ValueRows } from "./value-rows.ts";

/** What a view needs of its table besides the columns. */
export interface FlowStore {
  readonly columns: Pick<FlowColumns, "keys" | "values">;
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

  get #keyAt(): number {
    return this.index * KEY_INTS;
  }

  #value(field: number): number {
    return this.#store.columns.values.at(this.index, field);
  }

  get contextId(): number {
    return keyOf.contextId(this.#store.columns.keys, this.#keyAt);
  }

  get context(): FlowContext {
    return this.#store.contextAt(this.contextId);
  }

  get protocol(): number {
    return keyOf.protocol(this.#store.columns.keys, this.#keyAt);
  }

  get verdict(): Verdict {
    return keyOf.verdict(this.#store.columns.keys, this.#keyAt);
  }

  get verdictAssumed(): boolean {
    return keyOf.verdictAssumed(this.#store.columns.keys, this.#keyAt);
  }

  get outOfState(): boolean {
    return keyOf.outOfState(this.#store.columns.keys, this.#keyAt);
  }

  get reply(): boolean {
    return keyOf.reply(this.#store.columns.keys, this.#keyAt);
  }

  get laterFragment(): boolean {
    return keyOf.laterFragment(this.#store.columns.keys, this.#keyAt);
  }

  get initiatorCertain(): boolean {
    return keyOf.certain(this.#store.columns.keys, this.#keyAt);
  }

  get initiatorId(): number {
    return keyOf.initiatorId(this.#store.columns.keys, this.#keyAt);
  }

  get initiator(): AddressWords {
    return this.#store.addressAt(this.initiatorId);
  }

  get initiatorFold(): Fold {
    return keyOf.initiatorFold(this.#store.columns.keys, this.#keyAt);
  }

  get responderId(): number {
    return keyOf.responderId(this.#store.columns.keys, this.#keyAt);
  }

  get responder(): AddressWords {
    return this.#store.addressAt(this.responderId);
  }

  get responderFold(): Fold {
    return keyOf.responderFold(this.#store.columns.keys, this.#keyAt);
  }

  get destinationTranslated(): boolean {
    return keyOf.destinationTranslated(this.#store.columns.keys, this.#keyAt);
  }

  get responderPort(): number {
    return keyOf.responderPort(this.#store.columns.keys, this.#keyAt);
  }

  get initiatorPorts(): [low: number, high: number] | null {
    const low = keyOf.initiatorLow(this.#store.columns.keys, this.#keyAt);
    return low < 0 ? null : this.#store.portsFrom(this.protocol, low);
  }

  get dscp(): number {
    return keyOf.dscp(this.#store.columns.keys, this.#keyAt);
  }

  get inspection(): Inspection {
    return keyOf.inspection(this.#store.columns.keys, this.#keyAt);
  }

  get inspectionVerdict(): Verdict {
    return keyOf.inspectionVerdict(this.#store.columns.keys, this.#keyAt);
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

  get shaperDroppedBytes(): number {
    return this.#value(value.SHAPED);
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

  get shortestSessionMs(): number {
    return this.#value(value.SHORTEST);
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
    return value.examplesOf(this.#store.columns.values.segment(this.index), ValueRows.offset(this.index));
  }
}
