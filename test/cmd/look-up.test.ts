/** `--resolve`: names that are looked up make findings surer, and never make traffic disappear. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lookUpIfAsked, lookUpNames } from "../../cmd/look-up.ts";
import { auditOf, loadScenario } from "../scenarios/scenario.ts";

const bound = loadScenario("swyxware/licence-server-blocked");
/** The same without the one host name that its site binds. */
const scenario = {
  ...bound,
  site: {
    ...bound.site,
    deployments: bound.site.deployments.map((deployment) => ({
      ...deployment,
      hosts: new Map([...deployment.hosts].filter(([id]) => id !== "license.swyx.com")),
    })),
  },
};
const paths = scenario.logs.map(({ name }) => join(scenario.folder, "logs", name));
const NOW_MS = Date.parse("2026-10-02T00:00:00Z");

async function auditWith(addresses: Readonly<Record<string, string[]>>) {
  const asked: string[] = [];
  const site = await lookUpNames(scenario.site, NOW_MS, async (name) => {
    asked.push(name);
    const found = addresses[name];
    if (!found) throw new Error("ENOTFOUND");
    return found;
  });
  return { asked, result: await auditOf({ ...scenario, site }, paths) };
}

describe("names that are looked up", () => {
  it("are those of the catalog alone, each once", async () => {
    const { asked } = await auditWith({});
    expect(asked).toContain("license.swyx.com");
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.every((name) => /^[\w-]+(\.[\w-]+)+$/.test(name))).toBe(true);
  });

  it("make the finding sure where the address fits, and are told with their time", async () => {
    const { result } = await auditWith({ "license.swyx.com": ["198.51.100.61"] });
    const [finding] = result.findings;
    expect(finding).toMatchObject({ requirement: "cds-out-licensing", confidence: "high" });
    expect(result.evidence.limits.join()).toContain("looked up at 2026-10-02 02:00 +02:00 (license.swyx.com)");
    expect(result.deployments[0]?.hosts).toContainEqual({ role: "license.swyx.com", addresses: ["198.51.100.61"] });
  });

  it("leave the finding as it is where the name has moved since", async () => {
    const { result } = await auditWith({ "license.swyx.com": ["203.0.113.200"] });
    const [finding] = result.findings;
    expect(finding?.confidence).toBe("medium");
    expect([finding?.requirement, ...(finding?.alsoRequiredBy ?? [])]).toContain("cds-out-licensing");
  });

  it("are none unless asked for", async () => {
    expect(await lookUpIfAsked(scenario.site, {}, NOW_MS)).toBe(scenario.site);
  });
});
