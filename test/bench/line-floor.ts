/**
 * What any reader in Node takes at least: two threads that read a file and look for its line ends, and do nothing with them.
 * `node test/bench/line-floor.ts FILE` prints line ends and milliseconds, without the start of Node and of its threads.
 */
import { openSync, readSync, statSync } from "node:fs";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

/** What stays in a core's cache between reading and looking. */
const CHUNK_BYTES = 256 * 1024;
const LF = 10;

interface Half {
  file: string;
  start: number;
  end: number;
}

interface Outcome {
  lineEnds: number;
  /** Of a clock that all threads share. */
  startedMs: number;
  endedMs: number;
}

function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

function lineEndsIn({ file, start, end }: Half): Outcome {
  const startedMs = nowMs();
  const descriptor = openSync(file, "r");
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let lineEnds = 0;
  for (let at = start; at < end; ) {
    const read = readSync(descriptor, chunk, 0, Math.min(CHUNK_BYTES, end - at), at);
    if (read === 0) break;
    const bytes = chunk.subarray(0, read);
    for (let i = bytes.indexOf(LF); i >= 0; i = bytes.indexOf(LF, i + 1)) lineEnds++;
    at += read;
  }
  return { lineEnds, startedMs, endedMs: nowMs() };
}

if (isMainThread) {
  const file = process.argv[2] as string;
  const { size } = statSync(file);
  const middle = Math.floor(size / 2);
  const halves: Half[] = [
    { file, start: 0, end: middle },
    { file, start: middle, end: size },
  ];
  const counts = halves.map(
    (half) =>
      new Promise<Outcome>((resolve, reject) => {
        const worker = new Worker(new URL(import.meta.url), { workerData: half });
        worker.on("message", resolve);
        worker.on("error", reject);
      }),
  );
  const outcomes = await Promise.all(counts);
  const lineEnds = outcomes.reduce((sum, outcome) => sum + outcome.lineEnds, 0);
  const started = Math.min(...outcomes.map(({ startedMs }) => startedMs));
  const milliseconds = Math.max(...outcomes.map(({ endedMs }) => endedMs)) - started;
  console.log(JSON.stringify({ lineEnds, milliseconds }));
} else parentPort?.postMessage(lineEndsIn(workerData as Half));
