/** When a requirement or policy applies: `feature == rds and version >= 12.20`. */
import { TokenStream } from "./token-stream.ts";

const ORDERED = ["<", "<=", "==", ">=", ">"] as const;
const EQUAL = ["==", "!="] as const;
const ALL = [...ORDERED, "!="] as const;
type OrderedOperator = (typeof ORDERED)[number];
type EqualOperator = (typeof EQUAL)[number];
type Operator = (typeof ALL)[number];

export type Condition =
  | { kind: "and" | "or"; left: Condition; right: Condition }
  | { kind: "not"; inner: Condition }
  | { kind: "version"; operator: OrderedOperator; version: string }
  | { kind: "deployment" | "feature"; operator: EqualOperator; id: string }
  | { kind: "parameter"; id: string; operator: Operator; value: number };

/** What is known of a site's deployment; null: the site does not say. */
export interface Facts {
  version: string | null;
  features: ReadonlySet<string>;
  deployment: string | null;
  parameters: ReadonlyMap<string, number>;
}

/** Words of the language, which therefore no parameter may be called. */
export const CONDITION_WORDS: readonly string[] = ["and", "or", "not", "version", "deployment", "feature"];

const TOKEN = /[<>=!]=?|[()]|[A-Za-z0-9_][A-Za-z0-9_.-]*/y;
const DOTTED = /^\d+(\.\d+)*$/;
const ID = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/** Parses a condition; throws ExpressionError. Whether the ids exist is for the loader to say. */
export function parseCondition(text: string): Condition {
  const tokens = new TokenStream(text, TOKEN);
  const condition = parseOr(tokens);
  tokens.expectEnd('"and", "or" or the end');
  return condition;
}

function parseOr(tokens: TokenStream): Condition {
  let left = parseAnd(tokens);
  while (tokens.accept("or")) {
    left = { kind: "or", left, right: parseAnd(tokens) };
  }
  return left;
}

function parseAnd(tokens: TokenStream): Condition {
  let left = parseNot(tokens);
  while (tokens.accept("and")) {
    left = { kind: "and", left, right: parseNot(tokens) };
  }
  return left;
}

function parseNot(tokens: TokenStream): Condition {
  if (tokens.accept("not")) {
    return { kind: "not", inner: parseNot(tokens) };
  }
  if (tokens.accept("(")) {
    const inner = parseOr(tokens);
    return tokens.accept(")") ? inner : tokens.fail('")"');
  }
  return parseComparison(tokens);
}

function parseComparison(tokens: TokenStream): Condition {
  if (tokens.accept("version")) {
    const operator = parseOperator(tokens, ORDERED);
    return { kind: "version", operator, version: parseMatching(tokens, DOTTED, "a version such as 12.30") };
  }
  for (const kind of ["deployment", "feature"] as const) {
    if (tokens.accept(kind)) {
      const operator = parseOperator(tokens, EQUAL);
      return { kind, operator, id: parseMatching(tokens, ID, `the id of a ${kind}`) };
    }
  }
  if (CONDITION_WORDS.includes(tokens.peek())) {
    tokens.fail("version, deployment, feature, a parameter, not or (");
  }
  const id = parseMatching(tokens, /^[A-Za-z_]/, "version, deployment, feature, a parameter, not or (");
  const operator = parseOperator(tokens, ALL);
  return { kind: "parameter", id, operator, value: Number(parseMatching(tokens, /^\d+$/, "a whole number")) };
}

function parseOperator<T extends string>(tokens: TokenStream, valid: readonly T[]): T {
  const operator = valid.find((candidate) => candidate === tokens.peek());
  if (operator === undefined) {
    return tokens.fail(`one of ${valid.join(" ")}`);
  }
  tokens.take();
  return operator;
}

function parseMatching(tokens: TokenStream, pattern: RegExp, wanted: string): string {
  return pattern.test(tokens.peek()) ? tokens.take() : tokens.fail(wanted);
}

/** Every comparison of a condition, without its logic. */
export function comparisons(condition: Condition): Exclude<Condition, { kind: "and" | "or" | "not" }>[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return [...comparisons(condition.left), ...comparisons(condition.right)];
    case "not":
      return comparisons(condition.inner);
    default:
      return [condition];
  }
}

/** Kleene's three-valued logic: what the site does not say is unknown, not false. */
export function evaluateCondition(condition: Condition, facts: Facts): boolean | "unknown" {
  switch (condition.kind) {
    case "and":
    case "or": {
      const decisive = condition.kind === "or";
      const sides = [evaluateCondition(condition.left, facts), evaluateCondition(condition.right, facts)];
      if (sides.includes(decisive)) {
        return decisive;
      }
      return sides.includes("unknown") ? "unknown" : !decisive;
    }
    case "not": {
      const inner = evaluateCondition(condition.inner, facts);
      return inner === "unknown" ? "unknown" : !inner;
    }
    case "version": {
      const order = facts.version === null ? null : compareVersions(facts.version, condition.version);
      return order === null ? "unknown" : holds(order, condition.operator);
    }
    case "deployment":
      if (facts.deployment === null) {
        return "unknown";
      }
      return (facts.deployment === condition.id) === (condition.operator === "==");
    case "feature":
      return facts.features.has(condition.id) === (condition.operator === "==");
    case "parameter": {
      const value = facts.parameters.get(condition.id);
      return value === undefined ? "unknown" : holds(value - condition.value, condition.operator);
    }
  }
}

/** Below zero: `left` is older. Compared number by number, so 12.9 is older than 12.30; null: no version at all. */
export function compareVersions(left: string, right: string): number | null {
  const [a, b] = [versionParts(left), versionParts(right)];
  if (a === null || b === null) {
    return null;
  }
  for (let part = 0; part < Math.max(a.length, b.length); part += 1) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

/** Sites write `v13.10` or `13.10 R2` too: what follows the dotted number is a build the documents do not speak of. */
function versionParts(version: string): number[] | null {
  const dotted = /^\s*v?(\d+(?:\.\d+)*)/i.exec(version)?.[1];
  return dotted === undefined ? null : dotted.split(".").map(Number);
}

function holds(order: number, operator: Operator): boolean {
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case "==":
      return order === 0;
    case "!=":
      return order !== 0;
    case ">=":
      return order >= 0;
    case ">":
      return order > 0;
  }
}
