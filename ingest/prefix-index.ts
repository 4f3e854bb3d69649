/** Which of many blocks hold an address: single addresses are looked up, wider blocks are gone through. */
import { type AddressWords, isIpv4, type Prefix, prefixContains } from "./address.ts";

const SINGLE_BITS = 128;

export class PrefixIndex {
  /** By an IPv4 address's number, or another's words as text: positions, ascending. */
  readonly #single = new Map<number | string, number[]>();
  readonly #wide: { prefix: Prefix; at: number }[] = [];

  constructor(prefixes: Iterable<Prefix>) {
    let at = 0;
    for (const prefix of prefixes) {
      if (prefix.bits === SINGLE_BITS) {
        const key = keyOf(prefix.words);
        const positions = this.#single.get(key) ?? [];
        positions.push(at);
        this.#single.set(key, positions);
      } else this.#wide.push({ prefix, at });
      at++;
    }
  }

  /** Position of the first block that holds the address, or -1. */
  first(address: AddressWords): number {
    const single = this.#single.size === 0 ? undefined : this.#single.get(keyOf(address))?.[0];
    for (const { prefix, at } of this.#wide) {
      if (single !== undefined && at > single) return single;
      if (prefixContains(prefix, address)) return at;
    }
    return single ?? -1;
  }

  /** Positions of all blocks that hold the address, ascending. */
  all(address: AddressWords): number[] {
    const wide = this.#wide.filter(({ prefix }) => prefixContains(prefix, address)).map(({ at }) => at);
    const single = this.#single.get(keyOf(address));
    return single ? [...single, ...wide].sort((a, b) => a - b) : wide;
  }
}

/** Whether some address is in both. */
export function prefixesOverlap(one: Prefix, other: Prefix): boolean {
  return one.bits <= other.bits ? prefixContains(one, other.words) : prefixContains(other, one.words);
}

function keyOf(address: AddressWords): number | string {
  return isIpv4(address) ? (address[3] as number) : address.join();
}
