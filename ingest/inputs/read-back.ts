/** Reads single lines of inputs again: the evidence behind a finding is a pointer until somebody looks at it. */
import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";
import { LF, textOf } from "../bytes.ts";
import type { Input } from "./inputs.ts";
import { RecordSplitter } from "./lines.ts";
import { openSource } from "./source.ts";

const MAX_LINE_BYTES = 4096;

export interface WantedLine {
  /** 1-based. */
  line: number;
  /** Byte offset in the decompressed input. */
  offset: number;
}

/**
 * Texts of the wanted lines by line number, each at most 4096 bytes; lines that are no longer there are missing.
 * `plain`: offsets are offsets in the file, so that only these lines are read; otherwise it is read to the last of them.
 */
export async function readLines(
  input: Input,
  wanted: readonly WantedLine[],
  plain: boolean,
): Promise<Map<number, string>> {
  if (input.path === null || input.once || wanted.length === 0) return new Map();
  return plain ? readAtOffsets(input.path, wanted) : readThrough(input, wanted);
}

async function readAtOffsets(path: string, wanted: readonly WantedLine[]): Promise<Map<number, string>> {
  const texts = new Map<number, string>();
  let file: FileHandle | null = null;
  try {
    file = await open(path, "r");
    const buffer = new Uint8Array(MAX_LINE_BYTES);
    for (const { line, offset } of wanted) {
      const { bytesRead } = await file.read(buffer, 0, MAX_LINE_BYTES, offset);
      if (bytesRead > 0) texts.set(line, firstLine(buffer.subarray(0, bytesRead)));
    }
  } catch {
    // The file went away or was replaced between reading and showing: the finding stands, its lines cannot be shown.
    return texts;
  } finally {
    await file?.close();
  }
  return texts;
}

async function readThrough(input: Input, wanted: readonly WantedLine[]): Promise<Map<number, string>> {
  const texts = new Map<number, string>();
  const offsets = new Map(wanted.map(({ line, offset }) => [offset, line]));
  const keep = (bytes: Uint8Array, start: number, end: number, _line: number, offset: number) => {
    // Records that are not lines are found by any line they hold, since offsets count bytes in both cases.
    const line = offsets.get(offset);
    if (line !== undefined) texts.set(line, textOf(bytes, start, Math.min(end, start + MAX_LINE_BYTES)));
  };
  const splitter = new RecordSplitter({ record: keep, tooLong: keep });
  try {
    for await (const chunk of openSource(input, Readable.from([])).chunks) {
      splitter.push(chunk);
      if (texts.size === offsets.size) break;
    }
    splitter.end();
  } catch {
    return texts;
  }
  return texts;
}

function firstLine(bytes: Uint8Array): string {
  const lf = bytes.indexOf(LF);
  const end = lf < 0 ? bytes.length : lf;
  return textOf(bytes, 0, bytes[end - 1] === 0x0d ? end - 1 : end);
}
