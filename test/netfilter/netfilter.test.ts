/**
 * Real firewalls: each case's rules are loaded into a namespace of this machine's kernel, its traffic is sent, the kernel's log
 * audited, and the remedies run as the report prints them; then the same traffic once more. What arrives is counted at the ends.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { differences } from "../scenarios/compare.ts";
import { auditOf, type Scenario } from "../scenarios/scenario.ts";
import { Ends } from "./ends.ts";
import { KernelLog } from "./kernel-log.ts";
import { Lab, whyNoLab } from "./lab.ts";
import { caseNames, loadCase } from "./lab-case.ts";
import { commandsOf, undoingOf } from "./remedies.ts";

/** Without counters and times. */
const RULES = "iptables-save | grep '^[*-]' || true";
const missing = whyNoLab();
const scratch = mkdtempSync(join(tmpdir(), "ringfence-lab-"));
const isRequired = process.env.RINGFENCE_REQUIRE_NETFILTER === "1";

describe.skipIf(missing !== null && !isRequired)(missing === null ? "netfilter" : `netfilter (${missing})`, () => {
  const lab = new Lab();
  let log: KernelLog;

  beforeAll(() => {
    expect(missing).toBeNull();
    log = new KernelLog((text) => lab.owns(text));
  });
  afterAll(() => {
    log?.close();
    rmSync(scratch, { recursive: true });
  });

  it.each(caseNames())("%s", async (name) => {
    const { rules, traffic, before, after } = loadCase(name, lab);
    const { tool, at = "fw", byHand = [] } = after.expected;
    let ends: Ends | null = null;
    try {
      lab.up();
      ends = new Ends(lab);
      lab.run(at, rules);
      await log.take();
      expect(await ends.take(traffic.steps), "what arrives").toEqual(traffic.before);
      const found = await audited(before, await log.take());
      const commands = commandsOf(found, tool);
      for (const line of byHand) lab.run(at, line);
      const rulesBefore = lab.run(at, RULES);
      for (const line of commands) lab.run(at, line);
      // What repeated itself in between is of neither time.
      await log.take();
      expect(await ends.take(traffic.steps), "what arrives after the remedies").toEqual(traffic.after);
      await audited(after, await log.take());
      for (const line of undoingOf(commands)) lab.run(at, line);
      if (tool === "iptables") expect(lab.run(at, RULES), "rules when all is undone").toBe(rulesBefore);
    } finally {
      ends?.close();
      lab.down();
    }
  });
});

async function audited(scenario: Scenario, lines: string) {
  const log = join(scratch, "kern.log");
  writeFileSync(log, lines);
  const result = await auditOf(scenario, [log]);
  const texts = new Map(lines.split("\n").map((line, index) => [`${log}:${index + 1}`, line]));
  const problems = differences(scenario.expected, result, texts);
  expect(problems, `${problems.join("\n")}\n${lines}`).toEqual([]);
  return result;
}
