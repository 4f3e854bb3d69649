/** Fetches the few documents that findings show as their evidence. */
import { askPatiently, type Engine, type Patience, RequestFailure } from "../server/engine.ts";
import type { KeptBuckets } from "./kept-buckets.ts";

const CONCURRENCY = 4;
const MAX_TEXT = 4096;

export interface ExampleDocument {
  index: string;
  id: string;
  /** The log line where the document keeps it, else the document as JSON. */
  text: string;
}

interface Hits {
  hits: { hits: { _index: string; _id: string; _source?: Record<string, unknown> }[] };
}

/** Documents by pointer; those that are gone, or that the server does not give, are missing. */
export async function fetchExamples(
  engine: Engine,
  index: string,
  kept: KeptBuckets,
  pointers: readonly number[],
  patience: Patience,
): Promise<Map<number, ExampleDocument>> {
  const found = new Map<number, ExampleDocument>();
  const waiting = [...new Set(pointers)];
  const work = async () => {
    for (let pointer = waiting.shift(); pointer !== undefined; pointer = waiting.shift()) {
      const place = kept.at(pointer);
      if (!place) continue;
      const { bucket, rank } = place;
      try {
        const { hits } = await askPatiently(
          () =>
            engine.ask<Hits>({
              method: "POST",
              path: `/${index}/_search`,
              body: {
                size: 1,
                from: rank,
                track_total_hits: false,
                query: bucket.documents(),
                // Equal times are told apart by what shipped documents know of their place.
                sort: [{ [bucket.time]: "asc" }, { "log.offset": { order: "asc", unmapped_type: "long" } }],
              },
            }),
          patience,
        );
        const [hit] = hits.hits;
        if (hit) found.set(pointer, { index: hit._index, id: hit._id, text: textOf(hit._source ?? {}) });
      } catch (cause) {
        // The finding stands without its documents.
        if (!(cause instanceof RequestFailure)) throw cause;
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return found;
}

function textOf(source: Record<string, unknown>): string {
  const event = source.event as { original?: unknown } | undefined;
  const candidates = [event?.original, source["event.original"], source.message];
  const line = candidates.find((text): text is string => typeof text === "string" && text !== "");
  return (line ?? JSON.stringify(source)).slice(0, MAX_TEXT);
}
