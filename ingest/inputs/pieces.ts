/** Cuts plain files at line ends: big ones for several threads, and those parts off that no record of the window is in. */
import type { FileHandle } from "node:fs/promises";
import { newestMoment } from "../clocks/newest-moment.ts";
import type { RecordWindow } from "./input-reader.ts";
import type { Input } from "./inputs.ts";
import { HEAD_BYTES, type InputHead, LineParsers, type ParserOptions } from "./line-parsers.ts";
import { REACH_BYTES } from "./lines-before.ts";
import { bytesAt, bytesBefore, headersBefore, isPlainText, lineStartAfter, withFile } from "./plain-file.ts";
import type { ByteRange } from "./source.ts";
import { MIN_SEARCH_BYTES, rangeOfWindow } from "./window-search.ts";

/** A part of a file with what its parser must know of the rest. */
export interface Piece extends ByteRange {
  head: InputHead;
  /** All its records seem to lie outside the window, on this side: it is looked through for exceptions only. */
  outside: "before" | "after" | null;
}

/** Below this a thread costs more than it saves. */
export const MIN_PIECE_BYTES = 16 << 20;
/** A circular log's footer. */
const TAIL_BYTES = 64;
const NOTHING = new Uint8Array(0);

export interface CutOptions extends ParserOptions, RecordWindow {
  /** How many parts are wanted. */
  count: number;
  /** The smallest part that is worth a thread. */
  minBytes?: number;
  /** The smallest file that is worth a search for the window. */
  minSearchBytes?: number;
}

/** Pieces of a plain file of lines that make up the whole; null where cutting is not worth it or not possible. */
export async function piecesOf(input: Input, options: CutOptions): Promise<Piece[] | null> {
  const size = input.sizeBytes ?? 0;
  const { count, minBytes = MIN_PIECE_BYTES, minSearchBytes = MIN_SEARCH_BYTES } = options;
  const windowed = (options.sinceMs !== null || options.untilMs !== null) && size >= minSearchBytes;
  const wanted = Math.min(count, Math.floor(size / minBytes));
  if (wanted < 2 && !windowed) return null;
  return withFile(input, async (file) => {
    const bytes = await bytesAt(file, 0, HEAD_BYTES);
    if (!isPlainText(bytes)) return null;
    const head = {
      bytes,
      tail: await tailOf(file, size),
      headers: NOTHING,
      before: NOTHING,
      newestMs: newestMoment(input, null),
    };
    const parsers = new LineParsers(head, options);
    if (parsers.isEmpty || parsers.recordEnd !== null) return null;
    const range = windowed ? await rangeOfWindow(file, size, parsers, options) : { start: 0, end: size };
    const starts = await cuts(file, range, Math.min(wanted, Math.floor((range.end - range.start) / minBytes)));
    const pieces: Piece[] = [];
    const add = async (start: number, end: number, outside: Piece["outside"]) => {
      const headers = start > 0 && parsers.hasHeaders ? await headersBefore(file, start) : NOTHING;
      const before = await bytesBefore(file, start, REACH_BYTES);
      if (end > start) pieces.push({ start, end, head: { ...head, headers, before }, outside });
    };
    await add(0, range.start, "before");
    for (const [i, start] of starts.entries()) await add(start, starts[i + 1] ?? range.end, null);
    await add(range.end, size, "after");
    return pieces.length > 1 ? pieces : null;
  });
}

/** The file's last bytes. */
export async function tailOf(file: FileHandle, size: number): Promise<Uint8Array> {
  const length = Math.min(size, TAIL_BYTES);
  return bytesAt(file, size - length, length);
}

/** Starts of `count` parts of about the same size. */
async function cuts(file: FileHandle, { start, end }: ByteRange, count: number): Promise<number[]> {
  const starts = [start];
  for (let i = 1; i < count; i++) {
    const cut = await lineStartAfter(file, start + Math.floor(((end - start) * i) / count), end);
    if (cut > (starts.at(-1) as number) && cut < end) starts.push(cut);
  }
  return starts;
}
