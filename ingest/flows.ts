/**
 * Records to flows, in one pass and bounded memory. A flow's key is what rules can tell apart; its values are sums,
 * minima and maxima, so that any order and any split of the lines gives the same table. When distinct flows exceed the
 * limit, public peers are folded into ever wider prefixes: counts stay, single addresses go.
 */
import { type AddressWords, isIpv4, isPrivateAddress, isUnspecified, maskAddress } from "./address.ts";
import { AddressTable } from "./address-table.ts";
import {
  type Flow,
  type FlowActivity,
  type FlowContext,
  FOLD_EXACT,
  FOLD_PREFIX,
  FOLD_PRIVATE,
  FOLD_PUBLIC,
  type Fold,
  type HostName,
} from "./flow.ts";
import { FlowColumns } from "./flow-columns.ts";
import { ContextTable, type PortableContext } from "./flow-context.ts";
import { KEY_INTS, type KeyParts, keyOf, packKey, repackKey } from "./flow-key.ts";
import type { FlowSelector } from "./flow-selection.ts";
import type { FlowSnapshot } from "./flow-snapshot.ts";
import {
  addValues,
  countRecord,
  countTally,
  keepExample,
  type LineBase,
  type Tally,
  VALUE_FLOATS,
} from "./flow-values.ts";
import { type FlowStore, FlowView } from "./flow-view.ts";
import type { LogFormat } from "./format.ts";
import { HostNames } from "./host-names.ts";
import { HourCounts } from "./hour-counts.ts";
import { DESTINATION_CERTAIN, DESTINATION_LIKELY, type Initiator, initiatorOf, SOURCE_CERTAIN } from "./initiator.ts";
import { TCP } from "./protocols.ts";
import { INSPECTION_NONE, type LogRecord, PHASE_END, PHASE_PACKET, VERDICT_DENY, type Verdict } from "./record.ts";
import { looksLikeMedia, MEDIA_BLOCK_PORTS } from "./speech.ts";

/** Distinct flows before folding starts: some 70 MB of table and hours. */
export const DEFAULT_MAX_FLOWS = 250_000;

const HOUR_MS = 3_600_000;
const VERDICTS = 3;
/** Number of the unspecified address in every address table: it stands for folded classes and for no address. */
const UNSPECIFIED_ID = 0;
/** Stands for all ports of an outside address that nobody serves; a reserved port, so that no packet is ever sent to it. */
const ANY_UNSERVED_PORT = 0;

/** Leading bits of the 128-bit form that a folded public peer keeps, IPv4 and IPv6, by fold level; level 1 folds denials only. */
const FOLD_BITS: readonly (readonly [v4: number, v6: number])[] = [
  [128, 128],
  [120, 48],
  [120, 48],
  [112, 32],
  [0, 0],
];
const LAST_FOLD_LEVEL = 4;

/** A table's content as plain data, to be sent from a worker to another thread. */
export interface PortableFlows {
  foldLevel: number;
  keys: Int32Array;
  values: Float64Array;
  addresses: Uint32Array;
  contexts: PortableContext[];
  /** Triples of flow, hour, count. */
  hours: Float64Array;
  hostNames: HostName[];
}

export class FlowTable implements FlowStore {
  readonly #selector: FlowSelector;
  readonly #maxFlows: number;
  readonly #contexts = new ContextTable();
  #addresses = new AddressTable();
  readonly columns = new FlowColumns();
  /** What the lines say of the host names that the selection waits for. */
  readonly hostNames: HostNames;
  #hours = new HourCounts();
  #foldLevel = 0;
  readonly #key = new Int32Array(KEY_INTS);
  readonly #prefix = new Uint32Array(4);
  readonly #initiator = new Uint32Array(4);
  readonly #responder = new Uint32Array(4);
  readonly #parts: KeyParts = {
    initiatorId: 0,
    responderId: 0,
    responderPort: -1,
    initiatorLow: -1,
    reply: false,
    certain: false,
    dscp: -1,
    contextId: 0,
    initiatorFold: FOLD_EXACT,
    responderFold: FOLD_EXACT,
  };

  constructor(selector: FlowSelector, maxFlows = DEFAULT_MAX_FLOWS) {
    this.#selector = selector;
    this.#maxFlows = maxFlows;
    this.hostNames = new HostNames(selector);
  }

  get size(): number {
    return this.columns.size;
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
    if (!record.hostName.isEmpty) this.hostNames.learn(record, input, line, offset);
    this.#fillParts(record, format);
    packKey(this.#key, this.#parts, record);
    const flow = this.#flowOf(this.#key);
    const at = flow * VALUE_FLOATS;
    countRecord(this.columns.values, at, record);
    const counts = record.phase === PHASE_END || record.phase === PHASE_PACKET;
    if (counts && !Number.isNaN(record.timeMs))
      this.#hours.add(flow, Math.floor(record.timeMs / HOUR_MS), record.count);
    return keepExample(this.columns.values, at, record.timeMs, input, line, offset);
  }

  /**
   * Counts many records that differ in nothing that `record` shows of them, within one hour; `opener` says who opened
   * their conversations where that is known without their ports. Their evidence is `examples` consecutive lines from
   * `line` on. Returns whether one of these was kept.
   */
  addTally(
    record: LogRecord,
    format: LogFormat,
    tally: Tally,
    opener: Initiator | null,
    examples: { input: number; line: number; count: number },
  ): boolean {
    this.#fillParts(record, format, opener);
    packKey(this.#key, this.#parts, record);
    const flow = this.#flowOf(this.#key);
    const at = flow * VALUE_FLOATS;
    countTally(this.columns.values, at, record, tally);
    const counts = record.phase === PHASE_END || record.phase === PHASE_PACKET;
    if (counts && !Number.isNaN(tally.firstMs))
      this.#hours.add(flow, Math.floor(tally.firstMs / HOUR_MS), record.count * tally.records);
    let kept = false;
    for (let i = 0; i < examples.count; i++) {
      kept = keepExample(this.columns.values, at, tally.firstMs, examples.input, examples.line + i, 0) || kept;
    }
    return kept;
  }

  /** Whether the address is of the Internet and of no selected block: one of those that a flood folds. */
  isStranger(address: AddressWords): boolean {
    return !isPrivateAddress(address) && !isUnspecified(address) && this.#selector.hostIndex(address) < 0;
  }

  /** All flows, in order of first appearance. */
  *flows(): Generator<Flow> {
    for (let index = 0; index < this.size; index++) yield new FlowView(this, index);
  }

  addressAt(id: number): AddressWords {
    return this.#addresses.at(id);
  }

  contextAt(id: number): FlowContext {
    return this.#contexts.at(id);
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
    const { keys } = this.columns;
    this.#hours.visit((flow, hour, count) => {
      const at = flow * KEY_INTS;
      const [contextId, verdict] = [keyOf.contextId(keys, at), keyOf.verdict(keys, at)];
      const slot = contextId * VERDICTS + verdict;
      found[slot] ??= { context: this.#contexts.at(contextId), verdict, hours: new Map() };
      const { hours } = found[slot];
      hours.set(hour, (hours.get(hour) ?? 0) + count);
    });
    return Object.values(found);
  }

  /** The content as plain data, of which keys and values are the table's own: copy them to use the table further. */
  toPortable(): PortableFlows {
    const { keys, values, size } = this.columns;
    return {
      foldLevel: this.#foldLevel,
      keys: keys.subarray(0, size * KEY_INTS),
      values: values.subarray(0, size * VALUE_FLOATS),
      addresses: this.#addresses.toWords(),
      contexts: this.#contexts.toPortable(),
      hours: this.#hours.toTriples(),
      hostNames: this.hostNames.all(),
    };
  }

  /** The content for another thread to look at: a copy. */
  snapshot(): FlowSnapshot {
    const { keys, values, size } = this.columns;
    return {
      keys: keys.slice(0, size * KEY_INTS),
      values: values.slice(0, size * VALUE_FLOATS),
      addresses: this.#addresses.toWords(),
      contexts: this.#contexts.all,
      hours: this.#hours.index(size),
      selection: this.#selector.selection,
    };
  }

  /** Adds another table's content, as if its records had been added here. The selections must be equal. */
  absorb(other: PortableFlows, lineBase: LineBase): void {
    if (other.foldLevel > this.#foldLevel) this.#foldTo(other.foldLevel);
    const addresses = AddressTable.fromWords(other.addresses);
    this.hostNames.absorb(other.hostNames, lineBase);
    const contexts = other.contexts.map((context) => this.#contexts.internPortable(context));
    const moved = new Int32Array(other.keys.length / KEY_INTS);
    const key = new Int32Array(KEY_INTS);
    const levelBefore = this.#foldLevel;
    for (let flow = 0; flow < moved.length; flow++) {
      key.set(other.keys.subarray(flow * KEY_INTS, (flow + 1) * KEY_INTS));
      this.#refold(key, addresses, contexts);
      const target = this.#flowOf(key);
      moved[flow] = target;
      addValues(this.columns.values, target * VALUE_FLOATS, other.values, flow * VALUE_FLOATS, lineBase);
    }
    // A fold on the way has moved what was placed before it.
    for (let flow = 0; this.#foldLevel !== levelBefore && flow < moved.length; flow++) {
      key.set(other.keys.subarray(flow * KEY_INTS, (flow + 1) * KEY_INTS));
      this.#refold(key, addresses, contexts);
      moved[flow] = this.columns.find(key);
    }
    for (let i = 0; i < other.hours.length; i += 3) {
      this.#hours.add(
        moved[other.hours[i] as number] as number,
        other.hours[i + 1] as number,
        other.hours[i + 2] as number,
      );
    }
  }

  #fillParts(record: LogRecord, format: LogFormat, knownOpener: Initiator | null = null): void {
    const selector = this.#selector;
    const parts = this.#parts;
    const destination = record.hasDestinationNat ? record.destinationNat : record.destination;
    const destinationPort = record.destinationNatPort >= 0 ? record.destinationNatPort : record.destinationPort;
    const sourceIndex = record.ipVersion === 0 ? -1 : selector.hostIndex(record.source);
    const destinationIndex = record.ipVersion === 0 ? -1 : selector.hostIndex(destination);
    const opener = knownOpener ?? initiatorOf(record, selector, sourceIndex, destinationIndex);
    const reply = opener === DESTINATION_CERTAIN || opener === DESTINATION_LIKELY;
    const initiator = reply ? destination : record.source;
    const responder = reply ? record.source : destination;
    const responderPort = reply ? record.sourcePort : destinationPort;
    parts.reply = reply;
    parts.certain = opener === SOURCE_CERTAIN || opener === DESTINATION_CERTAIN;
    parts.initiatorFold = FOLD_EXACT;
    parts.responderFold = FOLD_EXACT;
    parts.responderPort = responderPort;
    parts.initiatorLow = -1;
    parts.dscp = -1;
    if (record.ipVersion === 0) {
      parts.initiatorId = UNSPECIFIED_ID;
      parts.responderId = UNSPECIFIED_ID;
      parts.contextId = this.#contexts.intern(record, format, true);
      return;
    }
    const concerned =
      selector.selection.keepAll ||
      selector.isJudged(sourceIndex) ||
      selector.isJudged(destinationIndex) ||
      (record.hasDestinationNat && selector.isJudged(selector.hostIndex(record.destination)));
    const isAtOutside =
      concerned && sourceIndex < 0 && selector.isOutside(destinationIndex) && !selector.selection.keepAll;
    const isKnock = isAtOutside && this.#isKnock(record, opener, destinationIndex);
    if (isKnock) parts.responderPort = ANY_UNSERVED_PORT;
    else if (isAtOutside && isStray(record) && (reply || !this.#isServed(record, destinationIndex))) {
      // Which peer's connection the firewall has forgotten says nothing of any host behind it.
      if (reply) parts.responderFold = isPrivateAddress(responder) ? FOLD_PRIVATE : FOLD_PUBLIC;
      else parts.initiatorFold = isPrivateAddress(initiator) ? FOLD_PRIVATE : FOLD_PUBLIC;
      parts.responderPort = -1;
    } else if (concerned) {
      parts.initiatorLow = selector.classLow(record.protocol, reply ? destinationPort : record.sourcePort);
      parts.dscp = record.dscp;
    } else this.#foldUnconcerned(initiator, responder, reply ? destinationPort : record.sourcePort, record);
    if (this.#foldLevel > 0) {
      const isUndeclared = parts.initiatorLow < 0 && parts.responderPort > 0;
      parts.initiatorFold = this.#floodFold(initiator, parts.initiatorFold, record.verdict, isUndeclared);
      parts.responderFold = this.#floodFold(responder, parts.responderFold, record.verdict, isUndeclared);
    }
    parts.initiatorId = this.#internFolded(initiator, parts.initiatorFold);
    parts.responderId = this.#internFolded(responder, parts.responderFold);
    parts.contextId = this.#contexts.intern(record, format, concerned && !isKnock);
  }

  /**
   * Whether a connection was denied at one of a firewall's own addresses on a port that nobody serves. Nothing is judged
   * by such a port, and scanners try them all: kept apart, they were two thirds of a week's flows (PERFORMANCE.md).
   */
  #isKnock(record: LogRecord, opener: Initiator, destinationIndex: number): boolean {
    return (
      record.verdict === VERDICT_DENY &&
      record.protocol === TCP &&
      opener === SOURCE_CERTAIN &&
      !record.outOfState &&
      !record.hasDestinationNat &&
      record.inspection === INSPECTION_NONE &&
      !this.#isServed(record, destinationIndex)
    );
  }

  /** Whether some host behind the outside address answers on the TCP port, or on any. */
  #isServed({ destination, destinationPort }: LogRecord, destinationIndex: number): boolean {
    const selector = this.#selector;
    return (
      selector.isService(destinationIndex, destination, TCP, destinationPort) ||
      selector.isService(destinationIndex, destination, TCP, ANY_UNSERVED_PORT)
    );
  }

  /** Traffic of no deployed host keeps only what a site may still want to know of it. */
  #foldUnconcerned(initiator: AddressWords, responder: AddressWords, initiatorPort: number, record: LogRecord): void {
    const parts = this.#parts;
    const { responderPort } = parts;
    const from = isPrivateAddress(initiator) ? FOLD_PRIVATE : FOLD_PUBLIC;
    const to = isPrivateAddress(responder) ? FOLD_PRIVATE : FOLD_PUBLIC;
    parts.initiatorFold = from;
    parts.responderFold = to;
    if (from === FOLD_PUBLIC && to === FOLD_PUBLIC) {
      // Who knocked at one of the firewall's outside addresses is worth knowing one by one.
      if (record.verdict === VERDICT_DENY && this.#selector.isWatched(responderPort)) {
        parts.initiatorFold = FOLD_EXACT;
        parts.responderFold = FOLD_EXACT;
        return;
      }
    } else if (record.verdict !== VERDICT_DENY) {
      // An inside host that answers SIP, calls it outside or carries audio may be a phone system that nobody declared.
      if (this.#selector.isSipPort(responderPort)) {
        if (from === FOLD_PRIVATE) parts.initiatorFold = FOLD_EXACT;
        if (to === FOLD_PRIVATE) parts.responderFold = FOLD_EXACT;
        return;
      }
      if (looksLikeMedia(record, initiatorPort, responderPort)) {
        // Telephones talk to each other too: every pair of them would be a flow.
        if (to === FOLD_PRIVATE) parts.responderFold = FOLD_EXACT;
        else parts.initiatorFold = FOLD_EXACT;
        parts.responderPort = responderPort - (responderPort % MEDIA_BLOCK_PORTS);
        return;
      }
    }
    parts.responderPort = -1;
  }

  /**
   * The fold of an address at the current level; private and selected addresses are never folded, but for those of hosts
   * that nobody declared, which go first.
   */
  #floodFold(address: AddressWords, fold: Fold, verdict: Verdict, isUndeclared: boolean): Fold {
    if (fold === FOLD_PREFIX) return this.#foldLevel === LAST_FOLD_LEVEL ? FOLD_PUBLIC : FOLD_PREFIX;
    if (fold !== FOLD_EXACT) return fold;
    const isPrivate = isPrivateAddress(address);
    if (isUndeclared && isPrivate) return FOLD_PRIVATE;
    if (this.#foldLevel === 1 && verdict !== VERDICT_DENY) return FOLD_EXACT;
    if (!this.isStranger(address)) return FOLD_EXACT;
    return this.#foldLevel === LAST_FOLD_LEVEL ? FOLD_PUBLIC : FOLD_PREFIX;
  }

  #internFolded(address: AddressWords, fold: Fold): number {
    if (fold === FOLD_EXACT) return this.#addresses.intern(address);
    if (fold !== FOLD_PREFIX) return UNSPECIFIED_ID;
    const [v4Bits, v6Bits] = FOLD_BITS[this.#foldLevel] as readonly [number, number];
    this.#prefix.set(address);
    maskAddress(this.#prefix, isIpv4(address) ? v4Bits : v6Bits);
    return this.#addresses.intern(this.#prefix);
  }

  /** Index of the key's flow, which is made if it is new; `key` is refolded if that takes a wider fold. */
  #flowOf(key: Int32Array): number {
    const found = this.columns.find(key);
    if (found >= 0) return found;
    if (this.size >= this.#maxFlows && this.#foldLevel < LAST_FOLD_LEVEL) {
      const before = this.#addresses;
      this.#foldTo(this.#foldLevel + 1);
      this.#refold(key, before, null);
      return this.#flowOf(key);
    }
    return this.columns.append(key);
  }

  /**
   * Rebuilds the table at a fold level. A level is left only for a further flow that finds no place at it, never because
   * the table is just full: so the level reached depends on how many distinct flows there are, not on their order.
   */
  #foldTo(level: number): void {
    const addresses = this.#addresses;
    const hours = this.#hours;
    this.#foldLevel = level;
    this.#addresses = new AddressTable();
    this.#hours = new HourCounts();
    const moved = this.columns.rewriteKeys((key) => this.#refold(key, addresses, null));
    hours.visit((flow, hour, count) => {
      this.#hours.add(moved[flow] as number, hour, count);
    });
  }

  /** Rewrites a key whose numbers are another table's: its addresses folded to the current level, its context renumbered. */
  #refold(key: Int32Array, addresses: AddressTable, contexts: readonly number[] | null): void {
    const verdict = keyOf.verdict(key, 0);
    const initiator = addresses.read(keyOf.initiatorId(key, 0), this.#initiator);
    const responder = addresses.read(keyOf.responderId(key, 0), this.#responder);
    const folding = this.#foldLevel > 0;
    const initiatorFold = keyOf.initiatorFold(key, 0);
    const responderFold = keyOf.responderFold(key, 0);
    const isUndeclared = keyOf.initiatorLow(key, 0) < 0 && keyOf.responderPort(key, 0) > 0;
    const parts = {
      initiatorFold: folding ? this.#floodFold(initiator, initiatorFold, verdict, isUndeclared) : initiatorFold,
      responderFold: folding ? this.#floodFold(responder, responderFold, verdict, isUndeclared) : responderFold,
    };
    const contextId = keyOf.contextId(key, 0);
    repackKey(key, {
      ...parts,
      initiatorId: this.#internFolded(initiator, parts.initiatorFold),
      responderId: this.#internFolded(responder, parts.responderFold),
      contextId: contexts ? (contexts[contextId] as number) : contextId,
    });
  }
}

/** Whether it is a late packet of a TCP connection that the firewall no longer knows. */
function isStray(record: LogRecord): boolean {
  return record.outOfState && record.verdict === VERDICT_DENY && record.protocol === TCP && !record.hasDestinationNat;
}
