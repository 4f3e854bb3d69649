/** The drawing thread's end of a triage's reading and judging. */
import type { Writable } from "node:stream";
import { Worker } from "node:worker_threads";
import { InputError } from "../../ingest/errors.ts";
import { standardInput } from "../console.ts";
import { UsageError } from "../exit.ts";
import type { AuditThreadMessage, AuditThreadStart, Failure } from "./messages.ts";

export class AuditThread {
  readonly #onMessage: (message: AuditThreadMessage) => void;
  readonly #onFailure: (error: unknown) => void;
  #worker: Worker | null = null;

  constructor(onMessage: (message: AuditThreadMessage) => void, onFailure: (error: unknown) => void) {
    this.#onMessage = onMessage;
    this.#onFailure = onFailure;
  }

  /** Begins to read, instead of what it may be doing. */
  start(workerData: AuditThreadStart): void {
    void this.stop();
    const readsInput = workerData.inputs.includes("-");
    const worker = new Worker(threadUrl(), { workerData, stdin: readsInput });
    this.#worker = worker;
    // The thread cannot read descriptor 0 itself: this one's stream has made it one that says EAGAIN instead of waiting.
    if (readsInput) standardInput().pipe(worker.stdin as Writable);
    worker.on("message", (message: AuditThreadMessage) => {
      // What an earlier one still had to say is of no interest any more.
      if (this.#worker !== worker) return;
      if (message.kind === "failed") this.#onFailure(errorOf(message.failure));
      else this.#onMessage(message);
    });
    worker.on("error", (error) => {
      if (this.#worker === worker) this.#onFailure(error);
    });
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    // What is still to come must not keep the program.
    if (worker?.stdin) standardInput().destroy();
    await worker?.terminate();
  }
}

function errorOf({ kind, code, message, hint, stack }: Failure): Error {
  if (kind === "usage") return new UsageError(message);
  if (kind === "input") return new InputError(code as InputError["code"], message, hint);
  return Object.assign(new Error(message), { stack });
}

/** As source or built. */
function threadUrl(): URL {
  return new URL(import.meta.url.endsWith(".ts") ? "./thread.ts" : "./thread.js", import.meta.url);
}
