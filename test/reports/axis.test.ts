/** A clock that was wrong once must not squeeze a week into one column, nor may what it dated be lost. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnsOf } from "../../reports/activity.ts";
import { axisOf, WHOLE } from "../../reports/axis.ts";
import { documentOf } from "../../reports/document.ts";
import { loadReportFormat } from "../../reports/formats.ts";
import { localise } from "../../rules/messages/localise.ts";
import type { AuditResult, FirewallResult } from "../../rules/result.ts";
import { blockedRtp } from "./sample-findings.ts";
import { everything } from "./samples.ts";

const HOUR_MS = 3_600_000;
const DAY = 24;
/** 1 October 2026, in hours since 1970. */
const WEEK_BEGINS = Date.parse("2026-10-01T00:00:00Z") / HOUR_MS;
const iso = (hour: number) => new Date(hour * HOUR_MS).toISOString().replace(".000Z", "Z");
const [firewall] = everything.evidence.firewalls as [FirewallResult];

type Counts = readonly (readonly [hour: number, count: number])[];

function auditOf(denied: Counts, blocked: Counts = []): AuditResult {
  const hourly = denied.map(([hour, count]) => ({ hour: iso(hour), allowed: 0, denied: count }));
  const finding = { ...blockedRtp, hourly: blocked.map(([hour, count]) => ({ hour: iso(hour), count })) };
  return {
    ...everything,
    evidence: { ...everything.evidence, limits: [], firewalls: [{ ...firewall, lostEvents: 0, hourly }] },
    findings: blocked.length > 0 ? [finding] : [],
  };
}

/** An hour's count each, for so many days. */
function days(count: number, from = WEEK_BEGINS): Counts {
  return Array.from({ length: count * DAY }, (_, hour) => [from + hour, 10]);
}

describe("the axis of charts over time", () => {
  const week = { firstMs: WEEK_BEGINS * HOUR_MS, lastMs: (WEEK_BEGINS + 7 * DAY - 1) * HOUR_MS };
  const cases: [string, Counts, unknown][] = [
    ["is all hours where nothing is known", [], WHOLE],
    ["is all hours of a log without a break", days(30), WHOLE],
    ["leaves out a clock that begins in 1970", [[0, 1], ...days(7)], week],
    ["leaves out a clock that is years ahead", [...days(7), [WEEK_BEGINS + 20 * 365 * DAY, 3]], week],
    ["leaves out several wrong clocks", [[0, 1], [9 * 365 * DAY, 2], ...days(7), [WEEK_BEGINS + 9000, 3]], week],
    ["keeps the quiet days before a flood", [...days(30), [WEEK_BEGINS + 30 * DAY, 9_000_000]], WHOLE],
    ["keeps two times that both count for something", [...days(7), ...days(1, WEEK_BEGINS + 365 * DAY)], WHOLE],
    ["keeps a silence that is shorter than the rest", [[WEEK_BEGINS - 10 * DAY, 1], ...days(30)], WHOLE],
  ];
  test.each(cases)("%s", (_, denied, axis) => expect(axisOf(auditOf(denied))).toEqual(axis));

  test("is that of findings in audits from before firewalls' hours were counted", () =>
    expect(axisOf(auditOf([], [[0, 1], ...days(7)]))).toEqual(week));

  test("loses no count", () => {
    const counts = fc.array(fc.tuple(fc.nat(200_000), fc.integer({ min: 1, max: 1000 })), { maxLength: 40 });
    fc.assert(
      fc.property(counts, fc.nat(200_000), fc.nat(200_000), fc.integer({ min: 1, max: 100 }), (hours, a, b, width) => {
        const axis = { firstMs: Math.min(a, b) * HOUR_MS, lastMs: Math.max(a, b) * HOUR_MS };
        const columns = columnsOf([hours.map(([hour, count]) => ({ hour: iso(hour), count }))], width, axis);
        if (columns === null) return;
        const total = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);
        expect(total(columns.counts.flat()) + total(columns.outside)).toBe(total(hours.map(([, count]) => count)));
      }),
    );
  });
});

describe("packets with a wrong clock", () => {
  const result = auditOf([[0, 4], ...days(7)], [[0, 2], ...days(2)]);
  const rendered = async (id: string, one = result) =>
    String(await (await loadReportFormat(id))?.render(one, { width: 100, color: false, ascii: false, verbose: false }))
      .replace(/\s+/g, " ")
      .replaceAll("\\", "");

  test("leave the charts to the others, and are counted beside them", () => {
    const { timeline } = documentOf(result);
    expect(timeline?.from).toBe("2026-10-01 00:00:00 UTC");
    expect(timeline?.charts.map(({ title, peak, counts }) => [title, peak, counts.length])).toEqual([
      ["Denied by the firewall", "up to 20 in one 2-hour span; 4 outside of the time axis", 84],
      ["Blocked but required", "up to 20 in one 2-hour span; 2 outside of the time axis", 84],
    ]);
  });

  test("keep their chart where all of a finding is outside", () => {
    const { timeline } = documentOf(auditOf([[0, 4], ...days(7)], [[0, 2]]));
    expect(timeline?.charts[1]?.peak).toBe("up to 0 in one 2-hour span; 2 outside of the time axis");
  });

  test.each(["text", "html", "md"])("are told of in %s, in either language", async (id) => {
    expect(await rendered(id)).toContain("fw01: 4 packets dated 1970-01-01, far from nearly all others.");
    expect(await rendered(id, localise(result, "de"))).toContain(
      "fw01: 4 Pakete mit Datum 01.01.1970, zeitlich weit entfernt von fast allen anderen.",
    );
  });

  test.each(["text", "html"])("are counted beside a finding's own chart in %s", async (id) => {
    expect(await rendered(id)).toContain("2 outside of the time axis");
    expect(await rendered(id, localise(result, "de"))).toContain("2 außerhalb der Zeitachse");
  });
});
