/** Queries about documents of which some fields' values are known already: only what is not known is left to ask. */
import { type AddressWords, addressFromText, type Prefix, prefixContains, prefixFromText } from "../../address.ts";
import { allOf, anyOf, EVERYTHING, NOTHING, noneOf, type Query } from "./query.ts";

/** Values by the name to ask for; null: the documents do not have the field. */
export type KnownValues = ReadonlyMap<string, string | number | boolean | null>;

/**
 * What is left of a query for documents with these values. A lane's query names all hosts of a site, several times over;
 * of one bucket's documents the addresses are known.
 */
export function knowing(query: Query, known: KnownValues): Query {
  const { bool, term, terms, range, exists } = query as Clauses;
  if (bool) {
    const { filter = [], should = [], must_not: mustNot = [] } = bool;
    const rest = (clauses: readonly Query[]) => clauses.map((clause) => knowing(clause, known));
    return allOf(...rest(filter), should.length > 0 ? anyOf(...rest(should)) : EVERYTHING, noneOf(...rest(mustNot)));
  }
  if (exists) return decided(query, known, exists.field, () => true);
  if (term) {
    const [field, wanted] = Object.entries(term)[0] as [string, Value];
    return decided(query, known, field, (value) => isAmong(value, [wanted]));
  }
  if (terms) {
    const [field, wanted] = Object.entries(terms)[0] as [string, readonly Value[]];
    return decided(query, known, field, (value) => isAmong(value, wanted));
  }
  if (range) {
    const [field, { gte, lte, ...other }] = Object.entries(range)[0] as [string, Interval];
    if (typeof gte !== "number" || typeof lte !== "number" || Object.keys(other).length > 0) return query;
    return decided(query, known, field, (value) => Number(value) >= gte && Number(value) <= lte);
  }
  return query;
}

type Value = string | number | boolean;

interface Interval {
  gte?: unknown;
  lte?: unknown;
}

/** The clauses that `query.ts` and `fields.ts` make, and that can be decided. */
interface Clauses {
  bool?: { filter?: readonly Query[]; should?: readonly Query[]; must_not?: readonly Query[] };
  term?: Record<string, Value>;
  terms?: Record<string, readonly Value[]>;
  range?: Record<string, Interval>;
  exists?: { field: string };
}

function decided(query: Query, known: KnownValues, field: string, holds: (value: Value) => boolean): Query {
  const value = known.get(field);
  if (value === undefined) return query;
  return value !== null && holds(value) ? EVERYTHING : NOTHING;
}

/** Addresses are compared as such, also with blocks: there is more than one way to write one. */
function isAmong(value: Value, wanted: readonly Value[]): boolean {
  const address = typeof value === "string" ? addressFromText(value) : null;
  return wanted.some((one) => {
    if (String(one) === String(value)) return true;
    const block = address && typeof one === "string" ? prefixFromText(one) : null;
    return block !== null && prefixContains(block as Prefix, address as AddressWords);
  });
}
