/**
 * Compressed logs by their magic bytes (a rotated file's name may say anything): gzip, Zstandard, xz, bzip2. Several
 * members in a row are one stream (logrotate and `cat` make such files); a truncated or damaged one keeps its lines.
 */
import { createGunzip } from "node:zlib";

export type Compression = "gzip" | "zstd" | "xz" | "bzip2";

const CHUNK_BYTES = 1 << 20;

/** The compression that the first bytes announce, or null. */
export function compressionOf(head: Uint8Array): Compression | null {
  const [a, b, c, d] = head;
  if (a === 0x1f && b === 0x8b) return "gzip";
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return "zstd";
  // A skippable frame may stand before the first one (RFC 8878 section 3.1.2).
  if (a !== undefined && a >>> 4 === 5 && b === 0x2a && c === 0x4d && d === 0x18) return "zstd";
  if (a === 0xfd && b === 0x37 && c === 0x7a && d === 0x58) return "xz";
  return a === 0x42 && b === 0x5a && c === 0x68 ? "bzip2" : null;
}

/** The decompressed bytes; what went wrong on the way is said in `warnings`, and what came before it is yielded. */
export async function* decompress(
  compression: Compression,
  chunks: AsyncIterable<Uint8Array>,
  warnings: string[],
): AsyncGenerator<Uint8Array> {
  // A read error of the file itself is not a fault of its data: it must reach the caller.
  const failure: { cause: unknown } = { cause: null };
  const guarded = guard(chunks, failure);
  try {
    yield* OPEN[compression](guarded);
  } catch {
    if (failure.cause) throw failure.cause;
    warnings.push(`the ${compression} data ends too early or is damaged: lines up to there were read`);
  }
}

/** Each loads its decoder when the first file needs it: most threads read plain text. */
const OPEN: Readonly<Record<Compression, (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>>> = {
  gzip: (chunks) => through(chunks, createGunzip({ chunkSize: CHUNK_BYTES })),
  // Node's own zstd stream ends at the first frame (seen with 24.21), and zstd files may hold several.
  zstd: unzstd,
  xz: unxz,
  bzip2: unbzip2Chunks,
};

async function* unxz(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const [{ ReadableStream }, { default: xz }] = await Promise.all([import("node:stream/web"), import("xz-decompress")]);
  // Its types are a browser's.
  const compressed = ReadableStream.from(chunks) as never;
  yield* new xz.XzReadableStream(compressed) as unknown as AsyncIterable<Uint8Array>;
}

async function* unzstd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import("fzstd");
  let ready: Uint8Array[] = [];
  const decoder = new Decompress((chunk) => ready.push(chunk));
  for await (const chunk of chunks) {
    decoder.push(chunk);
    yield* ready;
    ready = [];
  }
  decoder.push(new Uint8Array(0), true);
  yield* ready;
}

/** Compressed bytes that are decoded at once: logs may grow thirtyfold. */
const BZIP2_INPUT_BYTES = 1 << 16;

/** The decoder is a stream of Node's first kind, which gives what it has before `write` returns. */
async function* unbzip2Chunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { default: unbzip2 } = await import("unbzip2-stream");
  let ready: Uint8Array[] = [];
  let failure: Error | null = null;
  const decoder = unbzip2() as NodeJS.ReadWriteStream;
  decoder.on("data", (chunk: Uint8Array) => ready.push(chunk));
  decoder.on("error", (cause: Error) => {
    failure ??= cause;
  });
  function* decoded(): Generator<Uint8Array> {
    yield* ready;
    ready = [];
    if (failure) throw failure;
  }
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += BZIP2_INPUT_BYTES) {
      // The decoder keeps what it is given, while a chunk is valid until the next is asked for.
      decoder.write(Buffer.from(chunk.subarray(at, at + BZIP2_INPUT_BYTES)));
      yield* decoded();
    }
  }
  decoder.end();
  yield* decoded();
}

async function* guard(chunks: AsyncIterable<Uint8Array>, failure: { cause: unknown }): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (cause) {
    failure.cause = cause;
    throw cause;
  }
}

/** Feeds a decoder and yields what it gives, waiting where it is full. */
async function* through(
  chunks: AsyncIterable<Uint8Array>,
  decoder: ReturnType<typeof createGunzip>,
): AsyncGenerator<Uint8Array> {
  const feeding = (async () => {
    try {
      for await (const chunk of chunks) {
        if (decoder.destroyed) return;
        if (!decoder.write(chunk)) {
          await new Promise<void>((resume) => {
            decoder.once("drain", resume);
            decoder.once("close", resume);
          });
        }
      }
      decoder.end();
    } catch (cause) {
      decoder.destroy(cause as Error);
    }
  })();
  try {
    for await (const chunk of decoder) yield chunk as Uint8Array;
  } finally {
    decoder.destroy();
    await feeding;
  }
}
