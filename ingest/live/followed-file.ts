/** One file that is followed: what is new in it since the last look, also after it was truncated. */
import type { BigIntStats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { LF } from "../bytes.ts";
import { InputError } from "../errors.ts";
import { compressionOf } from "../inputs/decompress.ts";
import { HEAD_BYTES } from "../inputs/line-parsers.ts";
import { MAX_RECORD_BYTES } from "../inputs/lines.ts";
import { REACH_BYTES } from "../inputs/lines-before.ts";
import { bytesAt, bytesBefore, headersBefore } from "../inputs/plain-file.ts";
import { LIVE_BEGINNING, type LiveStart } from "./live-reader.ts";

/** Takes a file's bytes from its opening on. */
export type FollowSink = (start: LiveStart) => {
  push(bytes: Uint8Array): Promise<void>;
  /** `withRest`: a last line without its end is whole. */
  end(withRest: boolean): Promise<void>;
};

const CHUNK_BYTES = 1 << 18;
/** So many bytes before the place reached tell whether the file is still the one that was read, or was truncated. */
const MARK_BYTES = 64;
/** A line that has not grown for so long is whole. */
const REST_MS = 1000;

export class FollowedFile {
  #identity: string;
  #handle: FileHandle;
  readonly #open: FollowSink;
  readonly #onNotice: (text: string) => void;
  readonly #buffer = new Uint8Array(MARK_BYTES + CHUNK_BYTES);
  #sink: ReturnType<FollowSink>;
  #position: number;
  #mark: Uint8Array;
  #inHole: boolean;
  #grewMs = Date.now();

  private constructor(
    handle: FileHandle,
    identity: string,
    start: LiveStart,
    open: FollowSink,
    onNotice: (text: string) => void,
  ) {
    this.#handle = handle;
    this.#identity = identity;
    this.#open = open;
    this.#onNotice = onNotice;
    this.#position = start.offset;
    this.#inHole = start.offset === 0;
    this.#mark = start.before.slice(-MARK_BYTES);
    this.#sink = open(start);
  }

  /** Null where it is gone again, or may not be read (yet). */
  static async open(
    path: string,
    fromStart: boolean,
    sink: FollowSink,
    onNotice: (text: string) => void,
  ): Promise<FollowedFile | null> {
    const handle = await open(path, "r").catch(() => null);
    if (!handle) return null;
    try {
      const stats = await handle.stat({ bigint: true });
      const head = await bytesAt(handle, 0, HEAD_BYTES);
      refuseWhole(path, head);
      const start = fromStart ? LIVE_BEGINNING : await endOf(handle, head, Number(stats.size));
      return new FollowedFile(handle, FollowedFile.identityOf(stats), start, sink, onNotice);
    } catch (cause) {
      await closed(handle);
      if (cause instanceof InputError) throw cause;
      return null;
    }
  }

  /** File systems without file numbers have a time of creation. */
  static identityOf({ dev, ino, birthtimeNs }: BigIntStats): string {
    return ino === 0n ? `${dev}/${birthtimeNs}` : `${dev}:${ino}`;
  }

  get identity(): string {
    return this.#identity;
  }

  /** Nothing came for a while. */
  get isAtRest(): boolean {
    return Date.now() - this.#grewMs >= REST_MS;
  }

  /** Passes on what is new; a signal ends it early. False where the file cannot be read (a network share went away). */
  async drain(signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      const bytes = await this.#readOn();
      if (bytes === "unreadable") return false;
      if (bytes === "changed") await this.#beginAnew();
      else if (bytes.length === 0) return true;
      else await this.#passOn(bytes);
    }
    return true;
  }

  /** Goes on at the place reached in what stands at the path now; false where that cannot be opened (yet). */
  async reopen(path: string): Promise<boolean> {
    const handle = await open(path, "r").catch(() => null);
    if (!handle) return false;
    const stats = await handle.stat({ bigint: true });
    await closed(this.#handle);
    this.#handle = handle;
    this.#identity = FollowedFile.identityOf(stats);
    return true;
  }

  async close(withRest: boolean): Promise<void> {
    await this.#sink.end(withRest);
    await closed(this.#handle);
  }

  /**
   * The bytes after the place reached, or that those before it are no longer the ones that were read. Both come with
   * one read: between two, a file can be truncated and grow past the place again. Size and time of change tell less.
   */
  async #readOn(): Promise<Uint8Array | "changed" | "unreadable"> {
    const markBytes = Math.min(MARK_BYTES, this.#position);
    const from = this.#position - markBytes;
    const read = await this.#handle.read(this.#buffer, 0, this.#buffer.length, from).catch(() => null);
    if (!read) return "unreadable";
    const bytes = this.#buffer.slice(0, read.bytesRead);
    return Buffer.compare(bytes.subarray(0, markBytes), this.#mark) === 0 ? bytes.subarray(markBytes) : "changed";
  }

  async #beginAnew(): Promise<void> {
    this.#onNotice("was truncated: reading it from its beginning");
    await this.#sink.end(true);
    this.#sink = this.#open(LIVE_BEGINNING);
    this.#position = 0;
    this.#inHole = true;
    this.#mark = new Uint8Array(0);
  }

  async #passOn(bytes: Uint8Array): Promise<void> {
    this.#grewMs = Date.now();
    this.#remember(bytes);
    this.#position += bytes.length;
    const from = this.#inHole ? afterNuls(bytes) : 0;
    if (from === bytes.length) return;
    this.#inHole = false;
    await this.#sink.push(bytes.subarray(from));
  }

  #remember(bytes: Uint8Array): void {
    const together = bytes.length >= MARK_BYTES ? bytes : Buffer.concat([this.#mark, bytes]);
    this.#mark = together.slice(-MARK_BYTES);
  }
}

/** Throws InputError for what can be read as a whole only. */
function refuseWhole(path: string, head: Uint8Array): void {
  const isCompressed = compressionOf(head) !== null;
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!isCompressed && !isUtf16) return;
  const what = isCompressed ? "a compressed file" : "a file in UTF-16";
  throw new InputError("bad-option", `${path}: ${what} cannot be followed`, "leave out --follow");
}

/** The handle of a file on a share that went away may refuse even to be closed; nothing of it is wanted any more. */
async function closed(handle: FileHandle): Promise<void> {
  await handle.close().catch(() => undefined);
}

/** A writer that does not append goes on at its old place after a truncation, and leaves a hole before it. */
function afterNuls(bytes: Uint8Array): number {
  let i = 0;
  while (i < bytes.length && bytes[i] === 0) i++;
  return i;
}

/** Where the last line of the file begins that is not whole yet, and what must be known of the lines before. */
async function endOf(handle: FileHandle, head: Uint8Array, size: number): Promise<LiveStart> {
  const from = Math.max(0, size - MAX_RECORD_BYTES);
  const offset = from + (await bytesAt(handle, from, size - from)).lastIndexOf(LF) + 1;
  const headers = offset === 0 ? new Uint8Array(0) : await headersBefore(handle, offset);
  const before = await bytesBefore(handle, offset, REACH_BYTES);
  return { offset, linesBefore: await lineEndsBefore(handle, offset), head, headers, before };
}

async function lineEndsBefore(handle: FileHandle, offset: number): Promise<number> {
  let lineEnds = 0;
  for (let at = 0; at < offset; at += MAX_RECORD_BYTES) {
    const bytes = Buffer.from(await bytesAt(handle, at, Math.min(MAX_RECORD_BYTES, offset - at)));
    for (let lf = bytes.indexOf(LF); lf >= 0; lf = bytes.indexOf(LF, lf + 1)) lineEnds++;
  }
  return lineEnds;
}
