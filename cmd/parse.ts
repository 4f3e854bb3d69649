/** `ringfence parse`: records as NDJSON in the Elastic Common Schema. */
import { InputError } from "../ingest/errors.ts";
import { readInput } from "../ingest/inputs/read.ts";
import { complaintOf, say, standardInput } from "./console.ts";
import { EXIT_DONE, EXIT_INPUT, UsageError } from "./exit.ts";
import { listInputs } from "./input-list.ts";
import type { LiveFlags } from "./parse-live.ts";
import { Progress } from "./progress.ts";
import { formatsFromFlag, type ReadFlags, windowFromFlags } from "./read-options.ts";
import { RecordLines, summarise } from "./record-lines.ts";
import { zoneFromFlag } from "./site-options.ts";

export async function parseCommand(
  names: readonly string[],
  flags: ReadFlags & LiveFlags & { tz?: string },
): Promise<number> {
  const nowMs = Date.now();
  const zone = zoneFromFlag(flags.tz);
  const wanted = { zone, only: formatsFromFlag(flags), ...windowFromFlags(flags, zone, nowMs) };
  if (flags.fromStart && !flags.follow) throw new UsageError("--from-start needs --follow");
  if (names.length === 0 && (flags.follow || !flags.listen))
    throw new UsageError("say what to read: files, folders, quoted patterns, or - for standard input");
  if (flags.follow || flags.listen) return (await import("./parse-live.ts")).parseLive(names, flags, wanted);
  let unreadable = false;
  const inputs = await listInputs(names, nowMs, (error) => {
    unreadable = true;
    say(`ringfence: ${complaintOf(error)}`);
  });
  let recognised = false;
  const out = new RecordLines();
  const progress = new Progress();
  progress.expect(inputs);
  // Records on the same terminal show the progress themselves.
  if (flags.quiet || process.stdout.isTTY) progress.stop();
  const options = { ...wanted, stdin: standardInput(), onBytes: progress.onBytes };
  for (const [index, input] of inputs.entries()) {
    try {
      const report = await readInput(
        input,
        index,
        { ...options, afterChunk: () => out.flush() },
        out.ofFile(input.name),
      );
      recognised ||= report.lines.parsed + report.lines.outsideWindow > 0;
      await out.flush();
      progress.clear();
      if (!flags.quiet) summarise(report);
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      await out.flush();
      progress.clear();
      unreadable = true;
      say(`ringfence: ${complaintOf(cause)}`);
    }
  }
  progress.stop();
  return unreadable || !recognised ? EXIT_INPUT : EXIT_DONE;
}
