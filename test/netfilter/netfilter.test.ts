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
const RULES = "{ iptables-save; ip6tables-save; } | grep '^[*-]' || true";
const missing = whyNoLab();
const scratch = mkdtempSync(join(tmpdir(), "ringfence-lab-"));
const isRequired = process.env.RINGFENCE_REQUIRE_NETFILTER === "1";

describe.skipIf(missing !== null && !isRequired)(missing === null ? "netfilter" : `netfilter (${missing})`, () => {
  beforeAll(() => expect(missing).toBeNull());
  afterAll(() => rmSync(scratch, { recursive: true }));

  // Most of their time they wait for packets that do not come.
  it.concurrent.each(caseNames().map((name, index) => [name, index] as const))("%s", async (name, index) => {
    const lab = new Lab(index);
    const log = new KernelLog((text) => lab.owns(text));
    const { rules, traffic, before, after } = loadCase(name, lab);
    const { tool, at = "fw", byHand = [] } = after.expected;
    let ends: Ends | null = null;
    try {
      await lab.up();
      ends = new Ends(lab);
      await lab.run(at, rules);
      await log.take();
      expect(await ends.take(traffic.steps), "what arrives").toEqual(traffic.before);
      const found = await audited(before, await log.take());
      const commands = commandsOf(found, tool);
      for (const line of byHand) await lab.run(at, line);
      const rulesBefore = await lab.run(at, RULES);
      for (const line of commands) await lab.run(at, line);
      // What repeated itself in between is of neither time.
      await log.take();
      expect(await ends.take(traffic.steps), "what arrives after the remedies").toEqual(traffic.after);
      await audited(after, await log.take());
      for (const line of undoingOf(commands)) await lab.run(at, line);
      if (tool === "iptables") expect(await lab.run(at, RULES), "rules when all is undone").toBe(rulesBefore);
    } finally {
      ends?.close();
      log.close();
      await lab.down();
    }
  });
});

async function audited(scenario: Scenario, lines: string) {
  const log = join(mkdtempSync(join(scratch, "log-")), "kern.log");
  writeFileSync(log, lines);
  const result = await auditOf(scenario, [log]);
  const texts = new Map(lines.split("\n").map((line, index) => [`${log}:${index + 1}`, line]));
  const problems = differences(scenario.expected, result, texts);
  expect(problems, `${problems.join("\n")}\n${lines}`).toEqual([]);
  return result;
}
