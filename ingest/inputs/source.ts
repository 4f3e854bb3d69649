/** Opens an input and yields its bytes: decompressed by magic bytes (never by name), UTF-16 turned into UTF-8. */
import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import type { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { compressionOf, decompress } from "./decompress.ts";
import { type Input, unreadable } from "./inputs.ts";

const CHUNK_BYTES = 1 << 20;
/** Small enough to stay in a core's cache between reading and parsing (PERFORMANCE.md). */
const RANGE_CHUNK_BYTES = 1 << 18;
/** After so many, whatever else waits for the thread gets its turn: somebody who wants to look at the counts. */
const TURN_BYTES = 1 << 21;
/** So many first bytes tell compression and encoding. */
const SAMPLE_BYTES = 64;

export interface Source {
  chunks: AsyncIterable<Uint8Array>;
  /** Filled while reading: what a user should know of this input (truncated archive, foreign encoding). */
  warnings: string[];
  /** Whether byte offsets in `chunks` are byte offsets in the file. */
  isPlain(): boolean;
  /** When the log inside a compressed file was last modified, where the file says so; known with the first chunk. */
  innerModifiedMs(): number | null;
}

/** A part of a plain file: from the start of a line to the start of another. */
export interface ByteRange {
  start: number;
  /** Exclusive. */
  end: number;
}

/**
 * A part of a file that is neither compressed nor UTF-16. One buffer serves for all chunks: each is valid until the next
 * is asked for. It is read by the thread that parses it, so that the bytes are in its core's cache.
 */
export async function* chunksOfRange(
  input: Input,
  range: ByteRange,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  try {
    const file = openSync(input.path as string, "r");
    try {
      const buffer = Buffer.allocUnsafeSlow(RANGE_CHUNK_BYTES);
      for (let at = range.start; at < range.end; ) {
        const bytesRead = readSync(file, buffer, 0, Math.min(buffer.length, range.end - at), at);
        if (bytesRead === 0) return;
        onBytes?.(bytesRead);
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
        if (at % TURN_BYTES < bytesRead) await setImmediate();
      }
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).syscall ? unreadable(input.name, cause) : cause;
  }
}

/**
 * `stdin`: the stream behind the input without a path. `onBytes`: called with the bytes that were read of the file, as it stands on the disk.
 */
export function openSource(input: Input, stdin: Readable, onBytes?: (bytes: number) => void): Source {
  const warnings: string[] = [];
  let plain = true;
  let innerModifiedMs: number | null = null;
  // A folder may hold thousands of small files: memory that they do not fill costs more than reading them.
  const highWaterMark = Math.min(CHUNK_BYTES, (input.sizeBytes ?? CHUNK_BYTES) + 1);
  const raw = input.path === null ? stdin : createReadStream(input.path, { highWaterMark });
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      const [head, rest] = await firstBytes(onBytes ? counted(raw, onBytes) : raw);
      const compression = compressionOf(head);
      if (compression === "gzip") innerModifiedMs = gzipTime(head);
      if (compression) {
        plain = false;
        yield* decodeText(decompress(compression, rest, warnings), warnings, () => undefined);
      } else {
        yield* decodeText(rest, warnings, () => {
          plain = false;
        });
      }
    } catch (cause) {
      throw (cause as NodeJS.ErrnoException).syscall ? unreadable(input.name, cause) : cause;
    } finally {
      raw.destroy();
    }
  }
  return { chunks: chunks(), warnings, isPlain: () => plain, innerModifiedMs: () => innerModifiedMs };
}

async function* counted(chunks: AsyncIterable<Uint8Array>, onBytes: (bytes: number) => void) {
  for await (const chunk of chunks) {
    onBytes(chunk.length);
    yield chunk;
  }
}

/** MTIME of the first member's header (RFC 1952 section 2.3); zero says nothing. */
function gzipTime(head: Uint8Array): number | null {
  if (head.length < 8) return null;
  const seconds = new DataView(head.buffer, head.byteOffset).getUint32(4, true);
  return seconds === 0 ? null : seconds * 1000;
}

/** The first bytes, at least SAMPLE_BYTES where there are so many, and all chunks including them. */
async function firstBytes(
  chunks: AsyncIterable<Uint8Array>,
): Promise<[head: Uint8Array, all: AsyncIterable<Uint8Array>]> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < SAMPLE_BYTES) {
    const { value, done } = await iterator.next();
    if (done) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  const first = head;
  async function* all(): AsyncGenerator<Uint8Array> {
    if (first.length > 0) yield first;
    for (;;) {
      const { value, done } = await iterator.next();
      if (done) return;
      yield value;
    }
  }
  return [first, all()];
}

async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  warnings: string[],
  onTranscode: () => void,
): AsyncGenerator<Uint8Array> {
  const [head, all] = await firstBytes(chunks);
  const encoding = utf16Of(head);
  if (!encoding) {
    yield* all;
    return;
  }
  const decoder = new TextDecoder(encoding);
  warnings.push(`read as ${encoding.toUpperCase()}`);
  onTranscode();
  const encoder = new TextEncoder();
  for await (const chunk of all) yield encoder.encode(decoder.decode(chunk, { stream: true }));
}

/** UTF-16 by byte order mark, or by the NUL in every other byte of its first ASCII letters. */
function utf16Of(head: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const sample = Math.min(head.length & ~1, SAMPLE_BYTES);
  if (sample < 16) return null;
  let evenNuls = 0;
  let oddNuls = 0;
  for (let i = 0; i < sample; i += 2) {
    if (head[i] === 0) evenNuls++;
    if (head[i + 1] === 0) oddNuls++;
  }
  if (oddNuls === sample / 2 && evenNuls === 0) return "utf-16le";
  return evenNuls === sample / 2 && oddNuls === 0 ? "utf-16be" : null;
}
