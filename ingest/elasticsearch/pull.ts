/**
 * Documents to flows without pulling the documents: the server counts those that agree on everything a flow's key holds,
 * and each bucket of its answer goes into the flow table as so many records at once. From there on everything is as with
 * records read from files.
 */
import { FlowSelector } from "../flows/flow-selection.ts";
import type { Tally } from "../flows/flow-values.ts";
import type { FlowTable } from "../flows/flows.ts";
import type { PrefixVerdict } from "../format.ts";
import { PHASE_PACKET } from "../record.ts";
import { type Bucket, hoursOf } from "./counting/bucket.ts";
import { type KeptBucket, KeptBuckets } from "./counting/kept-buckets.ts";
import { commonToAll, LaneCount } from "./counting/lane-count.ts";
import { lanesOf } from "./counting/lanes.ts";
import { learnNames } from "./counting/learned-names.ts";
import { pages } from "./counting/pages.ts";
import { emptyPull, type PullReport } from "./counting/pull-report.ts";
import { countEach, surveyLanes, surveySplits } from "./counting/survey.ts";
import type { BucketValues, Layout } from "./layout.ts";
import { layoutsWith } from "./layouts.ts";
import { fieldsOf } from "./server/capabilities.ts";
import { DEFAULT_PATIENCE, type Engine, FIRST_CONTACT, type Patience, RequestFailure } from "./server/engine.ts";
import type { Fields } from "./server/fields.ts";
import { allOf, anyOf, EVERYTHING, noneOf, type Query } from "./server/query.ts";
import { Snapshot } from "./server/snapshot.ts";

export interface PullOptions {
  /** An index, a pattern, or several with commas between them. */
  index: string;
  selection: FlowSelector["selection"];
  /** The layout that the site file describes. */
  custom?: Layout | null;
  /** What the site file says of netfilter log prefixes. */
  prefixVerdicts?: readonly PrefixVerdict[];
  /** Number of the input that the flows' evidence names. */
  input: number;
  patience?: Patience;
  /** Buckets of one answer. */
  pageSize?: number;
  /** Up to so many documents are counted with both ports told apart, which takes fewer requests. */
  exactLimit?: number;
  /** Documents of one slice of time, about; otherwise as the answers show to be good. */
  sliceDocuments?: number;
  onProgress?: (done: number, total: number) => void;
}

/** A third of what a server allows in one answer, 65,536 unless it is set otherwise: those of the hours count too. */
const PAGE_SIZE = 20_000;
const EXACT_LIMIT = 50_000;
/** Searches at a time: a cluster has other users. */
const SEARCHES = 3;
const MOST_SEARCHES = 8;
const SHARDS_OF_SEARCH = 4;
const UNKNOWN =
  "no document as ringfence or Elastic's integrations store them; the site file can name other fields, under elasticsearch: mapping:";
/** Pointers that a bucket may give: a flow keeps as many examples. */
const EXAMPLES_OF_BUCKET = 3;

/** Counts into the table. Throws InputError where nothing could be counted; what is missing otherwise is in the report. */
export async function pullFlows(engine: Engine, table: FlowTable, options: PullOptions): Promise<PullReport> {
  const pull = new Pull(engine, table, options);
  return pull.run();
}

class Pull {
  readonly #engine: Engine;
  readonly #table: FlowTable;
  readonly #options: PullOptions;
  readonly #report: PullReport;
  readonly #patience: Patience;
  readonly #kept: KeptBuckets;
  #buckets = 0;
  #done = 0;
  #total = 0;
  /** It was waited for long enough: whatever else would be asked waits in vain too. */
  #isGone = false;

  constructor(engine: Engine, table: FlowTable, options: PullOptions) {
    this.#engine = engine;
    this.#table = table;
    this.#options = options;
    this.#patience = options.patience ?? DEFAULT_PATIENCE;
    this.#kept = new KeptBuckets(options.input);
    this.#report = emptyPull(options.index, this.#kept);
  }

  async run(): Promise<PullReport> {
    const { index, custom } = this.#options;
    const layouts = [...(custom ? [custom] : []), ...layoutsWith(this.#options.prefixVerdicts ?? [])];
    const { fields } = await fieldsOf(this.#engine, index, layouts, FIRST_CONTACT);
    const snapshot = await Snapshot.open(this.#engine, index, this.#patience);
    try {
      await this.#countAll(snapshot, fields, layouts);
    } finally {
      await snapshot.close();
    }
    this.#report.lines.malformed += this.#report.uncounted;
    this.#report.requests = snapshot.requests;
    for (const gap of snapshot.gaps) this.#report.gaps.add(gap);
    for (const problem of fields.problems) this.#report.warnings.add(problem);
    if (this.#report.layouts.size === 0 && this.#report.lines.foreign > 0) this.#report.warnings.add(UNKNOWN);
    return this.#report;
  }

  async #countAll(snapshot: Snapshot, fields: Fields, layouts: readonly Layout[]): Promise<void> {
    const report = this.#report;
    const documents = layouts.map((layout) => layout.documents(fields));
    const own = documents.map((query, i) => allOf(query, noneOf(...documents.slice(0, i))));
    const windows = layouts.map(({ names }) => this.#window(fields, names.time));
    // Documents of nobody's are counted as lines of other programs are, if their usual time is in the window.
    const foreign = allOf(noneOf(...documents), this.#window(fields, "@timestamp"));
    const wanted = own.map((query, i) => allOf(query, windows[i] as Query));
    const { counts } = await countEach(snapshot, anyOf(...wanted, foreign), [...wanted, foreign]);
    const { total } = await countEach(snapshot, EVERYTHING, []);
    report.lines.foreign = counts.pop() ?? 0;
    this.#total = counts.reduce((sum, count) => sum + count, 0);
    report.lines.read = total;
    report.lines.outsideWindow = total - this.#total - report.lines.foreign;
    for (const [i, layout] of layouts.entries()) {
      const count = counts[i] ?? 0;
      if (count === 0) continue;
      report.layouts.set(layout.id, count);
      await this.#countLayout(snapshot, fields, layout, wanted[i] as Query, count);
      await this.#learnNames(snapshot, fields, layout, wanted[i] as Query);
    }
  }

  /** Records without a time count always, as they do in files. */
  #window(fields: Fields, time: string): Query {
    const { sinceMs, untilMs } = this.#options.selection;
    if ((sinceMs === null && untilMs === null) || !fields.has(time)) return EVERYTHING;
    const name = fields.needed(time, ["date"]);
    const bounds = { ...(sinceMs === null ? {} : { gte: sinceMs }), ...(untilMs === null ? {} : { lt: untilMs }) };
    return anyOf(
      { range: { [name]: { ...bounds, format: "epoch_millis" } } },
      noneOf(fields.exists(time)),
      fields.is("ringfence.time_unknown", true),
    );
  }

  async #countLayout(
    snapshot: Snapshot,
    fields: Fields,
    layout: Layout,
    base: Query,
    documents: number,
  ): Promise<void> {
    const { names } = layout;
    fields.needed(names.time, ["date"]);
    for (const address of [names.source, names.destination]) fields.needed(address, ["ip", "keyword"]);
    const all = await commonToAll(snapshot, fields, layout, base, documents);
    const selector = new FlowSelector(this.#options.selection);
    const sets = lanesOf(layout, fields, selector);
    const lanes = await surveyLanes(snapshot, base, sets, this.#options.exactLimit ?? EXACT_LIMIT);
    const split = await surveySplits(snapshot, lanes, layout.splits, fields);
    // The largest first: whoever has none left to begin with helps with their slices.
    const waiting = split.sort((one, other) => other.documents - one.documents);
    const begun: LaneCount[] = [];
    const work = async () => {
      for (let lane = waiting.shift(); lane; lane = waiting.shift()) {
        const count = new LaneCount(lane, layout);
        begun.push(count);
        await this.#attempt(async () => {
          await count.begin(snapshot, fields, all, this.#options.sliceDocuments ?? null);
          await this.#countSlices(snapshot, count);
        });
      }
      for (const count of begun) await this.#attempt(() => this.#countSlices(snapshot, count));
    };
    await Promise.all(Array.from({ length: searchesAtATime(snapshot.shards) }, work));
    for (const { lane, documents } of begun) this.#compare(lane.documents, documents);
  }

  async #learnNames(snapshot: Snapshot, fields: Fields, layout: Layout, base: Query): Promise<void> {
    const { selection, input } = this.#options;
    try {
      const source = { fields, layout, base, input };
      await learnNames(snapshot, source, new FlowSelector(selection), this.#table.hostNames);
    } catch (cause) {
      if (!(cause instanceof RequestFailure)) throw cause;
      this.#report.gaps.add(`Host names could not be asked for: ${cause.message}.`);
    }
  }

  async #countSlices(snapshot: Snapshot, count: LaneCount): Promise<void> {
    const pageSize = this.#options.pageSize ?? PAGE_SIZE;
    for (let slice = count.nextSlice(); slice && !this.#isGone; slice = count.nextSlice()) {
      let buckets = 0;
      let tookMs = 0;
      for await (const page of pages(snapshot, count.shape, slice.query, pageSize)) {
        for (const bucket of page.buckets) {
          this.#count(bucket, slice.query, count);
          buckets += 1 + hoursOf(bucket).length;
        }
        tookMs += page.tookMs;
        this.#options.onProgress?.(this.#done, this.#total);
      }
      count.learn(slice, buckets, tookMs);
    }
  }

  /** What fails is a gap in the evidence; after a failure that was waited for in vain, nothing more is asked. */
  async #attempt(work: () => Promise<void>): Promise<void> {
    if (this.#isGone) return;
    try {
      await work();
    } catch (cause) {
      if (!(cause instanceof RequestFailure)) throw cause;
      this.#isGone ||= cause.mayPass;
      this.#report.gaps.add(`The counting broke off: ${cause.message}.`);
    }
  }

  #compare(expected: number, counted: number): void {
    if (counted === expected) return;
    this.#report.gaps.add(
      counted < expected
        ? "Not all documents could be counted: counts are too low."
        : "Documents hold several values in a field that may hold one: counts are too high.",
    );
    this.#report.uncounted += Math.max(0, expected - counted);
  }

  #count(bucket: Bucket, slice: Query, count: LaneCount): void {
    const { lines, samples } = this.#report;
    const { lane, shape, layout, read, record } = count;
    this.#done += bucket.doc_count;
    count.documents += bucket.doc_count;
    const values = shape.values(bucket);
    const format = read(values, record);
    if (format === "foreign") {
      lines.foreign += bucket.doc_count;
      return;
    }
    if (!format) {
      lines.malformed += bucket.doc_count;
      if (samples.length < 3) samples.push(JSON.stringify(bucket.key));
      return;
    }
    const { bytes, packets, replyPackets } = layout.sums;
    const size = (field: string | null) => (field === null ? -1 : values.number(field));
    record.bytes = size(bytes);
    record.packets = size(packets);
    record.replyPackets = size(replyPackets);
    lines.parsed += bucket.doc_count;
    this.#report.records.set(format.id, (this.#report.records.get(format.id) ?? 0) + bucket.doc_count);
    const tally = shape.tally(bucket, record.phase === PHASE_PACKET);
    if (values.text("ringfence.time_unknown") === "true") forgetTimes(tally);
    if (values.text("ringfence.source_port_rewritten") === "true" || isRewritten(values, layout))
      tally.rewritten = tally.records;
    const number = this.#buckets++;
    const examples = {
      input: this.#options.input,
      line: number * EXAMPLES_OF_BUCKET,
      count: Math.min(EXAMPLES_OF_BUCKET, bucket.doc_count),
    };
    if (this.#table.addTally(record, format, tally, lane.opener, examples)) {
      const kept: KeptBucket = { documents: () => shape.documentsOf(bucket.key, slice), time: shape.time };
      this.#kept.keep(number, kept, this.#table);
    }
  }
}

/** The moment under which such documents are stored is when they were shipped. */
function forgetTimes(tally: Tally): void {
  tally.firstMs = Number.NaN;
  tally.lastMs = Number.NaN;
  tally.hours = [];
}

/** A slice of time is on few of the shards, so that many of them are idle unless several slices are asked for. */
function searchesAtATime(shards: number): number {
  return Math.max(SEARCHES, Math.min(MOST_SEARCHES, Math.floor(shards / SHARDS_OF_SEARCH)));
}

function isRewritten(values: BucketValues, { names }: Layout): boolean {
  if (names.sourceNatPort === null) return false;
  const translated = values.number(names.sourceNatPort);
  return translated > 0 && translated !== values.number(names.sourcePort);
}
