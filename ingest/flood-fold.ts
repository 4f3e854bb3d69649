/** How far a flood folds addresses: the more distinct flows there are, the wider the prefixes of public peers. */
import { type AddressWords, isIpv4, isPrivateAddress, isUnspecified, maskAddress } from "./address.ts";
import { FOLD_EXACT, FOLD_PREFIX, FOLD_PRIVATE, FOLD_PUBLIC, type Fold } from "./flow.ts";
import type { FlowSelector } from "./flow-selection.ts";
import { VERDICT_DENY, type Verdict } from "./record.ts";

/** Leading bits of the 128-bit form that a folded public peer keeps, IPv4 and IPv6, by fold level; level 1 folds denials only. */
const FOLD_BITS: readonly (readonly [v4: number, v6: number])[] = [
  [128, 128],
  [120, 48],
  [120, 48],
  [112, 32],
  [0, 0],
];
export const LAST_FOLD_LEVEL = 4;

export class FloodFold {
  readonly #selector: FlowSelector;
  /** 0: every peer is exact. */
  level = 0;

  constructor(selector: FlowSelector) {
    this.#selector = selector;
  }

  /** Whether the address is of the Internet and of no selected block: one of those that a flood folds. */
  isStranger(address: AddressWords): boolean {
    return !isPrivateAddress(address) && !isUnspecified(address) && this.#selector.hostIndex(address) < 0;
  }

  /**
   * The fold of an address at the current level; private and selected addresses are never folded, but for those of hosts
   * that nobody declared, which go first.
   */
  of(address: AddressWords, fold: Fold, verdict: Verdict, isUndeclared: boolean): Fold {
    if (this.level === 0) return fold;
    if (fold === FOLD_PREFIX) return this.level === LAST_FOLD_LEVEL ? FOLD_PUBLIC : FOLD_PREFIX;
    if (fold !== FOLD_EXACT) return fold;
    if (isUndeclared && isPrivateAddress(address)) return FOLD_PRIVATE;
    if (this.level === 1 && verdict !== VERDICT_DENY) return FOLD_EXACT;
    if (!this.isStranger(address)) return FOLD_EXACT;
    return this.level === LAST_FOLD_LEVEL ? FOLD_PUBLIC : FOLD_PREFIX;
  }

  /** Clears what the current level's prefix does not keep. */
  mask(address: AddressWords): void {
    const [v4Bits, v6Bits] = FOLD_BITS[this.level] as readonly [number, number];
    maskAddress(address, isIpv4(address) ? v4Bits : v6Bits);
  }
}

/** Whether a key's ports show that it is kept only because an inside host may be a phone system that nobody declared. */
export function isOfUndeclared(initiatorLow: number, responderPort: number): boolean {
  return initiatorLow < 0 && responderPort > 0;
}
