/** Typed arrays that grow. The old memory is given back at once: a flood must not wait for the garbage collector. */

/**
 * Memory that another thread allocated: V8 before 13 (Node 22) aborts the process where it is asked to resize it
 * (`BackingStore::Reallocate`, "Check failed: isolate->array_buffer_allocator() == allocator").
 */
const RESIZES_FOREIGN_MEMORY = Number.parseInt(process.versions.v8, 10) >= 13;

/** The same content in an array of so many elements; `array` is empty afterwards. */
export function grownInts(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  return new Int32Array(grown(array.buffer, length * Int32Array.BYTES_PER_ELEMENT));
}

/** The same for unsigned integers. */
export function grownWords(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(grown(array.buffer, length * Uint32Array.BYTES_PER_ELEMENT));
}

function grown(buffer: ArrayBuffer, byteLength: number): ArrayBuffer {
  if (RESIZES_FOREIGN_MEMORY) return buffer.transfer(byteLength);
  const larger = new ArrayBuffer(byteLength);
  new Uint8Array(larger).set(new Uint8Array(buffer));
  buffer.transfer(0);
  return larger;
}
