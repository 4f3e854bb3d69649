import { beforeAll, describe, expect, it } from "vitest";
import { compareWithBaseline } from "../../rules/findings/baseline.ts";
import type { AuditResult } from "../../rules/result.ts";
import { auditDemo } from "../readme/demo-result.ts";

let demo: AuditResult;
beforeAll(async () => {
  demo = await auditDemo();
});

/** A copy of the demo's audit without the findings that the predicate picks. */
function without(pick: (id: string) => boolean): AuditResult {
  const copy = structuredClone(demo);
  copy.findings = copy.findings.filter(({ id }) => !pick(id));
  return copy;
}

const isExposure = (id: string) => id.startsWith("open/agfeo/");

describe("against a baseline", () => {
  it("marks what persists and what is new", () => {
    const current = structuredClone(demo);
    compareWithBaseline(current, without(isExposure));
    for (const { id, baseline } of current.findings) expect(baseline).toBe(isExposure(id) ? "new" : "persisting");
  });

  it("calls gone what the new evidence would have shown", () => {
    const { gone } = compareWithBaseline(without(isExposure), demo);
    expect(gone).toMatchObject([{ state: "gone", reason: null, severity: "critical" }]);
  });

  /** A line from 1970, as of a clock that was wrong once. */
  const withWrongClock = (result: AuditResult): AuditResult => {
    const copy = structuredClone(result);
    copy.evidence.from = "1970-01-02T00:00:00+01:00";
    copy.evidence.firewalls[0]?.hourly.unshift({ hour: copy.evidence.from, allowed: 0, denied: 1 });
    return copy;
  };

  it("takes no window for shorter because a clock was wrong in the baseline", () => {
    const { gone } = compareWithBaseline(without(isExposure), withWrongClock(demo));
    expect(gone).toMatchObject([{ state: "gone" }]);
  });

  it("takes no window for long because a clock was wrong in it", () => {
    const current = without(isExposure);
    const until = "2026-10-13T00:00:00+02:00";
    current.evidence.to = until;
    for (const firewall of current.evidence.firewalls)
      firewall.hourly = firewall.hourly.filter(({ hour }) => Date.parse(hour) < Date.parse(until));
    const { gone } = compareWithBaseline(withWrongClock(current), demo);
    expect(gone).toMatchObject([{ state: "not-seen-again", reason: expect.stringMatching(/window is shorter/) }]);
  });

  it.each<[string, (current: AuditResult) => void, RegExp]>([
    [
      "the firewall's logs are missing",
      ({ evidence }) => {
        evidence.firewalls = evidence.firewalls.filter(({ platform }) => platform !== "pfsense");
      },
      /no logs of/,
    ],
    [
      "allows are no longer logged",
      ({ evidence }) => {
        for (const firewall of evidence.firewalls) firewall.logsAllows = false;
      },
      /logs no allowed traffic/,
    ],
    [
      "the window is much shorter",
      ({ evidence }) => {
        evidence.to = "2026-10-13T00:00:00+02:00";
      },
      /window is shorter/,
    ],
    [
      "the firewall's own logs end early",
      ({ evidence }) => {
        const [pfsense] = evidence.firewalls.filter(({ platform }) => platform === "pfsense");
        if (pfsense) pfsense.hourly = pfsense.hourly.slice(0, 24);
      },
      /the logs of pf-nord\.muster\.example cover less time/,
    ],
    [
      "the system is no longer part of the site",
      (current) => {
        current.deployments = [];
      },
      /agfeo is no longer part/,
    ],
    [
      "a twin in another branch is all that is left of the vendor",
      ({ deployments }) => {
        for (const { hosts } of deployments) for (const role of hosts) role.addresses = ["10.99.0.10"];
      },
      /^evidence too thin: [\d.]+ is no longer part/,
    ],
  ])("says that the evidence is too thin where %s", (_title, thin, reason) => {
    const current = without(isExposure);
    thin(current);
    const { gone } = compareWithBaseline(current, demo);
    expect(gone).toHaveLength(1);
    expect(gone[0]).toMatchObject({ state: "not-seen-again", reason: expect.stringMatching(reason) });
  });
});
