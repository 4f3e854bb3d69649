/** Parts of the inputs on threads of their own, one task after another on each; what they have so far can be looked at. */
import { Worker } from "node:worker_threads";
import type { InputReport } from "../inputs/input-report.ts";
import type { CountMessage, CountTask } from "./count-messages.ts";
import type { PortableFlows } from "./flow-merge.ts";

/** What became of a task, or what has until now. */
export type TaskOutcome = Exclude<CountMessage, { kind: "bytes" | "so-far" }>;
export type TaskSoFar = { flows: PortableFlows; report: InputReport };

export class CountTasks {
  readonly tasks: readonly CountTask[];
  readonly #onBytes: ((bytes: number) => void) | undefined;
  /** In the order of the tasks, whichever thread was faster. */
  readonly outcomes: TaskOutcome[] = [];
  /** By task, while a thread works on it. */
  readonly #running = new Map<number, RunningTask>();

  constructor(tasks: readonly CountTask[], onBytes?: (bytes: number) => void) {
    this.tasks = tasks;
    this.#onBytes = onBytes;
  }

  async run(threads: number): Promise<void> {
    let next = 0;
    const work = async (): Promise<void> => {
      const worker = new Worker(workerUrl());
      try {
        while (next < this.tasks.length) {
          const at = next++;
          const running = new RunningTask(worker, this.tasks[at] as CountTask, this.#onBytes);
          this.#running.set(at, running);
          this.outcomes[at] = await running.outcome;
          this.#running.delete(at);
        }
      } finally {
        await worker.terminate();
      }
    };
    await Promise.all(Array.from({ length: Math.min(threads, this.tasks.length) }, work));
  }

  /** What each task has counted; null where that is nothing yet, or nothing at all. */
  async look(): Promise<(TaskSoFar | null)[]> {
    const soFar = await Promise.all(this.tasks.map((_, at) => this.#running.get(at)?.look() ?? null));
    return this.tasks.map((_, at) => {
      const outcome = this.outcomes[at];
      // What a table takes over is no longer what the thread has counted.
      return outcome?.kind === "done" ? structuredClone(outcome) : (soFar[at] ?? null);
    });
  }
}

class RunningTask {
  readonly outcome: Promise<TaskOutcome>;
  readonly #worker: Worker;
  #lookers: ((soFar: TaskSoFar | null) => void)[] = [];

  constructor(worker: Worker, task: CountTask, onBytes?: (bytes: number) => void) {
    this.#worker = worker;
    this.outcome = new Promise((resolve, reject) => {
      const onMessage = (message: CountMessage) => {
        if (message.kind === "bytes") onBytes?.(message.bytes);
        else if (message.kind === "so-far") this.#shown(message);
        else {
          worker.off("message", onMessage);
          worker.off("error", reject);
          resolve(message);
          this.#shown({ flows: null, report: null });
        }
      };
      worker.on("message", onMessage);
      worker.once("error", reject);
      worker.postMessage(task);
    });
  }

  look(): Promise<TaskSoFar | null> {
    return new Promise((resolve) => {
      this.#lookers.push(resolve);
      if (this.#lookers.length === 1) this.#worker.postMessage("look");
    });
  }

  #shown({ flows, report }: { flows: PortableFlows | null; report: InputReport | null }): void {
    const lookers = this.#lookers;
    this.#lookers = [];
    const soFar = flows && report ? { flows, report } : null;
    // Each looker takes its own over.
    for (const [at, resolve] of lookers.entries()) resolve(at === 0 ? soFar : structuredClone(soFar));
  }
}

/** The worker's own file, as source or built. */
function workerUrl(): URL {
  return new URL(import.meta.url.endsWith(".ts") ? "./count-worker.ts" : "./count-worker.js", import.meta.url);
}
