/** The shell around everything: arguments in, exit status out. Errors that a user can mend are messages, bugs keep their stack. */
import { CommanderError } from "commander";
import { InputError } from "../ingest/errors.ts";
import { say } from "./console.ts";
import { EXIT_DONE, EXIT_INPUT, EXIT_USAGE, UsageError } from "./exit.ts";
import { runProgram } from "./program.ts";

// A reader that closes early (head, less) is no error; a full disk is one, and never the status that means findings.
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
  if (code === "EPIPE") process.exit(process.exitCode ?? EXIT_DONE);
  say(`ringfence: standard output: cannot be written (${code})`);
  process.exit(EXIT_USAGE);
});
// Nobody is left to be told; the exit status still tells.
process.stderr.on("error", () => undefined);

async function main(): Promise<number> {
  try {
    return await runProgram(process.argv.slice(2));
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_DONE : EXIT_USAGE;
    if (error instanceof UsageError) {
      for (const line of error.message.split("\n")) say(`ringfence: ${line}`);
      return EXIT_USAGE;
    }
    if (error instanceof InputError) {
      say(`ringfence: ${error.message}`);
      if (error.hint) say(`  ${error.hint}`);
      return EXIT_INPUT;
    }
    throw error;
  }
}

process.exitCode = await main();
