/** The writer of bytes, held against JSON.stringify. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { textOf } from "../../ingest/bytes.ts";
import { JsonWriter } from "../../ingest/ecs/json-writer.ts";
import type { Span } from "../../ingest/record.ts";

type Leaf =
  | { kind: "number"; value: number }
  | { kind: "text" | "lowered"; bytes: Uint8Array; start: number; end: number }
  | { kind: "plain" | "word"; value: string }
  | { kind: "flag"; value: boolean };
type Tree = { kind: "object"; members: [name: string, Leaf | Tree][] };

const span = fc
  .tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(40), fc.nat(40))
  .map(([bytes, a, b]) => ({ bytes, start: Math.min(a, bytes.length), end: Math.min(b, bytes.length) }));
const printable = fc
  .stringMatching(/^[ -!#-[\]-~]{0,30}$/)
  .map((text) => ({ bytes: Buffer.from(text), start: 0, end: text.length }));
const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  fc
    .oneof(fc.integer(), fc.maxSafeInteger(), fc.double(), fc.constantFrom(0, 2 ** 31, 2 ** 32, 2 ** 53, 9e18, 1e21))
    .map((value) => ({ kind: "number" as const, value })),
  fc
    .tuple(fc.constantFrom("text" as const, "lowered" as const), fc.oneof(span, printable))
    .map(([kind, where]) => ({ kind, ...where })),
  fc.string({ unit: "binary" }).map((value) => ({ kind: "word" as const, value })),
  fc
    .constantFrom("", "192.0.2.1", "2001:db8::1", "2026-10-01T08:00:00.000Z")
    .map((value) => ({ kind: "plain" as const, value })),
  fc.boolean().map((value) => ({ kind: "flag" as const, value })),
);
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc
    .dictionary(
      fc.string({ minLength: 1, maxLength: 8 }).filter((name) => name !== "__proto__"),
      fc.oneof({ maxDepth: 4 }, leaf, tie("tree")),
      { maxKeys: 6 },
    )
    .map((members) => ({ kind: "object" as const, members: Object.entries(members) })),
}));

function write(json: JsonWriter, name: string, value: Leaf | Tree): void {
  switch (value.kind) {
    case "object":
      json.open(name);
      for (const [inner, member] of value.members) write(json, inner, member);
      json.close();
      break;
    case "number":
      json.number(name, value.value);
      break;
    case "text":
    case "lowered":
      json.text(name, value.bytes, value as unknown as Span, value.kind === "lowered");
      break;
    default:
      if (value.kind === "flag") json.flag(name, value.value);
      else json[value.kind](name, value.value);
  }
}

/** Undefined: leaves no trace. */
function plainly(value: Leaf | Tree): unknown {
  switch (value.kind) {
    case "object": {
      const members = value.members.map(([name, member]) => [name, plainly(member)] as const);
      const kept = members.filter(([, member]) => member !== undefined);
      return kept.length > 0 ? Object.fromEntries(kept) : undefined;
    }
    case "number":
      return value.value >= 0 && value.value < Number.POSITIVE_INFINITY ? value.value : undefined;
    case "text":
      return textOf(value.bytes, value.start, Math.max(value.start, value.end)) || undefined;
    case "lowered":
      return textOf(value.bytes, value.start, Math.max(value.start, value.end)).toLowerCase() || undefined;
    case "flag":
      return value.value;
    default:
      return value.value || undefined;
  }
}

test("one document after another, as JSON.stringify writes them", () => {
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 5 }), (trees) => {
      const json = new JsonWriter();
      for (const one of trees) {
        write(json, "", one);
        json.lineEnd();
      }
      const expected = trees.map((one) => `${JSON.stringify(plainly(one) ?? {})}\n`).join("");
      expect(Buffer.from(json.take()).toString()).toBe(expected);
      expect(json.length).toBe(0);
    }),
    { numRuns: 500 },
  );
});
