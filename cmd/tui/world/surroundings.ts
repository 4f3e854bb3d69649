/** Reads a log line with its neighbours, from plain and from compressed files. */
import { open, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { textOf } from "../../../ingest/bytes.ts";
import { RecordSplitter } from "../../../ingest/inputs/lines.ts";
import { openSource } from "../../../ingest/inputs/source.ts";
import { phrases } from "../../../reports/phrases.ts";
import type { InputResult } from "../../../rules/result.ts";
import type { LinePlace } from "../line-place.ts";
import type { Surroundings } from "../state.ts";

/** Neighbours on either side. */
const AROUND = 100;
/** Enough for them, unless lines are monstrous. */
const WINDOW_BYTES = 65_536;
const HEAD_BYTES = 4096;
const MAX_LINE_BYTES = 4096;
/** Where the line's number is all that is known, or the file is compressed, it is read up to there: no further than this. */
const MAX_READ_BYTES = 2_000_000_000;

type RawLine = Surroundings["lines"][number];

/**
 * Never fails: what cannot be read is said in `note`.
 * @param folder where else to look for the file: beside a saved audit, whose logs may have moved with it
 */
export async function readSurroundings(
  place: LinePlace,
  input: InputResult | undefined,
  folder: string | null,
): Promise<Surroundings> {
  const formats = input?.formats ?? [];
  const alone = (note: string): Surroundings => ({
    lines: [{ line: place.line, offset: place.offset, text: place.text ?? phrases.surroundings.notReadBack }],
    focus: 0,
    head: [],
    formats,
    note,
  });
  if (place.line === null && place.offset === null) return alone(phrases.surroundings.noLine);
  try {
    const path = await fileOf(place, folder);
    if (path === null) return alone(phrases.surroundings.notHere(place.input));
    const isPlain = await hasPlainBytes(path);
    const around =
      isPlain && place.offset !== null
        ? await readAt(path, place.line, place.offset)
        : await readThrough(path, place.line, place.offset);
    if (!around) return alone(goneText(place));
    const head = isPlain ? await headOf(path) : around.head;
    return { ...around, head, formats, note: changeNote(place, around.lines[around.focus]) };
  } catch (cause) {
    return alone(cause instanceof Error ? cause.message : String(cause));
  }
}

function goneText({ input, line, offset }: LinePlace): string {
  const { lineGone, byteGone } = phrases.surroundings;
  return line === null ? byteGone(input, offset ?? 0) : lineGone(input, line);
}

/** The regular file that a line stands in; null where there is none (standard input, moved away). */
export async function fileOf({ input }: LinePlace, folder: string | null): Promise<string | null> {
  for (const path of [input, ...(folder === null ? [] : [join(folder, input), join(folder, basename(input))])]) {
    const stats = await stat(path).catch(() => null);
    if (stats?.isFile()) return path;
  }
  return null;
}

interface Around {
  lines: RawLine[];
  focus: number;
  head: string[];
}

/** A log that was rotated since the audit holds another line at that place. */
function changeNote({ text }: LinePlace, found: RawLine | undefined): string | null {
  if (text === null || found === undefined) return null;
  const length = Math.min(text.length, found.text.length, 256);
  return text.slice(0, length) === found.text.slice(0, length) ? null : phrases.surroundings.changed;
}

async function hasPlainBytes(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const head = new Uint8Array(64);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return !(head[0] === 0x1f && head[1] === 0x8b) && !head.subarray(0, bytesRead).includes(0) && (head[0] ?? 0) < 0xfe;
  } finally {
    await file.close();
  }
}

/** @param line null while the lines before are still being counted */
async function readAt(path: string, line: number | null, offset: number): Promise<Around | null> {
  const file = await open(path, "r");
  try {
    const start = Math.max(0, offset - WINDOW_BYTES);
    const buffer = new Uint8Array(offset - start + WINDOW_BYTES);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
    if (bytesRead <= offset - start) return null;
    const cutBytes = buffer.subarray(0, bytesRead);
    const previous = linesOf(cutBytes.subarray(0, offset - start), start);
    // The first of them may have begun before the window.
    const before = previous.slice(start > 0 ? 1 : 0).slice(-AROUND);
    const after = linesOf(cutBytes.subarray(offset - start), offset).slice(0, AROUND + 1);
    const first = line === null ? null : line - before.length;
    const lines = [...before, ...after].map((one, index) => ({ ...one, line: first === null ? null : first + index }));
    return { lines, focus: before.length, head: [] };
  } finally {
    await file.close();
  }
}

/** Lines of a stretch of bytes; a last one without line end counts. */
function linesOf(bytes: Uint8Array, offset: number): RawLine[] {
  const lines: RawLine[] = [];
  const keep = (of: Uint8Array, from: number, to: number, line: number, at: number) => {
    lines.push({ line, offset: offset + at, text: textOf(of, from, Math.min(to, from + MAX_LINE_BYTES)) });
  };
  const splitter = new RecordSplitter({ record: keep, tooLong: keep });
  splitter.push(bytes);
  splitter.end();
  return lines;
}

async function headOf(path: string): Promise<string[]> {
  const file = await open(path, "r");
  try {
    const bytes = new Uint8Array(HEAD_BYTES);
    const { bytesRead } = await file.read(bytes, 0, HEAD_BYTES, 0);
    return linesOf(bytes.subarray(0, bytesRead), 0)
      .slice(0, bytesRead === HEAD_BYTES ? -1 : undefined)
      .map(({ text }) => text);
  } finally {
    await file.close();
  }
}

/** Reads from the beginning; keeps the head, and the lines around the wanted one. */
async function readThrough(path: string, line: number | null, offset: number | null): Promise<Around | null> {
  const lines: RawLine[] = [];
  const head: string[] = [];
  let focus = -1;
  const keep = (bytes: Uint8Array, start: number, end: number, at: number, position: number) => {
    if (focus >= 0 && lines.length > focus + AROUND) return;
    const text = textOf(bytes, start, Math.min(end, start + MAX_LINE_BYTES));
    if (head.length < 16) head.push(text);
    lines.push({ line: at, offset: position, text });
    if (focus < 0 && (offset === null ? at === line : position === offset)) focus = lines.length - 1;
    if (focus < 0 && lines.length > AROUND) lines.shift();
  };
  const splitter = new RecordSplitter({ record: keep, tooLong: keep });
  let read = 0;
  const input = { name: path, path, modifiedMs: 0, sizeBytes: null, named: true, once: false };
  for await (const chunk of openSource(input, Readable.from([])).chunks) {
    splitter.push(chunk);
    read += chunk.length;
    if ((focus >= 0 && lines.length > focus + AROUND) || read > MAX_READ_BYTES) break;
  }
  splitter.end();
  return focus < 0 ? null : { lines, focus, head };
}
