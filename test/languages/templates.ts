/** Every English template that a result can hold, as the sources and registries have them. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "@swc/core";
import { checks } from "../../rules/checks.ts";
import { UNITS } from "../../rules/messages/message.ts";

const ROOT = join(import.meta.dirname, "..", "..");

interface Node {
  type: string;
  [key: string]: unknown;
}

/** Templates of all `say` and `plain`, the checks' titles, and the units in both numbers. */
export function knownTemplates(): Set<string> {
  const found = new Set<string>();
  for (const file of globSync(["rules/**/*.ts", "cmd/**/*.ts"], { cwd: ROOT })) {
    const source = readFileSync(join(ROOT, file), "utf8");
    visit(parseSync(source, { syntax: "typescript" }) as unknown as Node, found);
  }
  for (const { meta } of checks) found.add(meta.title);
  for (const unit of UNITS) {
    found.add(`{0} ${unit}`);
    found.add(`{0} ${unit}s`);
  }
  return new Set([...found].filter(hasWords));
}

function visit(node: unknown, found: Set<string>): void {
  if (Array.isArray(node)) for (const one of node) visit(one, found);
  if (node === null || typeof node !== "object" || Array.isArray(node)) return;
  const template = templateOf(node as Node);
  if (template !== null) found.add(template);
  for (const child of Object.values(node)) visit(child, found);
}

function templateOf(node: Node): string | null {
  if (node.type === "TaggedTemplateExpression" && isNamed(node.tag, "say")) {
    const { quasis } = node.template as { quasis: { cooked: string }[] };
    return quasis.map(({ cooked }) => cooked).reduce((before, after, index) => `${before}{${index - 1}}${after}`);
  }
  if (node.type === "CallExpression" && isNamed(node.callee, "plain")) {
    const [argument] = node.arguments as { expression: Node }[];
    return argument ? literalOf(argument.expression) : null;
  }
  return null;
}

function isNamed(node: unknown, name: string): boolean {
  const { type, value } = node as { type: string; value?: string };
  return type === "Identifier" && value === name;
}

/** The text of a literal or of literals put together; null where it is known only when running. */
function literalOf(node: Node): string | null {
  if (node.type === "StringLiteral") return node.value as string;
  if (node.type !== "BinaryExpression") return null;
  const left = literalOf(node.left as Node);
  const right = literalOf(node.right as Node);
  return left === null || right === null ? null : left + right;
}

/** Placeholders and punctuation alone are no language's. */
export function hasWords(template: string): boolean {
  return /\p{L}/u.test(template);
}
