/**
 * What all documents agree in: it is asked for once instead of in every bucket. A firewall's refusals are told apart by
 * their addresses alone, where a key may hold thirty fields; each would be read for every document, and written, sent and
 * read again for every bucket.
 */
import type { Fields } from "../server/fields.ts";
import type { Query } from "../server/query.ts";
import type { Snapshot } from "../server/snapshot.ts";
import type { KeyValue } from "./bucket.ts";

export interface CommonValues {
  /** By field, of those that were asked about; null: no document has it. */
  fixed: ReadonlyMap<string, KeyValue>;
  /** Fields asked about in which documents differ. */
  differing: readonly string[];
  /** Fields that some document has, of those to add up. */
  held: ReadonlySet<string>;
  /** Times of the first and the last document; null: none has a time. */
  firstMs: number | null;
  lastMs: number | null;
  /** Documents by the beginning of each step of time, where steps were asked for. */
  steps: readonly { key: number; doc_count: number }[];
}

export interface Asked {
  query: Query;
  /** How many documents it finds. */
  documents: number;
  /** Name of the field of times. */
  time: string;
  keys: readonly string[];
  summed: readonly string[];
  stepMs: number | null;
}

interface Terms {
  sum_other_doc_count: number;
  buckets: { key: string | number; key_as_string?: string; doc_count: number }[];
}

interface Answer {
  aggregations?: Record<string, { value?: number | null } & Partial<Terms>>;
}

export async function commonValues(snapshot: Snapshot, fields: Fields, asked: Asked): Promise<CommonValues> {
  const { query, documents, time, stepMs } = asked;
  const keys = [...new Set(asked.keys)].filter((field) => fields.has(field));
  const summed = [...new Set(asked.summed)].filter((field) => fields.has(field));
  const named = (prefix: string, names: readonly string[], agg: (name: string) => object) =>
    Object.fromEntries(names.map((field, i) => [`${prefix}${i}`, agg(fields.name(field) as string)]));
  const { aggregations = {} } = await snapshot.search<Answer>(
    {
      size: 0,
      track_total_hits: false,
      query,
      aggs: {
        first: { min: { field: time } },
        last: { max: { field: time } },
        ...named("key", keys, (field) => ({ terms: { field, size: 1 } })),
        ...named("sum", summed, (field) => ({ value_count: { field } })),
        ...(stepMs === null
          ? {}
          : { steps: { date_histogram: { field: time, fixed_interval: `${stepMs}ms`, min_doc_count: 1 } } }),
      },
    },
    { filter_path: "-aggregations.steps.buckets.key_as_string" },
  );
  const fixed = new Map<string, KeyValue>();
  const differing = keys.filter((field, i) => {
    const common = commonValue(aggregations[`key${i}`] as Terms | undefined, documents);
    if (common !== undefined) fixed.set(field, common);
    return common === undefined;
  });
  const absent = summed.filter((_, i) => aggregations[`sum${i}`]?.value === 0);
  for (const field of absent) fixed.set(field, null);
  return {
    fixed,
    differing,
    held: new Set(summed.filter((field) => !absent.includes(field))),
    firstMs: aggregations.first?.value ?? null,
    lastMs: aggregations.last?.value ?? null,
    steps: (aggregations.steps?.buckets ?? []) as CommonValues["steps"],
  };
}

/** The value of all documents, null where none has one; undefined: they differ. */
function commonValue(terms: Terms | undefined, documents: number): KeyValue | undefined {
  if (!terms) return undefined;
  const [top] = terms.buckets;
  if (!top) return null;
  if (top.doc_count !== documents || terms.sum_other_doc_count !== 0) return undefined;
  // A boolean is 1 or 0 here, and a word in a composite key.
  return top.key_as_string === "true" || top.key_as_string === "false" ? top.key_as_string : top.key;
}
