import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, it } from "vitest";
import { findInputs } from "../../ingest/inputs/inputs.ts";
import { readRecords } from "../../ingest/inputs/read-back.ts";
import { openSource } from "../../ingest/inputs/source.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-decompress-"));
afterAll(() => rmSync(folder, { recursive: true }));

const text = Array.from({ length: 4000 }, (_, i) => `Oct  5 10:00:00 fw filterlog[1]: line ${i} ${Math.sin(i)}`).join(
  "\n",
);
const plain = join(folder, "plain.log");
writeFileSync(plain, text);

/** The file as the real tool compresses it; null where the machine lacks the tool. */
function compressed(tool: string, input: string | Buffer = text): Buffer | null {
  const { status, stdout } = spawnSync(tool, ["-c"], { input, maxBuffer: 1 << 26 });
  return status === 0 ? stdout : null;
}

async function read(bytes: Uint8Array): Promise<{ text: string; warnings: string[] }> {
  const file = join(folder, "input");
  writeFileSync(file, bytes);
  const [input] = await findInputs([file], 0);
  const source = openSource(input as never, Readable.from([]));
  const parts: Uint8Array[] = [];
  for await (const chunk of source.chunks) parts.push(chunk);
  return { text: Buffer.concat(parts).toString("utf8"), warnings: source.warnings };
}

describe.each(["gzip", "zstd", "xz", "bzip2"])("%s", (tool) => {
  const bytes = compressed(tool);
  const withTool = it.skipIf(bytes === null);

  withTool("is read whole", async () => {
    const once = await read(bytes as Buffer);
    expect({ same: once.text === text, warnings: once.warnings }).toEqual({ same: true, warnings: [] });
  });

  withTool("is read whole whatever its size", async () => {
    const large = text.repeat(8);
    for (const input of ["one line\n", text.slice(0, 5000), large]) {
      const result = await read(compressed(tool, input) as Buffer);
      expect({ same: result.text === input, warnings: result.warnings }).toEqual({ same: true, warnings: [] });
    }
  });

  withTool("may have several members", async () => {
    const twice = await read(Buffer.concat([bytes as Buffer, bytes as Buffer]));
    expect({ same: twice.text === text + text, length: twice.text.length }).toEqual({
      same: true,
      length: 2 * text.length,
    });
  });

  withTool("keeps the lines of a truncated member and says so", async () => {
    const cut = await read((bytes as Buffer).subarray(0, (bytes as Buffer).length - 40));
    expect(text.startsWith(cut.text)).toBe(true);
    expect(cut.warnings.join()).toMatch(/ends too early or is damaged/);
  });

  withTool("gives single lines back", async () => {
    const file = join(folder, "lines");
    writeFileSync(file, bytes as Buffer);
    const [input] = await findInputs([file], 0);
    const offset = text.indexOf("\n", 1000) + 1;
    const lines = await readRecords(input as never, [offset, text.length + 9], false);
    expect(lines).toEqual([text.slice(offset, text.indexOf("\n", offset)), null]);
  });
});

describe("UTF-16", () => {
  it.each(["utf16le"] as const)("is turned into UTF-8 (%s)", async (encoding) => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("#Fields: date\r\nGrün\r\n", encoding)]);
    const result = await read(bytes);
    expect(result.text.replace("\ufeff", "")).toBe("#Fields: date\r\nGrün\r\n");
    expect(result.warnings).toEqual(["read as UTF-16LE"]);
  });
});

it("reads plain files as they are", async () => {
  expect(await read(readFileSync(plain))).toEqual({ text, warnings: [] });
});
