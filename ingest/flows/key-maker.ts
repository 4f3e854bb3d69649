/** Keys of flows in one table's own numbers: of a record, of another table's flow, and of its own at a wider fold. */
import type { AddressWords } from "../address.ts";
import type { LogFormat } from "../format.ts";
import type { LogRecord, Verdict } from "../record.ts";
import { AddressTable } from "./address-table.ts";
import { FloodFold, isOfUndeclared } from "./flood-fold.ts";
import { FOLD_EXACT, FOLD_PREFIX, type Fold } from "./flow.ts";
import { ContextTable } from "./flow-context.ts";
import { KEY_INTS, type KeyEnds, keyOf, packEnds, packKey } from "./flow-key.ts";
import type { Renumbering } from "./flow-merge.ts";
import type { FlowSelector } from "./flow-selection.ts";
import type { Initiator } from "./initiator.ts";
import { RecordParts } from "./record-parts.ts";

/** Number of the unspecified address in every address table: it stands for folded classes and for no address. */
const UNSPECIFIED_ID = 0;

export class KeyMaker {
  readonly contexts = new ContextTable();
  addresses = new AddressTable();
  readonly fold: FloodFold;
  readonly #parts: RecordParts;
  readonly #key = new Int32Array(KEY_INTS);
  readonly #prefix = new Uint32Array(4);
  readonly #initiator = new Uint32Array(4);
  readonly #responder = new Uint32Array(4);
  readonly #ends: KeyEnds = {
    initiatorId: UNSPECIFIED_ID,
    responderId: UNSPECIFIED_ID,
    contextId: 0,
    initiatorFold: FOLD_EXACT,
    responderFold: FOLD_EXACT,
  };

  constructor(selector: FlowSelector) {
    this.fold = new FloodFold(selector);
    this.#parts = new RecordParts(selector);
  }

  /** The record's key; one array is reused for all. */
  keyFor(record: LogRecord, format: LogFormat, opener: Initiator | null): Int32Array {
    const parts = this.#parts;
    parts.read(record, opener);
    const isAddressed = record.ipVersion !== 0;
    const { initiator, responder, initiatorLow, responderPort } = parts;
    let { initiatorFold, responderFold } = parts;
    if (isAddressed && this.fold.level > 0) {
      const isUndeclared = isOfUndeclared(initiatorLow, responderPort);
      initiatorFold = this.fold.of(initiator, initiatorFold, record.verdict, isUndeclared);
      responderFold = this.fold.of(responder, responderFold, record.verdict, isUndeclared);
    }
    const ends = this.#ends;
    ends.initiatorFold = initiatorFold;
    ends.responderFold = responderFold;
    ends.initiatorId = isAddressed ? this.#internFolded(initiator, initiatorFold) : UNSPECIFIED_ID;
    ends.responderId = isAddressed ? this.#internFolded(responder, responderFold) : UNSPECIFIED_ID;
    ends.contextId = this.contexts.intern(record, format, parts.inFull);
    packKey(this.#key, parts, record, ends);
    return this.#key;
  }

  #internFolded(address: AddressWords, fold: Fold): number {
    if (fold === FOLD_EXACT) return this.addresses.intern(address);
    if (fold !== FOLD_PREFIX) return UNSPECIFIED_ID;
    this.#prefix.set(address);
    this.fold.mask(this.#prefix);
    return this.addresses.intern(this.#prefix);
  }

  /** Folds a key's addresses, whose numbers are those of `addresses`, to the current level. */
  foldKey(key: Int32Array, addresses: AddressTable, contextId = keyOf.contextId(key, 0)): void {
    const verdict: Verdict = keyOf.verdict(key, 0);
    const initiator = addresses.read(keyOf.initiatorId(key, 0), this.#initiator);
    const responder = addresses.read(keyOf.responderId(key, 0), this.#responder);
    const isUndeclared = isOfUndeclared(keyOf.initiatorLow(key, 0), keyOf.responderPort(key, 0));
    const ends = this.#ends;
    ends.initiatorFold = this.fold.of(initiator, keyOf.initiatorFold(key, 0), verdict, isUndeclared);
    ends.responderFold = this.fold.of(responder, keyOf.responderFold(key, 0), verdict, isUndeclared);
    ends.initiatorId = this.#internFolded(initiator, ends.initiatorFold);
    ends.responderId = this.#internFolded(responder, ends.responderFold);
    ends.contextId = contextId;
    packEnds(key, ends);
  }

  /** Rewrites another table's key in this one's numbers, folded as far as this one is. */
  renumber(key: Int32Array, from: Renumbering): void {
    const contextId = from.contexts[keyOf.contextId(key, 0)] as number;
    if (this.fold.level > 0) {
      this.foldKey(key, from.addresses, contextId);
      return;
    }
    const ends = this.#ends;
    ends.initiatorFold = keyOf.initiatorFold(key, 0);
    ends.responderFold = keyOf.responderFold(key, 0);
    ends.initiatorId = this.#renumbered(keyOf.initiatorId(key, 0), from);
    ends.responderId = this.#renumbered(keyOf.responderId(key, 0), from);
    ends.contextId = contextId;
    packEnds(key, ends);
  }

  /** While nothing is folded, each address is looked up once and not for each of its flows. */
  #renumbered(id: number, from: Renumbering): number {
    const known = from.newIds[id] as number;
    if (known !== 0) return known - 1;
    const found = this.addresses.intern(from.addresses.read(id, this.#initiator));
    from.newIds[id] = found + 1;
    return found;
  }
}
