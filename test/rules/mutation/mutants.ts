/**
 * Small wrongs of a source text: one comparison, one condition, one number at a time. All of them are written into one
 * text, each behind a switch, so that a tree is loaded once and tried with each of them in turn.
 */
import { parseSync } from "@swc/core";

export interface Mutant {
  /** `globalThis.mutant` must be this number for it to be in force. */
  number: number;
  line: number;
  was: string;
  text: string;
}

interface Site {
  /** Byte range of the expression that the text replaces. */
  start: number;
  end: number;
  text: string;
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

/** The text with all its mutants, numbered from `first` on. What runs while the module loads is left alone. */
export function withMutants(source: string, first: number): { text: string; mutants: Mutant[] } {
  const bytes = Buffer.from(source);
  const sites = sitesOf(source, bytes).sort((a, b) => a.start - b.start || b.end - a.end);
  const mutants = sites.map(({ start, end, text }, index) => ({
    number: first + index,
    line: bytes.subarray(0, start).toString().split("\n").length,
    was: bytes.subarray(start, end).toString(),
    text,
  }));
  let next = 0;
  /** From here to `end`, with the sites that lie in between. */
  const render = (from: number, end: number): string => {
    let at = from;
    let text = "";
    while (next < sites.length && (sites[next] as Site).start < end) {
      const site = sites[next] as Site;
      const { number } = mutants[next] as Mutant;
      next += 1;
      text += bytes.subarray(at, site.start);
      text += `(globalThis.mutant === ${number} ? (${site.text}) : (${render(site.start, site.end)}))`;
      at = site.end;
    }
    return text + bytes.subarray(at, end);
  };
  return { text: render(0, bytes.length), mutants };
}

function sitesOf(source: string, bytes: Buffer): Site[] {
  const sites: Site[] = [];
  // swc counts bytes from one.
  const rangeOf = (node: unknown) => {
    const { start, end } = (node as Node).span;
    return [start - 1, end - 1] as const;
  };
  const textOf = (node: unknown) => bytes.subarray(...rangeOf(node)).toString();
  const add = (node: unknown, text: string) => {
    const [start, end] = rangeOf(node);
    sites.push({ start, end, text });
  };
  const visit = (node: Node) => {
    const { type, operator, left, right, test, consequent, alternate, value } = node;
    const other = type === "BinaryExpression" ? OPERATORS[operator as string] : undefined;
    if (other) add(node, `${textOf(left)} ${other} ${textOf(right)}`);
    if (type === "UnaryExpression" && operator === "!") add(node, textOf(node.argument));
    if (type === "BooleanLiteral") add(node, value ? "false" : "true");
    if (type === "NumericLiteral") add(node, String((value as number) + 1));
    if (type === "IfStatement") add(test, "false");
    if (type === "ConditionalExpression") add(node, `${textOf(test)} ? ${textOf(alternate)} : ${textOf(consequent)}`);
  };
  const walk = (value: unknown, runs: boolean) => {
    if (Array.isArray(value)) for (const item of value) walk(item, runs);
    if (Array.isArray(value) || value === null || typeof value !== "object") return;
    const node = value as Node;
    const type = typeof node.type === "string" ? node.type : "";
    if (type === "ImportDeclaration" || (type.startsWith("Ts") && !/^Ts(As|NonNull|Satisfies)/.test(type))) return;
    if (type !== "" && node.span && runs) visit(node);
    const inside = runs || /^(Function|ArrowFunction|ClassMethod|PrivateMethod|MethodProperty|Constructor)/.test(type);
    // A key is no expression.
    for (const [key, child] of Object.entries(node)) if (key !== "key") walk(child, inside);
  };
  walk(parseSync(source, { syntax: "typescript" }).body, false);
  return sites;
}
