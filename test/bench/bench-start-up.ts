/** From nothing to the help text. */
import { ringfence } from "./contenders.ts";
import { measure } from "./measure.ts";
import { addRun, least, newRuns, runsTable, verdict } from "./table.ts";

const TARGET_MS = 150;

export async function benchStartUp(repetitions: number): Promise<void> {
  const ours = newRuns();
  const bare = newRuns();
  for (let repetition = 0; repetition < repetitions; repetition++) {
    addRun(ours, await measure(ringfence("--help")));
    addRun(bare, await measure([process.execPath, "-e", "0"]));
  }
  const rows = [["ringfence --help", ours] as const, ["node -e 0", bare] as const];
  console.log(`\nstart-up\n${runsTable(rows, 0, 0)}`);
  console.log(verdict("to --help", least(ours.seconds) * 1000, TARGET_MS, " ms", 0));
}
