/** One lane on its way: slice after slice of its documents, as large as the answers so far have shown to be good. */
import { LogRecord } from "../../record.ts";
import type { BucketReader, Layout } from "../layout.ts";
import type { Fields } from "../server/fields.ts";
import type { Query } from "../server/query.ts";
import type { Snapshot } from "../server/snapshot.ts";
import { BucketShape, DURATION } from "./bucket.ts";
import { type CommonValues, commonValues } from "./common-values.ts";
import { type Slice, stepOf, TimeSlices } from "./slices.ts";
import type { SurveyedLane } from "./survey.ts";

/** Even if all of them differ and each is alone in its hour, they fit into one answer of 65,536 buckets. */
const FIRST_SLICE_DOCUMENTS = 30_000;
/** Half of what a server allows, hours included: the next slice may be less alike. */
const BUCKETS_OF_SLICE = 32_000;
/** A search that takes much longer keeps others waiting, and is soon as long as proxies on the way allow. */
const MS_OF_SLICE = 8000;
const GROWTH = 4;

/** What is common to all documents of the layout: asked once, it need not be asked of each lane. */
export function commonToAll(
  snapshot: Snapshot,
  fields: Fields,
  { names, keys, sums }: Layout,
  query: Query,
  documents: number,
): Promise<CommonValues> {
  const { nat, natPort } = names;
  const summed = [...Object.values(sums).flat(), DURATION, nat, natPort].filter((field) => field !== null);
  return commonValues(snapshot, fields, {
    query,
    documents,
    time: fields.name(names.time) as string,
    keys: keys.map(({ field }) => field),
    summed,
    stepMs: null,
  });
}

export class LaneCount {
  readonly lane: SurveyedLane;
  readonly layout: Layout;
  readonly read: BucketReader;
  readonly record = new LogRecord();
  /** Documents counted so far. */
  documents = 0;
  #shape: BucketShape | null = null;
  #slices: TimeSlices | null = null;
  #size = FIRST_SLICE_DOCUMENTS;
  #isFixed = false;

  constructor(lane: SurveyedLane, layout: Layout) {
    this.lane = lane;
    this.layout = layout;
    this.read = layout.open();
  }

  /**
   * Until then there are no slices. `all`: what is known of all documents of the layout; `sliceDocuments`: how many each
   * slice has, about; null: as the answers show.
   */
  async begin(snapshot: Snapshot, fields: Fields, all: CommonValues, sliceDocuments: number | null): Promise<void> {
    const { names, sums } = this.layout;
    const { query, documents, fixed } = this.lane;
    const time = fields.name(names.time) as string;
    this.#size = sliceDocuments ?? FIRST_SLICE_DOCUMENTS;
    this.#isFixed = sliceDocuments !== null;
    const keys = this.lane.keys.filter((field) => fields.has(field) && !fixed.has(field) && !all.fixed.has(field));
    const spanMs = all.firstMs === null || all.lastMs === null ? null : all.lastMs - all.firstMs;
    const common = await commonValues(snapshot, fields, {
      query,
      documents,
      time,
      keys: keys.filter((field) => all.differing.includes(field)),
      summed: [...all.held],
      stepMs: stepOf(documents, this.#size, spanMs),
    });
    this.#slices = new TimeSlices(this.lane, time, common.steps);
    this.#shape = new BucketShape(
      fields,
      names.time,
      [...new Set(keys)].filter((field) => !common.fixed.has(field)),
      new Map([...all.fixed, ...common.fixed, ...fixed]),
      sums,
      common.held,
    );
  }

  get shape(): BucketShape {
    if (!this.#shape) throw new Error("a lane is counted before it has begun");
    return this.#shape;
  }

  nextSlice(): Slice | null {
    return this.#slices?.next(this.#size) ?? null;
  }

  /** What the answer to a slice teaches of the next ones. `buckets`: those of the hours too. */
  learn({ documents }: Slice, buckets: number, tookMs: number): void {
    if (this.#isFixed) return;
    const factor = Math.min(BUCKETS_OF_SLICE / Math.max(1, buckets), MS_OF_SLICE / Math.max(1, tookMs), GROWTH);
    this.#size = Math.max(FIRST_SLICE_DOCUMENTS, Math.floor(documents * factor));
  }
}
