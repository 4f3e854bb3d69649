/** Every format's file through every contender. */
import { statSync } from "node:fs";
import { DUCKDB, installedContenders, LINE_ENDS, OURS, RIPGREP } from "./contenders.ts";
import { type FormatId, fileOf } from "./lines.ts";
import { measure } from "./measure.ts";
import { addRun, least, newRuns, type Runs, runsTable, verdict } from "./table.ts";

/** Our time over DuckDB's. */
const DUCKDB_TARGETS: Record<FormatId, number> = { pfsense: 0.6, windows: 0.6, iptables: 0.15, fortigate: 0.15 };
/** Our time over ripgrep's. */
const RIPGREP_TARGET = 2;

export async function benchFormats(
  formats: readonly FormatId[],
  lines: number,
  repetitions: number,
  site: string,
): Promise<void> {
  const contenders = installedContenders();
  const files = formats.map((format) => fileOf(format, lines));
  const runs = formats.map(() => contenders.map(newRuns));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [f, format] of formats.entries()) {
      for (const [c, contender] of contenders.entries()) {
        const run = await measure(contender.command(format, files[f] as string, site));
        process.stderr.write(`bench: ${format}, ${contender.name}: ${run.seconds.toFixed(2)} s\n`);
        addRun(runs[f]?.[c] as Runs, run, contender.ownSeconds?.(run.output));
      }
    }
  }
  for (const [f, format] of formats.entries()) {
    const { size } = statSync(files[f] as string);
    const rows = contenders.map(({ name }, c) => [name, runs[f]?.[c] as Runs] as const);
    const best = new Map(rows.map(([name, { seconds }]) => [name, least(seconds)]));
    const work = new Map(rows.map(([name, { cpuSeconds }]) => [name, least(cpuSeconds)]));
    const ratio = (name: string, to: string, of = best) => (of.get(name) as number) / (of.get(to) ?? Number.NaN);
    const ratioTo = (to: string, of = best) => ratio(OURS, to, of);
    console.log(`\n${format}: ${lines} lines, ${(size / 1e6).toFixed(0)} MB\n${runsTable(rows, size, lines)}`);
    if (best.has(DUCKDB)) console.log(verdict(`time over ${DUCKDB}`, ratioTo(DUCKDB), DUCKDB_TARGETS[format], " x"));
    // On a machine that does other work too it says more than time.
    if (best.has(DUCKDB)) console.log(`  processor time over ${DUCKDB}: ${ratioTo(DUCKDB, work).toFixed(2)} x`);
    if (best.has(RIPGREP)) {
      console.log(verdict(`time over ${RIPGREP}`, ratioTo(RIPGREP), RIPGREP_TARGET, " x"));
      // Nothing that runs in Node goes below it.
      console.log(`  ${LINE_ENDS} over ${RIPGREP}: ${ratio(LINE_ENDS, RIPGREP).toFixed(2)} x`);
    }
  }
}
