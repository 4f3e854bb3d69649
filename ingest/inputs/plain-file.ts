/** Reads of plain files at chosen places: beginnings, ends, and the lines around an offset. */
import { type FileHandle, open } from "node:fs/promises";
import { copyOf, HASH, LF } from "../bytes.ts";
import { compressionOf } from "./decompress.ts";
import type { Input } from "./inputs.ts";
import { MAX_RECORD_BYTES } from "./lines.ts";
import { isRotatedAway } from "./rotation.ts";

const HEAD_BYTES = 4096;
const BACKWARD_BYTES = 1 << 20;
const NOTHING = new Uint8Array(0);

/** Runs `work` on the open file; null where the input is no file or cannot be opened (whoever reads it will say so). */
export async function withFile<T>(input: Input, work: (file: FileHandle) => Promise<T>): Promise<T | null> {
  if (input.path === null || input.once) return null;
  const file = await open(input.path, "r").catch(() => null);
  if (!file) return null;
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

/** Up to `length` bytes; fewer at the end of the file. */
export async function bytesAt(file: FileHandle, start: number, length: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** Up to `length` bytes that end at `offset`. */
export function bytesBefore(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const start = Math.max(0, offset - length);
  return bytesAt(file, start, offset - start);
}

/** Neither compressed nor UTF-16, which only a reader from the start can decode, nor binary. */
export function isPlainText(head: Uint8Array): boolean {
  return !head.includes(0) && compressionOf(head) === null && !(head[0] === 0xff || head[0] === 0xfe);
}

/** Whether it is a file that can be read on as it grows. */
export async function canGrow(input: Input): Promise<boolean> {
  if (input.path === null || input.once || isRotatedAway(input.path)) return false;
  return (await withFile(input, async (file) => isPlainText(await bytesAt(file, 0, HEAD_BYTES)))) === true;
}

/** Where the next line begins after `offset`; `size` where none does. */
export async function lineStartAfter(file: FileHandle, offset: number, size: number): Promise<number> {
  const bytes = await bytesAt(file, offset, MAX_RECORD_BYTES);
  const lf = bytes.indexOf(LF);
  return lf < 0 ? size : offset + lf + 1;
}

const FIELDS = new TextEncoder().encode("#Fields:");

/**
 * The last block of header lines before `start` (Windows repeats it when the firewall service restarts). Most often that is
 * at the file's beginning, so what lies between is looked through for nothing but `#`.
 */
export async function headersBefore(file: FileHandle, start: number): Promise<Uint8Array> {
  const block = Buffer.allocUnsafe(BACKWARD_BYTES);
  for (let end = start; end > 0; end -= BACKWARD_BYTES - FIELDS.length - 1) {
    const from = Math.max(0, end - BACKWARD_BYTES);
    const { bytesRead } = await file.read(block, 0, end - from, from);
    const bytes = block.subarray(0, bytesRead);
    const fields = lastFields(bytes);
    if (fields >= 0) return headerBlock(bytes, fields);
    if (from === 0) return bytes[0] === HASH ? headerBlock(bytes, 0) : NOTHING;
  }
  return NOTHING;
}

/** Where the last line begins that follows a line end and tells the fields, or -1. */
function lastFields(bytes: Buffer): number {
  let last = -1;
  for (let at = bytes.indexOf(HASH); at >= 0; at = bytes.indexOf(HASH, at + 1)) {
    if (bytes[at - 1] === LF && FIELDS.every((byte, i) => bytes[at + i] === byte)) last = at;
  }
  return last;
}

/** The lines that begin with `#` around the one at `at`. */
function headerBlock(bytes: Uint8Array, at: number): Uint8Array {
  let start = at;
  while (start > 0) {
    const previous = bytes.lastIndexOf(LF, start - 2) + 1;
    if (bytes[previous] !== HASH) break;
    start = previous;
  }
  let end = start;
  while (end < bytes.length && bytes[end] === HASH) {
    const lf = bytes.indexOf(LF, end);
    end = lf < 0 ? bytes.length : lf + 1;
  }
  return copyOf(bytes, start, end);
}
