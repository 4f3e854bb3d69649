/** How far the reading is, in one line on standard error: only in a terminal, and only where it takes longer than a second. */
import type { Input } from "../ingest/inputs/inputs.ts";

const FIRST_MS = 1000;
const AGAIN_MS = 200;
const CLEAR_LINE = "\r\x1b[2K";
const MEGABYTE = 1e6;

/** Where the line goes. */
export interface ProgressTerminal {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export class Progress {
  readonly #terminal: ProgressTerminal;
  #totalBytes: number | null = null;
  readonly #now: () => number;
  readonly #startedMs: number;
  #bytes = 0;
  #shownMs: number;
  #isShown = false;
  #stopped: boolean;

  constructor(terminal: ProgressTerminal = process.stderr, now: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#now = now;
    this.#startedMs = now();
    this.#shownMs = this.#startedMs + FIRST_MS - AGAIN_MS;
    this.#stopped = terminal.isTTY !== true || process.env.TERM === "dumb";
  }

  /** How much there is to read, where it is known. */
  expect(inputs: readonly Input[]): void {
    this.#totalBytes = totalBytesOf(inputs);
  }

  readonly onBytes = (bytes: number): void => {
    this.#bytes += bytes;
    this.#show((elapsedMs) => progressText(this.#bytes, this.#totalBytes, elapsedMs));
  };

  /** Documents that a server has counted, after the files. */
  readonly onDocuments = (done: number, total: number): void => {
    this.#show(() => documentsText(done, total));
  };

  #show(textAfter: (elapsedMs: number) => string): void {
    if (this.#stopped) return;
    const now = this.#now();
    if (now - this.#shownMs < AGAIN_MS) return;
    this.#shownMs = now;
    this.#isShown = true;
    const text = textAfter(now - this.#startedMs);
    this.#terminal.write(`${CLEAR_LINE}${text.slice(0, (this.#terminal.columns || 80) - 1)}`);
  }

  /** Takes the line away, before anything else is written; it may come again. */
  clear(): void {
    if (this.#isShown) this.#terminal.write(CLEAR_LINE);
    this.#isShown = false;
  }

  stop(): void {
    this.clear();
    this.#stopped = true;
  }
}

export function progressText(bytes: number, totalBytes: number | null, elapsedMs: number): string {
  const rate = (bytes / elapsedMs) * 1000;
  const speed = `${megabytes(rate)} MB/s`;
  // Files may grow, and parts may be read twice: never more than there is.
  const read = totalBytes === null ? bytes : Math.min(bytes, totalBytes);
  if (totalBytes === null || totalBytes === 0) return `${megabytes(read)} MB read, ${speed}`;
  const percent = Math.floor((read / totalBytes) * 100);
  const left = rate > 0 ? `, ${duration((totalBytes - read) / rate)} left` : "";
  return `${megabytes(read)} of ${megabytes(totalBytes)} MB (${percent} %), ${speed}${left}`;
}

function documentsText(done: number, total: number): string {
  const percent = Math.floor((done / Math.max(1, total)) * 100);
  return `${done.toLocaleString("en")} of ${total.toLocaleString("en")} documents counted (${percent} %)`;
}

/** What there is to read; null where that cannot be known. */
export function totalBytesOf(inputs: readonly Input[]): number | null {
  let total = 0;
  for (const { sizeBytes } of inputs) {
    if (sizeBytes === null) return null;
    total += sizeBytes;
  }
  return total;
}

function megabytes(bytes: number): string {
  const value = bytes / MEGABYTE;
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
