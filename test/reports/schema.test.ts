import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type {
  AuditResult,
  Confidence,
  CountUnit,
  FindingKind,
  FindingResult,
  PlatformName,
  PolicyState,
  RequirementResult,
  RequirementState,
  Severity,
  Zone,
} from "../../rules/result.ts";
import { everything, samples } from "./samples.ts";

const schema = JSON.parse(readFileSync(new URL("../../rules/result.schema.json", import.meta.url), "utf8"));
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

/** As saved audits are read. */
const complete = new Ajv2020({ useDefaults: true }).compile(schema);

function problems(value: unknown): string[] {
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

describe("the result's schema", () => {
  test.each(Object.entries(samples))("accepts the sample %s", (_, sample) => {
    expect(problems(sample)).toEqual([]);
  });

  test("requires every property that the type has, or has a default for it", () => {
    for (const path of objectPaths(everything)) {
      for (const key of Object.keys(at(everything, path) as object)) {
        const copy = structuredClone(everything);
        const holder = at(copy, path) as Record<string, unknown>;
        delete holder[key];
        const refused = problems(copy).length > 0;
        if (refused) continue;
        complete(copy);
        expect(holder, `${path.join("/")} without ${key}`).toHaveProperty(key);
      }
    }
  });

  test("refuses properties that the type has not", () => {
    for (const path of objectPaths(everything)) {
      const copy = structuredClone(everything);
      (at(copy, path) as Record<string, unknown>).surprise = 1;
      expect(problems(copy), `${path.join("/")}/surprise`).not.toEqual([]);
    }
  });

  test.each<[string, (copy: AuditResult) => void]>([
    ["a time without an offset", (copy) => Object.assign(copy.evidence, { from: "2026-10-01T00:00:00" })],
    ["a time that is a date", (copy) => Object.assign(copy.evidence, { to: "2026-10-01" })],
    ["a date with a month 13", (copy) => Object.assign(waiverOf(copy), { expires: "2026-13-01" })],
    ["a port above 65535", (copy) => firstFinding(copy).ports.push([65536, 65536])],
    ["a range of three ports", (copy) => Object.assign(firstFinding(copy), { ports: [[1, 2, 3]] })],
    ["a negative count", (copy) => Object.assign(firstFinding(copy), { packets: -1 })],
    ["a count that is no integer", (copy) => Object.assign(copy.noise.unrelated, { packets: 1.5 })],
    [
      "line 0",
      (copy) => Object.assign(firstFinding(copy), { examples: [{ input: "a", line: 0, offset: 0, text: "" }] }),
    ],
    ["an eleventh peer", (copy) => Object.assign(firstFinding(copy), { peers: Array.from("abcdefghijk") })],
    ["another schema version", (copy) => Object.assign(copy, { schemaVersion: "2" })],
    ["a finding without an id", (copy) => Object.assign(firstFinding(copy), { id: "" })],
  ])("refuses %s", (_, spoil) => {
    const copy = structuredClone(everything);
    spoil(copy);
    expect(problems(copy)).not.toEqual([]);
  });

  // The records are complete by their types: a value added to the contract stops this file from compiling.
  test("knows the same words as the types", () => {
    const words = (name: string) => [...schema.$defs[name].enum].sort();
    const property = (of: string, name: string) => [...schema.$defs[of].properties[name].enum].sort();
    expect(words("zone")).toEqual(keys<Zone>({ internal: 1, dmz: 1, vpn: 1, provider: 1, internet: 1 }));
    expect(words("severity")).toEqual(keys<Severity>({ critical: 1, high: 1, medium: 1, low: 1, info: 1 }));
    expect(words("confidence")).toEqual(keys<Confidence>({ high: 1, medium: 1, low: 1 }));
    expect(words("unit")).toEqual(keys<CountUnit>({ packets: 1, sessions: 1, "packets and sessions": 1 }));
    expect(words("findingKind")).toEqual(
      keys<FindingKind>({ "blocked-but-required": 1, "open-but-unneeded": 1, "inspection-anomaly": 1 }),
    );
    expect(words("requirementState")).toEqual(
      keys<RequirementState>({ open: 1, blocked: 1, intermittent: 1, "not-seen": 1, "not-applicable": 1, manual: 1 }),
    );
    expect(words("policyState")).toEqual(keys<PolicyState>({ upheld: 1, violated: 1, "not-seen": 1, manual: 1 }));
    expect(words("platform")).toEqual(
      keys<PlatformName>({ pfsense: 1, opnsense: 1, fortigate: 1, iptables: 1, windows: 1 }),
    );
    expect(property("requirement", "direction")).toEqual(
      keys<RequirementResult["direction"]>({ in: 1, out: 1, both: 1, mutual: 1 }),
    );
    expect(property("requirement", "scope")).toEqual(keys<RequirementResult["scope"]>({ wan: 1, lan: 1 }));
    expect(property("requirement", "transport")).toEqual(keys<RequirementResult["transport"]>({ tcp: 1, udp: 1 }));
    expect(property("requirement", "strength")).toEqual(
      keys<RequirementResult["strength"]>({ required: 1, recommended: 1, conditional: 1, informational: 1 }),
    );
    expect(property("finding", "direction")).toEqual(keys<FindingResult["direction"]>({ in: 1, out: 1 }));
  });
});

function keys<Word extends string>(record: Record<Word, 1>): string[] {
  return Object.keys(record).sort();
}

function firstFinding(result: AuditResult): FindingResult {
  return result.findings[0] as FindingResult;
}

function waiverOf(result: AuditResult): object {
  return result.findings.find(({ waived }) => waived !== null)?.waived as object;
}

type Path = (string | number)[];

function at(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], root);
}

/** One path to each shape of object in the sample: of a list, its first object. */
function objectPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) {
    const index = value.findIndex((item) => typeof item === "object" && item !== null && !Array.isArray(item));
    return index < 0 ? [] : value.flatMap((item, at) => objectPaths(item, [...path, at]));
  }
  return [path, ...Object.entries(value).flatMap(([key, item]) => objectPaths(item, [...path, key]))];
}
