/** Each check has a case that fires and one of its own that stays silent, for each firewall in whose logs it claims to show. */
import { beforeAll, expect, it } from "vitest";
import { checks } from "../../rules/checks.ts";
import { auditOf, loadScenario, logPaths, scenarioNames } from "./scenario.ts";

const fires = new Set<string>();
const staysSilent = new Set<string>();

beforeAll(async () => {
  for (const name of scenarioNames()) {
    const scenario = loadScenario(name);
    const { evidence, findings } = await auditOf(scenario, logPaths(scenario));
    const platforms = new Map(evidence.firewalls.map(({ name: firewall, platform }) => [firewall, platform]));
    for (const { meta } of checks) {
      const found = findings.filter(({ check }) => check === meta.id).flatMap(({ firewalls }) => firewalls);
      const firedOn = new Set(found.map((firewall) => platforms.get(firewall)));
      for (const platform of platforms.values()) {
        if (firedOn.has(platform)) fires.add(`${meta.id} ${platform}`);
        else if (name.startsWith(`${meta.id}/`)) staysSilent.add(`${meta.id} ${platform}`);
      }
    }
  }
});

it.each(checks.flatMap(({ meta }) => meta.platforms.map((platform) => [meta.id, platform])))(
  "%s on %s",
  (id, platform) => {
    expect(fires, "a case that fires").toContain(`${id} ${platform}`);
    expect(staysSilent, "a case that stays silent").toContain(`${id} ${platform}`);
  },
);
