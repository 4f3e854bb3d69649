/** Every format's file through `ringfence parse`: records as ECS documents. */
import { statSync } from "node:fs";
import { ringfence } from "./contenders.ts";
import { type FormatId, fileOf } from "./lines.ts";
import { measure } from "./measure.ts";
import { addRun, newRuns, runsTable } from "./table.ts";

export async function benchParse(formats: readonly FormatId[], lines: number, repetitions: number): Promise<void> {
  const files = formats.map((format) => ({ format, file: fileOf(format, lines), runs: newRuns() }));
  for (let repetition = 0; repetition < repetitions; repetition++)
    for (const { file, runs } of files)
      addRun(runs, await measure(ringfence("parse", "--quiet", file), "ignore", "discard"));
  for (const { format, file, runs } of files)
    console.log(`\n${format}: ${lines} lines\n${runsTable([["ringfence parse", runs]], statSync(file).size, lines)}`);
}
