/** Wall time, processor time and peak memory of a command, as the operating system counts them. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Readable } from "node:stream";

/** How often the memory of a running process is looked at; the kernel keeps the peak in between. */
const SAMPLE_MS = 15;
const TICKS_PER_SECOND = 100;

export interface Measure {
  seconds: number;
  /** User and system time of all threads; null where the system does not tell (all but Linux). */
  cpuSeconds: number | null;
  /** Peak of resident memory; null where the system does not tell. */
  peakBytes: number | null;
  /** Empty where it was discarded. */
  output: string;
}

/** Runs one command to its end; throws where it fails. One at a time: processor time is that of all children that end meanwhile. */
export function measure(
  command: readonly string[],
  input: Readable | "ignore" = "ignore",
  outputs: "keep" | "discard" = "keep",
): Promise<Measure> {
  return new Promise((resolve, reject) => {
    const [file, ...words] = command as [string, ...string[]];
    const cpuBefore = childrenSeconds();
    const started = performance.now();
    const child = spawn(file, words, { stdio: [input, "pipe", "pipe"] });
    let output = "";
    let complaints = "";
    let peakBytes: number | null = null;
    const look = () => {
      peakBytes = peakOf(child.pid as number) ?? peakBytes;
    };
    const sampling = setInterval(look, SAMPLE_MS);
    child.stdout.on("data", (chunk: Buffer) => {
      if (outputs === "keep") output += chunk.toString();
      look();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", (status) => {
      clearInterval(sampling);
      const seconds = (performance.now() - started) / 1000;
      if (status !== 0) reject(new Error(`${command.join(" ")} ended with status ${status}: ${complaints}`));
      else
        resolve({
          seconds,
          cpuSeconds: cpuBefore === null ? null : (childrenSeconds() as number) - cpuBefore,
          peakBytes,
          output,
        });
    });
  });
}

/** Processor time of all ended children (proc(5), fields `cutime` and `cstime`). */
function childrenSeconds(): number | null {
  const fields = contentOf("/proc/self/stat")
    ?.replace(/^.*\) /, "")
    .split(" ");
  return fields ? (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND : null;
}

function peakOf(pid: number): number | null {
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(contentOf(`/proc/${pid}/status`) ?? "")?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
