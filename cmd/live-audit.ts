/** An audit of inputs that have no end: files that grow, and what is received as syslog, in one table that is judged again. */
import type { Counted } from "../ingest/flows/count.ts";
import type { FlowTable } from "../ingest/flows/flows.ts";
import type { RecordConsumer } from "../ingest/inputs/input-reader.ts";
import type { InputReport } from "../ingest/inputs/input-report.ts";
import type { Input } from "../ingest/inputs/inputs.ts";
import { REST_MS } from "../ingest/inputs/read.ts";
import { followFile } from "../ingest/live/follow.ts";
import type { ListenAddress } from "../ingest/live/listen-address.ts";
import { type LiveOptions, LiveReader } from "../ingest/live/live-reader.ts";
import { LiveSenders } from "../ingest/live/live-senders.ts";
import { SyslogListener } from "../ingest/live/syslog-listener.ts";
import { phrases } from "../reports/phrases.ts";
import type { PreparedSite } from "../rules/matching/selection.ts";
import { warningIn } from "../rules/messages/localise.ts";
import type { LanguageId } from "../rules/result.ts";
import type { KeptLines } from "./kept-lines.ts";
import { liveInput } from "./live-inputs.ts";
import { fillExamples, inputResult, type JudgedRun, judgeTable } from "./run-audit.ts";

export interface LiveAuditOptions {
  prepared: PreparedSite;
  parsing: LiveOptions;
  /** What was read before, into the table that grows on. */
  before: Counted;
  kept: KeptLines;
  signal: AbortSignal;
  /** What a user should know: a file was rotated, datagrams were dropped. */
  onNotice: (text: string) => void;
}

export class LiveAudit {
  readonly #options: LiveAuditOptions;
  readonly #table: FlowTable;
  /** What becomes of the lines of each input, by its number. */
  readonly #reports: (() => InputReport)[];
  #records = 0;

  constructor(options: LiveAuditOptions) {
    this.#options = options;
    this.#table = options.before.table;
    this.#reports = options.before.reports.map((report) => () => report);
  }

  /** Records counted so far: where it has not grown, judging again would change nothing. */
  get records(): number {
    return this.#records;
  }

  async judge(nowMs: number): Promise<JudgedRun> {
    const reports = this.#reports.map((report) => report());
    const numbered = reports.map(() => Number.POSITIVE_INFINITY);
    const judged = judgeTable(
      this.#options.prepared,
      this.#table,
      reports.map((report) => inputResult(report, null)),
      numbered,
      nowMs,
    );
    // Files are rotated under their name: what was kept is the line that was judged.
    const fromMemory = reports.map((report) => ({ ...report, input: { ...report.input, path: null } }));
    await fillExamples(judged.result, fromMemory, this.#options.kept);
    return judged;
  }

  /** Reads the file from its beginning, and on as it grows and is rotated, until the signal. */
  async follow(path: string, onBytes: (bytes: number) => void, onCaughtUp: () => void): Promise<void> {
    const { parsing, signal, onNotice } = this.#options;
    const readers = new Set<LiveReader>();
    const opened: Input[] = [];
    await followFile(path, {
      fromStart: true,
      signal,
      open: (start) => {
        // Earlier files of this name are told apart from the one that bears it now.
        for (const [at, earlier] of opened.entries()) earlier.name = `${path} (rotated, ${opened.length - at})`;
        const input = liveInput(path, path);
        opened.push(input);
        const index = this.#reports.length;
        const reader = new LiveReader(input, index, parsing, this.#counting(), start);
        this.#reports.push(() => reader.report);
        readers.add(reader);
        return {
          push: async (bytes) => {
            reader.push(bytes);
            onBytes(bytes.length);
          },
          end: async (withRest) => {
            reader.end(withRest);
            readers.delete(reader);
          },
        };
      },
      onCaughtUp: async () => {
        for (const reader of readers) reader.rest();
        onCaughtUp();
      },
      onNotice: (text) => onNotice(`${path}: ${warningIn(text, "en", phrases.language as LanguageId)}`),
    });
  }

  /** Receives syslog until the signal. */
  async listen(places: readonly ListenAddress[], onBytes: (bytes: number) => void): Promise<void> {
    const { parsing, signal, onNotice } = this.#options;
    const listener = new SyslogListener();
    // Senders number their lines each for itself; what is kept needs one number a line.
    const line = { number: 0 };
    const senders = new LiveSenders(liveInput("(syslog)", null), this.#reports.length, parsing, () => {
      const count = this.#counting();
      return (record, format, place) => count(record, format, { ...place, line: ++line.number });
    });
    this.#reports.push(() => senders.report);
    signal.addEventListener("abort", () => listener.close(), { once: true });
    let dropped = 0;
    const resting = setInterval(() => {
      senders.rest();
      const { counts } = listener;
      if (counts.dropped > dropped) onNotice(phrases.message.dropped(counts.dropped));
      dropped = counts.dropped;
    }, REST_MS);
    try {
      for (const place of places) {
        const port = await listener.listen(place);
        onNotice(phrases.message.listening(place.transport, place.host, port));
      }
      for await (const batches of listener.batches()) {
        for (const { sender, bytes } of batches) {
          senders.push(sender, bytes);
          onBytes(bytes.length);
        }
      }
    } finally {
      listener.close();
      clearInterval(resting);
    }
  }

  #counting(): RecordConsumer {
    return (record, format, place) => {
      this.#records++;
      if (this.#table.add(record, format, place.input, place.line, place.offset)) {
        this.#options.kept.keep(place, record, this.#table);
      }
    };
  }
}
