/** Which of many blocks hold an address: one look for each length of block, however many there are. */
import { type AddressWords, isIpv4, type Prefix, prefixContains } from "./address.ts";

const WORD_BITS = 32;
const IPV4_BITS = 96;

/** The blocks of one length and family. */
interface Blocks {
  bits: number;
  isIpv4: boolean;
  /** By what all addresses of a block have in common: positions, ascending. */
  positions: Map<number | string, number[]>;
}

export class PrefixIndex {
  readonly #lengths: Blocks[] = [];

  constructor(prefixes: Iterable<Prefix>) {
    let at = 0;
    for (const { words, bits } of prefixes) {
      const positions = this.#ofLength(bits, bits >= IPV4_BITS && isIpv4(words)).positions;
      const key = keyOf(words, bits);
      const equal = positions.get(key);
      if (equal) equal.push(at);
      else positions.set(key, [at]);
      at++;
    }
  }

  /** Position of the first block that holds the address, or -1. */
  first(address: AddressWords): number {
    let first = -1;
    for (const blocks of this.#lengths) {
      const at = positionsIn(blocks, address)?.[0];
      if (at !== undefined && (first < 0 || at < first)) first = at;
    }
    return first;
  }

  /** Positions of all blocks that hold the address, ascending. */
  all(address: AddressWords): number[] {
    return this.#lengths.flatMap((blocks) => positionsIn(blocks, address) ?? []).sort((a, b) => a - b);
  }

  #ofLength(bits: number, isFour: boolean): Blocks {
    let blocks = this.#lengths.find((one) => one.bits === bits && one.isIpv4 === isFour);
    if (!blocks) {
      blocks = { bits, isIpv4: isFour, positions: new Map() };
      this.#lengths.push(blocks);
    }
    return blocks;
  }
}

/** Whether some address is in both. */
export function prefixesOverlap(one: Prefix, other: Prefix): boolean {
  return one.bits <= other.bits ? prefixContains(one, other.words) : prefixContains(other, one.words);
}

function positionsIn(blocks: Blocks, address: AddressWords): number[] | undefined {
  return blocks.isIpv4 === isIpv4(address) ? blocks.positions.get(keyOf(address, blocks.bits)) : undefined;
}

/** An IPv4 address's leading bits as a number, those of another one as text. */
function keyOf(address: AddressWords, bits: number): number | string {
  if (bits >= IPV4_BITS && isIpv4(address)) return leading(address[3] as number, bits - IPV4_BITS);
  let key = "";
  for (let word = 0, left = bits; left > 0; word++, left -= WORD_BITS) {
    key += `${leading(address[word] as number, Math.min(left, WORD_BITS))}:`;
  }
  return key;
}

function leading(word: number, bits: number): number {
  return bits === 0 ? 0 : word >>> (WORD_BITS - bits);
}
