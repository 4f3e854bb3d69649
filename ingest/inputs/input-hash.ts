/**
 * SHA-256 of inputs as `sha256sum` prints it: of the bytes on the disk, compressed or not. A second reading beside the
 * first, so that parsing pays nothing where nobody asks; the file is in the system's cache by then.
 */
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import type { Input } from "./inputs.ts";

const CHUNK_BYTES = 1 << 20;

/** One an input, in their order; null for what is no file, or cannot be read (whoever parses it says so). */
export async function hashFiles(inputs: readonly Input[]): Promise<(string | null)[]> {
  const hashes: (string | null)[] = [];
  // One buffer for all: fresh memory costs as much as hashing what is in it.
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  for (const { path, once } of inputs) {
    hashes.push(path === null || once ? null : await hashOf(path, buffer));
  }
  return hashes;
}

async function hashOf(path: string, buffer: Buffer): Promise<string | null> {
  const file = await open(path, "r").catch(() => null);
  if (!file) return null;
  const hash = createHash("sha256");
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(buffer.subarray(0, bytesRead));
    }
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

/** A stream that can be read only once, hashed on its way. */
export class HashedStream {
  readonly stream: Readable;
  #sha256: string | null = null;

  constructor(source: Readable) {
    this.stream = Readable.from(this.#pass(source), { objectMode: false });
  }

  /** Null unless it was read to its end. */
  get sha256(): string | null {
    return this.#sha256;
  }

  async *#pass(source: Readable): AsyncGenerator<Uint8Array> {
    const hash = createHash("sha256");
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
    this.#sha256 = hash.digest("hex");
  }
}
