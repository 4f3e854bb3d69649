/** A composite aggregation's buckets, page by page. */
import type { Bucket, BucketShape } from "./bucket.ts";
import type { Query } from "./query.ts";
import type { Snapshot } from "./snapshot.ts";

interface CompositeAnswer {
  aggregations?: { flows: { after_key?: Bucket["key"]; buckets: Bucket[] } };
}

/** All buckets, page by page, with the key that the server says to go on from. */
export async function* pages(
  snapshot: Snapshot,
  shape: BucketShape,
  query: Query,
  size: number,
): AsyncGenerator<Bucket[]> {
  let after: Bucket["key"] | null = null;
  do {
    const answer: CompositeAnswer = await snapshot.search<CompositeAnswer>(
      { size: 0, track_total_hits: false, query, aggs: { flows: shape.aggregation(size, after) } },
      { filter_path: "-aggregations.flows.buckets.*.value_as_string" },
    );
    const flows = answer.aggregations?.flows;
    if (!flows || flows.buckets.length === 0) return;
    yield flows.buckets;
    // A page that is not full is the last one; to ask for one more would have all documents counted once more.
    after = flows.buckets.length < size ? null : (flows.after_key ?? null);
  } while (after !== null);
}
