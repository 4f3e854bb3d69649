/** Small wrongs of a source text: one comparison, one condition, one number at a time. */
import { parseSync } from "@swc/core";

export interface Mutant {
  /** Byte range of the source that the text replaces. */
  start: number;
  end: number;
  text: string;
  line: number;
}

const OPERATORS: Readonly<Record<string, string>> = {
  "===": "!==",
  "!==": "===",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "&&": "||",
  "||": "&&",
};

interface Node {
  type: string;
  span: { start: number; end: number };
  [key: string]: unknown;
}

/** All of a TypeScript source, in its order. */
export function mutantsOf(source: string): Mutant[] {
  const bytes = Buffer.from(source);
  const mutants: Mutant[] = [];
  const add = (start: number, end: number, text: string) => {
    const line = bytes.subarray(0, start).toString().split("\n").length;
    mutants.push({ start, end, text, line });
  };
  // swc counts bytes from one.
  const rangeOf = (node: unknown) => {
    const { start, end } = (node as Node).span;
    return [start - 1, end - 1] as const;
  };
  const textOf = (node: unknown) => bytes.subarray(...rangeOf(node)).toString();

  const visit = (node: Node) => {
    const [start, end] = rangeOf(node);
    if (node.type === "BinaryExpression" && OPERATORS[node.operator as string]) {
      const [from, to] = [rangeOf(node.left)[1], rangeOf(node.right)[0]];
      const between = bytes.subarray(from, to).toString();
      const operator = node.operator as string;
      add(from, to, between.replace(operator, OPERATORS[operator] as string));
    }
    if (node.type === "UnaryExpression" && node.operator === "!") add(start, end, textOf(node.argument));
    if (node.type === "BooleanLiteral") add(start, end, node.value ? "false" : "true");
    if (node.type === "NumericLiteral") add(start, end, String((node.value as number) + 1));
    if (node.type === "IfStatement") add(...rangeOf(node.test), "false");
    if (node.type === "ConditionalExpression") {
      const { test, consequent, alternate } = node;
      add(start, end, `${textOf(test)} ? ${textOf(alternate)} : ${textOf(consequent)}`);
    }
  };
  const walk = (value: unknown) => {
    if (Array.isArray(value)) for (const item of value) walk(item);
    else if (value !== null && typeof value === "object") {
      const node = value as Node;
      if (typeof node.type === "string" && node.type.startsWith("Ts") && node.type !== "TsAsExpression") return;
      if (typeof node.type === "string" && node.type === "ImportDeclaration") return;
      if (typeof node.type === "string" && node.span) visit(node);
      for (const child of Object.values(node)) walk(child);
    }
  };
  walk(parseSync(source, { syntax: "typescript" }).body);
  return mutants.sort((a, b) => a.start - b.start || a.end - b.end);
}

export function mutated(source: string, { start, end, text }: Mutant): string {
  const bytes = Buffer.from(source);
  return `${bytes.subarray(0, start)}${text}${bytes.subarray(end)}`;
}
