/**
 * Records to flows, in one pass and bounded memory. A flow's key is what rules can tell apart; its values are sums,
 * minima and maxima, so that any order and any split of the lines gives the same table. When distinct flows exceed the
 * limit, public peers are folded into ever wider prefixes: counts stay, single addresses go.
 */
import type { AddressWords } from "../address.ts";
import type { LogFormat } from "../format.ts";
import { type LogRecord, PHASE_END, PHASE_PACKET } from "../record.ts";
import { AddressTable } from "./address-table.ts";
import { LAST_FOLD_LEVEL } from "./flood-fold.ts";
import type { Flow, FlowActivity, FlowContext } from "./flow.ts";
import { FlowColumns } from "./flow-columns.ts";
import { KEY_INTS, keyOf } from "./flow-key.ts";
import { type PortableFlows, Renumbering, releaseFlows } from "./flow-merge.ts";
import type { FlowSelector } from "./flow-selection.ts";
import type { FlowSnapshot } from "./flow-snapshot.ts";
import {
  addValues,
  countRecord,
  countTally,
  keepExample,
  type LineBase,
  shiftLines,
  type Tally,
} from "./flow-values.ts";
import { type FlowStore, FlowView } from "./flow-view.ts";
import { HostNames } from "./host-names.ts";
import { HourCounts } from "./hour-counts.ts";
import type { Initiator } from "./initiator.ts";
import { KeyMaker } from "./key-maker.ts";
import { ValueRows } from "./value-rows.ts";

/** Distinct flows before folding starts: some 70 MB of table and hours. */
export const DEFAULT_MAX_FLOWS = 250_000;

const HOUR_MS = 3_600_000;
const VERDICTS = 3;

export class FlowTable implements FlowStore {
  readonly #selector: FlowSelector;
  readonly #maxFlows: number;
  readonly #keys: KeyMaker;
  #columns = new FlowColumns();
  #hours = new HourCounts();
  /** What the lines say of the host names that the selection waits for. */
  readonly hostNames: HostNames;

  constructor(selector: FlowSelector, maxFlows = DEFAULT_MAX_FLOWS) {
    this.#selector = selector;
    this.#maxFlows = maxFlows;
    this.hostNames = new HostNames(selector);
    this.#keys = new KeyMaker(selector);
  }

  get columns(): FlowColumns {
    return this.#columns;
  }

  get size(): number {
    return this.#columns.size;
  }

  /** 0: every peer is exact; above: public peers were folded into prefixes. */
  get foldLevel(): number {
    return this.#keys.fold.level;
  }

  /**
   * Counts the record; `input`, `line` and `offset` say where it stands. Records without addresses count too. Returns
   * whether the line was kept as an example, for inputs that cannot be read twice.
   */
  add(record: LogRecord, format: LogFormat, input: number, line: number, offset: number): boolean {
    if (!record.hostName.isEmpty) this.hostNames.learn(record, input, line, offset);
    const flow = this.#flowOf(this.#keys.keyFor(record, format, null));
    const values = this.#columns.values.segment(flow);
    const at = ValueRows.offset(flow);
    countRecord(values, at, record);
    const counts = record.phase === PHASE_END || record.phase === PHASE_PACKET;
    if (counts && !Number.isNaN(record.timeMs))
      this.#hours.add(flow, Math.floor(record.timeMs / HOUR_MS), record.count);
    return keepExample(values, at, record.timeMs, input, line, offset);
  }

  /**
   * Counts many records that differ in nothing that `record` shows of them; `opener` says who opened their conversations
   * where that is known without their ports. Their evidence is `examples` consecutive lines from `line` on. Returns
   * whether one of these was kept.
   */
  addTally(
    record: LogRecord,
    format: LogFormat,
    tally: Tally,
    opener: Initiator | null,
    examples: { input: number; line: number; count: number },
  ): boolean {
    const flow = this.#flowOf(this.#keys.keyFor(record, format, opener));
    const values = this.#columns.values.segment(flow);
    const at = ValueRows.offset(flow);
    countTally(values, at, record, tally);
    const counts = record.phase === PHASE_END || record.phase === PHASE_PACKET;
    if (counts) for (const [hour, records] of tally.hours) this.#hours.add(flow, hour, record.count * records);
    let kept = false;
    for (let i = 0; i < examples.count; i++) {
      kept = keepExample(values, at, tally.firstMs, examples.input, examples.line + i, 0) || kept;
    }
    return kept;
  }

  /** Whether the address is of the Internet and of no selected block: one of those that a flood folds. */
  isStranger(address: AddressWords): boolean {
    return this.#keys.fold.isStranger(address);
  }

  /** All flows, in order of first appearance. */
  *flows(): Generator<Flow> {
    for (let index = 0; index < this.size; index++) yield new FlowView(this, index);
  }

  addressAt(id: number): AddressWords {
    return this.#keys.addresses.at(id);
  }

  contextAt(id: number): FlowContext {
    return this.#keys.contexts.at(id);
  }

  portsFrom(protocol: number, low: number): [low: number, high: number] {
    return [low, this.#selector.classHigh(protocol, low)];
  }

  hoursOf(flow: number): [hour: number, count: number][] {
    return this.#hours.of(flow);
  }

  /** When the flows of each context and verdict were counted. */
  activity(): FlowActivity[] {
    const found: FlowActivity[] = [];
    const { keys } = this.#columns;
    this.#hours.visit((flow, hour, count) => {
      const at = flow * KEY_INTS;
      const [contextId, verdict] = [keyOf.contextId(keys, at), keyOf.verdict(keys, at)];
      const slot = contextId * VERDICTS + verdict;
      found[slot] ??= { context: this.#keys.contexts.at(contextId), verdict, hours: new Map() };
      const { hours } = found[slot];
      hours.set(hour, (hours.get(hour) ?? 0) + count);
    });
    return Object.values(found);
  }

  /** The content as plain data: the table's own arrays, so copy them to use the table further. */
  toPortable(): PortableFlows {
    return {
      foldLevel: this.foldLevel,
      columns: this.#columns.toPortable(),
      addresses: this.#keys.addresses.toPortable(),
      contexts: this.#keys.contexts.toPortable(),
      hours: this.#hours.toPortable(),
      hostNames: this.hostNames.all(),
    };
  }

  /** The content for another thread to look at: a copy. */
  snapshot(): FlowSnapshot {
    const { keys, values, size } = this.#columns;
    return {
      keys: keys.slice(0, size * KEY_INTS),
      values: values.slice().segments,
      addresses: this.#keys.addresses.toWords(),
      contexts: this.#keys.contexts.all,
      hours: this.#hours.index(size),
      selection: this.#selector.selection,
    };
  }

  /**
   * Adds another table's content, as if its records had been added here. Its arrays become this table's, or are given
   * back. The selections must be equal.
   */
  absorb(other: PortableFlows, lineBase: LineBase): void {
    this.hostNames.absorb(other.hostNames, lineBase);
    const from = new Renumbering(other, this.#keys.contexts);
    if (this.size === 0 && from.keepsContexts) this.#adopt(other, from, lineBase);
    else {
      this.#merge(other, from, lineBase);
      releaseFlows(other);
    }
  }

  #adopt(other: PortableFlows, from: Renumbering, lineBase: LineBase): void {
    this.#keys.fold.level = other.foldLevel;
    this.#columns = new FlowColumns(other.columns);
    this.#keys.addresses = from.addresses;
    this.#hours = from.hours;
    const { values, size } = this.#columns;
    for (let flow = 0; flow < size; flow++) shiftLines(values.segment(flow), ValueRows.offset(flow), lineBase);
  }

  #merge(other: PortableFlows, from: Renumbering, lineBase: LineBase): void {
    if (other.foldLevel > this.foldLevel) this.#foldTo(other.foldLevel);
    const { keys, size } = other.columns;
    const values = new ValueRows(other.columns.values);
    const moved = new Int32Array(size);
    const key = new Int32Array(KEY_INTS);
    const keyIn = (flow: number): Int32Array => {
      for (let i = 0; i < KEY_INTS; i++) key[i] = keys[flow * KEY_INTS + i] as number;
      this.#keys.renumber(key, from);
      return key;
    };
    const levelBefore = this.foldLevel;
    for (let flow = 0; flow < size; flow++) {
      const target = this.#flowOf(keyIn(flow));
      moved[flow] = target;
      const [to, at] = [ValueRows.offset(target), ValueRows.offset(flow)];
      addValues(this.#columns.values.segment(target), to, values.segment(flow), at, lineBase);
    }
    // A fold on the way has moved what was placed before it.
    for (let flow = 0; this.foldLevel !== levelBefore && flow < size; flow++)
      moved[flow] = this.#columns.find(keyIn(flow));
    from.hours.visit((flow, hour, count) => this.#hours.add(moved[flow] as number, hour, count));
  }

  /** Index of the key's flow, which is made if it is new; `key` is refolded if that takes a wider fold. */
  #flowOf(key: Int32Array): number {
    const found = this.#columns.find(key);
    if (found >= 0) return found;
    if (this.size < this.#keys.fold.roomIn(this.#maxFlows) || this.foldLevel === LAST_FOLD_LEVEL)
      return this.#columns.append(key);
    const before = this.#keys.addresses;
    this.#foldTo(this.foldLevel + 1);
    this.#keys.foldKey(key, before);
    return this.#flowOf(key);
  }

  /**
   * Rebuilds the table at a fold level. A level is left only for a further flow that finds no place at it, never because
   * the table is just full: so the level reached depends on how many distinct flows there are, not on their order.
   */
  #foldTo(level: number): void {
    const addresses = this.#keys.addresses;
    const hours = this.#hours;
    this.#keys.fold.level = level;
    this.#keys.addresses = new AddressTable();
    this.#hours = new HourCounts();
    const moved = this.#columns.rewriteKeys((key) => this.#keys.foldKey(key, addresses));
    hours.visit((flow, hour, count) => this.#hours.add(moved[flow] as number, hour, count));
  }
}
