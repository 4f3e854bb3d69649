import { describe, expect, test } from "vitest";
import type { PortSet } from "../../catalogs/catalog.ts";
import {
  hasFormula,
  parsePortSpec,
  portRangeProblem,
  portSpecParameters,
  resolvePorts,
} from "../../catalogs/port-set.ts";

const EIGHT = new Map([["channels", 8]]);

describe("parsePortSpec", () => {
  test.each<[text: string, ports: PortSet]>([
    ["any", "any"],
    ["dynamic", "dynamic"],
    ["unknown", "unknown"],
    ["5060", [[5060, 5060]]],
    ["0-65535", [[0, 65535]]],
    ["51000-51499", [[51000, 51499]]],
    [
      "16203;57203",
      [
        [16203, 16203],
        [57203, 57203],
      ],
    ],
    [
      "80; 443 ; 5060 - 5061",
      [
        [80, 80],
        [443, 443],
        [5060, 5061],
      ],
    ],
    ["6000-{6000+channels*10}", [[6000, 6080]]],
    [
      "{5000+channels};{(channels+1)*1000}-9999",
      [
        [5008, 5008],
        [9000, 9999],
      ],
    ],
  ])("%s", (text, ports) => {
    expect(resolvePorts(parsePortSpec(text), EIGHT)).toEqual(ports);
  });

  test.each([
    ["Any", '"Any" is no port; expected any, dynamic, unknown, or ports such as 5060'],
    ["", '"" is no port'],
    ["80;", '"" in "80;" is no port'],
    ["80,443", '"80,443" is no port'],
    ["80-", '"80-" is no port'],
    ["80-81-82", '"80-81-82" is no port'],
    ["any;80", '"any" in "any;80" is no port'],
    ["65536", 'port 65536 of "65536" is outside 0-65535'],
    ["90-80", 'range 90-80 of "90-80" runs backwards'],
    ["6000-{6000+}", "found nothing more"],
    ["6000-{}", "found nothing more"],
  ])("refuses %j", (text, message) => {
    expect(() => parsePortSpec(text)).toThrow(message);
  });
});

test("a formula is told from a number, by its parameters", () => {
  expect(portSpecParameters(parsePortSpec("{a}-{a+b};80"))).toEqual(["a", "b"]);
  expect(hasFormula(parsePortSpec("{2*3}"))).toBe(false);
  expect(hasFormula(parsePortSpec("any"))).toBe(false);
});

test("parameters that lead outside all ports are told, and the ports cut off", () => {
  const spec = parsePortSpec("6000-{6000+channels*10};{70000+channels}");
  const many = new Map([["channels", 10_000]]);
  expect(portRangeProblem(spec, many)).toBe(`port 106000 of "${spec.text}" is outside 0-65535`);
  expect(resolvePorts(spec, many)).toEqual([[6000, 65535]]);
  const backwards = parsePortSpec("6000-{channels}");
  expect(portRangeProblem(backwards, EIGHT)).toBe('range 6000-8 of "6000-{channels}" runs backwards');
  expect(resolvePorts(backwards, EIGHT)).toEqual([]);
});
