/**
 * Whether this tree still judges every scenario as expected and agrees with the naive matcher: exit status 1 at the first
 * case where it does not. A mutant that passes here is one that no case can tell from the original.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { differences } from "../../scenarios/compare.ts";
import { auditOf, loadScenario, scenarioNames } from "../../scenarios/scenario.ts";
import { verdictsOn } from "../naive/against.ts";
import { eventsArbitrary, siteArbitrary } from "../naive/arbitrary.ts";

const SCENES = 12;
const SEED = 20_261_001;

for (const name of scenarioNames()) {
  const scenario = loadScenario(name);
  const paths = scenario.logs.map((log) => join(scenario.folder, "logs", log.name));
  const texts = new Map(
    paths.flatMap((path) =>
      readFileSync(path, "utf8")
        .split("\n")
        .map((text, index) => [`${path}:${index + 1}`, text.replace(/\r$/, "")] as const),
    ),
  );
  const problems = differences(scenario.expected, await auditOf(scenario, paths), texts);
  if (problems.length > 0) fail(name, problems[0] as string);
}

const scenes = siteArbitrary().chain((site) => fc.record({ site: fc.constant(site), events: eventsArbitrary(site) }));
for (const { site, events } of fc.sample(scenes, { numRuns: SCENES, seed: SEED })) {
  const { program, naive } = await verdictsOn(site, events, 1);
  if (JSON.stringify(program) !== JSON.stringify(naive)) fail("naive matcher", JSON.stringify(program));
}

function fail(where: string, why: string): never {
  process.stdout.write(`${where}: ${why.split("\n")[0]}\n`);
  process.exit(1);
}
