/** The state of the indices at one moment, searched again and again; and everything that was missing from the answers. */
import { askPatiently, type Engine, type Patience, RequestFailure } from "./engine.ts";

/** Between two requests; long counts ask again and again, which prolongs it. */
const KEEP_ALIVE = "5m";

interface SearchAnswer {
  pit_id?: string;
  timed_out?: boolean;
  terminated_early?: boolean;
  /** Where the index is spread over several clusters. */
  _clusters?: { total: number; successful?: number };
  _shards?: { total: number; failed: number; failures?: { index?: string; reason?: { reason?: string } }[] };
}

export class Snapshot {
  readonly #engine: Engine;
  readonly #index: string;
  readonly #patience: Patience;
  #pit: string | null = null;
  /** What the answers lack, as sentences; nothing: they are complete. */
  readonly gaps = new Set<string>();
  requests = 0;
  /** Shards that the last answer speaks of, also of those that hold nothing of interest. */
  shards = 0;

  private constructor(engine: Engine, index: string, patience: Patience) {
    this.#engine = engine;
    this.#index = index;
    this.#patience = patience;
  }

  static async open(engine: Engine, index: string, patience: Patience): Promise<Snapshot> {
    const snapshot = new Snapshot(engine, index, patience);
    await snapshot.#openPit();
    return snapshot;
  }

  /** Searches; what is missing from the answer is noted. */
  async search<T>(body: object, query: Readonly<Record<string, string>> = {}): Promise<T> {
    for (let reopened = false; ; reopened = true) {
      try {
        return await this.#search<T>(body, query);
      } catch (cause) {
        const isGone = cause instanceof RequestFailure && this.#pit !== null && cause.status === 404;
        if (!isGone || reopened) throw cause;
        await this.#openPit();
      }
    }
  }

  async close(): Promise<void> {
    if (this.#pit === null) return;
    const id = this.#pit;
    this.#pit = null;
    // It ends by itself; nobody waits for a server that is gone.
    await this.#engine.ask({ method: "DELETE", path: "/_pit", body: { id } }).catch(() => undefined);
  }

  async #search<T>(body: object, query: Readonly<Record<string, string>>): Promise<T> {
    const answer = await askPatiently(() => {
      this.requests++;
      return this.#pit === null
        ? this.#engine.ask<SearchAnswer>({ method: "POST", path: `/${this.#index}/_search`, query, body })
        : this.#engine.ask<SearchAnswer>({
            method: "POST",
            path: "/_search",
            query,
            body: { ...body, pit: { id: this.#pit, keep_alive: KEEP_ALIVE } },
          });
    }, this.#patience);
    if (answer.pit_id !== undefined && this.#pit !== null) this.#pit = answer.pit_id;
    this.#noteGaps(answer);
    return answer as T;
  }

  #noteGaps({ timed_out, terminated_early, _clusters: clusters, _shards: shards }: SearchAnswer): void {
    if (timed_out || terminated_early) this.gaps.add("The server stopped searches before their end.");
    // One that may be skipped, and is, leaves no trace among the shards.
    const silent = clusters ? clusters.total - (clusters.successful ?? clusters.total) : 0;
    if (silent > 0) this.gaps.add(`${silent} of ${clusters?.total} clusters did not answer.`);
    this.shards = shards?.total ?? this.shards;
    if (!shards || shards.failed === 0) return;
    const [failure] = shards.failures ?? [];
    const details = [failure?.index, failure?.reason?.reason?.slice(0, 200)].filter(Boolean).join(": ");
    const { failed, total } = shards;
    // A node that goes away fails each search in words of its own; the first say enough.
    if ([...this.gaps].some((gap) => gap.startsWith(`${failed} of ${total} shards `))) return;
    this.gaps.add(
      details === ""
        ? `${failed} of ${total} shards did not answer.`
        : `${failed} of ${total} shards did not answer (${details}).`,
    );
  }

  async #openPit(): Promise<void> {
    try {
      const { id } = await askPatiently(
        () =>
          this.#engine.ask<{ id: string }>({
            method: "POST",
            path: `/${this.#index}/_pit`,
            query: { keep_alive: KEEP_ALIVE },
          }),
        this.#patience,
      );
      this.#pit = id;
    } catch (cause) {
      // A lost shard lets no snapshot be taken, though the other shards can still be searched.
      if (!(cause instanceof RequestFailure) || cause.status !== 503) throw cause;
      this.#pit = null;
      this.gaps.add("Not all shards of the index are there: no snapshot of it could be taken.");
    }
  }
}
