/** Ports that depend on a site: `6000+channels*10`, whole numbers and a catalog's parameters under + - * ( ). */
import { ExpressionError, TokenStream } from "./token-stream.ts";

export type Formula =
  | { kind: "number"; value: number }
  | { kind: "parameter"; id: string }
  | { kind: "operation"; operator: "+" | "-" | "*"; left: Formula; right: Formula };

const TOKEN = /\d+|[A-Za-z_][A-Za-z0-9_]*|[-+*()]/y;

/** Parses what stands inside the braces; throws ExpressionError. */
export function parseFormula(text: string): Formula {
  const tokens = new TokenStream(text, TOKEN);
  const formula = parseSum(tokens);
  tokens.expectEnd("one of + - * or the end");
  return formula;
}

function parseSum(tokens: TokenStream): Formula {
  let left = parseProduct(tokens);
  for (let next = tokens.peek(); next === "+" || next === "-"; next = tokens.peek()) {
    tokens.take();
    left = { kind: "operation", operator: next, left, right: parseProduct(tokens) };
  }
  return left;
}

function parseProduct(tokens: TokenStream): Formula {
  let left = parseOperand(tokens);
  while (tokens.accept("*")) {
    left = { kind: "operation", operator: "*", left, right: parseOperand(tokens) };
  }
  return left;
}

function parseOperand(tokens: TokenStream): Formula {
  const token = tokens.peek();
  if (/^\d/.test(token)) {
    return { kind: "number", value: Number(tokens.take()) };
  }
  if (/^[A-Za-z_]/.test(token)) {
    return { kind: "parameter", id: tokens.take() };
  }
  if (tokens.accept("(")) {
    const inner = parseSum(tokens);
    return tokens.accept(")") ? inner : tokens.fail('")"');
  }
  return tokens.fail("a whole number, a parameter or (");
}

/** The formula's value; throws ExpressionError where a parameter has no value. */
export function evaluateFormula(formula: Formula, parameters: ReadonlyMap<string, number>): number {
  if (formula.kind === "number") {
    return formula.value;
  }
  if (formula.kind === "parameter") {
    const value = parameters.get(formula.id);
    if (value === undefined) {
      throw new ExpressionError(`parameter ${JSON.stringify(formula.id)} has no value`);
    }
    return value;
  }
  const left = evaluateFormula(formula.left, parameters);
  const right = evaluateFormula(formula.right, parameters);
  switch (formula.operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
  }
}

/** Ids of the parameters that the formula names, in order of appearance. */
export function formulaParameters(formula: Formula): string[] {
  switch (formula.kind) {
    case "number":
      return [];
    case "parameter":
      return [formula.id];
    case "operation":
      return [...formulaParameters(formula.left), ...formulaParameters(formula.right)];
  }
}
