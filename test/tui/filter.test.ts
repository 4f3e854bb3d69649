import { describe, expect, it } from "vitest";
import { fieldHolds, narrows, parseFilter, withoutLastTerm } from "../../cmd/tui/tables/filter.ts";

const FIELDS = ["severity", "title", "port"];

describe("filter language", () => {
  it.each([
    ["", []],
    ["   ", []],
    ["sip", [[null, "sip", false]]],
    [
      "SIP !alg",
      [
        [null, "sip", false],
        [null, "alg", true],
      ],
    ],
    ["severity:High", [["severity", "high", false]]],
    ["!severity:low", [["severity", "low", true]]],
    [
      'title:"SIP ALG" x',
      [
        ["title", "sip alg", false],
        [null, "x", false],
      ],
    ],
    ['"two words"', [[null, "two words", false]]],
    ['"open quote', [[null, "open quote", false]]],
    // No field of that name: an address and a transport are words.
    ["2001:db8::1", [[null, "2001:db8::1", false]]],
    ["udp:5060", [[null, "udp:5060", false]]],
    // Not finished yet: nothing is filtered.
    ["severity: ! title:", []],
  ])("reads %j", (text, expected) => {
    expect(parseFilter(text, FIELDS).map(({ field, value, negated }) => [field, value, negated])).toEqual(expected);
  });

  it("keeps what was typed for the chips", () => {
    expect(parseFilter('!title:"SIP ALG" x', FIELDS).map(({ text }) => text)).toEqual(['!title:"SIP ALG"', "x"]);
  });

  it("looks into texts, lists and ranges", () => {
    expect(fieldHolds("High", "hig")).toBe(true);
    expect(fieldHolds(["10.0.0.1", "10.0.0.2"], "0.2")).toBe(true);
    expect(
      fieldHolds(
        {
          ranges: [
            [5060, 5061],
            [40000, 40199],
          ],
        },
        "40007",
      ),
    ).toBe(true);
    expect(fieldHolds({ ranges: [[5060, 5061]] }, "506")).toBe(false);
    expect(fieldHolds({ ranges: [[5060, 5061]] }, "sip")).toBe(false);
  });

  it.each([
    ["", "s", true],
    ["si", "sip", true],
    ["sip", "sip severity:h", true],
    ["severity:h", "severity:hi", true],
    ["sip", "si", false],
    ["!s", "!si", false],
    ["port:50", "port:506", false],
    ["50", "506", true],
    ["severity", "severity:h", false],
    ["a b", "ab", false],
  ])("%j to %j only takes rows away: %s", (old, now, expected) => {
    expect(narrows(parseFilter(old, FIELDS), parseFilter(now, FIELDS))).toBe(expected);
  });

  it("drops its last term", () => {
    expect(withoutLastTerm('sip title:"a b"')).toBe("sip");
    expect(withoutLastTerm("sip")).toBe("");
  });
});
