/** A lane's documents in slices of time, each of about as many documents as one answer can hold the buckets of. */
import { allOf, noneOf, type Query } from "../server/query.ts";
import type { CommonValues } from "./common-values.ts";
import type { SurveyedLane } from "./survey.ts";

export interface Slice {
  query: Query;
  /** About so many are in it. */
  documents: number;
}

const SHORTEST_STEP_MS = 10_000;
/** A histogram may have 65,536 buckets at most. */
const MAX_STEPS = 20_000;
/** On average; a slice is made of whole steps. */
const STEPS_OF_SLICE = 8;

/** How long the steps must be of which slices of about so many documents are made; null: there is one slice. */
export function stepOf(documents: number, sliceDocuments: number, spanMs: number | null): number | null {
  if (documents <= sliceDocuments || spanMs === null) return null;
  const steps = Math.min(MAX_STEPS, Math.ceil((documents / sliceDocuments) * STEPS_OF_SLICE));
  return Math.max(SHORTEST_STEP_MS, Math.ceil(spanMs / steps));
}

type Step = CommonValues["steps"][number];

export class TimeSlices {
  readonly #lane: SurveyedLane;
  readonly #time: string;
  readonly #steps: readonly Step[];
  #at = 0;
  /** What no step holds: documents without a time, or all of them where there are no steps. */
  #rest: number;

  /** Without steps, all its documents are one slice. */
  constructor(lane: SurveyedLane, time: string, steps: readonly Step[]) {
    this.#lane = lane;
    this.#time = time;
    this.#steps = steps;
    this.#rest = Math.max(0, lane.documents - steps.reduce((sum, { doc_count }) => sum + doc_count, 0));
  }

  /** The next ones, about so many; null: there are none left. */
  next(atMost: number): Slice | null {
    if (this.#at < this.#steps.length) return this.#nextSteps(atMost);
    if (this.#rest === 0) return null;
    const documents = this.#rest;
    this.#rest = 0;
    const { query } = this.#lane;
    const timeless = noneOf({ exists: { field: this.#time } });
    return { query: this.#steps.length === 0 ? query : allOf(query, timeless), documents };
  }

  #nextSteps(atMost: number): Slice {
    const from = this.#at === 0 ? undefined : this.#steps[this.#at];
    let documents = 0;
    for (let step = this.#steps[this.#at]; step; step = this.#steps[++this.#at]) {
      if (documents > 0 && documents + step.doc_count > atMost) break;
      documents += step.doc_count;
    }
    const to = this.#steps[this.#at];
    // The ends stay open: whatever the histogram did not tell of is looked for too.
    const bounds = { ...(from ? { gte: from.key } : {}), ...(to ? { lt: to.key } : {}) };
    const within = { range: { [this.#time]: { ...bounds, format: "epoch_millis" } } };
    return { query: allOf(this.#lane.query, within), documents };
  }
}
