import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Condition,
  compareVersions,
  evaluateCondition,
  type Facts,
  parseCondition,
} from "../../catalogs/condition.ts";

const SITE: Facts = {
  version: "12.30",
  features: new Set(["fax", "ACD-LB"]),
  deployment: "onsite",
  parameters: new Map([["channels", 8]]),
};
const SILENT: Facts = { version: null, features: new Set(), deployment: null, parameters: new Map() };

describe("evaluateCondition", () => {
  test.each<[text: string, site: boolean | "unknown", silent: boolean | "unknown"]>([
    ["version < 12.30", false, "unknown"],
    ["version <= 12.30", true, "unknown"],
    ["version == 12.30.0", true, "unknown"],
    ["version >= 12.9", true, "unknown"],
    ["version > 12.9", true, "unknown"],
    ["version < 12.100", true, "unknown"],
    ["version == 12", false, "unknown"],
    ["deployment == onsite", true, "unknown"],
    ["deployment != onsite", false, "unknown"],
    ["deployment == cloud", false, "unknown"],
    ["feature == fax", true, false],
    ["feature != fax", false, true],
    ["feature == ACD-LB", true, false],
    ["channels > 7", true, "unknown"],
    ["channels != 8", false, "unknown"],
    ["channels <= 8", true, "unknown"],
    ["lines == 1", "unknown", "unknown"],
    ["not feature == fax", false, true],
    ["not not version >= 12", true, "unknown"],
    ["feature == fax and version >= 12", true, false],
    ["feature == fax or version >= 12", true, "unknown"],
    ["feature != fax or version < 12", false, true],
    // "and" binds closer than "or", "not" closest
    ["feature == fax or feature == x and feature == y", true, false],
    ["(feature == fax or feature == x) and feature == y", false, false],
    ["not feature == x and feature == fax", true, false],
    ["version<12.30 or(deployment==onsite)", true, "unknown"],
  ])("%s", (text, site, silent) => {
    const condition = parseCondition(text);
    expect([evaluateCondition(condition, SITE), evaluateCondition(condition, SILENT)]).toEqual([site, silent]);
  });

  const comparison = fc
    .constantFrom("version < 12", "deployment == a", "feature == f", "channels > 3")
    .map(parseCondition);
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 5 },
      comparison,
      fc.record({ kind: fc.constant("not" as const), inner: tie("condition") }),
      fc.record({
        kind: fc.constantFrom("and" as const, "or" as const),
        left: tie("condition"),
        right: tie("condition"),
      }),
    ),
  }));

  test("what is decided without a fact stays so when the fact becomes known", () => {
    const known = fc.record({
      version: fc.constantFrom("11", "12"),
      deployment: fc.constantFrom("a", "b"),
      channels: fc.nat(6),
    });
    fc.assert(
      fc.property(condition, known, fc.boolean(), (tree, { version, deployment, channels }, fax) => {
        const features = new Set(fax ? ["f"] : []);
        const before = evaluateCondition(tree, { ...SILENT, features });
        const after = evaluateCondition(tree, {
          version,
          deployment,
          features,
          parameters: new Map([["channels", channels]]),
        });
        expect(after).not.toBe("unknown");
        expect(before === "unknown" || before === after).toBe(true);
      }),
    );
  });
});

describe("parseCondition", () => {
  test.each([
    ["", "expected version, deployment, feature, a parameter, not or (, found nothing more"],
    ["version", "expected one of < <= == >= >, found nothing more"],
    ["version != 3", 'expected one of < <= == >= >, found "!="'],
    ["version < new", 'expected a version such as 12.30, found "new"'],
    ["feature = fax", 'expected one of == !=, found "="'],
    ["feature < fax", 'expected one of == !=, found "<"'],
    ["feature ==", "expected the id of a feature, found nothing more"],
    ["channels > many", 'expected a whole number, found "many"'],
    ["channels > 1.5", 'expected a whole number, found "1.5"'],
    ["12 > channels", 'expected version, deployment, feature, a parameter, not or (, found "12"'],
    ["and feature == fax", 'expected version, deployment, feature, a parameter, not or (, found "and"'],
    ["feature == fax feature == x", 'expected "and", "or" or the end, found "feature"'],
    ["(feature == fax", 'expected ")", found nothing more'],
    ["feature == fax)", 'expected "and", "or" or the end, found ")"'],
    ["feature & fax", 'unexpected "&"'],
    [`${"(".repeat(2000)}`, "longer than 1000 characters"],
  ])("refuses %j", (text, message) => {
    expect(() => parseCondition(text)).toThrow(message);
  });
});

describe("compareVersions", () => {
  test.each([
    ["12.9", "12.30", -1],
    ["12.30", "12.3", 1],
    ["12", "12.0.0", 0],
    ["v13.10 R2", "13.10", 0],
    ["13.10.1", "13.10", 1],
    ["2.0", "10.0", -1],
  ])("%s to %s", (left, right, sign) => {
    expect(Math.sign(compareVersions(left, right) ?? Number.NaN)).toBe(sign);
    expect(Math.sign(compareVersions(right, left) ?? Number.NaN) + sign).toBe(0);
  });

  test("a version that is none compares to nothing", () => {
    expect(compareVersions("latest", "12")).toBeNull();
    expect(evaluateCondition(parseCondition("version < 12"), { ...SITE, version: "latest" })).toBe("unknown");
  });
});
