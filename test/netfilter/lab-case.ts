/** A case: the rules of a firewall, the traffic through it, and what is to be found before its remedies and after them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { siteFromFlags } from "../../cmd/site-options.ts";
import type { Expected, Scenario } from "../scenarios/scenario.ts";
import type { Lab, Place } from "./lab.ts";
import type { Tool } from "./remedies.ts";
import { type TrafficPlan, trafficFrom } from "./steps.ts";

const CASES = join(import.meta.dirname, "cases");

/** `after.json`: as `expected.json` of a scenario, for the second time. */
interface After extends Expected {
  /** The tool whose lines are pasted. */
  tool: Tool;
  /** Whose firewall it is; `fw` unless told. */
  at?: Place;
  /** What the remedy says in words, done before its commands. */
  byHand?: string[];
}

export interface LabCase {
  rules: string;
  traffic: TrafficPlan;
  before: Scenario;
  after: Scenario & { expected: After };
}

export function caseNames(): string[] {
  return readdirSync(CASES).sort();
}

export function loadCase(name: string, lab: Lab): LabCase {
  const folder = join(CASES, name);
  const text = (file: string) => lab.numbered(readFileSync(join(folder, file), "utf8"));
  const scenario = { name, folder, logs: [], site: siteOf(text("site.yaml")) };
  return {
    rules: text("rules.sh"),
    traffic: trafficFrom(text("traffic.yaml")),
    before: { ...scenario, expected: JSON.parse(text("expected.json")) as Expected },
    after: { ...scenario, expected: JSON.parse(text("after.json")) as After },
  };
}

function siteOf(yaml: string): Scenario["site"] {
  const scratch = mkdtempSync(join(tmpdir(), "ringfence-lab-"));
  const site = join(scratch, "site.yaml");
  writeFileSync(site, yaml);
  try {
    return siteFromFlags({ site });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
