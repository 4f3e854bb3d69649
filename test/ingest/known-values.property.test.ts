import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { knowing } from "../../ingest/elasticsearch/server/known-values.ts";
import { allOf, anyOf, EVERYTHING, NOTHING, noneOf, type Query } from "../../ingest/elasticsearch/server/query.ts";

type Document = Record<string, string | number | null>;

/** By field: what a document may hold there, and clauses that may be asked of it. */
const ADDRESSES = ["10.1.0.5", "10.1.0.6", "10.2.0.5", "2001:db8::5"];
const BLOCKS = ["10.1.0.5", "10.1.0.0/24", "10.1.0.6/32", "10.0.0.0/8", "2001:0db8:0::5", "2001:db8::/32"];
const document = fc.record<Document>({
  "source.ip": fc.constantFrom(...ADDRESSES, null),
  "source.port": fc.constantFrom(53, 5060, 50_000, null),
  verdict: fc.constantFrom("allow", "deny", null),
});

const leaf: fc.Arbitrary<Query> = fc.oneof(
  fc.constantFrom(...BLOCKS).map((block) => ({ term: { "source.ip": block } })),
  fc.subarray(BLOCKS, { minLength: 2 }).map((blocks) => ({ terms: { "source.ip": blocks } })),
  fc.constantFrom<Query>(
    { range: { "source.port": { gte: 5000, lte: 6000 } } },
    { term: { "source.port": 53 } },
    { terms: { "source.port": [53, 5060] } },
    { term: { verdict: "deny" } },
    { wildcard: { verdict: "a*" } },
    EVERYTHING,
    NOTHING,
  ),
  fc.constantFrom("source.ip", "source.port", "verdict").map((field) => ({ exists: { field } })),
);
const { query } = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    ...[allOf, anyOf, noneOf].map((joined) =>
      fc.array(tie("query"), { maxLength: 3 }).map((clauses) => joined(...clauses)),
    ),
  ),
}));

/** What the server does, for these clauses. */
function holds(asked: Query, held: Document): boolean {
  const [[kind, content]] = Object.entries(asked) as [[string, Record<string, unknown>]];
  if (kind === "match_all") return true;
  if (kind === "match_none") return false;
  if (kind === "bool") {
    const { filter = [], should = [], must_not: mustNot = [] } = content as Record<string, Query[]>;
    const one = (clause: Query) => holds(clause, held);
    return filter.every(one) && (should.length === 0 || should.some(one)) && !mustNot.some(one);
  }
  if (kind === "exists") return held[content.field as string] !== null;
  const [[field, wanted]] = Object.entries(content) as [[string, unknown]];
  const value = held[field];
  if (value === null || value === undefined) return false;
  if (kind === "wildcard") return String(value).startsWith("a");
  if (kind === "range") {
    const { gte, lte } = wanted as { gte: number; lte: number };
    return Number(value) >= gte && Number(value) <= lte;
  }
  return [wanted]
    .flat()
    .some((one) => (field !== "source.ip" ? one === value : HELD[String(one)]?.includes(String(value))));
}

/** The addresses in each block, written down by hand. */
const HELD: Record<string, string[]> = {
  "10.1.0.5": ["10.1.0.5"],
  "10.1.0.0/24": ["10.1.0.5", "10.1.0.6"],
  "10.1.0.6/32": ["10.1.0.6"],
  "10.0.0.0/8": ["10.1.0.5", "10.1.0.6", "10.2.0.5"],
  "2001:0db8:0::5": ["2001:db8::5"],
  "2001:db8::/32": ["2001:db8::5"],
};

describe("a query for documents of which values are known", () => {
  it("finds the same of them", () => {
    fc.assert(
      fc.property(query, document, fc.subarray(["source.ip", "source.port", "verdict"]), (asked, held, fields) => {
        const known = new Map(fields.map((field) => [field, held[field] ?? null]));
        expect(holds(knowing(asked, known), held)).toBe(holds(asked, held));
      }),
      { numRuns: 3000 },
    );
  });

  it("names nothing that is known", () => {
    fc.assert(
      fc.property(query, document, (asked, held) => {
        const left = JSON.stringify(knowing(asked, new Map(Object.entries(held))));
        expect(left).not.toMatch(/source\.|"terms?"|exists/);
      }),
    );
  });
});
