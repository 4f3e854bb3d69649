/** Orders of a million rows within a frame: least significant digit first, so that equal keys keep the order they had. */

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * The rows of `from` by ascending key.
 * @param keys by row
 */
export function radixOrder(keys: Uint32Array, from: Uint32Array): Uint32Array<ArrayBuffer> {
  const steps = radixSteps(keys, from);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, resting between its passes. */
export function* radixSteps(keys: Uint32Array, from: Uint32Array): Generator<void, Uint32Array<ArrayBuffer>> {
  let differing = 0;
  for (let row = 1; row < keys.length; row++) differing |= (keys[row] as number) ^ (keys[0] as number);
  let order = from.slice();
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    // Where all keys have one digit, they stay as they are.
    if (((differing >>> shift) & (DIGITS - 1)) === 0) continue;
    yield;
    order = byDigit(keys, order, shift);
  }
  return order;
}

function byDigit(keys: Uint32Array, from: Uint32Array, shift: number): Uint32Array<ArrayBuffer> {
  const starts = new Uint32Array(DIGITS + 1);
  const mask = DIGITS - 1;
  for (let i = 0; i < from.length; i++) {
    const digit = ((keys[from[i] as number] as number) >>> shift) & mask;
    starts[digit + 1] = (starts[digit + 1] as number) + 1;
  }
  for (let digit = 0; digit < DIGITS; digit++)
    starts[digit + 1] = (starts[digit + 1] as number) + (starts[digit] as number);
  const order = new Uint32Array(from.length);
  for (let i = 0; i < from.length; i++) {
    const row = from[i] as number;
    const digit = ((keys[row] as number) >>> shift) & mask;
    const place = starts[digit] as number;
    order[place] = row;
    starts[digit] = place + 1;
  }
  return order;
}

/** The place of each key in the order of all, the same for equal keys. */
export function ranksOf(texts: readonly string[]): Uint32Array {
  const order = Uint32Array.from(texts.keys()).sort((a, b) => compare(texts[a] as string, texts[b] as string));
  const ranks = new Uint32Array(texts.length);
  let rank = 0;
  for (let i = 0; i < order.length; i++) {
    const at = order[i] as number;
    if (i > 0 && texts[at] !== texts[order[i - 1] as number]) rank++;
    ranks[at] = rank;
  }
  return ranks;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
