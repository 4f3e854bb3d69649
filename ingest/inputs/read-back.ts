/** Reads single records of inputs again: the evidence behind a finding is a pointer until somebody looks at it. */
import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";
import { CR, LF, textOf } from "../bytes.ts";
import { jsonRowEnd } from "../documents/json-rows.ts";
import { eventEnd } from "../windows/event-boundary.ts";
import type { Input } from "./inputs.ts";
import { openSource } from "./source.ts";

const MAX_TEXT_BYTES = 4096;
/** Rows of an answer (documents/json-rows.ts), behind what stands between two of them. */
const ROW = /^[\s,\]}]*\[\s*(?:"|\{\s*"field")/;
/** A collector's document or an exported event, which may span lines, or stand with others in one. */
const DOCUMENT = /^[\s,[\]}]*(?:\{\s*"|<Event[\s>])/;

/**
 * Texts of the records at these byte offsets of the decompressed input, each at most 4096 bytes; null for those that are
 * no longer there. `plain`: the offsets are offsets in the file, so that only these records are read; otherwise it is
 * read to the last of them.
 */
export async function readRecords(
  input: Input,
  offsets: readonly number[],
  plain: boolean,
): Promise<(string | null)[]> {
  if (input.path === null || input.once || offsets.length === 0) return offsets.map(() => null);
  const found = await (plain ? readAtOffsets(input.path, offsets) : readThrough(input, offsets));
  return offsets.map((offset) => found.get(offset) ?? null);
}

async function readAtOffsets(path: string, offsets: readonly number[]): Promise<Map<number, string>> {
  const texts = new Map<number, string>();
  let file: FileHandle | null = null;
  try {
    file = await open(path, "r");
    const buffer = new Uint8Array(MAX_TEXT_BYTES);
    for (const offset of offsets) {
      const { bytesRead } = await file.read(buffer, 0, MAX_TEXT_BYTES, offset);
      if (bytesRead > 0) texts.set(offset, firstRecord(buffer.subarray(0, bytesRead)));
    }
  } catch {
    // The file went away or was replaced between reading and showing: the finding stands, its lines cannot be shown.
    return texts;
  } finally {
    await file?.close();
  }
  return texts;
}

async function readThrough(input: Input, offsets: readonly number[]): Promise<Map<number, string>> {
  const parts = new Map<number, Uint8Array[]>();
  const last = Math.max(...offsets) + MAX_TEXT_BYTES;
  let at = 0;
  try {
    for await (const chunk of openSource(input, Readable.from([])).chunks) {
      for (const offset of offsets) {
        const part = chunk.slice(Math.max(0, offset - at), Math.max(0, offset + MAX_TEXT_BYTES - at));
        if (part.length > 0) parts.set(offset, [...(parts.get(offset) ?? []), part]);
      }
      at += chunk.length;
      if (at >= last) break;
    }
  } catch {
    // As above: what was read so far is shown.
  }
  return new Map([...parts].map(([offset, bytes]) => [offset, firstRecord(Buffer.concat(bytes))]));
}

/** The text of the record that the bytes begin with. */
function firstRecord(bytes: Uint8Array): string {
  const head = textOf(bytes, 0, bytes.length);
  let end = bytes.indexOf(LF);
  if (ROW.test(head)) end = jsonRowEnd(bytes, 0, bytes.length);
  else if (DOCUMENT.test(head)) end = eventEnd(bytes, 0, bytes.length);
  if (end < 0) end = bytes.length;
  while (end > 0 && (bytes[end - 1] === LF || bytes[end - 1] === CR)) end--;
  return textOf(bytes, 0, end);
}
