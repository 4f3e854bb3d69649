/** Composite aggregations: what to ask for, and what a bucket of the answer says. */
import type { Tally } from "../../flows/flow-values.ts";
import type { BucketValues, SummedFields } from "../layout.ts";
import type { Fields } from "../server/fields.ts";
import { knowing } from "../server/known-values.ts";
import { allOf, noneOf, type Query } from "../server/query.ts";

const HOUR_MS = 3_600_000;
/** ECS's own, whatever wrote the documents. */
export const DURATION = "event.duration";
const NANOSECONDS_PER_MS = 1e6;

/** A value of a bucket's key. */
export type KeyValue = string | number | boolean | null;

interface Metric {
  value: number | null;
}

export interface Bucket {
  key: Readonly<Record<string, KeyValue>>;
  doc_count: number;
  /** Elasticsearch 8.7 leaves it out where no document has a time. */
  hours?: { buckets: readonly { key: number; doc_count: number }[] };
  first: Metric;
  last: Metric;
  bytes?: Metric;
  largest?: Metric;
  packets?: Metric;
  counted?: Metric;
  lost?: Metric;
  shortest?: Metric;
  shaped0?: Metric;
  shaped1?: Metric;
  unanswered?: { doc_count: number };
}

/** How a bucket's documents spread over the hours. */
export function hoursOf({ hours }: Bucket): readonly { key: number; doc_count: number }[] {
  return hours?.buckets ?? [];
}

/** What an answer need not repeat of its buckets. */
export const LEFT_OUT = ["hours.buckets.key_as_string", "*.value_as_string"]
  .map((path) => `-aggregations.flows.buckets.${path}`)
  .join(",");

/** By which fields the buckets of a lane are told apart; each tells itself how its documents spread over the hours. */
export class BucketShape {
  readonly #fields: Fields;
  /** Name to ask for. */
  readonly time: string;
  /** Fields in the order of their sources, which are called by number to keep answers short. */
  readonly #keys: readonly string[];
  readonly #metrics: object;
  readonly #values: KeyedValues;

  /** `fixed`: values of fields that are not in the key; `held`: fields to add up that some document has. */
  constructor(
    fields: Fields,
    time: string,
    keys: readonly string[],
    fixed: ReadonlyMap<string, KeyValue>,
    sums: SummedFields,
    held: ReadonlySet<string>,
  ) {
    this.#fields = fields;
    this.time = fields.name(time) as string;
    this.#keys = keys;
    const isNumber = (field: string | null) => field !== null && held.has(field) && fields.kind(field) === "number";
    this.#metrics = metricsOf(sums, (field) => (isNumber(field) ? fields.name(field as string) : null));
    this.#values = new KeyedValues(keys, fixed);
  }

  aggregation(size: number, after: Bucket["key"] | null): object {
    const { time } = this;
    const terms = this.#keys.map((field, i) => ({
      [i]: { terms: { field: this.#fields.name(field), missing_bucket: true } },
    }));
    // A composite aggregation must have a source, though its documents may differ in nothing.
    const always = { all: { date_histogram: { field: time, fixed_interval: "100000d", missing_bucket: true } } };
    return {
      composite: { size, sources: terms.length > 0 ? terms : [always], ...(after ? { after } : {}) },
      aggs: {
        hours: { date_histogram: { field: time, fixed_interval: "1h", min_doc_count: 1 } },
        first: { min: { field: time } },
        last: { max: { field: time } },
        ...this.#metrics,
      },
    };
  }

  /** Values that all documents of the bucket share; good until the next bucket is asked for. */
  values({ key }: Bucket): BucketValues {
    this.#values.key = key;
    return this.#values;
  }

  /** `packets`: each document is a packet, where it does not say of how many it tells. */
  tally(bucket: Bucket, packets: boolean): Tally {
    const records = bucket.doc_count;
    const moment = (metric: Metric | undefined) => metric?.value ?? Number.NaN;
    return {
      records,
      bytes: bucket.bytes?.value ?? 0,
      packets: (bucket.packets?.value ?? 0) + (packets ? records - (bucket.counted?.value ?? 0) : 0),
      unanswered: bucket.unanswered?.doc_count ?? 0,
      rewritten: 0,
      largestPacketBytes: bucket.largest?.value ?? 0,
      shortestSessionMs: moment(bucket.shortest) / NANOSECONDS_PER_MS,
      shaperDroppedBytes: (bucket.shaped0?.value ?? 0) + (bucket.shaped1?.value ?? 0),
      lostEvents: bucket.lost?.value ?? 0,
      firstMs: moment(bucket.first),
      lastMs: moment(bucket.last),
      hours: hoursOf(bucket).map(({ key, doc_count }) => [Math.floor(key / HOUR_MS), doc_count]),
    };
  }

  /** The documents of a bucket; `slice`: those among which they were counted. */
  documentsOf(key: Bucket["key"], slice: Query): Query {
    const known = new Map(this.#keys.map((field, i) => [this.#fields.name(field) as string, key[i] ?? null]));
    const own = [...known].map(([field, value]) =>
      value === null ? noneOf({ exists: { field } }) : { term: { [field]: value } },
    );
    return allOf(...own, knowing(slice, known));
  }
}

/** A key's values by field, and the fixed ones; one object for all buckets, of which there are millions. */
class KeyedValues implements BucketValues {
  key: Bucket["key"] = {};
  readonly #places: ReadonlyMap<string, number>;
  readonly #fixed: ReadonlyMap<string, KeyValue>;

  constructor(keys: readonly string[], fixed: ReadonlyMap<string, KeyValue>) {
    this.#places = new Map(keys.map((field, i) => [field, i]));
    this.#fixed = fixed;
  }

  text(field: string): string {
    const value = this.#at(field);
    return value === null ? "" : String(value);
  }

  number(field: string): number {
    const value = this.#at(field);
    const number = value === null || value === "" ? -1 : Number(value);
    return Number.isNaN(number) ? -1 : number;
  }

  #at(field: string): KeyValue {
    const fixed = this.#fixed.get(field);
    if (fixed !== undefined) return fixed;
    const place = this.#places.get(field);
    return place === undefined ? null : (this.key[place] ?? null);
  }
}

function metricsOf(
  { bytes, packets, replyPackets, lostEvents, shaperDropped = [] }: SummedFields,
  nameOf: (field: string | null) => string | null,
): object {
  const [bytesName, packetsName, replyName, lostName] = [bytes, packets, replyPackets, lostEvents].map(nameOf);
  const durationName = nameOf(DURATION);
  return {
    ...(bytesName && { bytes: { sum: { field: bytesName } }, largest: { max: { field: bytesName } } }),
    ...(packetsName && {
      packets: { sum: { field: packetsName } },
      counted: { value_count: { field: packetsName } },
    }),
    ...(packetsName &&
      replyName && {
        unanswered: {
          filter: allOf({ range: { [packetsName]: { gt: 0 } } }, { term: { [replyName]: 0 } }),
        },
      }),
    ...Object.fromEntries(
      shaperDropped.flatMap((field, i) => (nameOf(field) ? [[`shaped${i}`, { sum: { field: nameOf(field) } }]] : [])),
    ),
    ...(lostName && { lost: { sum: { field: lostName } } }),
    ...(durationName && { shortest: { min: { field: durationName } } }),
  };
}
