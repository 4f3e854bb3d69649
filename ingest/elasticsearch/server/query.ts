/** Clauses of Elasticsearch's query language, put together. */

export type Query = Readonly<Record<string, unknown>>;

export const NOTHING: Query = { match_none: {} };
export const EVERYTHING: Query = { match_all: {} };

/** Every clause holds; scores are of no interest, so all of them are filters. */
export function allOf(...clauses: readonly Query[]): Query {
  const wanted = clauses.filter((clause) => clause !== EVERYTHING);
  if (wanted.includes(NOTHING)) return NOTHING;
  return wanted.length === 0 ? EVERYTHING : wanted.length === 1 ? (wanted[0] as Query) : { bool: { filter: wanted } };
}

/** At least one clause holds. */
export function anyOf(...clauses: readonly Query[]): Query {
  const wanted = clauses.filter((clause) => clause !== NOTHING);
  if (wanted.includes(EVERYTHING)) return EVERYTHING;
  if (wanted.length === 0) return NOTHING;
  return wanted.length === 1 ? (wanted[0] as Query) : { bool: { should: wanted, minimum_should_match: 1 } };
}

export function noneOf(...clauses: readonly Query[]): Query {
  const unwanted = clauses.filter((clause) => clause !== NOTHING);
  if (unwanted.includes(EVERYTHING)) return NOTHING;
  return unwanted.length === 0 ? EVERYTHING : { bool: { must_not: unwanted } };
}
