/** A stream from more addresses than fit anywhere: peak memory, and whether every packet is in the counts. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { AuditResult } from "../../rules/result.ts";
import { OURS, ringfence } from "./contenders.ts";
import type { FloodCounts } from "./flood.ts";
import { measure } from "./measure.ts";
import { addRun, newRuns, runsTable, verdict } from "./table.ts";

const ADDRESSES_PER_GB = 2e6;
const TARGET_MB = 400;

export async function benchFlood(gigabytes: number, site: string): Promise<void> {
  const addresses = Math.round(gigabytes * ADDRESSES_PER_GB);
  const program = fileURLToPath(new URL("flood.ts", import.meta.url));
  const flood = spawn(process.execPath, [program, String(gigabytes * 1e9), String(addresses)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = text(flood.stderr);
  const run = await measure(ringfence("audit", "--site", site, "-", "--format", "json"), flood.stdout);
  const counts = JSON.parse(await said) as FloodCounts;
  const runs = newRuns();
  // The flood's own processor time would be in it.
  addRun(runs, { ...run, cpuSeconds: null });
  console.log(
    `\nflood, ${gigabytes} GB through a pipe, ${addresses} distinct Internet addresses, ${counts.lines} lines`,
  );
  console.log(runsTable([[OURS, runs]], counts.bytes, counts.lines));
  console.log(verdict("peak memory", (run.peakBytes ?? Number.NaN) / 1e6, TARGET_MB, " MB", 0));
  console.log(`  every packet counted: ${missing(counts, JSON.parse(run.output) as AuditResult) ?? "yes"}`);
}

/** What the result does not account for, or null. */
function missing(counts: FloodCounts, { evidence, noise }: AuditResult): string | null {
  const lines = evidence.inputs.reduce((sum, input) => sum + input.lines.parsed, 0);
  const allowed = evidence.firewalls.reduce((sum, firewall) => sum + firewall.allowed, 0);
  const denied = evidence.firewalls.reduce((sum, firewall) => sum + firewall.denied, 0);
  const wrong = [
    ["lines", counts.lines, lines],
    ["allowed packets", counts.allowed, allowed],
    ["denied packets", counts.denied, denied],
    ["strangers' packets", counts.denied, noise.scannerDenials.packets],
  ].filter(([, written, read]) => written !== read);
  return wrong.length === 0
    ? null
    : wrong.map(([what, written, read]) => `NO, ${written} ${what} were written and ${read} counted`).join("; ");
}
