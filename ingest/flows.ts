/**
 * Records to flows, in one pass and bounded memory. A flow's key is what rules can tell apart; its values are sums,
 * minima and maxima, so that any order and any split of the lines gives the same table. When distinct flows exceed the
 * limit, public peers are folded into ever wider prefixes: counts stay, single addresses go.
 */

import { type AddressWords, isIpv4, isPrivateAddress, maskAddress } from "./address.ts";
import { AddressTable } from "./address-table.ts";
import {
  type Flow,
  type FlowContext,
  FOLD_EXACT,
  FOLD_PREFIX,
  FOLD_PRIVATE,
  FOLD_PUBLIC,
  type Fold,
  type LinePointer,
} from "./flow.ts";
import { ContextTable } from "./flow-context.ts";
import type { FlowSelector } from "./flow-selection.ts";
import type { LogFormat } from "./format.ts";
import { HourCounts } from "./hour-counts.ts";
import { DESTINATION_CERTAIN, DESTINATION_LIKELY, initiatorOf, SOURCE_CERTAIN } from "./initiator.ts";
import {
  type Inspection,
  type LogRecord,
  PHASE_END,
  PHASE_INTERIM,
  PHASE_PACKET,
  PHASE_START,
  VERDICT_DENY,
  type Verdict,
} from "./record.ts";

/** Distinct flows before folding starts: some 90 MB of table. */
export const DEFAULT_MAX_FLOWS = 400_000;

const HOUR_MS = 3_600_000;
const KEY_INTS = 5;

// Layout of one flow's values in the interleaved Float64Array.
const COUNT = 0;
const STARTS = 1;
const INTERIMS = 2;
const RECORDS = 3;
const BYTES = 4;
const PACKETS = 5;
const UNANSWERED = 6;
const REWRITTEN = 7;
const LARGEST = 8;
const LOST = 9;
const FIRST = 10;
const LAST = 11;
const EXAMPLES = 12;
const EXAMPLE_FLOATS = 4;
const MAX_EXAMPLES = 3;
const VALUE_FLOATS = EXAMPLES + MAX_EXAMPLES * EXAMPLE_FLOATS;

const UNSPECIFIED = new Uint32Array(4);

/** How many leading bits of the 128-bit form a folded public peer keeps, IPv4 and IPv6, by fold level. */
const FOLD_BITS: readonly (readonly [v4: number, v6: number] | null)[] = [
  null,
  [120, 48],
  [120, 48],
  [112, 32],
  [0, 0],
];
const LAST_FOLD_LEVEL = 4;

export class FlowTable {
  readonly #selector: FlowSelector;
  readonly #maxFlows: number;
  readonly #contexts = new ContextTable();
  #addresses = new AddressTable();
  #keys = new Int32Array(1024 * KEY_INTS);
  #values = new Float64Array(1024 * VALUE_FLOATS);
  #slots = new Int32Array(4096);
  #size = 0;
  #foldLevel = 0;
  #hours = new HourCounts();
  #hoursByFlow: Map<number, [number, number][]> | null = null;
  readonly #key = new Int32Array(KEY_INTS);
  readonly #scratch = new Uint32Array(4);

  constructor(selector: FlowSelector, maxFlows = DEFAULT_MAX_FLOWS) {
    this.#selector = selector;
    this.#maxFlows = maxFlows;
  }

  get size(): number {
    return this.#size;
  }

  /** 0: every peer is exact; above: public peers were folded into prefixes. */
  get foldLevel(): number {
    return this.#foldLevel;
  }

  /**
   * Counts the record; `input`, `line` and `offset` say where it stands. Records without addresses count too. Returns
   * whether the line was kept as an example, for inputs that cannot be read twice.
   */
  add(record: LogRecord, format: LogFormat, input: number, line: number, offset: number): boolean {
    this.#hoursByFlow = null;
    const flow = this.#find(record, format);
    const at = flow * VALUE_FLOATS;
    const values = this.#values;
    const weight = record.count;
    values[at + RECORDS] = (values[at + RECORDS] as number) + 1;
    if (record.phase === PHASE_START) values[at + STARTS] = (values[at + STARTS] as number) + weight;
    else if (record.phase === PHASE_INTERIM) values[at + INTERIMS] = (values[at + INTERIMS] as number) + weight;
    else {
      values[at + COUNT] = (values[at + COUNT] as number) + weight;
      if (record.bytes > 0) values[at + BYTES] = (values[at + BYTES] as number) + record.bytes * weight;
      const packets = record.packets >= 0 ? record.packets : record.phase === PHASE_PACKET ? 1 : 0;
      values[at + PACKETS] = (values[at + PACKETS] as number) + packets * weight;
      if (record.phase === PHASE_END && record.packets > 0 && record.replyPackets === 0) {
        values[at + UNANSWERED] = (values[at + UNANSWERED] as number) + weight;
      }
      if (record.phase === PHASE_PACKET && record.bytes > (values[at + LARGEST] as number)) {
        values[at + LARGEST] = record.bytes;
      }
      if (record.sourceNatPort >= 0 && record.sourceNatPort !== record.sourcePort) {
        values[at + REWRITTEN] = (values[at + REWRITTEN] as number) + weight;
      }
    }
    values[at + LOST] = (values[at + LOST] as number) + record.lostEvents;
    const { timeMs } = record;
    if (!Number.isNaN(timeMs)) {
      if (!((values[at + FIRST] as number) <= timeMs)) values[at + FIRST] = timeMs;
      if (!((values[at + LAST] as number) >= timeMs)) values[at + LAST] = timeMs;
      if (record.phase === PHASE_END || record.phase === PHASE_PACKET)
        this.#hours.add(flow, Math.floor(timeMs / HOUR_MS), weight);
    }
    return this.#keepExample(at + EXAMPLES, Number.isNaN(timeMs) ? Number.MAX_VALUE : timeMs, input, line, offset);
  }

  /** All flows, in order of first appearance. */
  *flows(): Generator<Flow> {
    for (let index = 0; index < this.#size; index++) yield this.flow(index);
  }

  flow(index: number): Flow {
    return new FlowView(this, index);
  }

  /** @internal For FlowView. */
  keyAt(index: number, field: number): number {
    return this.#keys[index * KEY_INTS + field] as number;
  }

  /** @internal For FlowView. */
  valueAt(index: number, field: number): number {
    return this.#values[index * VALUE_FLOATS + field] as number;
  }

  /** @internal For FlowView. */
  addressAt(id: number): AddressWords {
    return this.#addresses.at(id);
  }

  /** @internal For FlowView. */
  contextAt(id: number): FlowContext {
    return this.#contexts.at(id);
  }

  /** @internal For FlowView. */
  portsFrom(protocol: number, low: number): [low: number, high: number] {
    return [low, this.#selector.classHigh(protocol, low)];
  }

  /** @internal For FlowView. */
  hoursOf(index: number): [hour: number, count: number][] {
    this.#hoursByFlow ??= this.#hours.byFlow();
    return this.#hoursByFlow.get(index) ?? [];
  }

  #find(record: LogRecord, format: LogFormat): number {
    const selector = this.#selector;
    const destination = record.hasDestinationNat ? record.destinationNat : record.destination;
    const opener = initiatorOf(record, selector);
    const reply = opener === DESTINATION_CERTAIN || opener === DESTINATION_LIKELY;
    const certain = opener === SOURCE_CERTAIN || opener === DESTINATION_CERTAIN;
    const initiator = reply ? destination : record.source;
    const responder = reply ? record.source : destination;
    const destinationPort = record.destinationNatPort >= 0 ? record.destinationNatPort : record.destinationPort;
    const initiatorPort = reply ? destinationPort : record.sourcePort;
    const responderPort = reply ? record.sourcePort : destinationPort;
    let initiatorFold: Fold = FOLD_EXACT;
    let responderFold: Fold = FOLD_EXACT;
    let concerned = true;
    const key = this.#key;
    if (record.ipVersion === 0) {
      key[0] = this.#addresses.intern(UNSPECIFIED);
      key[1] = key[0];
    } else {
      concerned =
        selector.selection.keepAll ||
        selector.concerns(initiator) ||
        selector.concerns(responder) ||
        (record.hasDestinationNat && selector.concerns(record.destination));
      if (!concerned) {
        const watched = selector.isWatched(responderPort);
        initiatorFold = isPrivateAddress(initiator) ? FOLD_PRIVATE : FOLD_PUBLIC;
        responderFold = isPrivateAddress(responder) ? FOLD_PRIVATE : FOLD_PUBLIC;
        // Who knocked on a watched port of one of the firewall's outside addresses is worth knowing one by one.
        const knocked =
          record.verdict === VERDICT_DENY && initiatorFold === FOLD_PUBLIC && responderFold === FOLD_PUBLIC;
        if (watched && knocked) initiatorFold = FOLD_EXACT;
        if (watched) responderFold = FOLD_EXACT;
      }
      if (this.#foldLevel > 0) {
        if (initiatorFold === FOLD_EXACT) initiatorFold = this.#floodFold(initiator, record.verdict);
        if (responderFold === FOLD_EXACT) responderFold = this.#floodFold(responder, record.verdict);
      }
      key[0] = this.#internFolded(initiator, initiatorFold);
      key[1] = this.#internFolded(responder, responderFold);
    }
    const keptPort = concerned || selector.isWatched(responderPort) ? responderPort : -1;
    const initiatorLow = concerned ? selector.classLow(record.protocol, initiatorPort) : -1;
    key[2] =
      (keptPort + 1) |
      ((record.protocol + 1) << 17) |
      (record.verdict << 26) |
      (record.outOfState ? 1 << 28 : 0) |
      (reply ? 1 << 29 : 0) |
      (record.fragmentOffset > 0 ? 1 << 30 : 0) |
      (certain ? 1 << 31 : 0);
    key[3] =
      (initiatorLow + 1) |
      ((concerned ? record.dscp + 1 : 0) << 17) |
      (record.inspection << 24) |
      (record.inspectionVerdict << 28) |
      (record.verdictAssumed ? 1 << 30 : 0) |
      (record.hasDestinationNat ? 1 << 31 : 0);
    const context = this.#contexts.intern(record, format, concerned);
    key[4] = context | (initiatorFold << 26) | (responderFold << 28);
    return this.#lookUp(key);
  }

  #floodFold(address: AddressWords, verdict: Verdict): Fold {
    if (this.#foldLevel === 1 && verdict !== VERDICT_DENY) return FOLD_EXACT;
    if (isPrivateAddress(address) || this.#selector.hostIndex(address) >= 0) return FOLD_EXACT;
    return this.#foldLevel === LAST_FOLD_LEVEL ? FOLD_PUBLIC : FOLD_PREFIX;
  }

  #internFolded(address: AddressWords, fold: Fold): number {
    if (fold === FOLD_EXACT) return this.#addresses.intern(address);
    if (fold !== FOLD_PREFIX) return this.#addresses.intern(UNSPECIFIED);
    const [v4Bits, v6Bits] = FOLD_BITS[this.#foldLevel] as readonly [number, number];
    this.#scratch.set(address);
    maskAddress(this.#scratch, isIpv4(address) ? v4Bits : v6Bits);
    return this.#addresses.intern(this.#scratch);
  }

  #lookUp(key: Int32Array): number {
    const mask = this.#slots.length - 1;
    const keys = this.#keys;
    for (let slot = hashKey(key, 0) & mask; ; slot = (slot + 1) & mask) {
      const flow = (this.#slots[slot] as number) - 1;
      if (flow < 0) {
        if (this.#size >= this.#maxFlows && this.#foldLevel < LAST_FOLD_LEVEL) {
          const addresses = this.#addresses;
          this.#foldFurther();
          return this.#lookUp(this.#refold(key, addresses));
        }
        return this.#append(key, slot);
      }
      const at = flow * KEY_INTS;
      if (
        keys[at] === key[0] &&
        keys[at + 1] === key[1] &&
        keys[at + 2] === key[2] &&
        keys[at + 3] === key[3] &&
        keys[at + 4] === key[4]
      )
        return flow;
    }
  }

  #append(key: Int32Array, slot: number): number {
    const flow = this.#size++;
    if (this.#size * KEY_INTS > this.#keys.length) {
      const keys = new Int32Array(this.#keys.length * 2);
      keys.set(this.#keys);
      this.#keys = keys;
      const values = new Float64Array(this.#values.length * 2);
      values.set(this.#values);
      this.#values = values;
    }
    this.#keys.set(key, flow * KEY_INTS);
    const at = flow * VALUE_FLOATS;
    this.#values.fill(0, at, at + VALUE_FLOATS);
    this.#values[at + FIRST] = Number.NaN;
    this.#values[at + LAST] = Number.NaN;
    for (let i = 0; i < MAX_EXAMPLES; i++) this.#values[at + EXAMPLES + i * EXAMPLE_FLOATS] = Number.NaN;
    this.#slots[slot] = flow + 1;
    if (this.#size * 2 > this.#slots.length) this.#growSlots();
    return flow;
  }

  #growSlots(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let flow = 0; flow < this.#size; flow++) {
      let slot = hashKey(this.#keys, flow * KEY_INTS) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = flow + 1;
    }
    this.#slots = slots;
  }

  /** Keeps the earliest examples, ordered by time; the first come of equal times stay. */
  #keepExample(at: number, timeMs: number, input: number, line: number, offset: number): boolean {
    const values = this.#values;
    let place = MAX_EXAMPLES;
    while (place > 0 && !((values[at + (place - 1) * EXAMPLE_FLOATS] as number) <= timeMs)) place--;
    if (place === MAX_EXAMPLES) return false;
    values.copyWithin(
      at + (place + 1) * EXAMPLE_FLOATS,
      at + place * EXAMPLE_FLOATS,
      at + (MAX_EXAMPLES - 1) * EXAMPLE_FLOATS,
    );
    const slot = at + place * EXAMPLE_FLOATS;
    values[slot] = timeMs;
    values[slot + 1] = input;
    values[slot + 2] = line;
    values[slot + 3] = offset;
    return true;
  }

  /**
   * Rebuilds the table one fold level wider until it fits. The level reached depends only on how many distinct flows
   * there are, not on their order: a table is over the limit at some time exactly if all its flows together are.
   */
  #foldFurther(): void {
    while (this.#size >= this.#maxFlows && this.#foldLevel < LAST_FOLD_LEVEL) {
      this.#foldLevel++;
      this.#rebuild();
    }
  }

  #rebuild(): void {
    const old = {
      addresses: this.#addresses,
      keys: this.#keys,
      values: this.#values,
      size: this.#size,
      hours: this.#hours,
    };
    this.#addresses = new AddressTable();
    this.#keys = new Int32Array(1024 * KEY_INTS);
    this.#values = new Float64Array(1024 * VALUE_FLOATS);
    this.#slots = new Int32Array(4096);
    this.#size = 0;
    this.#hours = new HourCounts();
    const moved = new Int32Array(old.size);
    const key = new Int32Array(KEY_INTS);
    for (let flow = 0; flow < old.size; flow++) {
      key.set(old.keys.subarray(flow * KEY_INTS, (flow + 1) * KEY_INTS));
      const target = this.#placeFolded(this.#refold(key, old.addresses));
      moved[flow] = target;
      this.#addValues(target, old.values, flow * VALUE_FLOATS);
    }
    old.hours.visit((flow, hour, count) => {
      this.#hours.add(moved[flow] as number, hour, count);
    });
  }

  #placeFolded(key: Int32Array): number {
    const mask = this.#slots.length - 1;
    for (let slot = hashKey(key, 0) & mask; ; slot = (slot + 1) & mask) {
      const flow = (this.#slots[slot] as number) - 1;
      if (flow < 0) return this.#append(key, slot);
      let same = true;
      for (let i = 0; i < KEY_INTS; i++) if (this.#keys[flow * KEY_INTS + i] !== key[i]) same = false;
      if (same) return flow;
    }
  }

  /** The key with its peers folded to the current level; `addresses` is the table its address numbers refer to. */
  #refold(key: Int32Array, addresses: AddressTable): Int32Array {
    const verdict = (((key[2] as number) >>> 26) & 3) as Verdict;
    const packed = key[4] as number;
    const folds: Fold[] = [((packed >>> 26) & 3) as Fold, ((packed >>> 28) & 3) as Fold];
    for (let side = 0; side < 2; side++) {
      const address = addresses.at(key[side] as number);
      let fold = folds[side] as Fold;
      if (fold === FOLD_EXACT && !address.every((word) => word === 0)) fold = this.#floodFold(address, verdict);
      else if (fold === FOLD_PREFIX && this.#foldLevel === LAST_FOLD_LEVEL) fold = FOLD_PUBLIC;
      key[side] = this.#internFolded(address, fold);
      folds[side] = fold;
    }
    key[4] = (packed & 0x3ffffff) | ((folds[0] as number) << 26) | ((folds[1] as number) << 28);
    return key;
  }

  #addValues(flow: number, from: Float64Array, fromAt: number): void {
    const at = flow * VALUE_FLOATS;
    const values = this.#values;
    for (let field = COUNT; field <= LOST; field++) {
      if (field !== LARGEST) values[at + field] = (values[at + field] as number) + (from[fromAt + field] as number);
    }
    values[at + LARGEST] = Math.max(values[at + LARGEST] as number, from[fromAt + LARGEST] as number);
    const first = from[fromAt + FIRST] as number;
    const last = from[fromAt + LAST] as number;
    if (!Number.isNaN(first) && !((values[at + FIRST] as number) <= first)) values[at + FIRST] = first;
    if (!Number.isNaN(last) && !((values[at + LAST] as number) >= last)) values[at + LAST] = last;
    for (let i = 0; i < MAX_EXAMPLES; i++) {
      const example = fromAt + EXAMPLES + i * EXAMPLE_FLOATS;
      const timeMs = from[example] as number;
      if (Number.isNaN(timeMs)) break;
      this.#keepExample(
        at + EXAMPLES,
        timeMs,
        from[example + 1] as number,
        from[example + 2] as number,
        from[example + 3] as number,
      );
    }
  }
}

class FlowView implements Flow {
  readonly #table: FlowTable;
  readonly index: number;

  constructor(table: FlowTable, index: number) {
    this.#table = table;
    this.index = index;
  }

  #key(field: number): number {
    return this.#table.keyAt(this.index, field);
  }

  #value(field: number): number {
    return this.#table.valueAt(this.index, field);
  }

  get contextId(): number {
    return this.#key(4) & 0x3ffffff;
  }

  get context(): FlowContext {
    return this.#table.contextAt(this.contextId);
  }

  get protocol(): number {
    return ((this.#key(2) >>> 17) & 0x1ff) - 1;
  }

  get verdict(): Verdict {
    return ((this.#key(2) >>> 26) & 3) as Verdict;
  }

  get verdictAssumed(): boolean {
    return ((this.#key(3) >>> 30) & 1) === 1;
  }

  get outOfState(): boolean {
    return ((this.#key(2) >>> 28) & 1) === 1;
  }

  get reply(): boolean {
    return ((this.#key(2) >>> 29) & 1) === 1;
  }

  get laterFragment(): boolean {
    return ((this.#key(2) >>> 30) & 1) === 1;
  }

  get initiatorCertain(): boolean {
    return this.#key(2) >>> 31 === 1;
  }

  get initiatorId(): number {
    return this.#key(0);
  }

  get initiator(): AddressWords {
    return this.#table.addressAt(this.#key(0));
  }

  get initiatorFold(): Fold {
    return ((this.#key(4) >>> 26) & 3) as Fold;
  }

  get responderId(): number {
    return this.#key(1);
  }

  get responder(): AddressWords {
    return this.#table.addressAt(this.#key(1));
  }

  get responderFold(): Fold {
    return ((this.#key(4) >>> 28) & 3) as Fold;
  }

  get destinationTranslated(): boolean {
    return this.#key(3) >>> 31 === 1;
  }

  get responderPort(): number {
    return (this.#key(2) & 0x1ffff) - 1;
  }

  get initiatorPorts(): [low: number, high: number] | null {
    const low = (this.#key(3) & 0x1ffff) - 1;
    return low < 0 ? null : this.#table.portsFrom(this.protocol, low);
  }

  get dscp(): number {
    return ((this.#key(3) >>> 17) & 0x7f) - 1;
  }

  get inspection(): Inspection {
    return ((this.#key(3) >>> 24) & 15) as Inspection;
  }

  get inspectionVerdict(): Verdict {
    return ((this.#key(3) >>> 28) & 3) as Verdict;
  }

  /** A session told by start and end counts once; one that only interim lines tell of counts as one. */
  get count(): number {
    const counted = Math.max(this.#value(COUNT), this.#value(STARTS));
    return counted > 0 ? counted : Math.min(1, this.#value(INTERIMS));
  }

  get records(): number {
    return this.#value(RECORDS);
  }

  get bytes(): number {
    return this.#value(BYTES);
  }

  get packets(): number {
    return this.#value(PACKETS);
  }

  get unansweredSessions(): number {
    return this.#value(UNANSWERED);
  }

  get rewrittenSourcePorts(): number {
    return this.#value(REWRITTEN);
  }

  get largestPacketBytes(): number {
    return this.#value(LARGEST);
  }

  get lostEvents(): number {
    return this.#value(LOST);
  }

  get firstMs(): number {
    return this.#value(FIRST);
  }

  get lastMs(): number {
    return this.#value(LAST);
  }

  hours(): [hour: number, count: number][] {
    return this.#table.hoursOf(this.index);
  }

  examples(): LinePointer[] {
    const pointers: LinePointer[] = [];
    for (let i = 0; i < MAX_EXAMPLES; i++) {
      const at = EXAMPLES + i * EXAMPLE_FLOATS;
      if (Number.isNaN(this.#value(at))) break;
      pointers.push({ input: this.#value(at + 1), line: this.#value(at + 2), offset: this.#value(at + 3) });
    }
    return pointers;
  }
}

function hashKey(keys: Int32Array, at: number): number {
  let hash = 0;
  for (let i = 0; i < KEY_INTS; i++) hash = Math.imul(hash ^ (keys[at + i] as number), 0x9e3779b1) + (hash >>> 13);
  return hash ^ (hash >>> 16);
}
