/** How many documents there are in each lane, before any are counted: it shows where to begin, and whether all were seen. */
import type { Fields } from "./fields.ts";
import { type Lane, type SplittableLane, splitLane } from "./lanes.ts";
import type { Split } from "./layout.ts";
import { allOf, noneOf, type Query } from "./query.ts";
import type { Snapshot } from "./snapshot.ts";

export interface SurveyedLane extends Lane {
  /** Documents in it. */
  documents: number;
}

interface Counts {
  hits: { total: { value: number } };
  aggregations?: { lanes: { buckets: { doc_count: number }[] } };
}

/** Documents that fit each of the queries, and of all. */
export async function countEach(
  snapshot: Snapshot,
  all: Query,
  queries: readonly Query[],
): Promise<{ total: number; counts: number[] }> {
  const { hits, aggregations } = await snapshot.search<Counts>({
    size: 0,
    track_total_hits: true,
    query: all,
    ...(queries.length === 0 ? {} : { aggs: { lanes: { filters: { filters: queries } } } }),
  });
  return { total: hits.total.value, counts: (aggregations?.lanes.buckets ?? []).map(({ doc_count }) => doc_count) };
}

/** The lanes that hold any documents; those with more than `exactLimit` of them in their parts. */
export async function surveyLanes(
  snapshot: Snapshot,
  base: Query,
  lanes: readonly SplittableLane[],
  exactLimit: number,
): Promise<{ lanes: SurveyedLane[]; documents: number }> {
  const { total, counts } = await countEach(
    snapshot,
    base,
    lanes.map(({ lane }) => lane.query),
  );
  const surveyed: SurveyedLane[] = [];
  for (const [i, { lane, parts }] of lanes.entries()) {
    const documents = counts[i] ?? 0;
    if (documents === 0) continue;
    if (!parts || documents <= exactLimit) {
      surveyed.push({ ...lane, query: allOf(base, lane.query), documents });
      continue;
    }
    const own = parts();
    const within = await countEach(
      snapshot,
      allOf(base, lane.query),
      own.map(({ query }) => query),
    );
    own.forEach((part, at) => {
      const found = within.counts[at] ?? 0;
      if (found > 0) surveyed.push({ ...part, query: allOf(base, part.query), documents: found });
    });
  }
  return { lanes: surveyed, documents: total };
}

/** The same lanes, their documents apart by the layout's splits. */
export async function surveySplits(
  snapshot: Snapshot,
  lanes: readonly SurveyedLane[],
  splits: readonly Split[],
  fields: Fields,
): Promise<SurveyedLane[]> {
  const surveyed: SurveyedLane[] = [];
  for (const lane of lanes) {
    const parts = splitLane(lane, splits, fields);
    if (parts.length === 1) {
      surveyed.push(lane);
      continue;
    }
    const { counts } = await countEach(
      snapshot,
      lane.query,
      parts.map(({ query }) => query),
    );
    parts.forEach((part, i) => {
      const documents = counts[i] ?? 0;
      if (documents > 0) surveyed.push({ ...part, documents });
    });
  }
  return surveyed;
}

interface Histogram {
  aggregations: { steps: { buckets: { key: number; doc_count: number }[] } };
}

const SHORTEST_SLICE_MS = 10_000;
/** So many steps of time are asked for at once; a histogram may have 65,536 at most. */
const MAX_STEPS = 20_000;

/** Queries that cut the lane's documents into slices of time of about so many documents. */
export async function timeSlices(
  snapshot: Snapshot,
  lane: SurveyedLane,
  time: string,
  documents: number,
): Promise<Query[]> {
  if (lane.documents <= documents) return [lane.query];
  const edges = await snapshot.search<{ aggregations: Record<"first" | "last", { value: number | null }> }>({
    size: 0,
    track_total_hits: false,
    query: lane.query,
    aggs: { first: { min: { field: time } }, last: { max: { field: time } } },
  });
  const first = edges.aggregations.first.value;
  const last = edges.aggregations.last.value;
  if (first === null || last === null) return [lane.query];
  const step = Math.max(SHORTEST_SLICE_MS, Math.ceil((last - first) / MAX_STEPS));
  const { aggregations } = await snapshot.search<Histogram>({
    size: 0,
    track_total_hits: false,
    query: lane.query,
    aggs: { steps: { date_histogram: { field: time, fixed_interval: `${step}ms`, min_doc_count: 1 } } },
  });
  const cuts: number[] = [];
  let filled = 0;
  for (const { key, doc_count } of aggregations.steps.buckets) {
    if (filled > 0 && filled + doc_count > documents) {
      cuts.push(key);
      filled = 0;
    }
    filled += doc_count;
  }
  const moment = (bound: object) => ({ range: { [time]: { ...bound, format: "epoch_millis" } } });
  const slices = [...cuts, null].map((cut, i) =>
    moment({ ...(i === 0 ? {} : { gte: cuts[i - 1] }), ...(cut === null ? {} : { lt: cut }) }),
  );
  const timeless = noneOf({ exists: { field: time } });
  return [...slices, timeless].map((slice) => allOf(lane.query, slice));
}
