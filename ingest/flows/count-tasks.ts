/** Parts of the inputs on threads of their own, one task after another on each; what they have so far can be looked at. */
import { Worker } from "node:worker_threads";
import type { CountMessage, CountSettings, CountTask, TaskCounts } from "./count-messages.ts";

export class CountTasks {
  readonly tasks: readonly CountTask[];
  readonly #settings: CountSettings;
  readonly #onBytes: ((bytes: number) => void) | undefined;
  /** By task, while a thread works on it. */
  readonly #running = new Map<number, RunningTask>();
  /** By task, while one before it is not done. */
  readonly #waiting = new Map<number, TaskCounts>();
  #taken = 0;

  constructor(tasks: readonly CountTask[], settings: CountSettings, onBytes?: (bytes: number) => void) {
    this.tasks = tasks;
    this.#settings = settings;
    this.#onBytes = onBytes;
  }

  /** `take` gets what became of each task in their order, whichever thread was faster, and as soon as it can be had. */
  async run(threads: number, take: (task: CountTask, outcome: TaskCounts) => void): Promise<void> {
    let next = 0;
    const work = async (): Promise<void> => {
      const worker = new Worker(workerUrl(), { workerData: this.#settings });
      try {
        while (next < this.tasks.length) {
          const at = next++;
          const running = new RunningTask(worker, this.tasks[at] as CountTask, this.#onBytes);
          this.#running.set(at, running);
          this.#waiting.set(at, await running.outcome);
          this.#running.delete(at);
          this.#takeInOrder(take);
        }
      } finally {
        await worker.terminate();
      }
    };
    await Promise.all(Array.from({ length: Math.min(threads, this.tasks.length) }, work));
  }

  #takeInOrder(take: (task: CountTask, outcome: TaskCounts) => void): void {
    for (;;) {
      const outcome = this.#waiting.get(this.#taken);
      if (!outcome) return;
      this.#waiting.delete(this.#taken);
      take(this.tasks[this.#taken++] as CountTask, outcome);
    }
  }

  /** What each task that was not taken yet has counted, and whether that is all; null where it is nothing. */
  async look(): Promise<{ task: CountTask; isDone: boolean; soFar: TaskCounts | null }[]> {
    const shown = await Promise.all(this.tasks.map((_, at) => this.#running.get(at)?.look() ?? null));
    return this.tasks.slice(this.#taken).map((task, i) => {
      const at = this.#taken + i;
      const outcome = this.#waiting.get(at);
      // What a table takes over is no longer what the thread has counted.
      return { task, isDone: outcome !== undefined, soFar: outcome ? structuredClone(outcome) : (shown[at] ?? null) };
    });
  }
}

class RunningTask {
  readonly outcome: Promise<TaskCounts>;
  readonly #worker: Worker;
  #lookers: ((soFar: TaskCounts | null) => void)[] = [];

  constructor(worker: Worker, task: CountTask, onBytes?: (bytes: number) => void) {
    this.#worker = worker;
    this.outcome = new Promise((resolve, reject) => {
      const onMessage = (message: CountMessage) => {
        if (message.kind === "bytes") onBytes?.(message.bytes);
        else if (message.kind === "so-far") this.#shown(message.soFar);
        else {
          worker.off("message", onMessage);
          worker.off("error", reject);
          resolve(message.outcome);
          this.#shown(null);
        }
      };
      worker.on("message", onMessage);
      worker.once("error", reject);
      worker.postMessage(task);
    });
  }

  look(): Promise<TaskCounts | null> {
    return new Promise((resolve) => {
      this.#lookers.push(resolve);
      if (this.#lookers.length === 1) this.#worker.postMessage("look");
    });
  }

  #shown(soFar: TaskCounts | null): void {
    const lookers = this.#lookers;
    this.#lookers = [];
    // Each looker takes its own over.
    for (const [at, resolve] of lookers.entries()) resolve(at === 0 ? soFar : structuredClone(soFar));
  }
}

/** The worker's own file, as source or built. */
function workerUrl(): URL {
  return new URL(import.meta.url.endsWith(".ts") ? "./count-worker.ts" : "./count-worker.js", import.meta.url);
}
