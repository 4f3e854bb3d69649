/** Composite aggregations: what to ask for, and what a bucket of the answer says. */
import type { Tally } from "../flow-values.ts";
import type { Fields } from "./fields.ts";
import type { BucketValues, SummedFields } from "./layout.ts";
import { allOf, type Query } from "./query.ts";

const HOUR = "h";
/** ECS's own, whatever wrote the documents. */
const DURATION = "event.duration";
const NANOSECONDS_PER_MS = 1e6;

/** A value of a bucket's key. */
export type KeyValue = string | number | boolean | null;

export interface Bucket {
  key: Readonly<Record<string, KeyValue>>;
  doc_count: number;
  [metric: string]: unknown;
}

/** Which fields the buckets of a lane are told apart by; the hour is always one. */
export class BucketShape {
  readonly #fields: Fields;
  /** Name to ask for. */
  readonly time: string;
  readonly #timeField: string;
  /** Fields in the order of their sources, which are called by number to keep answers short. */
  readonly #keys: readonly string[];
  readonly #sums: SummedFields;

  constructor(fields: Fields, time: string, keys: readonly string[], sums: SummedFields) {
    this.#fields = fields;
    this.#timeField = time;
    this.time = fields.name(time) as string;
    this.#keys = [...new Set(keys)].filter((field) => fields.has(field));
    this.#sums = sums;
  }

  aggregation(size: number, after: Bucket["key"] | null): object {
    const { time } = this;
    const sources = [
      { [HOUR]: { date_histogram: { field: time, fixed_interval: "1h", missing_bucket: true } } },
      ...this.#keys.map((field, i) => ({ [i]: { terms: { field: this.#fields.name(field), missing_bucket: true } } })),
    ];
    return {
      composite: { size, sources, ...(after ? { after } : {}) },
      aggs: { first: { min: { field: time } }, last: { max: { field: time } }, ...this.#metrics() },
    };
  }

  /** Values of the bucket's key by field, `fixed` ones first. */
  values({ key }: Bucket, fixed: ReadonlyMap<string, string | number>): BucketValues {
    const at = (field: string): KeyValue => fixed.get(field) ?? key[this.#keys.indexOf(field)] ?? null;
    return {
      text: (field) => {
        const value = at(field);
        return value === null ? "" : String(value);
      },
      number: (field) => {
        const value = at(field);
        const number = value === null || value === "" ? -1 : Number(value);
        return Number.isNaN(number) ? -1 : number;
      },
    };
  }

  /** `packets`: each document is a packet, where it does not say of how many it tells. */
  tally(bucket: Bucket, packets: boolean): Tally {
    const records = bucket.doc_count;
    const metric = (name: string) => (bucket[name] as { value?: number | null } | undefined)?.value ?? 0;
    const moment = (name: string) => {
      const value = (bucket[name] as { value?: number | null } | undefined)?.value;
      return typeof value === "number" ? value : Number.NaN;
    };
    return {
      records,
      bytes: metric("bytes"),
      packets: metric("packets") + (packets ? records - metric("counted") : 0),
      unanswered: (bucket.unanswered as { doc_count?: number } | undefined)?.doc_count ?? 0,
      rewritten: 0,
      largestPacketBytes: metric("largest"),
      shortestSessionMs: moment("shortest") / NANOSECONDS_PER_MS,
      shaperDroppedBytes: (this.#sums.shaperDropped ?? []).reduce((sum, _, i) => sum + metric(`shaped${i}`), 0),
      lostEvents: metric("lost"),
      firstMs: moment("first"),
      lastMs: moment("last"),
    };
  }

  /** The documents of a bucket among those of its lane. */
  documentsOf(key: Bucket["key"]): Query {
    const hour = key[HOUR];
    const { time } = this;
    const clauses = this.#keys.map((field, i) => {
      const value = key[i] ?? null;
      return value === null
        ? { bool: { must_not: [this.#fields.exists(field)] } }
        : { term: { [this.#fields.name(field) as string]: value } };
    });
    const within =
      typeof hour === "number"
        ? { range: { [time]: { gte: hour, lt: hour + 3_600_000, format: "epoch_millis" } } }
        : { bool: { must_not: [this.#fields.exists(this.#timeField)] } };
    return allOf(within, ...clauses);
  }

  #metrics(): object {
    const { bytes, packets, replyPackets, lostEvents, shaperDropped } = this.#sums;
    const shaped = (shaperDropped ?? []).flatMap((field, i) =>
      this.#fields.kind(field) === "number" ? [[`shaped${i}`, { sum: { field: this.#fields.name(field) } }]] : [],
    );
    const name = (field: string | null) => (field === null ? null : this.#fields.name(field));
    const durationName = this.#fields.name(DURATION);
    const [bytesName, packetsName, replyName, lostName] = [bytes, packets, replyPackets, lostEvents].map(name);
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
      ...Object.fromEntries(shaped),
      ...(lostName && { lost: { sum: { field: lostName } } }),
      ...(durationName && { shortest: { min: { field: durationName } } }),
    };
  }
}
