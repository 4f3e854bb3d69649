/** The program's ends: results to standard output, everything else to standard error. */
import type { Readable } from "node:stream";
import type { InputError } from "../ingest/errors.ts";
import { neutraliseLines } from "../reports/escape.ts";
import type { RenderOptions } from "../reports/report-format.ts";

/** Writes a result; waits where the reader is slow, and ends quietly where it went away. */
export async function writeOut(text: string | Uint8Array): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise<void>((resume) => process.stdout.once("drain", () => resume()));
}

/** A diagnostic line. Control bytes in file names and messages never reach the terminal. */
export function say(text: string): void {
  process.stderr.write(`${neutraliseLines(text)}
`);
}

/** What is wrong with an input, and what to do about it, in one line. */
export function complaintOf({ message, hint }: InputError): string {
  return hint === null ? message : `${message} (${hint})`;
}

export function standardInput(): Readable {
  return process.stdin;
}

/** How a report may look where it is printed: as wide as the terminal, coloured only in one. */
export function terminalStyle(flags: {
  color?: boolean | undefined;
  ascii?: boolean | undefined;
  verbose?: boolean | undefined;
}): RenderOptions {
  const { env, stdout } = process;
  const noColor = (env.NO_COLOR ?? "") !== "" || env.TERM === "dumb";
  const forced = (env.FORCE_COLOR ?? "") !== "" && env.FORCE_COLOR !== "0";
  const columns = stdout.isTTY ? stdout.columns : Number(env.COLUMNS ?? 0) || 100;
  return {
    width: Math.max(60, columns || 80),
    color: flags.color !== false && !noColor && (stdout.isTTY === true || forced),
    ascii: flags.ascii === true,
    verbose: flags.verbose === true,
  };
}
