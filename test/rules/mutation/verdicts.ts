/**
 * Tries the tree that it stands in with each mutant from `FROM` to before `TO`: prints `NUMBER noticed: where`, or
 * `NUMBER survived` where every scenario is still judged as expected and the naive matcher agrees. Mutant -1 is none.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { differences } from "../../scenarios/compare.ts";
import { auditOf, loadScenario, scenarioNames } from "../../scenarios/scenario.ts";
import { verdictsOn } from "../naive/against.ts";
import { eventsArbitrary, siteArbitrary } from "../naive/arbitrary.ts";

const SCENES = 25;
const SEED = 20_261_001;

const scenarios = scenarioNames().map((name) => {
  const scenario = loadScenario(name);
  const paths = scenario.logs.map((log) => join(scenario.folder, "logs", log.name));
  const lines = paths.flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .map((text, index) => [`${path}:${index + 1}`, text.replace(/\r$/, "")] as const),
  );
  return { scenario, paths, texts: new Map(lines) };
});
const sceneArbitrary = siteArbitrary().chain((site) =>
  fc.record({ site: fc.constant(site), events: eventsArbitrary(site) }),
);
const scenes = fc.sample(sceneArbitrary, { numRuns: SCENES, seed: SEED });

/** The first case that is judged differently, or null. */
async function noticedBy(): Promise<string | null> {
  try {
    for (const { scenario, paths, texts } of scenarios) {
      const problems = differences(scenario.expected, await auditOf(scenario, paths), texts);
      if (problems.length > 0) return scenario.name;
    }
    for (const { site, events } of scenes) {
      const { program, naive } = await verdictsOn(site, events, 1);
      if (JSON.stringify(program) !== JSON.stringify(naive)) return "the naive matcher";
    }
    return null;
  } catch (error) {
    return String(error).split("\n")[0] as string;
  }
}

const [from = -1, to = 0] = process.argv.slice(2).map(Number);
for (let mutant = from; mutant < to; mutant++) {
  Object.assign(globalThis, { mutant });
  const noticed = await noticedBy();
  // A case that notices one mutant is likely to notice its neighbours.
  const at = scenarios.findIndex(({ scenario }) => scenario.name === noticed);
  if (at > 0) scenarios.unshift(...scenarios.splice(at, 1));
  process.stdout.write(`${mutant} ${noticed === null ? "survived" : `noticed: ${noticed}`}\n`);
}
