/** One flow of a table, decoded field by field as it is asked for. */
import type { AddressWords } from "../address.ts";
import type { Inspection, Verdict } from "../record.ts";
import type { Flow, FlowContext, Fold, LinePointer } from "./flow.ts";
import type { FlowColumns } from "./flow-columns.ts";
import { contextOf, conversationOf, KEY_INTS, keyOf, marksOf } from "./flow-key.ts";
import * as value from "./flow-values.ts";
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

/** Holds most of its key: judging asks for it some fifty times, all over the memory that the table takes. */
export class FlowView implements Flow {
  readonly #store: FlowStore;
  readonly index: number;
  readonly #conversation: number;
  readonly #marks: number;
  readonly #context: number;

  constructor(store: FlowStore, index: number) {
    this.#store = store;
    this.index = index;
    const { keys } = store.columns;
    const at = index * KEY_INTS;
    this.#conversation = keyOf.conversation(keys, at);
    this.#marks = keyOf.marks(keys, at);
    this.#context = keyOf.context(keys, at);
  }

  #value(field: number): number {
    return this.#store.columns.values.at(this.index, field);
  }

  get contextId(): number {
    return contextOf.contextId(this.#context);
  }

  get context(): FlowContext {
    return this.#store.contextAt(this.contextId);
  }

  get protocol(): number {
    return conversationOf.protocol(this.#conversation);
  }

  get verdict(): Verdict {
    return conversationOf.verdict(this.#conversation);
  }

  get verdictAssumed(): boolean {
    return marksOf.verdictAssumed(this.#marks);
  }

  get outOfState(): boolean {
    return conversationOf.outOfState(this.#conversation);
  }

  get closing(): boolean {
    return contextOf.closing(this.#context);
  }

  get reply(): boolean {
    return conversationOf.reply(this.#conversation);
  }

  get laterFragment(): boolean {
    return conversationOf.laterFragment(this.#conversation);
  }

  get initiatorCertain(): boolean {
    return conversationOf.certain(this.#conversation);
  }

  get initiatorId(): number {
    return keyOf.initiatorId(this.#store.columns.keys, this.index * KEY_INTS);
  }

  get initiator(): AddressWords {
    return this.#store.addressAt(this.initiatorId);
  }

  get initiatorFold(): Fold {
    return contextOf.initiatorFold(this.#context);
  }

  get responderId(): number {
    return keyOf.responderId(this.#store.columns.keys, this.index * KEY_INTS);
  }

  get responder(): AddressWords {
    return this.#store.addressAt(this.responderId);
  }

  get responderFold(): Fold {
    return contextOf.responderFold(this.#context);
  }

  get destinationTranslated(): boolean {
    return marksOf.destinationTranslated(this.#marks);
  }

  get responderPort(): number {
    return conversationOf.responderPort(this.#conversation);
  }

  get initiatorPorts(): [low: number, high: number] | null {
    const low = marksOf.initiatorLow(this.#marks);
    return low < 0 ? null : this.#store.portsFrom(this.protocol, low);
  }

  get dscp(): number {
    return marksOf.dscp(this.#marks);
  }

  get inspection(): Inspection {
    return marksOf.inspection(this.#marks);
  }

  get inspectionVerdict(): Verdict {
    return marksOf.inspectionVerdict(this.#marks);
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
