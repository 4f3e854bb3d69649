import { describe, expect, test } from "vitest";
import { WHOLE } from "../../reports/axis.ts";
import { rulesText } from "../../reports/excerpt.ts";
import { countByState, groupByReason, outlineOf } from "../../reports/outline.ts";
import { sparklineOf } from "../../reports/sparkline.ts";
import { Page } from "../../reports/text/page.ts";
import { splitAtWidth, splitSoftly, textWidth } from "../../reports/text/width.ts";
import { wrap } from "../../reports/text/wrap.ts";
import { lengthText, spanText, timeText } from "../../reports/times.ts";
import { counted, findingFlow, portsText, requirementFlow } from "../../reports/words.ts";
import type { FindingResult, RequirementResult } from "../../rules/result.ts";
import { everything } from "./samples.ts";

describe("lines of a text", () => {
  const command = `firewall-cmd --permanent --policy rf --add-rich-rule='rule family="ipv4" source address="192.0.2.7" accept'`;

  test.each([
    ["a command stays whole, since it is pasted", command, [command]],
    ["a sentence is broken", `Look at ${"one rule after another ".repeat(3)}there.`, 2],
  ])("%s", (_, text, lines) => {
    const page = new Page({ width: 60, color: false, ascii: false, verbose: false });
    page.fieldLines("What to do", text);
    const printed = page.toString().trimEnd().split("\n");
    if (typeof lines === "number") expect(printed.length).toBe(lines);
    else expect(printed.map((line) => line.replace("What to do", "").trim())).toEqual(lines);
  });
});

describe("widths", () => {
  test.each([
    ["abc", 3],
    ["東京", 4],
    ["é", 1],
    ["📞", 2],
    ["", 0],
  ])("%j takes %i columns", (text, width) => {
    expect(textWidth(text)).toBe(width);
  });

  test("cuts between clusters, never inside a wide character", () => {
    expect(splitAtWidth("東京都", 3)).toEqual(["東", "京都"]);
    expect(splitAtWidth("東京", 1)).toEqual(["東", "京"]);
    expect(splitAtWidth("abc", 5)).toEqual(["abc", ""]);
    expect(splitSoftly("open/agfeo/never", 12)).toEqual(["open/agfeo/", "never"]);
    expect(splitSoftly("open/abcdefghijkl", 12)).toEqual(["open/abcdefg", "hijkl"]);
  });

  test("wraps words over spans as one, and hangs what follows", () => {
    const lines = wrap([{ text: "say “" }, { text: "hello you", tone: "strong" }, { text: "” now" }], 10, 2);
    expect(lines.map((line) => line.map(({ text }) => text).join(""))).toEqual(["say “hello", "you” now"]);
  });
});

describe("times", () => {
  test("say what is shared once", () => {
    expect(spanText("2026-10-02T03:00:00+02:00", "2026-10-02T04:00:00+02:00")).toBe(
      "2026-10-02 03:00:00 to 04:00:00 +02:00",
    );
    expect(spanText("2026-10-25T02:30:00+02:00", "2026-10-25T02:10:00+01:00")).toBe(
      "2026-10-25 02:30:00 +02:00 to 2026-10-25 02:10:00 +01:00",
    );
    expect(spanText(null, "2026-10-02T04:00:00Z")).toBe("2026-10-02 04:00:00 UTC");
    expect(spanText(null, null)).toBeNull();
  });

  test("keep what they cannot read", () => expect(timeText("yesterday")).toBe("yesterday"));

  test.each([
    ["2026-10-01T00:00:00Z", "2026-10-01T00:01:00Z", "1 minute"],
    ["2026-10-01T00:00:00Z", "2026-10-01T23:00:00Z", "23 hours"],
    ["2026-10-01T00:00:00Z", "2026-10-31T00:00:00Z", "30 days"],
    ["2026-10-02T00:00:00Z", "2026-10-01T00:00:00Z", null],
  ])("%s to %s are %s", (from, to, expected) => expect(lengthText(from, to)).toBe(expected));
});

describe("sparklines", () => {
  const hour = (at: number, count: number) => ({ hour: new Date(at * 3_600_000).toISOString(), count });

  test("fill the hours between", () => {
    expect(sparklineOf([hour(0, 1), hour(3, 8)], 40, WHOLE)).toEqual({
      bars: "▁··█",
      text: "by hour; 8 in the busiest, from 1970-01-01 03:00:00 UTC",
    });
  });

  test("are left out for one hour", () => expect(sparklineOf([hour(0, 5)], 40, WHOLE)).toBeNull());

  test("join hours where there are more than columns", () => {
    const line = sparklineOf([hour(0, 1), hour(1_000_000, 2)], 40, WHOLE);
    expect(line?.bars.length).toBeLessThanOrEqual(40);
    expect(line?.text).toMatch(/^by 25,001 hours;/);
  });

  test("show the hours on the axis, and say how much lies outside", () => {
    const axis = { firstMs: 100 * 3_600_000, lastMs: 102 * 3_600_000 };
    expect(sparklineOf([hour(0, 3), hour(100, 1), hour(101, 8), hour(900, 1)], 40, axis)).toEqual({
      bars: "▁█",
      text: "by hour; 8 in the busiest, from 1970-01-05 05:00:00 UTC; 4 outside of the time axis",
    });
  });
});

test("rules are named until they are many", () => {
  const rules = Array.from({ length: 50 }, (_, i) => `${1700000000 + i}`);
  expect(rulesText(rules.slice(0, 2))).toBe("1700000000, 1700000001");
  expect(rulesText(rules)).toMatch(/^1700000000, .*, 1700000011 and 38 more$/);
});

describe("the outline", () => {
  test("sets waived findings apart and the worst first", () => {
    const outline = outlineOf(everything);
    expect(outline.classes.map(({ findings }) => findings.map(({ severity }) => severity))).toEqual([
      ["critical", "info"],
      ["high"],
      ["medium"],
    ]);
    expect(outline.waived).toHaveLength(1);
  });

  test("drops no row whose deployment is not described", () => {
    const outline = outlineOf({ ...everything, deployments: [] });
    expect(outline.deployments.map(({ requirements }) => requirements.length)).toEqual([
      everything.requirements.length,
    ]);
  });

  test("groups by reason, the largest first", () => {
    const rows = ["a", "b", "b", null].map((reason) => ({ reason }));
    expect(groupByReason(rows).map(({ reason, rows: group }) => [reason, group.length])).toEqual([
      ["b", 2],
      ["a", 1],
      [null, 1],
    ]);
    expect(countByState(everything.policies).get("violated")).toBe(1);
  });
});

describe("words", () => {
  const row = everything.requirements[0] as RequirementResult;

  test.each<[Partial<RequirementResult>, string]>([
    [{}, "udp 53, pbx → any"],
    [{ localPorts: [[123, 123]] }, "udp 53 from 123, pbx → any"],
    [{ direction: "in", localPorts: [[443, 443]], remotePorts: "any", remote: "clients" }, "udp 443, clients → pbx"],
    [{ direction: "both", localPorts: [[5060, 5070]] }, "udp 5060-5070 ↔ 53, pbx ↔ any"],
    [{ direction: "mutual", remotePorts: "any" }, "udp, pbx ↔ pbx"],
  ])("%j reads %j", (change, expected) => expect(requirementFlow({ ...row, ...change })).toBe(expected));

  const evenPorts = (from: number, count: number): [number, number][] =>
    Array.from({ length: count }, (_, i) => [from + 2 * i, from + 2 * i]);

  test.each<[string, [number, number][], string]>([
    [
      "services one by one",
      [
        [22, 22],
        [443, 444],
        [5060, 5060],
      ],
      " 22, 443-444, 5060",
    ],
    ["few ports of audio", evenPorts(10_000, 3), " 10000, 10002, 10004"],
    ["a call's ports by their ends", evenPorts(10_000, 400), ", 400 ports from 10000 to 10798"],
    ["services before a call's ports", [[443, 443], ...evenPorts(30_000, 9)], " 443, 9 ports from 30000 to 30016"],
    [
      "many services",
      evenPorts(1, 45),
      ` ${evenPorts(1, 40)
        .map(([port]) => port)
        .join(", ")} and 5 more`,
    ],
  ])("a finding's ports: %s", (_, ports, expected) => {
    const finding = { ...(everything.findings[0] as FindingResult), transport: "udp", ports };
    expect(findingFlow(finding).split("udp")[1]).toBe(expected);
  });

  test("count", () => {
    expect(counted(1, "packet")).toBe("1 packet");
    expect(counted(12345, "packet")).toBe("12,345 packets");
    expect(
      portsText([
        [80, 80],
        [443, 444],
      ]),
    ).toBe("80, 443-444");
    expect(portsText("dynamic")).toBe("dynamic");
  });
});
