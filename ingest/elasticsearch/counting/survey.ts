/** How many documents there are in each lane, before any are counted: it shows where to begin, and whether all were seen. */
import type { Split } from "../layout.ts";
import type { Fields } from "../server/fields.ts";
import { allOf, type Query } from "../server/query.ts";
import type { Snapshot } from "../server/snapshot.ts";
import { type Lane, type LaneSet, splitLane } from "./lanes.ts";

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
  sets: readonly LaneSet[],
  exactLimit: number,
): Promise<SurveyedLane[]> {
  const surveyed: SurveyedLane[] = [];
  for (const { query, lanes } of sets) {
    const within = allOf(base, query);
    for (const { lane, parts, documents } of await counted(snapshot, within, lanes)) {
      const whole = { ...lane, query: allOf(within, lane.query), documents };
      if (!parts || documents <= exactLimit) {
        surveyed.push(whole);
        continue;
      }
      const own = parts().map((part) => ({ lane: part }));
      for (const part of await counted(snapshot, whole.query, own))
        surveyed.push({ ...part.lane, query: allOf(whole.query, part.lane.query), documents: part.documents });
    }
  }
  return surveyed;
}

/** Those that hold any documents, with how many. */
async function counted<T extends { lane: Lane }>(
  snapshot: Snapshot,
  within: Query,
  lanes: readonly T[],
): Promise<(T & { documents: number })[]> {
  const { counts } = await countEach(
    snapshot,
    within,
    lanes.map(({ lane }) => lane.query),
  );
  return lanes.map((lane, i) => ({ ...lane, documents: counts[i] ?? 0 })).filter(({ documents }) => documents > 0);
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
