import { describe, expect, it } from "vitest";
import { prefixFromText } from "../../ingest/address.ts";
import type { FindingResult } from "../../rules/result.ts";
import type { Waiver } from "../../rules/site/site.ts";
import { applyWaivers, hasExpired, isDay, matchesId } from "../../rules/site/waivers.ts";
import { auditDemo } from "../readme/demo-result.ts";

const ID = "open/agfeo/never-open-5060-80-443/in/internet/192.168.10.5";
const NOW = Date.parse("2026-11-21T12:00:00Z");

function waiver(part: Partial<Waiver>): Waiver {
  return { finding: ID, cidr: null, cidrText: null, reason: "r", owner: "o", expires: "2027-01-31", ...part };
}

async function finding(): Promise<FindingResult> {
  const { findings } = await auditDemo();
  return structuredClone(findings.find(({ id }) => id === ID) as FindingResult);
}

describe("waiver patterns", () => {
  it.each([
    [ID, ID, true],
    ["open/agfeo/*", ID, true],
    ["open/*/in/internet/*", ID, true],
    ["open/agfeo", ID, false],
    ["*never-open-5060-80-44?*", ID, true],
    ["open.agfeo/*", ID, false],
    ["blocked/*", ID, false],
  ])("%s on %s: %s", (pattern, id, expected) => {
    expect(matchesId(pattern, id)).toBe(expected);
  });
});

describe("the last day of a waiver", () => {
  it.each([
    ["2027-03-31", true],
    ["2028-02-29", true],
    ["2027-02-29", false],
    ["2027-02-30", false],
    ["2027-3-31", false],
    ["2027-W13-3", false],
    ["31.03.2027", false],
  ])("%s: %s", (text, expected) => expect(isDay(text)).toBe(expected));
});

describe("expiry", () => {
  it.each([
    ["2026-11-21", "Europe/Berlin", "2026-11-21T22:59:59Z", false],
    ["2026-11-21", "Europe/Berlin", "2026-11-21T23:00:01Z", true],
    ["2026-11-21", "America/New_York", "2026-11-22T04:59:00Z", false],
    ["2026-11-20", "UTC", "2026-11-21T00:00:01Z", true],
  ])("of %s in %s at %s: %s", (expires, zone, now, expected) => {
    expect(hasExpired({ expires }, zone, Date.parse(now))).toBe(expected);
  });
});

describe("applied to findings", () => {
  it("marks a waived finding and leaves it in place", async () => {
    const one = await finding();
    const [state] = applyWaivers([{ finding: one, peers: ["203.0.113.9"] }], [waiver({})], "UTC", NOW);
    expect(one.waived).toEqual({ reason: "r", owner: "o", expires: "2027-01-31" });
    expect(state).toMatchObject({ state: "active", matched: 1 });
  });

  it("lets the finding return when the waiver has expired, and says so", async () => {
    const one = await finding();
    const [state] = applyWaivers([{ finding: one, peers: [] }], [waiver({ expires: "2026-10-31" })], "UTC", NOW);
    expect(one.waived).toBeNull();
    expect(one.expiredWaiver).toMatchObject({ expires: "2026-10-31" });
    expect(state).toMatchObject({ state: "expired", matched: 1 });
  });

  it("holds where it was renewed beside the expired one", async () => {
    const one = await finding();
    const old = waiver({ expires: "2026-10-31" });
    for (const waivers of [
      [old, waiver({})],
      [waiver({}), old],
    ]) {
      one.waived = null;
      applyWaivers([{ finding: one, peers: [] }], waivers, "UTC", NOW);
      expect(one.waived).toMatchObject({ expires: "2027-01-31" });
      expect(one.expiredWaiver).toBeNull();
    }
  });

  it("reports a waiver that matches nothing", async () => {
    const one = await finding();
    const [state] = applyWaivers([{ finding: one, peers: [] }], [waiver({ finding: "open/pbxact/*" })], "UTC", NOW);
    expect(state).toMatchObject({ state: "orphaned", matched: 0 });
    expect(one.waived).toBeNull();
  });

  it.each([
    [["203.0.113.9", "203.0.113.10"], true],
    [["203.0.113.9", "198.51.100.1"], false],
    [["203.0.113.0/25"], true],
    [["203.0.0.0/16"], false],
    [[], false],
  ])("waives by block only where every peer lies in it: %j", async (peers, waived) => {
    const one = await finding();
    const cidr = prefixFromText("203.0.113.0/24");
    applyWaivers([{ finding: one, peers }], [waiver({ cidr, cidrText: "203.0.113.0/24" })], "UTC", NOW);
    expect(one.waived !== null).toBe(waived);
  });
});
