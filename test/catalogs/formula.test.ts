import { describe, expect, test } from "vitest";
import { evaluateFormula, formulaParameters, parseFormula } from "../../catalogs/formula.ts";

const PARAMETERS = new Map([
  ["channels", 8],
  ["lines_max", 3],
]);

describe("parseFormula", () => {
  test.each([
    ["6000", 6000],
    ["6000+channels*10", 6080],
    ["(6000 + channels) * 2", 12016],
    ["10-3-2", 5],
    ["10-(3-2)", 9],
    ["2*3+4*5", 26],
    ["channels*lines_max-1", 23],
  ])("%s", (text, value) => {
    expect(evaluateFormula(parseFormula(text), PARAMETERS)).toBe(value);
  });

  test.each([
    ["", "expected a whole number, a parameter or (, found nothing more"],
    ["6000+", "found nothing more"],
    ["6000 6", 'expected one of + - * or the end, found "6"'],
    ["(1+2", 'expected ")"'],
    ["-1", 'found "-"'],
    ["8/2", 'unexpected "/"'],
    ["1.5", 'unexpected "."'],
  ])("refuses %j", (text, message) => {
    expect(() => parseFormula(text)).toThrow(message);
  });

  test("names its parameters, and needs them", () => {
    const formula = parseFormula("a*(b+2)-a");
    expect(formulaParameters(formula)).toEqual(["a", "b", "a"]);
    expect(() => evaluateFormula(formula, new Map([["a", 1]]))).toThrow('parameter "b" has no value');
  });
});
