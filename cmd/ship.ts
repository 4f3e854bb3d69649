/** `ringfence ship`: parsed logs into Elasticsearch. */
import { type Engine, FIRST_CONTACT, RequestFailure } from "../ingest/elasticsearch/server/engine.ts";
import { inputErrorOf } from "../ingest/elasticsearch/server/failure.ts";
import { type BulkCounts, BulkSender } from "../ingest/elasticsearch/shipping/bulk.ts";
import { DocumentIds, shipDocument } from "../ingest/elasticsearch/shipping/ship-document.ts";
import { prepareTarget } from "../ingest/elasticsearch/shipping/template.ts";
import { InputError } from "../ingest/errors.ts";
import type { ReadOptions, RecordConsumer } from "../ingest/inputs/input-reader.ts";
import { warningsOf } from "../ingest/inputs/input-report.ts";
import type { Input } from "../ingest/inputs/inputs.ts";
import { readInput } from "../ingest/inputs/read.ts";
import { complaintOf, say, standardInput } from "./console.ts";
import { connected } from "./elasticsearch/connection.ts";
import { type ElasticsearchFlags, shipTarget } from "./elasticsearch/options.ts";
import { EXIT_DONE, EXIT_INPUT, UsageError } from "./exit.ts";
import { listInputs } from "./input-list.ts";
import { formatsFromFlag, type ReadFlags, windowFromFlags } from "./read-options.ts";
import { zoneRules } from "./run-audit.ts";
import { siteFromFlags, zoneFromFlag } from "./site-options.ts";

export interface ShipFlags extends ReadFlags, ElasticsearchFlags {
  tz?: string;
  site?: string;
  plainIndex?: boolean;
  source?: string;
  wait?: string;
  quiet?: boolean;
}

/** Progress is told this often at most. */
const PROGRESS_MS = 5000;
const DEFAULT_WAIT_MINUTES = 10;

export async function shipCommand(names: readonly string[], flags: ShipFlags): Promise<number> {
  const nowMs = Date.now();
  const { settings, index } = shipTarget(flags);
  const patienceMs = waitMs(flags.wait);
  const site = flags.site === undefined ? null : siteFromFlags({ site: flags.site });
  const zone = flags.tz === undefined && site ? site.timezone : zoneFromFlag(flags.tz);
  const options = {
    zone,
    zones: site ? zoneRules(site) : [],
    prefixVerdicts: site?.firewalls.flatMap(({ prefixes }) => prefixes) ?? [],
    only: formatsFromFlag(flags),
    stdin: standardInput(),
    ...windowFromFlags(flags, zone, nowMs),
  };
  let unreadable = false;
  const complain = (error: InputError) => {
    unreadable = true;
    say(`ringfence: ${complaintOf(error)}`);
  };
  const inputs = await listInputs(names, nowMs, complain);
  const engine = await connected(settings);
  try {
    const made = await prepareTarget(engine, index, flags.plainIndex ? "index" : "data-stream", FIRST_CONTACT);
    if (!flags.quiet && made === "made") say(`ringfence: ${engine.name}: made ${index}`);
    const shipping = new Shipping(engine, index, patienceMs, flags);
    await shipping.ship(inputs, options, complain);
    return unreadable || shipping.isIncomplete ? EXIT_INPUT : EXIT_DONE;
  } catch (cause) {
    if (!(cause instanceof RequestFailure)) throw cause;
    const { code, message, hint } = inputErrorOf(cause);
    throw new InputError(code, `${message}; what was shipped is kept, and shipping again sends only the rest`, hint);
  } finally {
    await engine.close();
  }
}

class Shipping {
  readonly #sender: BulkSender;
  readonly #ids: DocumentIds;
  readonly #flags: ShipFlags;
  readonly #index: string;
  readonly #startedMs = performance.now();
  #saidMs = performance.now();
  #parsed = 0;
  #isWaiting = false;

  constructor(engine: Engine, index: string, patienceMs: number, flags: ShipFlags) {
    this.#flags = flags;
    this.#index = index;
    this.#ids = new DocumentIds(flags.source ?? "");
    this.#sender = new BulkSender(engine, { index, patienceMs, onWaiting: (failure) => this.#tellWaiting(failure) });
  }

  /** No line was understood, or documents were refused. */
  get isIncomplete(): boolean {
    return this.#parsed === 0 || this.#sender.counts.refused > 0;
  }

  async ship(inputs: readonly Input[], options: ReadOptions, complain: (error: InputError) => void): Promise<void> {
    const afterChunk = async () => {
      await this.#sender.drain();
      this.#tellProgress();
    };
    for (const [number, input] of inputs.entries()) {
      this.#ids.nextInput();
      const consume: RecordConsumer = (record, format, place) => {
        this.#parsed++;
        this.#sender.add(this.#ids.of(place), shipDocument(record, format, place, input.name, input.modifiedMs));
      };
      try {
        const report = await readInput(input, number, { ...options, afterChunk }, consume);
        const { lines } = report;
        for (const warning of warningsOf(report)) say(`ringfence: ${input.name}: ${warning}`);
        if (lines.malformed > 0) say(`ringfence: ${input.name}: ${lines.malformed} lines could not be read`);
      } catch (cause) {
        if (!(cause instanceof InputError)) throw cause;
        complain(cause);
      }
    }
    await this.#sender.end();
    this.#tellEnd();
  }

  #tellProgress(): void {
    const now = performance.now();
    if (this.#flags.quiet || now - this.#saidMs < PROGRESS_MS) return;
    this.#saidMs = now;
    const done = total(this.#sender.counts);
    say(`ringfence: ${done} documents, ${Math.round(done / ((now - this.#startedMs) / 1000))} a second`);
  }

  #tellWaiting(failure: RequestFailure | null): void {
    if (this.#isWaiting === (failure !== null)) return;
    this.#isWaiting = failure !== null;
    say(failure ? `ringfence: ${failure.message}: waiting` : "ringfence: the server is there again");
  }

  #tellEnd(): void {
    const { created, present, refused } = this.#sender.counts;
    for (const reason of this.#sender.reasons) say(`ringfence: refused: ${reason}`);
    if (this.#flags.quiet) return;
    const parts = [
      `${created} documents stored`,
      `${present} there already`,
      ...(refused > 0 ? [`${refused} refused`] : []),
    ];
    say(`ringfence: ${this.#index}: ${this.#parsed} records: ${parts.join(", ")}`);
  }
}

function total({ created, present, refused }: BulkCounts): number {
  return created + present + refused;
}

function waitMs(text: string | undefined): number {
  const minutes = text === undefined ? DEFAULT_WAIT_MINUTES : Number(text);
  if (!(minutes >= 0 && minutes <= 10_080)) throw new UsageError(`--wait: ${text} is no number of minutes`);
  return minutes * 60_000;
}
