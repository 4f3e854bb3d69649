import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { HashedStream, hashFiles } from "../../ingest/inputs/input-hash.ts";
import type { Input } from "../../ingest/inputs/inputs.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-hash-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
const inputOf = (path: string | null, once = path === null): Input => ({
  name: path ?? "(standard input)",
  path,
  modifiedMs: 0,
  sizeBytes: once ? null : 1,
  named: true,
  once,
});

describe("hashes of inputs", () => {
  it("are of the bytes on the disk, compressed or not, and of nothing that is no file", async () => {
    const plain = join(folder, "fw.log");
    const packed = join(folder, "fw.log.gz");
    const log = "one line\n".repeat(300_000);
    writeFileSync(plain, log);
    writeFileSync(packed, gzipSync(log));
    const inputs = [
      inputOf(plain),
      inputOf(packed),
      inputOf(join(folder, "gone.log")),
      inputOf(null),
      inputOf(plain, true),
    ];
    expect(await hashFiles(inputs)).toEqual([sha256(log), sha256(gzipSync(log)), null, null, null]);
  });

  it("of a stream are known when it was read to its end, and it passes unchanged", async () => {
    const chunks = ["a\n", "b\n", "c\n"].map((text) => Buffer.from(text));
    const hashed = new HashedStream(Readable.from(chunks));
    expect(hashed.sha256).toBeNull();
    const read: Buffer[] = [];
    for await (const chunk of hashed.stream) read.push(chunk as Buffer);
    expect(Buffer.concat(read).toString()).toBe("a\nb\nc\n");
    expect(hashed.sha256).toBe(sha256("a\nb\nc\n"));
  });

  it("of a stream that was given up are not told", async () => {
    const hashed = new HashedStream(Readable.from(Array.from({ length: 100 }, () => Buffer.alloc(100_000))));
    for await (const _ of hashed.stream) break;
    expect(hashed.sha256).toBeNull();
  });
});
