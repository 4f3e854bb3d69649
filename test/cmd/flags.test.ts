/** Flags that would do nothing are refused, and what they name is checked before anything is written. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { demoCommand } from "../../cmd/demo.ts";
import { triageSource } from "../../cmd/triage/source.ts";
import { addWaiver } from "../../cmd/waivers.ts";

const folder = mkdtempSync(join(tmpdir(), "ringfence-flags-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a saved audit in the terminal", () => {
  const saved = join(folder, "audit.json");
  writeFileSync(saved, '{"schemaVersion":"1"}');

  it.each([
    [{ since: "24h" }, "--since"],
    [{ inputFormat: ["pfsense"] }, "--input-format"],
    [{ catalog: ["agfeo"], host: ["192.168.10.5"] }, "--catalog"],
    [{ elasticsearch: "https://192.0.2.1:9200" }, "--elasticsearch"],
  ])("refuses %j", (flags, name) => expect(() => triageSource([saved], flags)).toThrow(`${name}: a saved audit`));

  it("takes what says how to show it", () =>
    expect(triageSource([saved], { ascii: true, color: true, lang: "de", tz: "UTC" }).inputs).toEqual([saved]));
});

it.each([
  [{ json: true }, "--json"],
  [{ output: ["report.html"] }, "--output"],
  [{ failOn: "high" as const }, "--fail-on"],
])("demo --triage refuses %j", (flags, name) =>
  expect(demoCommand({ triage: true, ...flags })).rejects.toThrow(`${name}: --triage shows`),
);

it.each(["2027-02-30", "2027-13-01", "tomorrow"])(
  "waivers add refuses --expires %s and writes nothing",
  async (day) => {
    const site = join(folder, "site.yaml");
    const text = "site: Example\ndeployments:\n  - catalog: agfeo\n    hosts: {pbx: 192.168.10.5}\n";
    writeFileSync(site, text);
    const flags = { site, reason: "moving house", owner: "A. Admin", expires: day };
    await expect(addWaiver("open/agfeo/*", flags)).rejects.toThrow("no day of the calendar");
    expect(readFileSync(site, "utf8")).toBe(text);
  },
);

it.each([
  ["a day that is over", "open/agfeo/*", "2020-03-31", "is over already"],
  ["everything", "*", "2099-03-31", "waives everything"],
  ["what is waived already", "open/agfeo/never-*", "2099-03-31", "is waived already, until 2098-12-31 by noc"],
])("waivers add refuses %s and writes nothing", async (_title, finding, expires, complaint) => {
  const site = join(folder, "waived.yaml");
  const text =
    "site: Example\ndeployments:\n  - catalog: agfeo\n    hosts: {pbx: 192.168.10.5}\n" +
    "waivers:\n  - {finding: 'open/agfeo/never-*', reason: moving, owner: noc, expires: 2098-12-31}\n";
  writeFileSync(site, text);
  await expect(addWaiver(finding, { site, reason: "moving house", owner: "A. Admin", expires })).rejects.toThrow(
    complaint,
  );
  expect(readFileSync(site, "utf8")).toBe(text);
});
