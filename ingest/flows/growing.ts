/** Typed arrays that grow. The old memory is given back at once: a flood must not wait for the garbage collector. */

/** The same content in an array of so many elements; `array` is empty afterwards. */
export function grownInts(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  return new Int32Array(array.buffer.transfer(length * Int32Array.BYTES_PER_ELEMENT));
}

/** The same for unsigned integers. */
export function grownWords(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(array.buffer.transfer(length * Uint32Array.BYTES_PER_ELEMENT));
}
