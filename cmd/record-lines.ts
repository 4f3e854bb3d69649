/** Records to standard output as NDJSON, and to standard error what became of the lines. */
import { ecsDocument, writeEcs } from "../ingest/ecs/ecs.ts";
import { JsonWriter } from "../ingest/ecs/json-writer.ts";
import type { RecordConsumer } from "../ingest/inputs/input-reader.ts";
import { formatsFound, type InputReport, warningsOf } from "../ingest/inputs/input-report.ts";
import { isUnreadable } from "../ingest/inputs/no-log.ts";
import { counted } from "../reports/words.ts";
import { say, writeOut } from "./console.ts";

export class RecordLines {
  readonly #json = new JsonWriter();

  /** Consumer of a file's records. `input`: its name. */
  ofFile(input: string): RecordConsumer {
    return (record, format, { line, offset }) => {
      writeEcs(this.#json, record, { line, offset, input, format: format.id });
      this.#json.lineEnd();
    };
  }

  /** Consumer of the records that came over the network; lines that name no host are the sender's, those without a time are of now. */
  ofSender(address: string): RecordConsumer {
    return (record, format, { line }) => {
      const document = ecsDocument(record, { line, format: format.id }) as EcsOfSender;
      const observer = { ...document.observer, ip: [address] };
      observer.name ??= address;
      const time = document["@timestamp"] ?? new Date().toISOString();
      const log = { ...document.log, source: { address } };
      this.#json.document({ "@timestamp": time, ...document, observer, log });
      this.#json.lineEnd();
    };
  }

  /** Writes what there is; waits where the reader is slow. */
  async flush(): Promise<void> {
    if (this.#json.length > 0) await writeOut(this.#json.take());
  }
}

interface EcsOfSender {
  "@timestamp"?: string;
  observer?: { name?: string };
  log?: object;
}

export function summarise(report: InputReport): void {
  const { input, lines, samples } = report;
  const warnings = warningsOf(report);
  for (const warning of warnings) say(`ringfence: ${input.name}: ${warning}`);
  if (warnings.some(isUnreadable)) return;
  if (lines.read === 0) {
    say(`ringfence: ${input.name}: is empty`);
    return;
  }
  if (lines.read === lines.structure && formatsFound(report).length === 0) {
    say(`ringfence: ${input.name}: holds nothing but blank lines or headers`);
    return;
  }
  const parts = [
    counted(lines.read, "line"),
    counted(lines.parsed, "record"),
    ...(lines.outsideWindow > 0 ? [`${lines.outsideWindow} outside the window`] : []),
    `${lines.foreign} of other programs`,
    `${lines.malformed} malformed`,
    `${lines.structure} headers or blank`,
  ];
  const nothing = lines.outsideWindow > 0 ? "no record in the window" : "no known format";
  say(`ringfence: ${input.name}: ${formatsFound(report).join("+") || nothing}: ${parts.join(", ")}`);
  for (const { line, text } of samples.malformed) say(`  malformed, line ${line}: ${text}`);
  if (lines.parsed + lines.outsideWindow + lines.malformed > 0 || lines.foreign === 0 || warnings.length > 0) return;
  for (const { line, text } of samples.foreign) say(`  not recognised, line ${line}: ${text}`);
  say("  `ringfence formats` lists the logs that can be read");
}
