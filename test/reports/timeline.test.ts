/** Charts over time: every hour counted once, findings apart from the rest. */
import { describe, expect, test } from "vitest";
import { WHOLE } from "../../reports/axis.ts";
import { outlineOf } from "../../reports/outline.ts";
import { timelineOf } from "../../reports/timeline.ts";
import type { AuditResult, FindingResult } from "../../rules/result.ts";
import { blockedRtp, openToInternet } from "./sample-findings.ts";
import { everything } from "./samples.ts";

const hour = (at: number) => new Date(at * 3_600_000).toISOString().replace(".000Z", "Z");
const [firewall] = everything.evidence.firewalls as [AuditResult["evidence"]["firewalls"][number]];

interface Given {
  denied?: number[][];
  allowed?: number[][];
  blocked?: number[][];
  open?: number[][];
}

/** One firewall a row, one count an hour. */
function chartsOf({ denied = [], allowed = [], blocked = [], open = [] }: Given) {
  const rows = Math.max(denied.length, allowed.length);
  const firewalls = Array.from({ length: rows }, (_, row) => ({
    ...firewall,
    hourly: Array.from({ length: Math.max(denied[row]?.length ?? 0, allowed[row]?.length ?? 0) }, (__, at) => ({
      hour: hour(at),
      allowed: allowed[row]?.[at] ?? 0,
      denied: denied[row]?.[at] ?? 0,
    })),
  }));
  const finding = (like: FindingResult, counts: number[]): FindingResult => ({
    ...like,
    waived: null,
    hourly: counts.map((count, at) => ({ hour: hour(at), count })),
  });
  const result: AuditResult = {
    ...everything,
    evidence: { ...everything.evidence, firewalls },
    findings: [
      ...blocked.map((counts) => finding(blockedRtp, counts)),
      ...open.map((counts) => finding(openToInternet, counts)),
    ],
  };
  return timelineOf(result, outlineOf(result), WHOLE)?.charts.map(({ title, counts, part }) => [
    title,
    counts,
    part?.counts,
  ]);
}

describe("charts over time", () => {
  const cases: [string, Given, unknown][] = [
    ["are left out where no hours are known", {}, undefined],
    ["are left out for a single hour", { denied: [[4]] }, undefined],
    ["show denials that are no finding", { denied: [[4, 0, 7]] }, [["Denied by the firewall", [4, 0, 7], undefined]]],
    [
      "add up all firewalls",
      {
        denied: [
          [4, 1],
          [0, 2],
        ],
        allowed: [[], [9, 9]],
      },
      [
        ["Denied by the firewall", [4, 3], undefined],
        ["Allowed by the firewall", [9, 9], undefined],
      ],
    ],
    [
      "set apart what findings stand for",
      {
        denied: [[10, 3]],
        allowed: [[5, 5]],
        blocked: [
          [2, 0],
          [1, 1],
        ],
        open: [[0, 5]],
      },
      [
        ["Denied by the firewall", [10, 3], [3, 1]],
        ["Allowed by the firewall", [5, 5], [0, 5]],
        ["Open but unneeded", [0, 5], undefined],
        ["Blocked but required", [3, 1], undefined],
      ],
    ],
    [
      "count a denial once that several findings name",
      {
        denied: [[1, 1]],
        blocked: [
          [1, 0],
          [1, 0],
        ],
      },
      [
        ["Denied by the firewall", [1, 1], [1, 0]],
        ["Blocked but required", [2, 0], undefined],
      ],
    ],
    [
      "of audits from before hours were counted show findings alone",
      { blocked: [[2, 1]] },
      [["Blocked but required", [2, 1], undefined]],
    ],
  ];
  test.each(cases)("%s", (_, given, charts) => expect(chartsOf(given)).toEqual(charts));
});
