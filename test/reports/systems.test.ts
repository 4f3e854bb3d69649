import { describe, expect, test } from "vitest";
import { junit } from "../../reports/junit.ts";
import { outlineOf } from "../../reports/outline.ts";
import { scorecards } from "../../reports/scorecard.ts";
import { hostsText, systemNames } from "../../reports/systems.ts";
import type { DeploymentResult } from "../../rules/result.ts";
import { everything } from "./samples.ts";

const agfeo = everything.deployments.find(({ catalog }) => catalog === "agfeo") as DeploymentResult;
const at = (...addresses: string[]): DeploymentResult => ({ ...agfeo, hosts: [{ role: "pbx", addresses }] });

describe("the names of systems", () => {
  test.each([
    ["one of a kind", [at("10.1.0.10")], ["agfeo"]],
    ["other versions", [at("10.1.0.10"), { ...at("10.1.0.10"), version: "2.1" }], ["agfeo", "agfeo 2.1"]],
    ["twins", [at("10.1.0.10"), at("10.2.0.10")], ["agfeo (10.1.0.10)", "agfeo (10.2.0.10)"]],
    [
      "twins that share a host",
      [at("10.9.0.1", "10.1.0.10"), at("10.9.0.1", "10.2.0.10")],
      ["agfeo (10.1.0.10)", "agfeo (10.2.0.10)"],
    ],
    ["one written twice", [at("10.1.0.10"), at("10.1.0.10")], ["agfeo (1)", "agfeo (2)"]],
  ])("of %s", (_, deployments, names) => {
    expect(systemNames(deployments)).toEqual(names);
  });
});

test("the hosts of a system are shown until they are many", () => {
  const phones = Array.from({ length: 90 }, (_, i) => `10.1.1.${i + 1}`);
  expect(hostsText(at("10.1.0.10", "10.1.0.11"))).toBe("pbx 10.1.0.10, 10.1.0.11");
  expect(hostsText(at(...phones))).toMatch(/^pbx 10\.1\.1\.1, .*, 10\.1\.1\.12 and 78 more$/);
});

describe("a twin in another branch", () => {
  const index = everything.deployments.indexOf(agfeo);
  const twin = { ...at("10.99.0.10"), seen: false };
  const rows = <Row extends { deployment: number; state: string }>(all: Row[], state: string): Row[] =>
    all
      .filter((row) => row.deployment === index)
      .map((row) => ({ ...row, state, deployment: everything.deployments.length }) as Row);
  const result = {
    ...everything,
    deployments: [...everything.deployments, twin],
    requirements: [...everything.requirements, ...rows(everything.requirements, "not-seen")],
    policies: [...everything.policies, ...rows(everything.policies, "not-seen")],
  };
  const own = everything.findings.filter(({ catalog, waived }) => catalog === "agfeo" && waived === null);

  test("has no share in the findings", () => {
    const cards = scorecards(outlineOf(result));
    expect(cards.at(-1)).toMatchObject({ name: "agfeo (10.99.0.10)", findings: "none" });
    expect(own.length).toBeGreaterThan(0);
    expect(cards[index]?.findings).not.toBe("none");
  });

  test("fails no test case of JUnit's", () => {
    const suites = String(junit.render(result, { width: 80, color: false, ascii: false, verbose: false })).split(
      "<testsuite ",
    );
    expect(suites.find((suite) => suite.includes("agfeo (10.99.0.10)"))).toContain('failures="0"');
  });
});
