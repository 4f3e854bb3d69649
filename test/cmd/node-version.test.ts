import { expect, test } from "vitest";
import { nodeTooOld, OLDEST_NODE } from "../../cmd/node-version.ts";
import manifest from "../../package.json" with { type: "json" };

test("the oldest Node is the one that package.json asks for", () => {
  expect(`>=${OLDEST_NODE}`).toBe(manifest.engines.node);
});

test.each([
  ["v20.20.2", true],
  ["v22.9.0", true],
  ["v22.16.3", true],
  ["v22.17.0", false],
  ["v23.0.0", false],
  ["v26.12.1", false],
  ["v28.0.0-nightly20261101", false],
])("%s is too old: %j", (version, isTooOld) => {
  const refusal = nodeTooOld(version);
  expect(refusal !== null).toBe(isTooOld);
  if (isTooOld) expect(refusal).toContain(`Node ${OLDEST_NODE} or newer, and this is ${version}`);
});
