/**
 * How far a flood folds addresses: the more distinct flows there are, the wider the prefixes of public peers; last go inside
 * addresses, of which a worm or somebody who forges them can write as many.
 */
import { type AddressWords, isIpv4, isPrivateAddress, isUnspecified, maskAddress } from "../address.ts";
import { VERDICT_DENY, type Verdict } from "../record.ts";
import { FOLD_EXACT, FOLD_PREFIX, FOLD_PRIVATE, FOLD_PUBLIC, type Fold } from "./flow.ts";
import type { FlowSelector } from "./flow-selection.ts";

/** Leading bits of the 128-bit form that a folded peer keeps, by fold level. */
interface KeptBits {
  v4: number;
  v6: number;
}

/** Level 1 folds denials only. From level 4 on nothing is left of a public peer but that it is one. */
const PUBLIC_BITS: readonly KeptBits[] = [
  { v4: 128, v6: 128 },
  { v4: 120, v6: 48 },
  { v4: 120, v6: 48 },
  { v4: 112, v6: 32 },
];
/** By the levels after those; with the last there are at most some thousand private prefixes. */
const PRIVATE_BITS: readonly KeptBits[] = [
  { v4: 120, v6: 48 },
  { v4: 112, v6: 16 },
];
const WHOLE: KeptBits = { v4: 128, v6: 128 };
/** From here on public peers are told apart no more. */
const PUBLIC_LEVEL = PUBLIC_BITS.length;
export const LAST_FOLD_LEVEL = PUBLIC_LEVEL + PRIVATE_BITS.length;

/** Inside addresses are those that findings name: that many times as many flows are kept before they are folded. */
const INSIDE_ROOM = 4;

export class FloodFold {
  readonly #selector: FlowSelector;
  /** 0: every peer is exact. */
  level = 0;

  constructor(selector: FlowSelector) {
    this.#selector = selector;
  }

  /** How many flows the current level may leave, where `maxFlows` are kept before anything is folded. */
  roomIn(maxFlows: number): number {
    return this.level < PUBLIC_LEVEL ? maxFlows : maxFlows * INSIDE_ROOM;
  }

  /** Whether the address is of the Internet and of no selected block: one of those that a flood folds. */
  isStranger(address: AddressWords): boolean {
    return !isPrivateAddress(address) && !isUnspecified(address) && this.#selector.hostIndex(address) < 0;
  }

  /** The fold of an address at the current level; selected ones are never folded, hosts that nobody declared go first. */
  of(address: AddressWords, fold: Fold, verdict: Verdict, isUndeclared: boolean): Fold {
    if (this.level === 0) return fold;
    if (fold === FOLD_PREFIX)
      return this.level >= PUBLIC_LEVEL && !isPrivateAddress(address) ? FOLD_PUBLIC : FOLD_PREFIX;
    if (fold !== FOLD_EXACT) return fold;
    if (isPrivateAddress(address)) {
      if (isUndeclared) return FOLD_PRIVATE;
      return this.level > PUBLIC_LEVEL && this.#selector.hostIndex(address) < 0 ? FOLD_PREFIX : FOLD_EXACT;
    }
    if (this.level === 1 && verdict !== VERDICT_DENY) return FOLD_EXACT;
    if (!this.isStranger(address)) return FOLD_EXACT;
    return this.level >= PUBLIC_LEVEL ? FOLD_PUBLIC : FOLD_PREFIX;
  }

  /** Clears what the current level's prefix does not keep. */
  mask(address: AddressWords): void {
    const bits = this.#keptBits(address);
    maskAddress(address, isIpv4(address) ? bits.v4 : bits.v6);
  }

  #keptBits(address: AddressWords): KeptBits {
    if (isPrivateAddress(address)) return PRIVATE_BITS[this.level - PUBLIC_LEVEL - 1] ?? WHOLE;
    return PUBLIC_BITS[this.level] ?? { v4: 0, v6: 0 };
  }
}

/** Whether a key's ports show that it is kept only because an inside host may be a phone system that nobody declared. */
export function isOfUndeclared(initiatorLow: number, responderPort: number): boolean {
  return initiatorLow < 0 && responderPort > 0;
}
