/** Ten times the lines. */
import { statSync } from "node:fs";
import { OURS, ringfence } from "./contenders.ts";
import { type FormatId, fileOf } from "./lines.ts";
import { measure } from "./measure.ts";
import { addRun, least, newRuns, runsTable, verdict } from "./table.ts";

const FACTOR = 10;
const TARGET = 10.5;

export async function benchScaling(format: FormatId, lines: number, repetitions: number, site: string): Promise<void> {
  const sizes = [lines, lines * FACTOR].map((count) => {
    const file = fileOf(format, count);
    return { count, file, bytes: statSync(file).size, runs: newRuns() };
  });
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const { file, runs } of sizes)
      addRun(runs, await measure(ringfence("audit", "--site", site, file, "--format", "json")));
  }
  console.log(`\nscaling, ${format}`);
  for (const { count, bytes, runs } of sizes)
    console.log(`  ${count} lines, ${(bytes / 1e6).toFixed(0)} MB\n${runsTable([[OURS, runs]], bytes, count)}`);
  const [once, tenfold] = sizes.map(({ runs }) => least(runs.seconds)) as [number, number];
  console.log(verdict(`time of ${FACTOR} times the lines`, tenfold / once, TARGET, " x"));
}
