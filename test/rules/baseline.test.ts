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

  describe("of an hour only", () => {
    const blocked = (result: AuditResult) => {
      const state = ({ catalog, id }: AuditResult["requirements"][number]) =>
        result.requirements.find((one) => one.catalog === catalog && one.id === id)?.state;
      const isAlone = (finding: AuditResult["findings"][number]) =>
        result.findings.filter((one) => one.requirement === finding.requirement).length === 1;
      const found = result.findings.find(
        (one) =>
          one.kind === "blocked-but-required" &&
          isAlone(one) &&
          result.requirements.some((row) => row.id === one.requirement && state(row) === "blocked"),
      );
      return found as AuditResult["findings"][number];
    };
    /** The demo's audit of an hour in which the requirement of its finding was seen in that state. */
    const anHour = (state: "open" | "not-seen", alter: (current: AuditResult) => void = () => {}) => {
      const { id, requirement, catalog } = blocked(demo);
      const current = without((one) => one === id);
      current.evidence.to = "2026-10-12T01:00:00+02:00";
      for (const row of current.requirements) if (row.id === requirement && row.catalog === catalog) row.state = state;
      alter(current);
      return compareWithBaseline(current, demo).gone;
    };

    it("calls gone what was blocked and is seen open", () => {
      expect(anHour("open")).toMatchObject([{ state: "gone", reason: null }]);
    });

    it("calls nothing gone that is not seen at all", () => {
      expect(anHour("not-seen")).toMatchObject([{ state: "not-seen-again" }]);
    });

    it("calls nothing gone where the firewall that blocked it logs no denials any more", () => {
      const gone = anHour("open", ({ evidence }) => {
        for (const firewall of evidence.firewalls) firewall.logsDenies = false;
      });
      expect(gone).toMatchObject([{ state: "not-seen-again" }]);
    });
  });
});
