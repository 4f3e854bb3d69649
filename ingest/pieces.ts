/** Cuts big plain files at line ends, so that several threads can read one file. */
import { type FileHandle, open } from "node:fs/promises";
import { HASH, LF } from "./bytes.ts";
import { compressionOf } from "./decompress.ts";
import { rankFormats } from "./detect.ts";
import { formats } from "./formats.ts";
import { HEAD_BYTES } from "./input-reader.ts";
import type { Input } from "./inputs.ts";
import { MAX_RECORD_BYTES } from "./lines.ts";
import type { ByteRange } from "./source.ts";

/** A part of a file with what its parser must know of the rest. */
export interface Piece extends ByteRange {
  /** First bytes of the whole file. */
  head: Uint8Array;
  /** Header lines (`#Fields: ...`) that hold where the piece begins. */
  headers: Uint8Array;
}

/** Below this a thread costs more than it saves. */
export const MIN_PIECE_BYTES = 16 << 20;
const BACKWARD_BYTES = 1 << 20;
const NOTHING = new Uint8Array(0);

/** Pieces of a plain file of lines, at most `count`; a single one where cutting is not worth it or not possible. */
export async function piecesOf(input: Input, count: number, minBytes = MIN_PIECE_BYTES): Promise<Piece[] | null> {
  const size = input.sizeBytes ?? 0;
  const wanted = Math.min(count, Math.floor(size / minBytes));
  if (input.path === null || wanted < 2) return null;
  const file = await open(input.path, "r").catch(() => null);
  // What cannot be opened is reported where it is read.
  if (!file) return null;
  try {
    const head = await bytesAt(file, 0, HEAD_BYTES);
    if (!isPlainText(head) || !isOfLines(head)) return null;
    const starts = [0];
    for (let i = 1; i < wanted; i++) {
      const start = await lineStartAfter(file, Math.floor((size * i) / wanted), size);
      if (start > (starts.at(-1) as number) && start < size) starts.push(start);
    }
    return await Promise.all(
      starts.map(async (start, i) => ({
        start,
        end: starts[i + 1] ?? size,
        head,
        headers: start === 0 ? NOTHING : await headersBefore(file, start),
      })),
    );
  } finally {
    await file.close();
  }
}

/** Neither compressed nor UTF-16, which only a reader from the start can decode. */
function isPlainText(head: Uint8Array): boolean {
  return !head.includes(0) && compressionOf(head) === null && !(head[0] === 0xff || head[0] === 0xfe);
}

function isOfLines(head: Uint8Array): boolean {
  const { ranked } = rankFormats(head, formats, false);
  return ranked.length > 0 && ranked[0]?.recordEnd === undefined;
}

async function bytesAt(file: FileHandle, start: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  const { bytesRead } = await file.read(buffer, 0, length, start);
  return buffer.subarray(0, bytesRead);
}

async function lineStartAfter(file: FileHandle, offset: number, size: number): Promise<number> {
  const bytes = await bytesAt(file, offset, MAX_RECORD_BYTES);
  const lf = bytes.indexOf(LF);
  return lf < 0 ? size : offset + lf + 1;
}

const FIELDS = new TextEncoder().encode("\n#Fields:");

/** The last block of header lines before `start` (Windows repeats it when the firewall service restarts). */
async function headersBefore(file: FileHandle, start: number): Promise<Uint8Array> {
  for (let end = start; end > 0; end -= BACKWARD_BYTES - FIELDS.length) {
    const from = Math.max(0, end - BACKWARD_BYTES);
    const bytes = Buffer.from(await bytesAt(file, from, end - from));
    const fields = bytes.lastIndexOf(FIELDS);
    if (fields >= 0) return headerBlock(bytes, fields + 1);
    if (from === 0) return bytes[0] === HASH ? headerBlock(bytes, 0) : NOTHING;
  }
  return NOTHING;
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
  return bytes.slice(start, end);
}
