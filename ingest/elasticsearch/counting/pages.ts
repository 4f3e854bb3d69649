/** A composite aggregation's buckets, page by page. */
import { RequestFailure } from "../server/engine.ts";
import type { Query } from "../server/query.ts";
import type { Snapshot } from "../server/snapshot.ts";
import { type Bucket, type BucketShape, LEFT_OUT } from "./bucket.ts";

interface CompositeAnswer {
  took?: number;
  aggregations?: { flows: { after_key?: Bucket["key"]; buckets: Bucket[] } };
}

export interface Page {
  buckets: readonly Bucket[];
  /** Time that the server spent on it. */
  tookMs: number;
}

const TOO_MANY = "too_many_buckets_exception";
/** With so few it is not the page that is too large. */
const SMALLEST_PAGE = 100;

/**
 * All buckets, page by page, with the key that the server says to go on from. A page with more buckets than the server
 * allows (`search.max_buckets`, hours included) is asked for again in smaller ones.
 */
export async function* pages(
  snapshot: Snapshot,
  shape: BucketShape,
  query: Query,
  pageSize: number,
): AsyncGenerator<Page> {
  let size = pageSize;
  let after: Bucket["key"] | null = null;
  for (;;) {
    const answer: CompositeAnswer | null = await pageOf(snapshot, shape, query, size, after);
    if (answer === null) {
      size = Math.max(SMALLEST_PAGE, Math.floor(size / 4));
      continue;
    }
    const flows = answer.aggregations?.flows;
    if (!flows || flows.buckets.length === 0) return;
    yield { buckets: flows.buckets, tookMs: answer.took ?? 0 };
    // A page that is not full is the last one; to ask for one more would have all documents counted once more.
    if (flows.buckets.length < size || !flows.after_key) return;
    after = flows.after_key;
  }
}

/** Null: it holds more buckets than the server allows. */
async function pageOf(
  snapshot: Snapshot,
  shape: BucketShape,
  query: Query,
  size: number,
  after: Bucket["key"] | null,
): Promise<CompositeAnswer | null> {
  try {
    return await snapshot.search<CompositeAnswer>(
      { size: 0, track_total_hits: false, query, aggs: { flows: shape.aggregation(size, after) } },
      { filter_path: LEFT_OUT },
    );
  } catch (cause) {
    if (cause instanceof RequestFailure && cause.type === TOO_MANY && size > SMALLEST_PAGE) return null;
    throw cause;
  }
}
