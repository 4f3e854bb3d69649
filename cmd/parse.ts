/** `ringfence parse`: records as NDJSON in the Elastic Common Schema. */
import { ecsDocument } from "../ingest/ecs.ts";
import { InputError } from "../ingest/errors.ts";
import { formatsFound, type InputReport } from "../ingest/input-report.ts";
import { readInput } from "../ingest/read.ts";
import { say, standardInput, writeOut } from "./console.ts";
import { EXIT_DONE, EXIT_INPUT } from "./exit.ts";
import { listInputs } from "./input-list.ts";
import { formatsFromFlag, type ReadFlags, windowFromFlags } from "./read-options.ts";
import { zoneFromFlag } from "./site-options.ts";

export async function parseCommand(
  names: readonly string[],
  flags: ReadFlags & { tz?: string; quiet?: boolean },
): Promise<number> {
  const nowMs = Date.now();
  const zone = zoneFromFlag(flags.tz);
  const options = {
    zone,
    only: formatsFromFlag(flags),
    stdin: standardInput(),
    ...windowFromFlags(flags, zone, nowMs),
  };
  let unreadable = false;
  const inputs = await listInputs(names, nowMs, (error) => {
    unreadable = true;
    say(`ringfence: ${error.message}`);
  });
  let recognised = false;
  for (const [index, input] of inputs.entries()) {
    let pending: string[] = [];
    const flush = async () => {
      const text = pending.join("");
      pending = [];
      if (text.length > 0) await writeOut(text);
    };
    try {
      const report = await readInput(input, index, { ...options, afterChunk: flush }, (record, format, place) => {
        const document = ecsDocument(record, {
          line: place.line,
          offset: place.offset,
          input: input.name,
          format: format.id,
        });
        pending.push(`${JSON.stringify(document)}\n`);
      });
      await flush();
      recognised ||= report.lines.parsed + report.lines.outsideWindow > 0;
      if (!flags.quiet) summarise(report);
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      await flush();
      unreadable = true;
      say(`ringfence: ${cause.message}`);
    }
  }
  return unreadable || !recognised ? EXIT_INPUT : EXIT_DONE;
}

function summarise(report: InputReport): void {
  const { input, lines, samples, warnings } = report;
  for (const warning of warnings) say(`ringfence: ${input.name}: ${warning}`);
  const parts = [
    `${lines.read} lines`,
    `${lines.parsed} records`,
    ...(lines.outsideWindow > 0 ? [`${lines.outsideWindow} outside the window`] : []),
    `${lines.foreign} of other programs`,
    `${lines.malformed} malformed`,
    `${lines.structure} headers or blank`,
  ];
  say(`ringfence: ${input.name}: ${formatsFound(report).join("+") || "no known format"}: ${parts.join(", ")}`);
  for (const { line, text } of samples.malformed) say(`  malformed, line ${line}: ${text}`);
}
