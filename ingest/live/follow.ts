/**
 * Files that grow while they are read, and that are rotated under their name: renamed and created anew, deleted and
 * created anew, or copied and truncated. A renamed file is read on for a while, since its writer may not know yet.
 */
import { type FSWatcher, watch } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { FollowedFile, type FollowSink } from "./followed-file.ts";

export interface FollowOptions {
  /** From the beginning of the file as it is now, instead of from its end. */
  fromStart: boolean;
  signal: AbortSignal;
  /** Looked at this often even where the system does not say that a file changed. */
  pollMs?: number;
  /** A file that was renamed is read on for so long. */
  lingerMs?: number;
  /** The reader of one file under the name, from its opening to its end. */
  open: FollowSink;
  /** Called when all that there is has been read. */
  onCaughtUp: () => Promise<void>;
  /** What a user should know: the file is awaited, was rotated, was truncated. */
  onNotice: (text: string) => void;
}

const POLL_MS = 250;
const LINGER_MS = 10_000;
/** A burst of changes is read at once. */
const SETTLE_MS = 20;

/** Reads until the signal; rejects with InputError where the file can never be followed (compressed, UTF-16). */
export async function followFile(path: string, options: FollowOptions): Promise<void> {
  const { signal, pollMs = POLL_MS, lingerMs = LINGER_MS, open, onCaughtUp, onNotice } = options;
  const sleeper = new Sleeper(signal);
  const watcher = watchFolder(path, () => sleeper.wake());
  let current: FollowedFile | null = null;
  let old: { file: FollowedFile; untilMs: number }[] = [];
  let fromStart = options.fromStart;
  let awaited = false;
  let unreadable = false;
  try {
    while (!signal.aborted) {
      old = await drainOld(old, signal);
      if (current && !(await current.drain(signal)) && !unreadable) {
        unreadable = true;
        onNotice("cannot be read any more: trying again");
      }
      const identity = await identityOf(path);
      if (current && unreadable) {
        unreadable = !((await current.reopen(path)) && (await current.drain(signal)));
        if (!unreadable) onNotice("can be read again: going on where it was left");
      } else if (identity !== null && identity !== current?.identity) {
        if (current) {
          onNotice("was rotated: reading the new file");
          old.push({ file: current, untilMs: Date.now() + lingerMs });
        }
        current = await FollowedFile.open(path, fromStart, open, onNotice);
        if (current && awaited) onNotice("is there now");
        if (current) awaited = false;
      }
      // Whatever stands under the name later is new from its first byte.
      fromStart = true;
      if (current) await current.drain(signal);
      else if (!awaited) {
        awaited = true;
        onNotice("does not exist, or cannot be read: waiting for it");
      }
      await onCaughtUp();
      await sleeper.sleep(pollMs);
    }
  } finally {
    watcher?.close();
    for (const { file } of old) await file.close(file.isAtRest);
    await current?.close(current.isAtRest);
  }
}

/** Reads renamed files on, and closes those whose time is over. */
async function drainOld(old: { file: FollowedFile; untilMs: number }[], signal: AbortSignal): Promise<typeof old> {
  const kept: typeof old = [];
  for (const one of old) {
    if ((await one.file.drain(signal)) && Date.now() < one.untilMs) kept.push(one);
    else await one.file.close(true);
  }
  return kept;
}

/** Tells a file from another of the same name; null where there is none. */
async function identityOf(path: string): Promise<string | null> {
  try {
    const found = await stat(path, { bigint: true });
    if (!found.isFile()) return null;
    return FollowedFile.identityOf(found);
  } catch {
    return null;
  }
}

/** Wakes the reader early where the system can; elsewhere (network shares) it looks at its own pace. */
function watchFolder(path: string, onChange: () => void): FSWatcher | null {
  try {
    const watcher = watch(dirname(path), { persistent: false }, onChange);
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}

class Sleeper {
  #resume: (() => void) | null = null;
  #settling: NodeJS.Timeout | null = null;
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener("abort", () => this.#resume?.(), { once: true });
  }

  wake(): void {
    if (!this.#resume || this.#settling) return;
    this.#settling = setTimeout(() => {
      this.#settling = null;
      this.#resume?.();
    }, SETTLE_MS);
  }

  async sleep(ms: number): Promise<void> {
    if (this.#signal.aborted) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resume) => {
      this.#resume = resume;
      timer = setTimeout(resume, ms);
    });
    this.#resume = null;
    clearTimeout(timer);
  }
}
