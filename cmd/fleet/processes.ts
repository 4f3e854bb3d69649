/** Audits customers in processes of their own, as many at once as there are cores; one that fails or crashes is a row like others. */
import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { inLanguage } from "../../reports/languages.ts";
import { phrases } from "../../reports/phrases.ts";
import { type CustomerRow, emptyRow } from "./overview.ts";
import type { CustomerAnswer, CustomerTask } from "./task.ts";

/** The hidden command that `customer.ts` answers to. */
export const CUSTOMER_COMMAND = "fleet-customer";

/** What of a crashed process's last words is kept. */
const LAST_WORDS = 2000;

export interface FleetWork {
  /** Biggest first, so that no big one is left alone at the end. */
  tasks: readonly Omit<CustomerTask, "threads">[];
  /** Folder in which relative paths start. */
  folder: string;
  jobs: number;
  /** A customer that takes longer is stopped. */
  limitMs: number;
  /** Called as each is finished; awaited, so that what it writes is written in order. */
  onRow: (row: CustomerRow) => Promise<void>;
}

export async function runCustomers({ tasks, folder, jobs, limitMs, onRow }: FleetWork): Promise<void> {
  const cores = availableParallelism();
  let next = 0;
  let left = tasks.length;
  let told = Promise.resolve();
  const work = async (): Promise<void> => {
    for (let task = tasks[next++]; task; task = tasks[next++]) {
      // The fewer customers are left, the more threads each may have.
      const threads = Math.max(1, Math.floor(cores / Math.min(jobs, left)));
      const row = await runCustomer({ ...task, threads }, folder, limitMs);
      left -= 1;
      told = told.then(() => onRow(row));
      await told;
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, work));
}

function runCustomer(task: CustomerTask, folder: string, limitMs: number): Promise<CustomerRow> {
  return new Promise((resolve) => {
    const main = fileURLToPath(new URL(import.meta.url.endsWith(".ts") ? "../main.ts" : "../main.js", import.meta.url));
    const child = fork(main, [CUSTOMER_COMMAND], { cwd: folder, stdio: ["ignore", "ignore", "pipe", "ipc"] });
    let answer: CustomerAnswer | null = null;
    let words = "";
    let isLate = false;
    // A share that does not answer or a server that never ends would hold up everybody.
    const limit = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, limitMs);
    const said = (text: (words: typeof phrases.overview) => string) =>
      inLanguage(task.language, () => text(phrases.overview));
    const failed = (why: string) => resolve(emptyRow(task.customer, "failed", [why]));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      words = (words + text).slice(-LAST_WORDS);
    });
    child.on("message", (message) => {
      answer = message as CustomerAnswer;
    });
    child.on("error", (error) => failed(said(({ notStarted }) => notStarted(error.message))));
    child.on("close", (code, signal) => {
      clearTimeout(limit);
      if (answer) resolve(answer.row);
      else if (isLate) failed(said(({ stopped }) => stopped(Number((limitMs / 60_000).toFixed(2)))));
      else failed(said(({ crashed }) => crashed(signal ?? `status ${code}`, tellingOf(words))));
    });
    child.send(task, () => {});
  });
}

/** The line of a crashed process's last words that tells most; empty where none does. */
function tellingOf(words: string): string {
  const telling = words.split("\n").find((line) => /^(?:\w*Error\b|FATAL ERROR)|ringfence: /.test(line.trim()));
  return telling?.trim() ?? "";
}
