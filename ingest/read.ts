/** Reads one input, or a piece of it, to the end. */
import type { Readable } from "node:stream";
import { HEAD_BYTES, type InputHead, InputReader, type ReadOptions, type RecordConsumer } from "./input-reader.ts";
import { emptyReport, type InputReport } from "./input-report.ts";
import type { Input } from "./inputs.ts";
import type { Piece } from "./pieces.ts";
import { openSource } from "./source.ts";

/** Every record of the input inside the window goes to `consume`; throws InputError where it cannot be read. */
export async function readInput(
  input: Input,
  index: number,
  options: ReadOptions,
  consume: RecordConsumer,
): Promise<InputReport> {
  const report = emptyReport(input);
  const source = openSource(input, options.stdin);
  let reader: InputReader | null = null;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const start = (): InputReader => {
    const bytes = waiting.length === 1 ? (waiting[0] as Uint8Array) : Buffer.concat(waiting);
    waiting = [];
    const started = new InputReader({ bytes, headers: new Uint8Array(0), offset: 0 }, index, report, options, consume);
    started.push(bytes);
    return started;
  };
  for await (const chunk of source.chunks) {
    report.bytesRead += chunk.length;
    if (reader) reader.push(chunk);
    else {
      waiting.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes >= HEAD_BYTES) reader = start();
    }
    options.onBytes?.(chunk.length);
    await options.afterChunk?.();
  }
  if (!reader && waitingBytes > 0) reader = start();
  reader?.end();
  report.warnings.push(...source.warnings);
  report.isPlain = source.isPlain();
  return report;
}

/** The same for a piece of a plain file; lines are numbered from the start of the piece. */
export async function readPiece(
  input: Input,
  index: number,
  piece: Piece,
  options: Omit<ReadOptions, "stdin">,
  consume: RecordConsumer,
): Promise<InputReport> {
  const report = emptyReport(input);
  const head: InputHead = { bytes: piece.head, headers: piece.headers, offset: piece.start };
  const reader = new InputReader(head, index, report, options, consume);
  for await (const chunk of openSource(input, NO_STDIN, piece).chunks) {
    report.bytesRead += chunk.length;
    reader.push(chunk);
    options.onBytes?.(chunk.length);
  }
  reader.end();
  return report;
}

/** A piece is always part of a file. */
const NO_STDIN = null as unknown as Readable;
