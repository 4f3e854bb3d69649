/** Reads one input, or a piece of it, to the end. */
import { setTimeout as sleep } from "node:timers/promises";
import { LF } from "../bytes.ts";
import { newestMoment } from "../clocks/newest-moment.ts";
import { InputReader, type PieceStart, type ReadOptions, type RecordConsumer, WHOLE_INPUT } from "./input-reader.ts";
import { emptyReport, type InputReport, joinReports } from "./input-report.ts";
import type { Input } from "./inputs.ts";
import { HEAD_BYTES, LineParsers } from "./line-parsers.ts";
import { lineEndsOutside } from "./outside-scan.ts";
import { type Piece, piecesOf, tailOf } from "./pieces.ts";
import { withFile } from "./plain-file.ts";
import { chunksOfRange, openSource } from "./source.ts";

const NOTHING = new Uint8Array(0);
/** Nothing came for so long: what is there must do to tell the format. */
export const REST_MS = 500;

export interface WholeOptions extends ReadOptions {
  /** The smallest file that is worth a search for the window. */
  minSearchBytes?: number;
}

/** Every record of the input inside the window goes to `consume`; throws InputError where it cannot be read. */
export async function readInput(
  input: Input,
  index: number,
  options: WholeOptions,
  consume: RecordConsumer,
): Promise<InputReport> {
  const pieces = await piecesOf(input, { ...options, count: 1 });
  if (!pieces) return readWhole(input, index, options, consume);
  const reports: InputReport[] = [];
  let linesBefore = 0;
  for (const piece of pieces) {
    const report = await readPiece(input, index, piece, options, consume, linesBefore);
    linesBefore += report.lineEnds;
    reports.push(report);
  }
  return joinReports(reports);
}

async function readWhole(
  input: Input,
  index: number,
  options: ReadOptions,
  consume: RecordConsumer,
): Promise<InputReport> {
  const report = emptyReport(input);
  options.onReport?.(report);
  const tail = (await withFile(input, (file) => tailOf(file, input.sizeBytes ?? 0))) ?? NOTHING;
  const source = openSource(input, options.stdin, options.onBytes);
  let reader: InputReader | null = null;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const startedMs = performance.now();
  const start = (): InputReader => {
    const bytes = waiting.length === 1 ? (waiting[0] as Uint8Array) : Buffer.concat(waiting);
    waiting = [];
    report.isPlain = source.isPlain();
    const newestMs = newestMoment(input, source.innerModifiedMs());
    const head = { bytes, tail: source.isPlain() ? tail : NOTHING, headers: NOTHING, before: NOTHING, newestMs };
    const started = new InputReader(head, WHOLE_INPUT, index, report, options, consume);
    started.push(bytes);
    return started;
  };
  const chunks = source.chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const coming = chunks.next();
      // Whoever watches a pipe (`ssh fw tail -f filter.log | ringfence parse -`) must not wait for 64 KB of log.
      if (!reader && input.once && waiting.some((bytes) => bytes.includes(LF)) && (await isLate(coming))) {
        reader = start();
        await options.afterChunk?.();
      }
      const { value: chunk, done } = await coming;
      if (done) break;
      report.bytesRead += chunk.length;
      if (reader) {
        // Another program may write for as long as it likes, and into a new year.
        if (input.once) reader.advanceTo(input.modifiedMs + performance.now() - startedMs);
        reader.push(chunk);
      } else {
        waiting.push(chunk);
        waitingBytes += chunk.length;
        if (waitingBytes >= HEAD_BYTES) reader = start();
      }
      await options.afterChunk?.();
    }
  } finally {
    await chunks.return?.();
  }
  if (!reader && waitingBytes > 0) reader = start();
  reader?.end();
  report.warnings.push(...source.warnings);
  report.isPlain = source.isPlain();
  return report;
}

/** Whether it takes longer than REST_MS. */
async function isLate(coming: Promise<unknown>): Promise<boolean> {
  const resting = new AbortController();
  const rested = sleep(REST_MS, true, { signal: resting.signal }).catch(() => false);
  try {
    return await Promise.race([coming.then(() => false), rested]);
  } finally {
    resting.abort();
  }
}

/** The same for a piece of a plain file; the report's lines are numbered from the start of the piece. */
export async function readPiece(
  input: Input,
  index: number,
  piece: Piece,
  options: Omit<ReadOptions, "stdin">,
  consume: RecordConsumer,
  linesBefore = 0,
): Promise<InputReport> {
  const report = emptyReport(input);
  options.onReport?.(report);
  if (piece.outside) {
    const lineEnds = await lineEndsOutside(
      chunksOfRange(input, piece, options.onBytes),
      new LineParsers(piece.head, options),
      options,
    );
    if (lineEnds !== null) {
      report.lineEnds = lineEnds;
      report.warnings.push(skippedWarning(piece, lineEnds));
      return report;
    }
  }
  const from: PieceStart = { offset: piece.start, linesBefore };
  const reader = new InputReader(piece.head, from, index, report, options, consume);
  for await (const chunk of chunksOfRange(input, piece, options.onBytes)) {
    report.bytesRead += chunk.length;
    reader.push(chunk);
    await options.afterChunk?.();
  }
  reader.end();
  return report;
}

function skippedWarning({ start, end, outside }: Piece, lines: number): string {
  const megabytes = ((end - start) / 1e6).toFixed(1);
  return `skipped ${megabytes} MB (${lines} lines) ${outside === "before" ? "before --since" : "after --until"}: they are not in the counts`;
}
